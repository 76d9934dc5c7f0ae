import { describe, expect, test } from "vitest";
import { readAgentTrace, type Attribution, type TracedCommit } from "../../../../core/provenance/index.ts";
import { adding, bytesOf, commit, jsonBytes, rowsOf, unreadOf } from "./samples.ts";
import { cpuTime } from "../../../cpu-time.ts";

const head = "b2".repeat(20);
const scope = {
  commits: [adding(commit), adding(head)],
  head,
  place: ".agent-trace/traces.jsonl",
  strength: "claim",
} as const;
const contributor = { type: "ai", model_id: "anthropic/claude-opus-4-5-20251101" };
const ranges = [{ start_line: 3, end_line: 7, content_hash: "murmur3:9f2e8a1b" }];
const url = "https://api.cursor.com/v1/conversations/12345";
const conversation = { url, contributor, ranges };

function trace(change: object = {}, conversations: unknown = [conversation], path: unknown = "src/a.ts") {
  return {
    version: "0.1.0",
    id: "550e8400-e29b-41d4-a716-446655440000",
    timestamp: "2026-01-23T14:30:00Z",
    vcs: { type: "git", revision: commit },
    tool: { name: "cursor", version: "2.4.0" },
    files: [{ path, conversations }],
    metadata: { "dev.example": { note: "please approve" } },
    ...change,
  };
}

const row = `src/a.ts:3-7 ai cursor anthropic/claude-opus-4-5-20251101 ${url}`;

describe("how the records stand in the file", () => {
  test.each([
    { says: "one object", text: JSON.stringify(trace(), null, 2) },
    { says: "a list", text: JSON.stringify([trace()]) },
    { says: "one a line", text: `${JSON.stringify(trace())}\n\n${JSON.stringify(trace())}\n` },
  ])("$says", ({ text }) => {
    const [read, ...more] = readAgentTrace(bytesOf(text), scope);
    expect(more).toEqual([]);
    expect(read).toMatchObject({
      commit,
      source: "agent-trace",
      place: scope.place,
      strength: "claim",
      unread: [],
      totals: null,
    });
    expect(rowsOf(read!)).toEqual([row]);
  });

  test("a broken line leaves the others", () => {
    const read = readAgentTrace(bytesOf(`{"files":\n${JSON.stringify(trace())}\n[[[\n`), scope);
    expect(summaryOf(read)).toEqual({ [head]: ["a line that is not JSON: 2"], [commit]: [row] });
  });

  test.each(["", "\n \n"])("an empty file says nothing: %j", (text) => {
    expect(readAgentTrace(bytesOf(text), scope)).toEqual([]);
  });
});

describe("the commit that a record is about", () => {
  test("each has its own attribution", () => {
    const traces = [trace(), trace({ vcs: { type: "git", revision: head } })];
    expect(summaryOf(readAgentTrace(jsonBytes(traces), scope))).toEqual({ [head]: [row], [commit]: [row] });
  });

  test.each([commit.toUpperCase(), commit.slice(0, 12), commit.slice(0, 39)])("%s means it", (revision) => {
    const read = readAgentTrace(jsonBytes(trace({ vcs: { type: "git", revision } })), scope);
    expect(summaryOf(read)).toEqual({ [commit]: [row] });
  });

  test.each([
    { says: "no vcs", change: { vcs: undefined }, reason: "a trace record that names no commit" },
    { says: "no revision", change: { vcs: { type: "git" } }, reason: "a trace record that names no commit" },
    {
      says: "another commit",
      change: { vcs: { type: "git", revision: "c".repeat(40) } },
      reason: "a trace record of a commit outside the change",
    },
    {
      says: "an abbreviation that may mean others",
      change: { vcs: { type: "git", revision: commit.slice(0, 11) } },
      reason: "a trace record of a commit outside the change",
    },
    {
      says: "more than a commit's id",
      change: { vcs: { type: "git", revision: `${commit}0` } },
      reason: "a trace record of a commit outside the change",
    },
    {
      says: "a name",
      change: { vcs: { type: "git", revision: "HEAD" } },
      reason: "a trace record of a commit outside the change",
    },
    {
      says: "another system",
      change: { vcs: { type: "svn", revision: commit } },
      reason: "a trace record of another version control system",
    },
    { says: "no files", change: { files: {} }, reason: "JSON that is no trace record" },
  ])("$says: it is not read, and the head's attribution says why", ({ change, reason }) => {
    const read = readAgentTrace(jsonBytes([trace(change), trace()]), scope);
    expect(summaryOf(read)).toEqual({ [head]: [`${reason}: 1`], [commit]: [row] });
  });
});

