import { foldLookAlikes, isAscii } from "./look-alikes.ts";
import type { Mark } from "./mark.ts";
import { isMarkKey, markOf } from "./marks.ts";
import { readsAsProse } from "./prose.ts";
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
  const colon = line.indexOf(":", indent) - indent;
  if (colon < 1 || colon >= longestKey) return null;
  const written = line.slice(indent, indent + colon).trimEnd();
  const key = meantKey(written);
  if (key === null) return null;
  const value = line.slice(indent + colon + 1).trim();
  return { key, written, value, exact: written.toLowerCase() === key, indent };
}

/** The key that marks tools and is meant, or null. Histories repeat a few words before a colon, so answers are remembered. */
function meantKey(written: string): string | null {
  const known = meantKeys.get(written);
  if (known !== undefined) return known;
  const isPlain = isAscii(written);
  const key = isPlain && isMarkKey(written) ? written.toLowerCase() : foldKey(written);
  const meant = isMarkKey(key) ? key : null;
  if (meantKeys.size >= mostRemembered) meantKeys.clear();
  // A copy: a slice would keep the whole message that it was cut from.
  if (isPlain) meantKeys.set(Buffer.from(written, "latin1").toString("latin1"), meant);
  return meant;
}

const mostRemembered = 5_000;
const meantKeys = new Map<string, string | null>();

/** What a line outside git's block says about tools, or null. */
export function embeddedMark(line: KeyLine): Mark | null {
  const mark = markOf(line.key, line.value);
  if (mark === null) return null;
  // What loosens counts in git's own block only. A declaration elsewhere can still contradict.
  if (mark.verdict === "human") return { ...mark, verdict: "undeclared" };
  if (mark.verdict === "automation") return null;
  return readsAsProse(line, mark) ? null : mark;
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
