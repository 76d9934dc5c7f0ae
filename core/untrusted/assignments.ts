import { isPlaceholder } from "./placeholder.ts";
import { isPathLike, isTokenLike, looksRandom } from "./randomness.ts";
import type { Span } from "./tokens.ts";

/**
 * Values given to a name that says "secret": `password: "…"`, `DB_PASSWORD=…`, `"apiKey": "…"`, `--token …`.
 * A quoted value counts unless it is a reference, a mask, a path or, for a token or key, a plain word. A bare value
 * counts when it looks random or, right after `=` as in an environment file or a query, when it has a digit. The name
 * and the quotes stay.
 */
export function findAssignedSecrets(text: string): Span[] {
  const spans: Span[] = [];
  for (const name of text.matchAll(secretName)) {
    // A name inside a value that is already taken is part of it.
    if (name.index < (spans.at(-1)?.end ?? 0) || isFingerprintKey(text, name)) continue;
    const value = assignedValue(text, name);
    if (value !== undefined && isSecretValue(text, value))
      spans.push({ start: value.start, end: wholeEnd(text, value) });
  }
  return spans;
}

const secretName =
  /(?<word>pass(?:word|wd|phrase|code)|pwd|secret)|credential|token|(?:api|access|account|auth|client|encryption|license|master|private|service|shared|signing)[_ .-]?key/gi;

/** Words that may follow in the same name: `PASSWORD_PROD`, `secretAccessKey`, `private_key_pem`. Not `token_count`. */
const qualifiers = new Set(
  (
    "s key access value base prod production dev development test testing staging stage live env default text plain " +
    "string raw old new current primary secondary main admin root db hash id b64 base64 encoded pem data"
  ).split(" "),
);

interface AssignedValue extends Span {
  readonly quoted: boolean;
  /** Whether the value follows `=` at once, as in `NAME=value`. */
  readonly tight: boolean;
  /** Whether any words can be the value: that of a password or secret in quotes, which are no Markdown code span. */
  readonly anyWord: boolean;
}

// How far a name and its value are looked at, so that each name costs a bounded amount of work.
const longestRest = 40;
const longestQuoted = 256;
const longestJudged = 128;

/** The key id of an `AI-Prompt: hmac-sha256:<key id>:<64 hex>` may be any name; what follows is a fingerprint. */
function isFingerprintKey(text: string, name: RegExpExecArray): boolean {
  const before = /hmac-sha256:[^\s:]{0,64}$/.exec(text.slice(Math.max(0, name.index - 80), name.index));
  return before !== null && matchAt(/[^\s:]{0,64}:[0-9a-f]{64}(?![0-9a-f])/y, text, name.index) !== undefined;
}

function assignedValue(text: string, name: RegExpExecArray): AssignedValue | undefined {
  const nameEnd = nameEndOf(text, name.index + name[0].length);
  if (nameEnd === undefined) return undefined;
  const separator =
    matchAt(/["'`\])\\]{0,4}[ \t]{0,8}(?::=|=>|={1,3}|:)[ \t]{0,8}/y, text, nameEnd) ??
    (isOption(text, name.index) ? matchAt(/[ \t]{1,8}/y, text, nameEnd) : undefined);
  if (separator === undefined) return undefined;
  const start = nameEnd + separator.length + typeAnnotation(text, nameEnd, separator).length;
  const anyWord = name.groups?.["word"] !== undefined;
  return quotedValue(text, start, anyWord) ?? bareValue(text, start, separator.endsWith("="));
}

/** The end of the name that the secret word begins, unless the name goes on to mean something else. */
function nameEndOf(text: string, wordEnd: number): number | undefined {
  const rest = matchAt(/[A-Za-z0-9_.-]{0,41}/y, text, wordEnd) ?? "";
  const words = rest
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_.-]/);
  const qualified = words.every((word) => word === "" || qualifiers.has(word) || /^[0-9]{1,3}$/.test(word));
  return qualified && rest.length <= longestRest ? wordEnd + rest.length : undefined;
}

function isOption(text: string, nameStart: number): boolean {
  return /--[A-Za-z0-9-]{0,30}$/.test(text.slice(Math.max(0, nameStart - 32), nameStart));
}

/** The ` string = ` of `const password: string = "…"`. */
function typeAnnotation(text: string, nameEnd: number, separator: string): string {
  if (!separator.includes(":")) return "";
  return matchAt(/[A-Za-z_][\w<>[\]|. ]{0,40}=[ \t]{0,8}(?=["'`])/y, text, nameEnd + separator.length) ?? "";
}

function quotedValue(text: string, at: number, anyWord: boolean): AssignedValue | undefined {
  const opening = matchAt(/[@$bfru]?["'`]/iy, text, at);
  if (opening === undefined) return undefined;
  const start = at + opening.length;
  const line = /^[^\r\n]*/.exec(text.slice(start, start + longestQuoted))?.[0] ?? "";
  const closing = line.indexOf(opening.slice(-1));
  if (closing === -1) return bareValue(text, start, true);
  return { start, end: start + closing, quoted: true, tight: true, anyWord: anyWord && !opening.endsWith("`") };
}

function bareValue(text: string, start: number, tight: boolean): AssignedValue {
  const run = matchAt(bareRun, text.slice(start, start + longestJudged), 0) ?? "";
  return { start, end: start + run.length, quoted: false, tight, anyWord: false };
}

/** Up to white space or anything that ends a value in code, a query or a list. */
const bareRun = /[^\s"'`,;&|<>()[\]{}]+/y;

function isSecretValue(text: string, value: AssignedValue): boolean {
  const given = text.slice(value.start, value.end);
  if (given.trim().length < 6 || isReference(given) || isPathLike(given)) return false;
  if (value.quoted) return value.anyWord || isTokenLike(given);
  return looksRandom(given) || (value.tight && /[0-9]/.test(given));
}

/** A mask, a reference to a secret that is kept elsewhere, or what an earlier redaction left. */
function isReference(value: string): boolean {
  const isMask = /^[\s*•.xX#_-]*$/.test(value);
  return isMask || isPlaceholder(value) || /^(?:\$?\{\{?[^}]*\}\}?|\$[A-Z_]+|%[A-Z_]+%|<[^>]*>)$/.test(value);
}

/** A value was judged by its beginning; all of it is the secret. */
function wholeEnd(text: string, value: AssignedValue): number {
  return value.quoted ? value.end : value.start + (matchAt(bareRun, text, value.start)?.length ?? 0);
}

function matchAt(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}
