import { describe, expect, test } from "vitest";
import type { Verdict } from "../../../core/change/authorship.ts";
import { unaccounted, type ShownCommit } from "../../../core/provenance/gone-commits.ts";
import type { EarlierVerdict, Signal } from "../../../core/provenance/provenance.ts";
import { sampleSha } from "../../builders.ts";

type Marks = [verdict: Verdict, agent: string | null][];
type Sample = { name: string; at?: string; lines?: number };

const mark = ([verdict, agent]: Marks[number]): Signal => ({
  kind: "co-author",
  source: agent ?? "",
  agent,
  model: null,
  class: "trailer",
  strength: "claim",
  verdict,
  place: { commit: null, field: "message", line: 1 },
  raw: "",
});

function was(name: string, verdict: Verdict, agent: string | null = null, rest: Omit<Sample, "name"> = {}) {
  return { name, verdict, agent, ...rest };
}

function is(name: string, marks: Marks = [], rest: Omit<Sample, "name"> = {}) {
  return { name, marks, ...rest };
}

function lost(earlier: ReturnType<typeof was>[], now: ReturnType<typeof is>[]): string[] {
  const names = new Map(earlier.map(({ name }) => [sampleSha(name), name]));
  const verdicts = earlier.map(
    ({ name, verdict, agent, at, lines }: ReturnType<typeof was> & Sample): EarlierVerdict => ({
      commit: sampleSha(name),
      verdict,
      agent,
      model: null,
      ...(at === undefined ? {} : { authoredAt: at }),
      ...(lines === undefined ? {} : { addedLines: lines }),
    }),
  );
  const commits = now.map(({ name, marks, at, lines }: ReturnType<typeof is> & Sample): ShownCommit => ({
    sha: sampleSha(name),
    signals: marks.map(mark),
    authoredAt: at,
    addedLines: lines,
  }));
  return unaccounted(verdicts, commits).map(({ commit }) => names.get(commit) ?? commit);
}

const assisted = "agent-assisted";
const authored = "agent-authored";
const byClaude: Marks = [[assisted, "claude-code"]];
const byCodex: Marks = [[assisted, "codex"]];
const claude = "claude-code";

describe("without dates, one new commit accounts for one that is gone", () => {
  test.each([
    { says: "a rebase", was: [was("a", assisted, claude)], is: [is("a2", byClaude)], lost: [] },
    { says: "a stronger verdict", was: [was("a", assisted, claude)], is: [is("a2", [[authored, claude]])], lost: [] },
    { says: "a weaker verdict", was: [was("a", authored, claude)], is: [is("a2", byClaude)], lost: ["a"] },
    { says: "another agent", was: [was("a", assisted, claude)], is: [is("a2", byCodex)], lost: ["a"] },
    { says: "no agent was known", was: [was("a", assisted)], is: [is("a2", byCodex)], lost: [] },
    {
      says: "the agent is not named now",
      was: [was("a", assisted, claude)],
      is: [is("a2", [[assisted, null]])],
      lost: ["a"],
    },
    { says: "a stripped one", was: [was("a", assisted, claude)], is: [is("a2")], lost: ["a"] },
    { says: "a dropped one", was: [was("a", assisted, claude)], is: [], lost: ["a"] },
    {
      says: "a commit that was there before",
      was: [was("a", assisted, claude), was("b", assisted, claude)],
      is: [is("b", byClaude)],
      lost: ["a"],
    },
    {
      says: "one of two stripped",
      was: [was("a", assisted, claude), was("b", assisted, claude)],
      is: [is("a2", byClaude), is("b2")],
      lost: ["b"],
    },
    {
      says: "the stronger commit is left for the stronger verdict",
      was: [was("a", assisted, claude), was("b", authored, claude)],
      is: [is("b2", [[authored, claude]]), is("a2", byClaude)],
      lost: [],
    },
    {
      says: "a named agent takes its own before one without a name",
      was: [was("a", assisted), was("b", assisted, claude)],
      is: [is("a2", byClaude), is("b2", byCodex)],
      lost: [],
    },
    {
      says: "a person's verdict is not remembered",
      was: [was("a", "human"), was("b", "undeclared")],
      is: [is("c")],
      lost: [],
    },
  ])("$says", ({ was: earlier, is: now, lost: expected }) => expect(lost(earlier, now)).toEqual(expected));
});

