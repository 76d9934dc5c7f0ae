import { recordLimits, type OpenRecord } from "./record.ts";

/** Whether a record has more bytes than are read; counted as unread when it has. */
export function isTooLarge(bytes: Uint8Array, record: OpenRecord): boolean {
  const tooLarge = bytes.length > recordLimits.bytes;
  if (tooLarge) record.unread(largerThanRead);
  return tooLarge;
}

/** What is said of such a record. */
export const largerThanRead = "a record that is larger than 16 MB";

/** Bytes as text. What is not UTF-8 is counted, and read as U+FFFD. */
export function decodeText(bytes: Uint8Array, record: OpenRecord): string {
  try {
    return strict.decode(bytes);
  } catch {
    record.unread("bytes that are not UTF-8");
    return lenient.decode(bytes);
  }
}

/** The lines of a text without their ends, which are LF or CR LF. */
export function* linesOf(text: string): Generator<string, undefined> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    yield text.slice(start, end > start && text[end - 1] === "\r" ? end - 1 : end);
    start = end + 1;
  }
}

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");
