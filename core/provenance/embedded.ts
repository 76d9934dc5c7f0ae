import { foldLookAlikes, isAscii } from "./look-alikes.ts";
import { isMarkKey, markOf, type Mark } from "./marks.ts";
import type { Trailer } from "./provenance.ts";

/** A `Key: value` line outside git's own block that names a tool we know how to read. */
export interface EmbeddedTrailer extends Trailer {
  /** The line of the message, from 1. */
  line: number;
}

/** A line of a message that looks like a trailer under some key of ours, wherever it stands and however it is spelled. */
export interface KeyLine {
  /** The key that is meant, in lower case: `AI_Model` means `ai-model`. */
  key: string;
  /** The key as it stands there: untrusted. */
  written: string;
  /** Empty when it stands on the next line, as Amp folds it. */
  value: string;
  /** The key was written as git would accept it. */
  exact: boolean;
  /** How far the key stands from the line's start. */
  indent: number;
}

/**
 * Reads one line as `Key: value`, decoration before it left out: indented as `git merge --squash` leaves it, quoted,
 * or in a list. Null unless the key is one that marks tools.
 */
export function keyLine(line: string): KeyLine | null {
  const indent = decorationEnd(line);
  const colon = line.slice(indent, indent + longestKey).indexOf(":");
  if (colon < 1) return null;
  const written = line.slice(indent, indent + colon).trimEnd();
  const key = isAscii(written) && isMarkKey(written) ? written.toLowerCase() : foldKey(written);
  if (!isMarkKey(key)) return null;
  const value = line.slice(indent + colon + 1).trim();
  return { key, written, value, exact: written.toLowerCase() === key, indent };
}

/** What a line outside git's block says about tools, or null. A disguised key counts only beside a tool or model we know. */
export function embeddedMark({ key, value, exact }: KeyLine): Mark | null {
  const mark = markOf(key, value);
  if (mark === null) return null;
  // A declaration loosens, so only git's own trailers make one; elsewhere it can still contradict.
  if (mark.verdict === "human") return { ...mark, verdict: "undeclared" };
  return exact || mark.agent !== null || mark.model !== null ? mark : null;
}

const longestKey = 64;
const longestDecoration = 32;

function decorationEnd(line: string): number {
  let at = 0;
  while (at < longestDecoration && at < line.length && " \t>*-+|#".includes(line[at]!)) at++;
  return at;
}

function foldKey(written: string): string {
  return foldLookAlikes(written).replaceAll("_", "-").replaceAll(" ", "-");
}
