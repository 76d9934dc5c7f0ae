import { jsonDepthWithin } from "../../json-depth.ts";
import { inertJson } from "../../untrusted/index.ts";
import { codeFences } from "../signals/code-fences.ts";
import { ProvenanceRecord, recordVersion } from "./record.ts";

/** What a pull request's body says in its blocks: the records that could be read, and what is wrong with the others. */
export interface RecordBlocks {
  records: { record: ProvenanceRecord; line: number }[];
  /** Sentences of ours; no word of the body. */
  problems: string[];
}

/** Half of what GitHub takes as a pull request's body: the other half is for people. */
export const blockLimit = 32_768;

/**
 * The record as `<!-- ai-provenance:v1 {…} -->`, one line that GitHub does not show. A record that is too long leaves out
 * its files, then its commits and prompts, and says how many; null when not even that fits.
 */
export function writeRecordBlock(record: ProvenanceRecord, maxCharacters = blockLimit): string | null {
  const { commits, files, prompts, leftOut } = record;
  const withoutFiles = { ...record, files: [], leftOut: { ...leftOut, files: leftOut.files + files.length } };
  const smallest = {
    ...withoutFiles,
    commits: [],
    prompts: [],
    leftOut: {
      files: withoutFiles.leftOut.files,
      commits: leftOut.commits + commits.length,
      prompts: leftOut.prompts + prompts.length,
    },
  };
  return [record, withoutFiles, smallest].map(block).find((text) => text.length <= maxCharacters) ?? null;
}

/**
 * Reads every block of a body. A block begins a line and stands in no fenced text, which quotes; a fence in a comment is
 * none. Never throws, whatever the body is; takes one pass over it.
 */
export function readRecordBlocks(body: string): RecordBlocks {
  const found: RecordBlocks = { records: [], problems: [] };
  const isFenced = codeFences();
  let inComment = false;
  let line = 0;
  let readTo = 0;
  for (let start = 0; start <= body.length; start = lineEnd(body, start) + 1) {
    line++;
    if (start < readTo) continue;
    const whole = body.slice(start, lineEnd(body, start));
    const text = whole.trimStart();
    if (!inComment && isFenced(whole)) continue;
    if (!text.startsWith(anyOpening)) {
      inComment = (inComment || text.startsWith(anyComment)) && !text.includes(closing);
      continue;
    }
    const end = body.indexOf(closing, start);
    readTo = end === -1 ? body.length : end;
    inComment = false;
    const read = end === -1 ? "it does not end" : readBlock(body.slice(start, end).trimStart());
    if (typeof read === "string")
      found.problems.push(`line ${line} of the body begins an ai-provenance block, and ${read}`);
    else if (found.records.length < mostBlocks) found.records.push({ record: read, line });
  }
  return { ...found, problems: found.problems.slice(0, mostBlocks) };
}

/** A record as JSON text, or what is wrong with it, as the end of a sentence. Null bytes, huge depth and strange keys included. */
export function readRecord(json: string): ProvenanceRecord | string {
  if (!jsonDepthWithin(Buffer.from(json), deepest)) return "its JSON is nested too deep";
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return "it is not JSON";
  }
  const read = ProvenanceRecord.safeParse(value);
  if (read.success) return read.data;
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : recordVersion;
  return version === recordVersion
    ? "it is not a provenance record"
    : "this version of Countersign does not know its version";
}

const anyComment = "<!--";
const anyOpening = "<!-- ai-provenance:v";
const opening = `${anyOpening}${recordVersion}`;
const closing = "-->";
const mostBlocks = 20;
const deepest = 20;

function readBlock(text: string): ProvenanceRecord | string {
  const content = text.slice(opening.length);
  const isOurs = text.startsWith(opening) && content.trimStart() !== content;
  return isOurs ? readRecord(content) : "this version of Countersign does not know its version";
}

/**
 * Nothing in a string can end the comment early, open another or mention anybody: escapes mean the same in JSON, and
 * none of these characters stands outside a string, `-` for a negative number excepted.
 */
function block(record: ProvenanceRecord): string {
  const json = inertJson(JSON.stringify(ProvenanceRecord.parse(record)));
  const harmless = json.replaceAll("--", "-\\u002d").replace(/[<>@`]/g, (character) => escapes[character] ?? character);
  return `${opening} ${harmless} ${closing}`;
}

const escapes: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "@": "\\u0040", "`": "\\u0060" };

function lineEnd(text: string, start: number): number {
  const newline = text.indexOf("\n", start);
  return newline === -1 ? text.length : newline;
}
