import type { Attribution } from "./attribution.ts";
import { digits, isMadeOf } from "../signals/characters.ts";
import { writersOf } from "./git-ai-keys.ts";
import { readAuthorsByFile } from "./git-ai-old.ts";
import { objectOf, parseJson } from "./json-record.ts";
import { openRecord, type LineWriter, type OpenRecord, type RecordPlace } from "./record.ts";
import { decodeText, isTooLarge, linesOf } from "./text-record.ts";

/**
 * Reads one note of git-ai (`refs/notes/ai`): the Git AI Standard 3.0.0, and what tools wrote that the standard does not
 * name. First come paths, each followed by lines `  <key> <ranges>`, then a line `---`, then JSON that says who the keys
 * are. Also the JSON of 2025, before there were notes. Never throws; what cannot be read is counted.
 */
export function readGitAi(bytes: Uint8Array, at: RecordPlace): Attribution {
  const record = openRecord(at, "git-ai");
  if (isTooLarge(bytes, record)) return record.close();
  if (startsJson(bytes)) readAuthorsByFile(bytes, record);
  else readNote(bytes, record);
  return record.close();
}

function readNote(bytes: Uint8Array, record: OpenRecord): void {
  const { attestations, metadata } = splitNote(bytes);
  const json = metadata === null ? null : objectOf(parseJson(metadata));
  if (json === null) record.unread(metadata === null ? "a note without metadata" : "metadata that is not JSON");
  const writers = writersOf(json);
  let path: string | null = null;
  for (const line of linesOf(decodeText(attestations, record))) {
    if (line === "") continue;
    if (!line.startsWith(" ") && !line.startsWith("\t")) path = unquoted(line);
    else if (path === null) record.unread("an entry that belongs to no file");
    else readEntry(line.trim(), path, writers, record);
  }
}

/** The parts before and after the first line that is `---` alone. Metadata is most of a note: it stays bytes until it is parsed. */
function splitNote(bytes: Uint8Array): { attestations: Uint8Array; metadata: Uint8Array | null } {
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const next = newline === -1 ? bytes.length : newline + 1;
    if (isDivider(bytes, start, next))
      return { attestations: bytes.subarray(0, start), metadata: bytes.subarray(next) };
    start = next;
  }
  return { attestations: bytes, metadata: null };
}

/** Whether a line, with whatever ends it, is three hyphens. */
function isDivider(bytes: Uint8Array, start: number, next: number): boolean {
  for (let at = start; at < start + 3; at++) if (bytes[at] !== HYPHEN) return false;
  return next <= start + 5 && linesOf(decoder.decode(bytes.subarray(start, next))).next().value === "---";
}

/** The first byte that is no white space opens an object: no path of a note begins so with nothing but JSON behind it. */
function startsJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > SPACE);
  return first === OPENING_BRACE && splitNote(bytes).metadata === null;
}

const NEWLINE = 10;
const SPACE = 32;
const HYPHEN = 45;
const OPENING_BRACE = 123;
const decoder = new TextDecoder();

/** Paths with white space stand in quotes; nothing inside is escaped. */
function unquoted(line: string): string {
  return line.length > 1 && line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line;
}

function readEntry(entry: string, path: string, writers: (key: string) => LineWriter | null, record: OpenRecord): void {
  const blank = entry.indexOf(" ");
  const writer = writers(blank === -1 ? entry : entry.slice(0, blank));
  if (blank === -1) record.unread("an entry without lines");
  else if (writer === null) record.unread("an entry whose key has an unknown form");
  else readRanges(entry.slice(blank + 1).trim(), path, writer, record);
}

/** `42`, `19-222`, or several with commas, and blanks wherever somebody put them. */
function readRanges(ranges: string, path: string, writer: LineWriter, record: OpenRecord): void {
  for (let at = 0; at <= ranges.length;) {
    const comma = ranges.indexOf(",", at);
    const end = comma === -1 ? ranges.length : comma;
    // Longer is no range of real line numbers, and is not looked at.
    const parts = end - at > longestRange ? [] : ranges.slice(at, end).split("-");
    const [first, last = first, ...more] = parts.map((part) => part.trim());
    const isRange = more.length === 0 && isNumber(first) && isNumber(last);
    if (isRange) record.add(path, Number(first), Number(last), writer);
    else record.unplaced("a range of lines in an unknown form", writer);
    at = end + 1;
  }
}

const longestRange = 40;

function isNumber(text: string | undefined): boolean {
  return text !== undefined && isMadeOf(text, digits);
}
