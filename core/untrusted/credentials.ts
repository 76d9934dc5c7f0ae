import { isPlaceholder } from "./placeholder.ts";
import { isCredentialLike, looksRandom } from "./randomness.ts";
import type { Span } from "./tokens.ts";

/**
 * User names and passwords in URLs, `scheme://user:password@host` (RFC 3986 section 3.2.1), without the scheme and the
 * `@`. Passwords that hold an unencoded `/`, `#` or `@` count too, since people write them. So does a lone user name
 * that looks like a token.
 */
export function findUrlCredentials(text: string): Span[] {
  const spans: Span[] = [];
  let slashes = text.indexOf("://");
  while (slashes !== -1) {
    const start = slashes + 3;
    const end = credentialsEnd(text, start);
    if (end !== undefined) spans.push({ start, end });
    slashes = text.indexOf("://", end ?? start);
  }
  return spans;
}

/**
 * What follows `Authorization:` (RFC 9110 section 11.6.2), in a header, a JSON object or code, and what follows the
 * scheme names `Bearer` and `Basic` alone when it looks random. The scheme stays.
 */
export function findAuthorization(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(authorization)) {
    const { header, scheme = "", value = "" } = match.groups ?? {};
    const known = knownSchemes.has(scheme.trimEnd().toLowerCase());
    const found = header !== undefined && known ? isCredentialLike(value) : value.length >= 16 && looksRandom(value);
    const end = match.index + match[0].length;
    if (found) spans.push({ start: end - value.length, end });
  }
  return spans;
}

/** The longest user name and password that is looked for. */
const longestCredentials = 300;

function credentialsEnd(text: string, start: number): number | undefined {
  const url = /^[^\s"'`<>]*/.exec(text.slice(start, start + longestCredentials))?.[0] ?? "";
  const authority = /^[^/?#]*/.exec(url)?.[0] ?? "";
  const colon = authority.indexOf(":");
  const at = authority.lastIndexOf("@");
  if (at !== -1) {
    const user = authority.slice(0, at);
    const found = ((colon !== -1 && colon < at - 1) || looksRandom(user)) && !isPlaceholder(user);
    return found ? start + at : undefined;
  }
  // `host:8080/@scope` has a port, a number or a variable; `user:pa/ss@host` has none.
  const late = url.lastIndexOf("@");
  const isPort = /^(?:[0-9]*$|[$<{])/.test(authority.slice(colon + 1));
  return colon !== -1 && late !== -1 && !isPort ? start + late : undefined;
}

const knownSchemes = new Set(["bearer", "basic", "token", "negotiate", "apikey", "api-key", "bot", "key"]);

/**
 * Linear: all repetitions but the last are bounded, and the last takes what it read; a match that turns out to be no
 * credential is passed over as a whole.
 */
const authorization =
  /(?:(?<header>authorization)["'\]]{0,3}[ \t]{0,8}[:=,][ \t]{0,8}["'`]?(?<scheme>[a-z-]{1,16}[ \t]{1,4})?|\b(?:bearer|basic)[ \t]{1,4})(?<value>[A-Za-z0-9._~+/=:-]{6,})/gi;
