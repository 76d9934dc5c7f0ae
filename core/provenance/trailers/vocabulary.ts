import { acceptances, type Acceptance } from "../../change/authorship.ts";
import { isPlaceholder, readAssistedBy } from "../tools/assisted-by.ts";
import {
  acceptanceOfShare,
  acceptanceOfValue,
  hasBlank,
  isCommitId,
  isFingerprint,
  isNameAndMail,
  isSummary,
  isTrace,
  isValidation,
  longestLine,
} from "./grammars.ts";
import type { Trailer } from "../provenance.ts";

/** One key that Countersign writes and checks. */
export interface VocabularyKey {
  /** Its spelling when we write it; it is read in either case. */
  key: string;
  /** The grammar, for people: completes "takes …". */
  takes: string;
  example: string;
  accepts: (value: string) => boolean;
}

/** What is to be said of one trailer. */
export interface TrailerCheck {
  known: boolean;
  /** True for a key that is not ours: its grammar is not ours to judge. */
  wellFormed: boolean;
  /** What is wrong and how to write it, without a word of the value. Only when it is malformed. */
  problem?: string;
}

/** The keys we write, in the order in which they stand in a message. */
export const vocabulary: readonly VocabularyKey[] = [
  {
    key: "Assisted-by",
    takes: "the tool and its model",
    example: "claude-code:claude-opus-4-5",
    accepts: canNameTool,
  },
  {
    key: "Generated-by",
    takes: "the tool and its model",
    example: "codex:gpt-5.3-codex",
    accepts: canNameTool,
  },
  {
    key: "AI-Assisted",
    takes: "`yes` or `no`",
    example: "yes",
    accepts: (value) => ["yes", "no", "true", "false", "none"].includes(value.toLowerCase()),
  },
  {
    key: "AI-Session",
    takes: "the tool's own session id or link, up to 100 characters without a blank",
    example: "01JD8Z6Q5R",
    accepts: (value) => value !== "" && value.length <= longestLine && !hasBlank(value),
  },
  {
    key: "AI-Trace",
    takes: "a W3C trace id: 32 hex digits, not all 0, and if wanted `-` and a span id of 16",
    example: "4bf92f3577b34da6a3ce929d0e0e4736",
    accepts: isTrace,
  },
  {
    key: "AI-Prompt",
    takes: "a fingerprint: `sha256:<64 hex>` or `hmac-sha256:<key id>:<64 hex>`",
    example: `sha256:${"9f2c1e7b4d0a6c5e".repeat(4)}`,
    accepts: isFingerprint,
  },
  {
    key: "AI-Prompt-Summary",
    takes: "what was asked for, in one line of at most 100 characters: never the prompt, and only where you want it",
    example: "retry a failed charge once",
    accepts: isSummary,
  },
  {
    key: "AI-Accepted",
    takes: "`as-is`, `edited`, `rewritten` or `partial <n>/<m>`",
    example: "partial 3/5",
    accepts: (value) => acceptanceOfValue(value) !== null,
  },
  {
    key: "AI-Validated",
    takes: "words from tests, lint, types, manual, security, with commas; then, if wanted, `;` and free text",
    example: "tests, lint",
    accepts: isValidation,
  },
  {
    key: "AI-Declares",
    takes:
      "the id of an earlier commit of the same change, 12 to 64 hex digits, for which this commit's trailers speak too",
    example: "4f2a9c1b7d3e",
    accepts: isCommitId,
  },
  { key: "Reviewed-by", takes: "`Name <mail>`", example: "Ann Example <ann@example.com>", accepts: isNameAndMail },
  { key: "Co-authored-by", takes: "`Name <mail>`", example: "Ann Example <ann@example.com>", accepts: isNameAndMail },
  { key: "Signed-off-by", takes: "`Name <mail>`", example: "Ann Example <ann@example.com>", accepts: isNameAndMail },
];

/** Every form in which tools are named has a letter in it; `???` and `-` name none. */
function canNameTool(value: string): boolean {
  return value.length <= longestLine && /\p{L}/u.test(value) && !isPlaceholder(value);
}

/** Whether the key is one of ours and its value follows the grammar. */
export function checkTrailer(key: string, value: string): TrailerCheck {
  const entry = byKey.get(key.toLowerCase());
  if (entry === undefined) return { known: false, wellFormed: true };
  if (entry.accepts(value.trim())) return { known: true, wellFormed: true };
  // Nobody should copy somebody else's fingerprint, so an example is given where it is short.
  const example = entry.example.length < 40 ? ` For example: \`${entry.key}: ${entry.example}\`.` : "";
  return { known: true, wellFormed: false, problem: `\`${entry.key}\` takes ${entry.takes}.${example}` };
}

/** What is wrong with a value by the grammar of its key, to follow "but"; null when it is fine or the key is not ours. */
export function trailerProblem(key: string, value: string): string | null {
  const entry = byKey.get(key.toLowerCase());
  if (entry === undefined) return null;
  if (!entry.accepts(value.trim())) return `it takes ${entry.takes}`;
  // Projects thank people with the same key: nothing is malformed there, and no tool is named.
  const isPerson = entry.accepts === canNameTool && readAssistedBy(value).person;
  return isPerson ? `it takes ${entry.takes}, and names a person` : null;
}

/** Our spelling of the key, or null when it is none of ours. */
export function vocabularyKey(key: string): string | null {
  return byKey.get(key.toLowerCase())?.key ?? null;
}

/**
 * How the person took over what the tool wrote, as git's own trailers say it; the strictest when several speak.
 * `Entire-Attribution: 73% agent (146/200 lines)` is read as partial. `unstated` when none is well formed.
 */
export function acceptanceOf(trailers: readonly Trailer[]): Acceptance {
  const stated = trailers.map(({ key, value }) => {
    if (key.toLowerCase() === "ai-accepted") return acceptanceOfValue(value.trim());
    return key.toLowerCase() === "entire-attribution" ? acceptanceOfShare(value) : null;
  });
  return acceptances.find((acceptance) => stated.includes(acceptance)) ?? "unstated";
}

const byKey: ReadonlyMap<string, VocabularyKey> = new Map(
  vocabulary.map((entry): [string, VocabularyKey] => [entry.key.toLowerCase(), entry]),
);
