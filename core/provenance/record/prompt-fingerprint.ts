import { createHash, createHmac } from "node:crypto";
import { Problem } from "../../problem.ts";
import { inertText, redact } from "../../untrusted/index.ts";
import { isKeyId, longestLine } from "../trailers/grammars.ts";

/** A secret that a fingerprint is keyed with, and the public name under which people find it again. */
export interface PromptKey {
  /** 1 to 12 letters, digits, dots, hyphens and underscores, so that the trailer stays within a line of 100 characters. */
  id: string;
  /** 16 bytes or more; a string stands for its UTF-8. */
  secret: string | Uint8Array;
}

/**
 * The value of an `AI-Prompt` trailer for a prompt: `sha256:<64 hex>`, or `hmac-sha256:<key id>:<64 hex>` with a key.
 * Equal prompts give equal fingerprints on every machine; docs/prompt-fingerprints.md has the steps and test vectors.
 * Without a key, whoever guesses a prompt can check the guess. Throws a `Problem` for a key that protects nothing.
 */
export function promptFingerprint(text: string, key?: PromptKey): string {
  const normalised = normalisedPrompt(text);
  if (key === undefined) return `sha256:${createHash("sha256").update(normalised, "utf8").digest("hex")}`;
  checkKey(key);
  return `hmac-sha256:${key.id}:${createHmac("sha256", key.secret).update(normalised, "utf8").digest("hex")}`;
}

/**
 * The text that is hashed: NFC; line breaks LF; no space or tab at the end of a line; at most one blank line in a row,
 * none at the beginning or end, and no last line break. Half a surrogate pair is U+FFFD, and a byte order mark at the
 * beginning is dropped. Letters keep their case: code in a prompt means something else without it.
 */
export function normalisedPrompt(text: string): string {
  const wellFormed = text.toWellFormed().replace(/^\uFEFF/, "");
  const lines = wellFormed.normalize("NFC").replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
  const kept: string[] = [];
  for (const line of lines.map(withoutBlankEnd)) if (line !== "" || (kept.at(-1) ?? "") !== "") kept.push(line);
  if (kept.at(-1) === "") kept.pop();
  return kept.join("\n");
}

/**
 * The value of an `AI-Prompt-Summary` trailer: the beginning of the prompt as one harmless line without secrets, short
 * enough that key and value together stay within 100 characters. Only for people who asked for it: it is text of the prompt.
 */
export function promptSummary(text: string): string {
  const line = inertText(redact(text), { maxGraphemes: 10_000 });
  // What was dropped can bring the parts of a secret together.
  return cutToLine(redact(line).trim());
}

/** Below this, a key can be guessed as a prompt can. */
const shortestSecretBytes = 16;

function checkKey({ id, secret }: PromptKey): void {
  if (!isKeyId(id) || id.length > longestKeyId)
    throw new Problem(
      "The id of the prompt key is not a name that a trailer can hold.",
      `Give it 1 to ${longestKeyId} letters, digits, dots, hyphens or underscores, such as \`team-2026\`.`,
    );
  if (Buffer.byteLength(secret) < shortestSecretBytes)
    throw new Problem(
      `The prompt key has fewer than ${shortestSecretBytes} bytes, so it could be guessed.`,
      "Make one with `openssl rand -hex 32` and keep it as a secret.",
    );
}

const longestKeyId = longestLine - "AI-Prompt: hmac-sha256::".length - 64;
const longestSummary = longestLine - "AI-Prompt-Summary: ".length;

/** A scan from the end: a pattern for it takes quadratic time over long runs of blanks. */
function withoutBlankEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t")) end--;
  return line.slice(0, end);
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function cutToLine(line: string): string {
  if (line.length <= longestSummary) return line;
  let end = 0;
  for (const { segment, index } of graphemes.segment(line.slice(0, longestSummary))) {
    if (index + segment.length >= longestSummary) break;
    end = index + segment.length;
  }
  return `${line.slice(0, end).trimEnd()}…`;
}
