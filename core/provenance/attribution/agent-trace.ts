import type { Sha } from "../../change/change.ts";
import type { Attribution } from "./attribution.ts";
import { fieldOf, listOf, objectOf, parseJson } from "./json-record.ts";
import { agentOf, modelOf, sessionOf } from "./names.ts";
import { pathProblem } from "./record-path.ts";
import { isLine, openRecord, recordLimits, type LineWriter, type OpenRecord, type RecordPlace } from "./record.ts";
import { decodeText, isTooLarge, linesOf } from "./text-record.ts";
import { isRevision, shortestRevision, TracedLines, type TracedCommit } from "./traced-lines.ts";

/** Of which commits the records may speak, and the commit in whose tree the file stands. */
export interface TraceScope extends Pick<RecordPlace, "place" | "strength"> {
  commits: readonly TracedCommit[];
  head: Sha;
}

/**
 * Reads one file of Agent Trace records: an object, a list of them, or one on each line. A record names a revision in
 * `vcs.revision`; its lines are those that the next commit added, or else that commit itself (`TracedLines`). One
 * attribution for each commit of which anything is said; what names no commit of the change, nor the parent of one, and
 * lines that neither added, are counted as unread on the head's.
 */
export function readAgentTrace(bytes: Uint8Array, scope: TraceScope): Attribution[] {
  const records = new Map<Sha, OpenRecord>();
  const recordOf = (commit: Sha): OpenRecord => {
    const record = records.get(commit) ?? openRecord({ ...scope, commit }, "agent-trace");
    records.set(commit, record);
    return record;
  };
  const head = recordOf(scope.head);
  const open = { head, recordOf, lines: new TracedLines(scope.commits), left: recordLimits.stretches };
  for (const trace of tracesIn(bytes, head)) {
    const revision = revisionOf(trace, open.lines);
    if ("sha" in revision) readTrace(trace, revision.sha, open);
    else head.unread(revision.problem);
  }
  const read = [...records.values()].map((record) => record.close());
  return read.filter(({ files, unread }) => files.length > 0 || unread.length > 0);
}

/** The first 12 digits of every revision that a file's records name, each once: of which commits they may speak. */
export function tracedRevisions(bytes: Uint8Array): string[] {
  const unheard = openRecord({ commit: "", place: "", strength: "claim" }, "agent-trace");
  const named = tracesIn(bytes, unheard).flatMap((trace) => {
    const revision = fieldOf(fieldOf(trace, "vcs"), "revision");
    return typeof revision === "string" && revision.length <= longestRevision ? [revision.toLowerCase()] : [];
  });
  return [...new Set(named.filter(isRevision).map((revision) => revision.slice(0, shortestRevision)))];
}

/** As long as an id of SHA-256. */
const longestRevision = 64;

/** True for a record of nothing but commits elsewhere: a file of records is about the whole history of a repository. */
export function saysNothing({ source, files, unread }: Attribution): boolean {
  return source === "agent-trace" && files.length === 0 && unread.every(({ reason }) => reason === outsideTheChange);
}

const outsideTheChange = "a trace record of a commit outside the change";

/** The attributions of a file while it is being read. */
interface OpenTraces {
  head: OpenRecord;
  recordOf: (commit: Sha) => OpenRecord;
  lines: TracedLines;
  /** Stretches that may still be added. */
  left: number;
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

type RevisionNamed = { sha: Sha } | { problem: string };

function revisionOf(trace: unknown, lines: TracedLines): RevisionNamed {
  if (!Array.isArray(fieldOf(trace, "files"))) return { problem: "JSON that is no trace record" };
  const vcs = objectOf(fieldOf(trace, "vcs"));
  if (vcs === null || typeof vcs.revision !== "string") return { problem: "a trace record that names no commit" };
  if (vcs.type !== "git") return { problem: "a trace record of another version control system" };
  const sha = lines.named(vcs.revision.toLowerCase());
  return sha === null ? { problem: outsideTheChange } : { sha };
}

/** Lines of one file, and who a record says wrote them. */
interface WrittenRange {
  start: number;
  end: number;
  writer: LineWriter;
}

function readTrace(trace: unknown, revision: Sha, open: OpenTraces): void {
  const agent = agentOf(fieldOf(fieldOf(trace, "tool"), "name"));
  for (const file of listOf(fieldOf(trace, "files"))) {
    const path = fieldOf(file, "path");
    const problem = typeof path === "string" ? pathProblem(path) : "a file without a path";
    if (typeof path !== "string" || problem !== null) open.head.unread(problem ?? "");
    else {
      const conversations = listOf(fieldOf(file, "conversations"));
      addRanges(
        path,
        conversations.flatMap((each) => rangesOf(each, agent, open.head)),
        revision,
        open,
      );
    }
  }
}

/** Each range for the commits that added lines of it, cut to those lines. */
function addRanges(path: string, ranges: readonly WrittenRange[], revision: Sha, open: OpenTraces): void {
  if (ranges.length === 0) return;
  const targets = open.lines.of(revision, path, ranges);
  if (targets.length === 0) {
    open.head.unread("lines that neither a trace record's commit nor the next one added");
    return;
  }
  for (const { sha, within } of targets) {
    for (const { start, end, writer } of ranges) {
      for (const part of within(start, end)) {
        if (open.left === 0) {
          open.head.unread("lines beyond the limit of stretches");
          return;
        }
        open.left -= 1;
        open.recordOf(sha).add(path, part.start, part.end, writer);
      }
    }
  }
}

/** A range says who wrote it when that is somebody else than who wrote the conversation's other ranges. */
function rangesOf(conversation: unknown, agent: string | null, head: OpenRecord): WrittenRange[] {
  const session = sessionOf(fieldOf(conversation, "url"));
  return listOf(fieldOf(conversation, "ranges")).flatMap((range) => {
    const contributor = fieldOf(range, "contributor") ?? fieldOf(conversation, "contributor");
    const by = byContributor(fieldOf(contributor, "type"));
    const [start, end] = [fieldOf(range, "start_line"), fieldOf(range, "end_line")];
    const problem = rangeProblem(by, start, end);
    if (problem !== null) head.unread(problem);
    if (problem !== null || typeof start !== "number" || typeof end !== "number" || !by) return [];
    const writer = by === "human" ? person : { by, agent, model: modelOf(fieldOf(contributor, "model_id")), session };
    return [{ start, end, writer }];
  });
}

function rangeProblem(by: LineWriter["by"] | null | undefined, start: unknown, end: unknown): string | null {
  if (by === undefined) return "lines without a known kind of contributor";
  if (typeof start !== "number" || typeof end !== "number") return "a range of lines in an unknown form";
  return isLine(start) && isLine(end) && start <= end ? null : "lines that no file can have";
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
