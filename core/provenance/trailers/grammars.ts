import type { Acceptance } from "../../change/authorship.ts";
import { digits, hexDigits, isMadeOf, lowerLetters } from "../signals/characters.ts";
import { readAddresses } from "../tools/address-list.ts";
import { parseIdentity } from "../tools/identities.ts";

/** commitlint's usual limit for body and footer lines. */
export const longestLine = 100;

/** `as-is`, `edited`, `rewritten` or `partial <n>/<m>`, in either case; null for anything else. */
export function acceptanceOfValue(value: string): Acceptance | null {
  const [word = "", share = "", ...more] = value.toLowerCase().split(" ");
  if (more.length > 0) return null;
  if (word === "partial") return isShare(share) ? "partial" : null;
  return share === "" ? ((["as-is", "edited", "rewritten"] as const).find((known) => known === word) ?? null) : null;
}

function isShare(text: string): boolean {
  const [part = "", whole = "", ...more] = text.split("/");
  const isCount = (count: string) => count.length <= 9 && isMadeOf(count, digits);
  return more.length === 0 && isCount(part) && isCount(whole) && Number(part) <= Number(whole) && Number(whole) > 0;
}

/** `73% agent (146/200 lines)`, as Entire writes it: partial between 0 and 100 %, else null. */
export function acceptanceOfShare(value: string): Acceptance | null {
  const percent = value.trim().split("%")[0] ?? "";
  return isMadeOf(percent, digits) && Number(percent) > 0 && Number(percent) < 100 ? "partial" : null;
}

/** `<trace>`, `<trace>-<span>` or a whole `traceparent` (W3C Trace Context): `00-<trace>-<span>-<flags>`. */
export function isTrace(value: string): boolean {
  const parts = value.toLowerCase().split("-");
  const isParent = parts.length === 4 && parts[0]?.length === 2 && isHex(parts[0], 2) && isHex(parts[3] ?? "", 2);
  const [trace = "", span, ...more] = isParent ? parts.slice(1, 3) : parts;
  return more.length === 0 && isId(trace, 32) && (span === undefined || isId(span, 16));
}

function isId(text: string, length: number): boolean {
  return isHex(text, length) && !isMadeOf(text, "0");
}

/** `sha256:<64 hex>` or `hmac-sha256:<key id>:<64 hex>`, with `tpl=<name>@<version>` after it if wanted. */
export function isFingerprint(value: string): boolean {
  const [digest = "", template, ...more] = value.split(" ");
  if (more.length > 0 || (template !== undefined && !isTemplate(template))) return false;
  const parts = digest.split(":");
  const hash = parts.at(-1) ?? "";
  if (parts[0] === "sha256") return parts.length === 2 && isHex(hash, 64);
  const keyId = parts[1] ?? "";
  return parts[0] === "hmac-sha256" && parts.length === 3 && isKeyId(keyId) && isHex(hash, 64);
}

/** The public name of a prompt key. */
export function isKeyId(text: string): boolean {
  return isName(text);
}

/** `tpl=<name>@<version>` */
function isTemplate(text: string): boolean {
  const [name = "", version = "", ...more] = text.slice("tpl=".length).split("@");
  return text.startsWith("tpl=") && more.length === 0 && isName(name) && isName(version);
}

/** Closed words with commas, then `;` and free text if wanted. */
export function isValidation(value: string): boolean {
  const [words = ""] = value.split(";");
  const known = ["tests", "lint", "types", "manual", "security"];
  return words.split(",").every((word) => known.includes(word.trim().toLowerCase()));
}

/** `Name <mail>`, git's own form for people: one to a trailer, because others read only one. */
export function isNameAndMail(value: string): boolean {
  const { name, email } = parseIdentity(value);
  return (
    readAddresses(value).identities.length === 1 &&
    name !== "" &&
    value.endsWith(">") &&
    email.includes("@") &&
    !hasBlank(email)
  );
}

/** A summary of the prompt: one line of at most 100 characters, with something in it. */
export function isSummary(value: string): boolean {
  return value !== "" && value.length <= longestLine && !/\p{Cc}/u.test(value);
}

/** A commit id of 12 to 64 hex digits: shorter ones may be another commit's tomorrow. */
export function isCommitId(value: string): boolean {
  return value.length >= 12 && value.length <= 64 && isMadeOf(value.toLowerCase(), hexDigits);
}

function isName(text: string): boolean {
  return text.length <= 64 && isMadeOf(text.toLowerCase(), `${lowerLetters}${digits}._-`);
}

function isHex(text: string, length: number): boolean {
  return text.length === length && isMadeOf(text, hexDigits);
}

/** True when a space or tab stands in the text. */
export function hasBlank(text: string): boolean {
  return text.includes(" ") || text.includes("\t");
}
