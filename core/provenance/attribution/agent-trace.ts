import { isSha, type Sha } from "../../change/change.ts";
import type { Attribution } from "../attribution.ts";
import { hexDigits, isMadeOf } from "../characters.ts";
import { fieldOf, listOf, objectOf, parseJson } from "./json-record.ts";
import { agentOf, modelOf, sessionOf } from "./names.ts";
import { openRecord, type LineWriter, type OpenRecord, type RecordPlace } from "./record.ts";
import { decodeText, isTooLarge, linesOf } from "./text-record.ts";

/** Of which commits the records may speak, and the commit in whose tree the file stands. */
export interface TraceScope extends Pick<RecordPlace, "place" | "strength"> {
  commits: readonly Sha[];
  head: Sha;
}

/**
 * Reads one file of Agent Trace records: an object, a list of them, or one on each line. A record speaks of the commit
 * that its `vcs.revision` names, and lines count in that commit's tree. One attribution for each commit of which anything
 * is said; what names no commit of the change is counted as unread on the head's.
 */
export function readAgentTrace(bytes: Uint8Array, scope: TraceScope): Attribution[] {
  const open = new Map<Sha, OpenRecord>();
  const recordOf = (commit: Sha): OpenRecord => {
    const record = open.get(commit) ?? openRecord({ ...scope, commit }, "agent-trace");
    open.set(commit, record);
    return record;
  };
  const head = recordOf(scope.head);
  const commitNamed = commitFinder(scope.commits);
  for (const trace of tracesIn(bytes, head)) {
    const commit = commitOf(trace, commitNamed);
    if ("sha" in commit) readTrace(trace, recordOf(commit.sha));
    else head.unread(commit.problem);
  }
  const read = [...open.values()].map((record) => record.close());
  return read.filter(({ files, unread }) => files.length > 0 || unread.length > 0);
}

function tracesIn(bytes: Uint8Array, head: OpenRecord): readonly unknown[] {
  if (isTooLarge(bytes, head)) return [];
  const whole = parseJson(bytes);
  if (whole !== undefined) return Array.isArray(whole) ? whole : [whole];
  const traces: unknown[] = [];
  for (const line of linesOf(decodeText(bytes, head))) {
    if (line.trim() === "") continue;
    const trace = parseJson(new TextEncoder().encode(line));
    if (trace === undefined) head.unread("a line that is not JSON");
    else traces.push(trace);
  }
  return traces;
}

type CommitNamed = { sha: Sha } | { problem: string };

function commitOf(trace: unknown, commitNamed: (revision: string) => Sha | null): CommitNamed {
  if (!Array.isArray(fieldOf(trace, "files"))) return { problem: "JSON that is no trace record" };
  const vcs = objectOf(fieldOf(trace, "vcs"));
  if (vcs === null || typeof vcs.revision !== "string") return { problem: "a trace record that names no commit" };
  if (vcs.type !== "git") return { problem: "a trace record of another version control system" };
  const sha = commitNamed(vcs.revision.toLowerCase());
  return sha === null ? { problem: "a trace record of a commit outside the change" } : { sha };
}

/** Finds a commit by its id, or by a beginning of it that is long enough to mean no other. */
function commitFinder(commits: readonly Sha[]): (revision: string) => Sha | null {
  const byStart = new Map(commits.map((sha) => [sha.slice(0, shortestRevision), sha]));
  return (revision) => {
    if (revision.length < shortestRevision || !isMadeOf(revision, hexDigits)) return null;
    const sha = byStart.get(revision.slice(0, shortestRevision));
    return sha !== undefined && isSha(sha) && sha.startsWith(revision) ? sha : null;
  };
}

const shortestRevision = 12;

function readTrace(trace: unknown, record: OpenRecord): void {
  const agent = agentOf(fieldOf(fieldOf(trace, "tool"), "name"));
  for (const file of listOf(fieldOf(trace, "files"))) {
    const path = fieldOf(file, "path");
    if (typeof path !== "string") record.unread("a file without a path");
    else
      for (const conversation of listOf(fieldOf(file, "conversations")))
        readConversation(path, conversation, agent, record);
  }
}

/** A range says who wrote it when that is somebody else than who wrote the conversation's other ranges. */
function readConversation(path: string, conversation: unknown, agent: string | null, record: OpenRecord): void {
  const session = sessionOf(fieldOf(conversation, "url"));
  for (const range of listOf(fieldOf(conversation, "ranges"))) {
    const contributor = fieldOf(range, "contributor") ?? fieldOf(conversation, "contributor");
    const by = byContributor(fieldOf(contributor, "type"));
    const [start, end] = [fieldOf(range, "start_line"), fieldOf(range, "end_line")];
    if (by === undefined) record.unread("lines without a known kind of contributor");
    else if (typeof start !== "number" || typeof end !== "number") record.unread("a range of lines in an unknown form");
    else if (by === "human") record.add(path, start, end, person);
    else if (by !== null)
      record.add(path, start, end, { by, agent, model: modelOf(fieldOf(contributor, "model_id")), session });
  }
}

const person: LineWriter = { by: "human", agent: null, model: null, session: null };

/** Null for a contributor who is said to be unknown, undefined when nothing known is said. */
function byContributor(type: unknown): LineWriter["by"] | null | undefined {
  return typeof type === "string" ? contributors.get(type) : undefined;
}

const contributors: ReadonlyMap<string, LineWriter["by"] | null> = new Map([
  ["ai", "ai"],
  ["mixed", "mixed"],
  ["human", "human"],
  ["unknown", null],
]);
