import { digits, hexDigits, isMadeOf } from "../characters.ts";
import type { Attribution } from "../attribution.ts";
import { fieldOf, objectOf, parseJson, type JsonObject } from "./json-record.ts";
import { readAuthorsByFile } from "./git-ai-old.ts";
import { agentOf, modelOf, sessionOf } from "./names.ts";
import { openRecord, recordLimits, type LineWriter, type OpenRecord, type RecordPlace } from "./record.ts";
import { decodeRecord, linesOf } from "./text-record.ts";

/**
 * Reads one note of git-ai (`refs/notes/ai`): the Git AI Standard 3.0.0, and what tools wrote that the standard does not
 * name. First come paths, each followed by lines `  <key> <ranges>`, then a line `---`, then JSON that says who the keys
 * are. Also the JSON of 2025, before there were notes. Never throws; what cannot be read is counted.
 */
export function readGitAi(bytes: Uint8Array, at: RecordPlace): Attribution {
  const record = openRecord(at, "git-ai");
  const text = decodeRecord(bytes, record);
  if (text === null) return record.close();
  if (text.trimStart().startsWith("{")) readAuthorsByFile(bytes, record);
  else readNote(text, record);
  return record.close();
}

function readNote(text: string, record: OpenRecord): void {
  const { attestations, metadata } = splitNote(text);
  const json = metadata === null ? undefined : parseJson(new TextEncoder().encode(metadata));
  if (objectOf(json) === null)
    record.unread(metadata === null ? "a note without metadata" : "metadata that is not JSON");
  const writers = writersOf(objectOf(json));
  let path: string | null = null;
  for (const { line } of linesOf(attestations)) {
    if (line === "") continue;
    if (!line.startsWith(" ") && !line.startsWith("\t")) path = unquoted(line);
    else if (path === null) record.unread("an entry that belongs to no file");
    else readEntry(line.trim(), path, writers, record);
  }
}

/** The parts before and after the first line that is `---` alone. */
function splitNote(text: string): { attestations: string; metadata: string | null } {
  for (const { line, start, next } of linesOf(text))
    if (line === divider) return { attestations: text.slice(0, start), metadata: text.slice(next) };
  return { attestations: text, metadata: null };
}

const divider = "---";

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

/** `42`, `19-222`, or several with commas. */
function readRanges(ranges: string, path: string, writer: LineWriter, record: OpenRecord): void {
  for (let at = 0; at <= ranges.length;) {
    const comma = ranges.indexOf(",", at);
    const end = comma === -1 ? ranges.length : comma;
    // Longer is no range of real line numbers, and is not looked at.
    const [first, last = first, ...more] = end - at > longestRange ? [] : ranges.slice(at, end).split("-");
    const isRange = more.length === 0 && isNumber(first) && isNumber(last);
    if (isRange) record.add(path, Number(first), Number(last), writer);
    else record.unread("a range of lines in an unknown form");
    at = end + 1;
  }
}

const longestRange = 40;

function isNumber(text: string | undefined): boolean {
  return text !== undefined && isMadeOf(text, digits);
}

/** Who a key is, remembered: a note names the same few keys thousands of times. Null for a key of an unknown form. */
function writersOf(metadata: JsonObject | null): (key: string) => LineWriter | null {
  const known = new Map<string, LineWriter | null>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const writer = writerOf(key, metadata);
    if (known.size < recordLimits.files) known.set(key, writer);
    return writer;
  };
}

/**
 * `s_…` with or without `::t_…` is a session, `h_…` a person, bare hex digits or a UUID a conversation of older versions.
 * Versions of 2025 also wrote `human` and `ai_agent`. A key that the metadata does not explain is known by its form alone.
 */
function writerOf(key: string, metadata: JsonObject | null): LineWriter | null {
  const [id = "", trace = null, ...more] = key.split("::");
  if (more.length > 0 || key.length > longestKey) return null;
  if (id === "human" || isHexAfter(id, "h_")) return { by: "human", agent: null, model: null, session: null };
  const isSession = isHexAfter(id, "s_") && (trace === null || isHexAfter(trace, "t_"));
  if (isSession) return toolOf(fieldOf(fieldOf(metadata, "sessions"), id));
  const isConversation = trace === null && (id === "ai_agent" || isUuid(id) || isShortHex(id));
  return isConversation ? toolOf(fieldOf(fieldOf(metadata, "prompts"), id)) : null;
}

const longestKey = 200;

function toolOf(session: unknown): LineWriter {
  const agent = fieldOf(session, "agent_id");
  return {
    by: "ai",
    agent: agentOf(fieldOf(agent, "tool")),
    model: modelOf(fieldOf(agent, "model")),
    session: sessionOf(fieldOf(agent, "id")),
  };
}

function isHexAfter(text: string, prefix: string): boolean {
  return text.startsWith(prefix) && isMadeOf(text.slice(prefix.length), hexDigits);
}

function isShortHex(text: string): boolean {
  return text.length >= 4 && text.length <= 16 && isMadeOf(text, hexDigits);
}

function isUuid(text: string): boolean {
  return text.length === 36 && isMadeOf(text.toLowerCase(), `${hexDigits}-`);
}
