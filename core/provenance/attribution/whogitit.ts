import type { Attribution } from "./attribution.ts";
import { fieldOf, listOf, objectOf, parseJson } from "./json-record.ts";
import { modelOf, sessionOf } from "./names.ts";
import { openRecord, type LineWriter, type OpenRecord, type RecordPlace } from "./record.ts";
import { isTooLarge } from "./text-record.ts";

/**
 * Reads one note of whogitit (`refs/notes/whogitit`, before that `refs/notes/ai-blame`): JSON that lists each line of each
 * file with its source. `Original` lines were there before and `Unknown` ones are just that: both are left untracked.
 * The lines' contents and the prompts, which the note holds too, are passed over.
 */
export function readWhogitit(bytes: Uint8Array, at: RecordPlace): Attribution {
  const record = openRecord(at, "whogitit");
  if (isTooLarge(bytes, record)) return record.close();
  const note = objectOf(parseJson(bytes));
  if (note === null || !Array.isArray(note.files)) {
    record.unread("a note that is not in the form of whogitit");
    return record.close();
  }
  const session = fieldOf(note, "session");
  const model = modelOf(fieldOf(fieldOf(session, "model"), "id"));
  // It records sessions of Claude Code and of nothing else.
  const writer = { agent: "claude-code", model, session: sessionOf(fieldOf(session, "session_id")) };
  for (const file of listOf(note.files)) readFile(file, writer, record);
  return record.close();
}

type Tool = Omit<LineWriter, "by">;

function readFile(file: unknown, tool: Tool, record: OpenRecord): void {
  const path = fieldOf(file, "path");
  if (typeof path !== "string") {
    record.unread("a file without a path");
    return;
  }
  for (const line of listOf(fieldOf(file, "lines"))) {
    const number = fieldOf(line, "line_number");
    const source = bySource(fieldOf(fieldOf(line, "source"), "type"));
    if (source === undefined || typeof number !== "number") record.unread("a line in an unknown form");
    else if (source !== null) record.add(path, number, number, source === "human" ? person : { by: source, ...tool });
  }
}

const person: LineWriter = { by: "human", agent: null, model: null, session: null };

/** Null for a line that is untracked, undefined for a source that is not known. */
function bySource(type: unknown): LineWriter["by"] | null | undefined {
  return typeof type === "string" ? sources.get(type.toLowerCase()) : undefined;
}

const sources: ReadonlyMap<string, LineWriter["by"] | null> = new Map([
  ["ai", "ai"],
  ["aimodified", "mixed"],
  ["human", "human"],
  ["original", null],
  ["unknown", null],
]);
