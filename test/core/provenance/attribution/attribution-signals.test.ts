import { describe, expect, test } from "vitest";
import type { AttributedLines, Attribution } from "../../../../core/provenance/attribution/attribution.ts";
import {
  attributedCounts,
  attributionSignals,
  type AddedByPath,
} from "../../../../core/provenance/attribution/attribution-signals.ts";
import { sampleSha } from "../../../builders.ts";

const commit = sampleSha("a");
const record: Attribution = {
  commit,
  source: "git-ai",
  place: "refs/notes/ai",
  strength: "attested",
  files: [],
  totals: null,
  unread: [],
};

function lines(start: number, end: number, by: AttributedLines["by"], agent: string | null = null): AttributedLines {
  return { start, end, by, agent, model: agent === "cursor" ? "gpt-5" : null, session: null };
}

function inFile(...stretches: AttributedLines[]): Attribution {
  return { ...record, files: [{ path: "a.ts", lines: stretches }] };
}

function addedTo(added: number | undefined): AddedByPath | undefined {
  if (added === undefined) return undefined;
  return new Map([["a.ts", added === 0 ? [] : [{ start: 1, end: added }]]]);
}

const totals = { aiLines: 0, humanLines: 0, agent: null, model: null, session: null };
const unread = [{ reason: "a line was no range", count: 1 }];

describe("what a record says of its commit", () => {
  test.each([
    { says: "a line by a tool", from: inFile(lines(1, 1, "ai")), added: 100, verdict: "agent-assisted" },
    { says: "a line of both", from: inFile(lines(1, 1, "mixed")), added: 1, verdict: "agent-assisted" },
    {
      says: "a count of lines",
      from: { ...record, totals: { ...totals, aiLines: 3 } },
      added: 9,
      verdict: "agent-assisted",
    },
    { says: "a person, all lines", from: inFile(lines(1, 5, "human")), added: 5, verdict: "human" },
    {
      says: "a person, by a count, which may be of other lines",
      from: { ...record, totals: { ...totals, humanLines: 5 } },
      added: 5,
      verdict: undefined,
    },
    {
      says: "a person, of as many lines of another file",
      from: { ...record, files: [{ path: "other.ts", lines: [lines(1, 900, "human")] }] },
      added: 5,
      verdict: undefined,
    },
    { says: "a person, of as many other lines", from: inFile(lines(6, 900, "human")), added: 5, verdict: undefined },
    {
      says: "a person, in two stretches",
      from: inFile(lines(1, 2, "human"), lines(3, 9, "human")),
      added: 5,
      verdict: "human",
    },
    {
      says: "a person, but for one line",
      from: inFile(lines(1, 2, "human"), lines(4, 9, "human")),
      added: 5,
      verdict: undefined,
    },
    { says: "a person, some lines", from: inFile(lines(1, 4, "human")), added: 5, verdict: undefined },
    {
      says: "a person, of nobody knows how many",
      from: inFile(lines(1, 4, "human")),
      added: undefined,
      verdict: undefined,
    },
    { says: "a person, where nothing was added", from: inFile(lines(1, 4, "human")), added: 0, verdict: undefined },
    { says: "a record read in part", from: { ...inFile(lines(1, 5, "human")), unread }, added: 5, verdict: undefined },
    {
      says: "a person, in a file that the change can edit",
      from: { ...inFile(lines(1, 5, "human")), strength: "claim" as const },
      added: 5,
      verdict: undefined,
    },
    { says: "nothing", from: record, added: 5, verdict: undefined },
  ])("$says: $verdict", ({ from, added, verdict }) => {
    expect(attributionSignals([from], addedTo(added))[0]?.verdict).toBe(verdict);
  });

  test.each([
    { says: "all of both files", second: [lines(8, 9, "human"), lines(20, 20, "human")], verdict: "human" },
    { says: "not all of the second", second: [lines(8, 9, "human")], verdict: undefined },
    { says: "none of the second", second: [], verdict: undefined },
  ] as const)("a person, $says: $verdict", ({ second, verdict }) => {
    const added = new Map([
      ["a.ts", [{ start: 1, end: 5 }]],
      ["b.ts", [8, 9, 20].map((line) => ({ start: line, end: line }))],
      ["gone.ts", []],
    ]);
    const [first] = inFile(lines(1, 5, "human")).files;
    const from = { ...record, files: [first!, { path: "b.ts", lines: [...second] }] };
    expect(attributionSignals([from], added)[0]?.verdict).toBe(verdict);
  });

  test("with the strength of the record, and no text of it", () => {
    expect(attributionSignals([{ ...inFile(lines(1, 2, "ai", "cursor")), strength: "claim" }], undefined)).toEqual([
      {
        kind: "note",
        source: "git-ai",
        agent: "cursor",
        model: "gpt-5",
        class: "note",
        strength: "claim",
        verdict: "agent-assisted",
        place: { commit, field: "note", line: null },
        raw: "",
      },
    ]);
  });
});

describe("what it counts", () => {
  test.each([
    {
      says: "the tool with the most lines is named",
      from: inFile(lines(1, 3, "ai", "codex"), lines(4, 9, "mixed", "cursor"), lines(10, 11, "human")),
      counts: { aiLines: 9, humanLines: 2, agent: "cursor", model: "gpt-5" },
    },
    {
      says: "stretches of one tool add up",
      from: inFile(lines(1, 3, "ai", "codex"), lines(4, 7, "ai", "cursor"), lines(8, 9, "ai", "codex")),
      counts: { aiLines: 9, humanLines: 0, agent: "codex", model: null },
    },
    {
      says: "totals where lines are not named",
      from: { ...record, totals: { ...totals, aiLines: 7, humanLines: 2, agent: "amp", model: "gpt-5" } },
      counts: { aiLines: 7, humanLines: 2, agent: "amp", model: "gpt-5" },
    },
    { says: "nothing", from: record, counts: { aiLines: 0, humanLines: 0, agent: null, model: null } },
  ])("$says", ({ from, counts }) => expect(attributedCounts(from)).toEqual(counts));
});
