import { recordLimits, type OpenRecord } from "./record.ts";

/** The record's bytes as text, or null when there are too many. Bytes that are not UTF-8 are counted, and read as U+FFFD. */
export function decodeRecord(bytes: Uint8Array, record: OpenRecord): string | null {
  if (bytes.length > recordLimits.bytes) {
    record.unread("a record that is larger than 16 MB");
    return null;
  }
  try {
    return strict.decode(bytes);
  } catch {
    record.unread("bytes that are not UTF-8");
    return lenient.decode(bytes);
  }
}

/** A line without its end, where it starts, and where the next one does. */
export interface RecordLine {
  line: string;
  start: number;
  next: number;
}

/** The lines of a text; CR LF ends one too. */
export function* linesOf(text: string): Generator<RecordLine> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const next = newline === -1 ? text.length : newline + 1;
    yield { line: text.slice(start, end > start && text[end - 1] === "\r" ? end - 1 : end), start, next };
    start = next;
  }
}

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");
