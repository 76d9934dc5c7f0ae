import { foldLookAlikes, hasStrangeColon, isAscii, plainPunctuation } from "./look-alikes.ts";
import type { Mark } from "./mark.ts";
import { isMarkKey, markOf, respelledKey } from "./marks.ts";
import { readsAsProse } from "./prose.ts";
import type { Trailer } from "../provenance.ts";

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
 * Reads one line as `Key: value`, decoration before it left out: indented as `git merge --squash` leaves it, quoted, in a
 * list, in brackets, emphasised or commented out. Null unless the key is one that marks tools.
 */
export function keyLine(line: string): KeyLine | null {
  const text = hasStrangeColon(line) ? plainPunctuation(line) : line;
  const indent = decorationEnd(text);
  const colon = text.indexOf(":", indent) - indent;
  if (colon < 1 || colon >= longestKey) return null;
  const written = withoutEmphasis(text.slice(indent, indent + colon).trimEnd());
  const key = meantKey(written);
  // The box of a template that nobody ticked is a question.
  if (key === null || text.slice(0, indent).includes("[ ]")) return null;
  const value = unwrapped(text.slice(indent + colon + 1).trim(), text.slice(0, indent));
  const exact = written.toLowerCase() === key && line.charAt(indent + colon) === ":";
  return { key, written, value, exact, indent };
}

/** The key that marks tools and is meant, or null. Histories repeat a few words before a colon, so answers are remembered. */
function meantKey(written: string): string | null {
  const known = meantKeys.get(written);
  if (known !== undefined) return known;
  const isPlain = isAscii(written);
  const key = isPlain && isMarkKey(written) ? written.toLowerCase() : foldKey(written);
  const meant = isMarkKey(key) ? key : respelledKey(key);
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
  // `AIModel: string` declares a field.
  if (isRespelled(line) && mark.agent === null && mark.model === null) return null;
  return readsAsProse(line, mark) ? null : mark;
}

const longestKey = 64;

/** Where the first letter stands: keys begin with one, and whatever a list, a quotation or a comment begins with is none. */
function decorationEnd(line: string): number {
  let at = 0;
  while (at < line.length && !isLetterAt(line, at)) at++;
  return at;
}

function isLetterAt(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
  return letter.test(line.slice(at, at + 2));
}

const letter = /^\p{L}/u;

/** `**Assisted-by**: …`; a quotation mark there is that of a field in JSON. */
function withoutEmphasis(written: string): string {
  let end = written.length;
  while (end > 0 && "*_`~".includes(written.charAt(end - 1))) end--;
  return written.slice(0, end).trimEnd();
}

/** The value without the other half of what stands before the key. */
function unwrapped(value: string, decoration: string): string {
  let [start, end] = [0, value.length];
  while (start < end && "*_`~ ".includes(value.charAt(start)) && decoration !== "") start++;
  if (decoration.includes("<!--") && value.endsWith("-->")) end -= 3;
  const closing = wrappers.filter(({ open }) => decoration.includes(open)).map(({ close }) => close);
  while (end > start && (value.charAt(end - 1) === " " || closing.includes(value.charAt(end - 1)))) end--;
  return value.slice(start, end);
}

const wrappers = [
  { open: "(", close: ")" },
  { open: "[", close: "]" },
  ...['"', "'", "*", "_", "`", "~"].map((mark) => ({ open: mark, close: mark })),
  { open: "\u201c", close: "\u201d" },
  { open: "\u2018", close: "\u2019" },
];

/** A key that even with hyphens for its blanks and underscores is not the one that is meant. */
function isRespelled({ key, written }: KeyLine): boolean {
  return foldKey(written) !== key;
}

function foldKey(written: string): string {
  return foldLookAlikes(written).replaceAll("_", "-").replaceAll(" ", "-");
}
