import { fieldOf, listOf, objectOf, parseJson } from "./json-record.ts";
import { agentOf, modelOf } from "./names.ts";
import type { LineWriter, OpenRecord } from "./record.ts";

/**
 * Reads the JSON that git-ai wrote in 2025, `{files: {<path>: {authors: [{author, lines}]}}}`, with lines as numbers and
 * pairs. An author is a display name: those of known tools and models are ai, all others untracked, since the record
 * does not say whether they are people.
 */
export function readAuthorsByFile(bytes: Uint8Array, record: OpenRecord): void {
  const files = objectOf(fieldOf(parseJson(bytes), "files"));
  if (files === null) {
    record.unread("JSON that is no record of authors by file");
    return;
  }
  for (const [path, file] of Object.entries(files))
    for (const author of listOf(fieldOf(file, "authors"))) readAuthor(path, author, record);
}

function readAuthor(path: string, author: unknown, record: OpenRecord): void {
  const writer = writerOf(fieldOf(author, "author"));
  if (writer === null) return;
  for (const lines of listOf(fieldOf(author, "lines"))) {
    const [start, end = start] = Array.isArray(lines) ? (lines as unknown[]) : [lines];
    if (typeof start === "number" && typeof end === "number") record.add(path, start, end, writer);
    else record.unread("a range of lines in an unknown form");
  }
}

function writerOf(name: unknown): LineWriter | null {
  const agent = agentOf(name);
  const model = modelOf(name);
  return agent === null && model === null ? null : { by: "ai", agent, model, session: null };
}