describe("with dates, the commit of the same date is the one", () => {
  const [one, two, three] = [
    { at: "2026-01-01T09:00:00Z" },
    { at: "2026-01-01T10:00:00Z" },
    { at: "2026-01-01T11:00:00Z" },
  ];
  test.each([
    { says: "a rebase", was: [was("a", assisted, claude, one)], is: [is("a2", byClaude, one)], lost: [] },
    {
      says: "an amend by another agent too",
      was: [was("a", assisted, claude, one)],
      is: [is("a2", [...byClaude, ...byCodex], one)],
      lost: [],
    },
    {
      says: "a stripped one, beside a new one with the mark",
      was: [was("a", assisted, claude, one)],
      is: [is("a2", [], one), is("b", byClaude, two)],
      lost: ["a"],
    },
    { says: "a new date", was: [was("a", assisted, claude, one)], is: [is("a2", byClaude, two)], lost: [] },
    {
      says: "two of one second",
      was: [was("a", assisted, claude, one), was("b", assisted, "codex", one)],
      is: [is("b2", byCodex, one), is("a2", byClaude, one)],
      lost: [],
    },
    {
      says: "two of one second, one of them stripped",
      was: [was("a", assisted, claude, one), was("b", assisted, claude, one)],
      is: [is("b2", byClaude, one), is("a2", [], one)],
      lost: ["b"],
    },
    {
      says: "two of one second, one of a person",
      was: [was("a", assisted, claude, one), was("b", "undeclared", null, one)],
      is: [is("b2", [], one), is("a2", byClaude, one)],
      lost: [],
    },
    {
      says: "only one date is known",
      was: [was("a", assisted, claude), was("b", assisted, claude, two)],
      is: [is("a2", byClaude, one), is("b2", byClaude, two)],
      lost: [],
    },
    {
      says: "dropped, beside others rebased",
      was: [was("a", assisted, claude, one), was("b", assisted, claude, two), was("c", "undeclared", null, three)],
      is: [is("b2", byClaude, two), is("c2", [], three)],
      lost: ["a"],
    },
  ])("$says", ({ was: earlier, is: now, lost: expected }) => expect(lost(earlier, now)).toEqual(expected));
});

describe("a squash accounts for several, where their lines can be nowhere else", () => {
  const [one, two, three] = ["2026-01-01T09:00:00Z", "2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"];
  const two_ = [was("a", assisted, claude, { at: one, lines: 5 }), was("b", assisted, claude, { at: two, lines: 5 })];
  const person = was("p", "undeclared", null, { at: three, lines: 5 });
  test.each([
    { says: "of all", was: two_, is: [is("s", byClaude, { at: one })], lost: [] },
    {
      says: "of all, dates unknown",
      was: [was("a", assisted, claude), was("b", assisted, claude)],
      is: [is("s", byClaude)],
      lost: [],
    },
    {
      says: "the strongest is missing",
      was: [was("a", assisted, claude), was("b", authored, claude)],
      is: [is("s", byClaude)],
      lost: ["b"],
    },
    {
      says: "one agent is missing",
      was: [was("a", assisted, claude), was("b", assisted, "codex")],
      is: [is("s", byClaude)],
      lost: ["b"],
    },
    {
      says: "both agents are there",
      was: [was("a", assisted, claude), was("b", assisted, "codex")],
      is: [is("s", [...byClaude, ...byCodex])],
      lost: [],
    },
    {
      says: "beside a person's, as it was",
      was: [...two_, person],
      is: [is("s", byClaude, { at: one }), is("p2", [], { at: three, lines: 5 })],
      lost: [],
    },
    {
      says: "beside a person's, which grew",
      was: [...two_, person],
      is: [is("s", byClaude, { at: one }), is("p2", [], { at: three, lines: 6 })],
      lost: ["b"],
    },
    {
      says: "beside a person's, lines unknown",
      was: [...two_, person],
      is: [is("s", byClaude, { at: one }), is("p2", [], { at: three })],
      lost: ["b"],
    },
    {
      says: "beside a new one that says nothing",
      was: two_,
      is: [is("s", byClaude, { at: one }), is("n", [], { at: three, lines: 1 })],
      lost: ["b"],
    },
    {
      says: "into a person's, with the mark",
      was: [person, two_[0]!],
      is: [is("s", byClaude, { at: three })],
      lost: [],
    },
    { says: "into a person's, without it", was: [person, two_[0]!], is: [is("s", [], { at: three })], lost: ["a"] },
  ])("$says", ({ was: earlier, is: now, lost: expected }) => expect(lost(earlier, now)).toEqual(expected));
});
