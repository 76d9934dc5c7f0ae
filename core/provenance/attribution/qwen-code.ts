import type { Attribution } from "./attribution.ts";
import { countIn, fieldOf, objectOf, parseJson } from "./json-record.ts";
import { agentOf } from "./names.ts";
import { openRecord, type RecordPlace } from "./record.ts";
import { isTooLarge } from "./text-record.ts";

/**
 * Reads one note of Qwen Code (`refs/notes/ai-attribution`), JSON with characters by file. Characters are no lines, so
 * nothing is attributed line by line: each file with characters by the tool counts as one line of it, which is the least
 * it can be, and what was not counted is named. Nothing in it shows a line by a person.
 */
export function readQwenCode(bytes: Uint8Array, at: RecordPlace): Attribution {
  const record = openRecord(at, "qwen-code");
  if (isTooLarge(bytes, record)) return record.close();
  const note = parseJson(bytes);
  const files = objectOf(fieldOf(note, "files"));
  if (files === null || fieldOf(note, "generator") === undefined) {
    record.unread("a note that is not in the form of Qwen Code");
    return record.close();
  }
  const counts = Object.values(files).map((file) => countIn(file, "aiChars") ?? countIn(file, "aiCharsAdded"));
  const unreadable = counts.filter((count) => count === null).length;
  if (unreadable > 0) record.unread("a file without a count of characters", unreadable);
  const counted = counts.length - unreadable;
  if (counted > 0) record.unread("a file counted in characters, not lines", counted);
  const aiLines = counts.filter((count) => count !== null && count > 0).length;
  return record.close({
    aiLines,
    humanLines: 0,
    agent: agentOf(fieldOf(note, "generator")),
    model: null,
    session: null,
  });
}
