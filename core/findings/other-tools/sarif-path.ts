import { at, textAt } from "./json.ts";

/**
 * The path that a SARIF artifact location means, as the tool's machine has it; null when it names no file. What is relative
 * to a base that nobody spells out, as `%SRCROOT%`, is relative to the repository. Source: SARIF 2.1.0, 3.4 and 3.14.14.
 */
export function sarifPath(run: unknown, location: unknown): string | null {
  const index = at(location, "index");
  const listed = typeof index === "number" ? at(run, "artifacts", index, "location") : undefined;
  const place = textAt(location, "uri") === null ? listed : location;
  let uri = textAt(place, "uri");
  let base = textAt(place, "uriBaseId");
  for (let depth = 0; uri !== null && base !== null && !hasScheme(uri) && depth < deepestBase; depth++) {
    const folder = at(run, "originalUriBaseIds", base);
    const start = textAt(folder, "uri");
    if (start !== null) uri = `${start}${start.endsWith("/") ? "" : "/"}${uri}`;
    if (uri.length > longestUri) return null;
    base = textAt(folder, "uriBaseId");
  }
  return uri === null ? null : pathOfUri(uri);
}

const deepestBase = 20;
const longestUri = 20_000;

/** A drive letter is none. */
function hasScheme(uri: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]+:/.test(uri);
}

/** The path of a `file:` URI or of a relative reference; null for any other. */
export function pathOfUri(uri: string): string | null {
  if (uri.length > longestUri) return null;
  if (!hasScheme(uri)) return decoded(uri);
  const rest = /^file:/i.test(uri) ? uri.slice("file:".length) : null;
  if (rest === null) return null;
  const path = rest.startsWith("//") ? rest.slice(Math.max(rest.indexOf("/", 2), 2)) : rest;
  // `/C:/x` is how a URI writes `C:/x`.
  return decoded(/^\/[A-Za-z](?::|%3[Aa])\//.test(path) ? path.slice(1) : path);
}

/** Some tools write paths as they are, so a `%` that begins no byte is one. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
