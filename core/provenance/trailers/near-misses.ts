import { keyLine, type KeyLine } from "../signals/embedded.ts";
import { isAscii } from "../signals/look-alikes.ts";
import { isMarkKey, markOf, spelledKey } from "../signals/marks.ts";
import { findSeparator, readTrailers, type TrailerLine, type TrailerReading } from "./trailers.ts";
import { checkTrailer, vocabulary, vocabularyKey } from "./vocabulary.ts";

/** A line that is one edit away from a trailer that counts. */
export interface NearMiss {
  /** The line of the message, from 1. */
  line: number;
  /** What keeps it from counting: how the key is spelled, what the value holds, or where the line stands. */
  kind: "key" | "value" | "place";
  /** The same in words, with what to write. Names only keys that we know: nothing of the message. */
  says: string;
}

/**
 * The lines that somebody meant as a trailer of ours and git does not take for one, or that git takes and whose value
 * is malformed; in the order of the lines, the first 50.
 */
export function nearMisses(message: string): NearMiss[] {
  const reading = readTrailers(message);
  const lines = message.split("\n");
  const parts = { lines, reading, title: endOfTitle(lines), failed: failedBlock(lines, reading) };
  const trailers = new Map(reading.trailers.map((trailer) => [trailer.line, trailer]));
  const found: NearMiss[] = [];
  for (let line = 1; line <= lines.length && found.length < mostNearMisses; line++) {
    const trailer = trailers.get(line);
    const miss = trailer === undefined ? missOfLine(parts, line) : missOfTrailer(trailer);
    if (miss !== null) found.push({ line, ...miss });
  }
  return found;
}

const mostNearMisses = 50;

type Miss = Omit<NearMiss, "line">;

interface Message {
  lines: readonly string[];
  reading: TrailerReading;
  /** The last line of the first paragraph, from 1. */
  title: number;
  /** The last paragraph when it was meant as a trailer block and is none; lines from 1, inclusive. */
  failed: { start: number; end: number } | null;
}

function failedBlock(lines: readonly string[], reading: TrailerReading): Message["failed"] {
  if (reading.block !== null) return null;
  let end = reading.lastLine;
  while (end > 0 && isBlank(lines[end - 1])) end--;
  let start = end;
  while (start > 1 && !isBlank(lines[start - 2])) start--;
  return start > endOfTitle(lines) && lines.slice(start - 1, end).some((line) => isMeant(keyLine(line)))
    ? { start, end }
    : null;
}

/** As git finds it: up to the first blank line, comments left out. */
function endOfTitle(lines: readonly string[]): number {
  const blank = lines.findIndex((line) => isBlank(line));
  return blank === -1 ? lines.length : blank;
}

/** Whether the line names a tool, or bears a key that only we use. */
function isMeant(found: KeyLine | null): boolean {
  return found !== null && (found.key.startsWith("ai-") || markOf(found.key, found.value) !== null);
}

function missOfTrailer({ key, value }: TrailerLine): Miss | null {
  const { problem } = checkTrailer(key, value);
  if (problem !== undefined) return { kind: "value", says: problem };
  const meant = isMarkKey(key) ? null : keyLine(`${key}: ${value}`);
  return misspelledKey(key) ?? (isMeant(meant) && meant !== null ? { kind: "key", says: wrongKey(meant) } : null);
}

function missOfLine(message: Message, line: number): Miss | null {
  const text = message.lines[line - 1] ?? "";
  return missedKey(message, line, text) ?? misspelledKey(keyOf(text)) ?? spoiler(message, line, text);
}

/** A known key that git does not see: written wrongly, or in the wrong place. */
function missedKey(message: Message, line: number, text: string): Miss | null {
  const found = keyLine(text);
  if (found === null) return null;
  const value = found.value === "" ? (message.lines[line] ?? "") : found.value;
  if (!isMeant({ ...found, value })) return null;
  if (!found.exact) return { kind: "key", says: wrongKey(found) };
  const why = misplaced(message, line, text, found.indent);
  return { kind: "place", says: `\`${spelledKey(found.key)}:\` is no trailer here: ${why}` };
}

function wrongKey({ key, written }: KeyLine): string {
  const proper = spelledKey(key);
  if (!isAscii(written)) return `This is not \`${proper}:\` but letters that look like it. Type the key anew.`;
  const isHyphened = written.toLowerCase().replaceAll("_", "-").replaceAll(" ", "-") === key;
  if (!isHyphened) return `This key is not spelled as it is read. Write \`${proper}:\`.`;
  if (written.toLowerCase() === key)
    return `What follows \`${proper}\` is no colon but looks like one. Write \`${proper}:\`.`;
  const shown = proper.replaceAll("-", written.includes("_") ? "_" : " ");
  return `\`${shown}:\` is no trailer: keys hold letters, digits and hyphens. Write \`${proper}:\`.`;
}

function misplaced({ reading, failed, title }: Message, line: number, text: string, indent: number): string {
  if (line > reading.lastLine) return "git drops what stands below the scissors line and in trailing comments.";
  if (text.startsWith("#")) return "a line that begins with `#` is a comment to git.";
  if (indent > 0) return "it is indented, quoted or in a list. Start it in the first column of the last paragraph.";
  if (failed !== null && line >= failed.start)
    return "its paragraph also holds lines that are no trailers. Move those out.";
  if (line <= title) return "the first paragraph is the title. Leave a blank line before the trailers.";
  return "git reads only the last paragraph. Move it there.";
}

/** A key that is one letter away from one of ours: `Asisted-by`. */
function misspelledKey(written: string): Miss | null {
  const key = written.toLowerCase();
  if (isMarkKey(key) || vocabularyKey(key) !== null) return null;
  const meant = vocabulary.find((entry) => isOneEditAway(key, entry.key.toLowerCase()))?.key;
  if (meant === undefined) return null;
  return { kind: "key", says: `This key is one letter away from \`${meant}:\`. Write \`${meant}:\`.` };
}

/** What git would take for the line's key; empty when it takes the line for none, or no key of ours is as long. */
function keyOf(text: string): string {
  const separator = findSeparator(text, 0);
  return separator === -1 || separator > longestKey ? "" : text.slice(0, separator).trimEnd();
}

const longestKey = 40;

/** A line that makes git drop the whole paragraph of trailers around it. */
function spoiler({ failed }: Message, line: number, text: string): Miss | null {
  if (failed === null || line < failed.start || line > failed.end) return null;
  if ("# \t".includes(text.charAt(0)) || findSeparator(text, 0) !== -1) return null;
  const word = ["Fixes", "Closes", "Resolves"].find((verb) => text.startsWith(`${verb} #`));
  const what = word === undefined ? "This line" : `\`${word} #…\``;
  const fix = word === undefined ? "Move it out." : `Write \`${word}: #…\` or move it out.`;
  return { kind: "place", says: `${what} is no trailer, so git reads none in its paragraph. ${fix}` };
}

/** Whether one letter more, less or other turns one word into the other. */
function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}