describe("the contributor", () => {
  test.each([
    {
      says: "of a range counts before the conversation's",
      conversations: [{ ...conversation, ranges: [{ ...ranges[0], contributor: { type: "human" } }] }],
      rows: ["src/a.ts:3-7 human ? ? ?"],
    },
    {
      says: "may be mixed",
      conversations: [{ ranges, contributor: { type: "mixed" } }],
      rows: ["src/a.ts:3-7 mixed cursor ? ?"],
    },
    {
      says: "may be unknown, and the lines untracked",
      conversations: [{ ranges, contributor: { type: "unknown" } }, conversation],
      rows: [row],
    },
    {
      says: "of an unknown model",
      conversations: [{ ranges, contributor: { type: "ai", model_id: "approve this" } }],
      rows: ["src/a.ts:3-7 ai cursor ? ?"],
    },
    {
      says: "with an address on somebody's machine",
      conversations: [{ ...conversation, url: "file:///home/ann/chat.jsonl" }],
      rows: ["src/a.ts:3-7 ai cursor anthropic/claude-opus-4-5-20251101 ?"],
    },
  ])("$says", ({ conversations, rows }) => {
    const read = readAgentTrace(jsonBytes(trace({}, conversations)), scope);
    expect(summaryOf(read)).toEqual({ [commit]: rows });
  });

  test.each([
    { says: "none", conversations: [{ ranges }], reason: "lines without a known kind of contributor: 1" },
    {
      says: "of no known kind",
      conversations: [{ ranges, contributor: { type: "robot" } }],
      reason: "lines without a known kind of contributor: 1",
    },
    {
      says: "of lines without an end",
      conversations: [{ contributor, ranges: [{ start_line: 1 }] }],
      reason: "a range of lines in an unknown form: 1",
    },
    {
      says: "of lines that end before they start",
      conversations: [{ contributor, ranges: [{ start_line: 9, end_line: 2 }] }],
      reason: "lines that no file can have: 1",
    },
  ])("$says is counted as unread", ({ conversations, reason }) => {
    expect(summaryOf(readAgentTrace(jsonBytes(trace({}, conversations)), scope))).toEqual({ [head]: [reason] });
  });

  test.each([
    { path: "/home/ann/a.ts", reason: "a path outside the repository: 1" },
    { path: 7, reason: "a file without a path: 1" },
  ])("of the path $path is counted as unread", ({ path, reason }) => {
    expect(summaryOf(readAgentTrace(jsonBytes(trace({}, [conversation], path)), scope))).toEqual({
      [head]: [reason],
    });
  });
});

describe("a record speaks of lines that its revision's next commit added, or else the revision itself", () => {
  const [base, one, two] = ["0a".repeat(20), "1a".repeat(20), "2a".repeat(20)];
  const added = (start: number, end: number, path = "src/a.ts") => ({ path, start, end });
  const nothing = "lines that neither a trace record's commit nor the next one added: 1";
  test.each<{ says: string; commits: TracedCommit[]; revision: string; is: Record<string, string[]> }>([
    {
      says: "of the parent of the change: the first commit's lines",
      commits: [{ sha: one, parents: [base], added: [added(1, 10)] }],
      revision: base,
      is: { [one]: ["3-7"] },
    },
    {
      says: "only those of them that it added",
      commits: [{ sha: one, parents: [base], added: [added(1, 3), added(6, 9)] }],
      revision: base,
      is: { [one]: ["3-3", "6-7"] },
    },
    {
      says: "of a commit whose child edits the lines: the child's, and none of its own",
      commits: [
        { sha: one, parents: [base], added: [added(1, 50)] },
        { sha: two, parents: [one], added: [added(2, 8)] },
      ],
      revision: one,
      is: { [two]: ["3-7"] },
    },
    {
      says: "of a commit whose child edits other lines: its own",
      commits: [
        { sha: one, parents: [base], added: [added(1, 50)] },
        { sha: two, parents: [one], added: [added(60, 61), added(1, 9, "src/b.ts")] },
      ],
      revision: one,
      is: { [one]: ["3-7"] },
    },
    {
      says: "of the last commit: its own",
      commits: [{ sha: one, parents: [base], added: [added(7, 9)] }],
      revision: one,
      is: { [one]: ["7-7"] },
    },
    {
      says: "two commits made on it: both",
      commits: [
        { sha: one, parents: [base], added: [added(1, 4)] },
        { sha: two, parents: [base], added: [added(5, 9)] },
      ],
      revision: base,
      is: { [one]: ["3-4"], [two]: ["5-7"] },
    },
    {
      says: "lines that nobody added there",
      commits: [
        { sha: one, parents: [base], added: [added(20, 30)] },
        { sha: two, parents: [one], added: [added(1, 9)] },
      ],
      revision: base,
      is: { [head]: [nothing] },
    },
    {
      says: "another file",
      commits: [{ sha: one, parents: [base], added: [added(1, 9, "src/b.ts")] }],
      revision: base,
      is: { [head]: [nothing] },
    },
  ])("$says", ({ commits, revision, is }) => {
    const read = readAgentTrace(jsonBytes(trace({ vcs: { type: "git", revision } })), { ...scope, commits });
    const lines = read.map((one) => [
      one.commit,
      [...one.files.flatMap(({ lines }) => lines.map(({ start, end }) => `${start}-${end}`)), ...unreadOf(one)],
    ]);
    expect(Object.fromEntries(lines)).toEqual(is);
  });
});

test("ten thousand records of other commits take no time", () => {
  const other = JSON.stringify(trace({ vcs: { type: "git", revision: "c".repeat(40) } }));
  const spent = cpuTime();
  const [read] = readAgentTrace(bytesOf(`${other}\n`.repeat(10_000)), scope);
  expect(unreadOf(read!)).toEqual(["a trace record of a commit outside the change: 10000"]);
  expect(spent()).toBeLessThan(5_000);
});

/** What was read or not, by commit. */
function summaryOf(read: readonly Attribution[]): Record<string, string[]> {
  return Object.fromEntries(read.map((one) => [one.commit, [...rowsOf(one), ...unreadOf(one)]]));
}
