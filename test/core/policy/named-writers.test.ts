import { describe, expect, test } from "vitest";
import type { Writer } from "../../../core/change/authorship.ts";
import { judgeChange, scopeOf } from "../../../core/policy/judge.ts";
import { namedWriters, shownName } from "../../../core/policy/named-writers.ts";
import { sampleSha } from "../../builders.ts";
import { buildPolicy, buildSignal, buildSubject, sampleVocabulary, type SubjectSketch } from "../../subjects.ts";

const ai = { name: "a", verdict: "agent-assisted" } as const;
const mark = (agent: string | null, model: string | null = null) => buildSignal({ agent, model });
const ofPerson = buildSignal({ agent: "robot", verdict: "human" });
const ofCommit = (agent: string | null, model: string | null = null, name = "a") => ({
  ...{ where: `commit ${sampleSha(name).slice(0, 10)}`, agent, model },
});
const ofLines = (agent: string | null, model: string | null = null) => ({ where: "lines of src/a.ts", agent, model });
const ofChange = (agent: string, model: string | null = null) => ({ where: "the change", agent, model });

interface Row {
  says: string;
  sketch: SubjectSketch;
  /** Who wrote each added line, beside what the commits say. */
  writers?: readonly Partial<Writer>[];
  is: readonly unknown[];
}

describe("every tool that what counts as AI comes from", () => {
  test.each<Row>([
    { says: "none, where nothing counts", sketch: { signals: [mark("codex")] }, is: [] },
    {
      says: "the one that a commit names",
      sketch: { commits: [{ ...ai, agent: "codex", model: "gpt-5" }] },
      is: [ofCommit("codex", "gpt-5")],
    },
    {
      says: "each that a commit's marks name, once",
      sketch: { commits: [{ ...ai, agent: "codex", signals: [mark("cursor", "gpt-5"), mark("codex"), mark(null)] }] },
      is: [ofCommit("codex"), ofCommit("cursor", "gpt-5")],
    },
    {
      says: "with its model, where one mark names that and another does not",
      sketch: { commits: [{ ...ai, agent: "codex", signals: [mark("codex", "gpt-5"), mark("codex", "gpt-6")] }] },
      is: [ofCommit("codex", "gpt-5"), ofCommit("codex", "gpt-6")],
    },
    {
      says: "without a model, where only another tool's mark names one",
      sketch: { commits: [{ ...ai, agent: "codex", signals: [mark("cursor", "gpt-5")] }] },
      is: [ofCommit("codex"), ofCommit("cursor", "gpt-5")],
    },
    {
      says: "not one whose mark speaks of a person",
      sketch: { commits: [{ ...ai, agent: "codex", signals: [ofPerson] }], signals: [ofPerson] },
      is: [ofCommit("codex")],
    },
    { says: "one that nothing names", sketch: { commits: [ai] }, is: [ofCommit(null)] },
    {
      says: "one of which only the model is named",
      sketch: { commits: [{ ...ai, model: "gpt-5", signals: [mark(null, "gpt-6")] }] },
      is: [ofCommit(null, "gpt-5")],
    },
    {
      says: "not that of a commit that does not count",
      sketch: {
        commits: [
          { ...ai, agent: "codex" },
          { name: "b", agent: "cursor", verdict: "human" },
        ],
      },
      is: [ofCommit("codex")],
    },
    {
      says: "those that a mark on the change names and no commit, once",
      sketch: {
        commits: [{ ...ai, agent: "codex", model: "gpt-5" }],
        signals: [mark("codex"), mark("aider"), mark("aider"), mark("aider", "gpt-5"), mark(null)],
      },
      is: [ofCommit("codex", "gpt-5"), ofChange("aider"), ofChange("aider", "gpt-5")],
    },
    {
      says: "those that a record of lines names, once, and not what stands for a commit",
      sketch: {},
      writers: [
        { agent: "codex", evidence: "git-ai" },
        { agent: "codex", evidence: "git-ai", commit: null },
        { agent: "cursor", model: "gpt-5", evidence: "agent-trace" },
        { agent: "aider", evidence: "commit" },
        { agent: "robot", evidence: "git-ai", verdict: "human" },
      ],
      is: [ofLines("codex"), ofLines("cursor", "gpt-5")],
    },
  ])("$says", ({ sketch, writers = [], is }) => {
    const subject = buildSubject(sketch);
    const stretches = writers.map((writer, index) => ({ start: index + 1, end: index + 1, writer: whole(writer) }));
    const files = new Map([["src/a.ts", stretches]]);
    const attributed = writers.length === 0 ? subject : { ...subject, authorship: { files } };
    const change = judgeChange(buildPolicy("rules: []"), attributed, sampleVocabulary);
    expect(namedWriters(scopeOf(change, change.files, false))).toEqual(is);
  });
});

function whole(rest: Partial<Writer>): Writer {
  const commit = sampleSha("first");
  return {
    ...{ verdict: "agent-assisted", acceptance: "unstated", agent: null, model: null, commit, session: null },
    ...{ evidence: "commit", ...rest },
  };
}

test("a name is shown inert, and not at any length", () => {
  expect(shownName(`a\u001b[31m${"b".repeat(100)}`)).not.toContain("\u001b");
  expect(shownName("b".repeat(100))).toBe(`${"b".repeat(79)}…`);
});
