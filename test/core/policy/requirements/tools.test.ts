import { describe, expect, test } from "vitest";
import { sampleSha } from "../../../builders.ts";
import { buildSignal, firstRule, sentences, type CommitSketch, type SubjectSketch } from "../../../subjects.ts";

const tools = (asked: string) => `rules: [{ id: r, require: { tools: ${asked} } }]`;
const models = (asked: string) => `rules: [{ id: r, require: { models: ${asked} } }]`;
const by = (agent?: string, model?: string, rest: Partial<CommitSketch> = {}): CommitSketch => ({
  name: "a",
  verdict: "agent-assisted",
  ...(agent === undefined ? {} : { agent }),
  ...(model === undefined ? {} : { model }),
  ...rest,
});

describe("tools", () => {
  test.each([
    { says: "the one that is allowed", asked: "claude-code", commits: [by("claude-code")], is: "satisfied" },
    { says: "one of several", asked: "[copilot, claude-code]", commits: [by("claude-code")], is: "satisfied" },
    { says: "another one", asked: "copilot", commits: [by("claude-code")], is: "unsatisfied" },
    { says: "one that nothing names", asked: "copilot", commits: [by()], is: "unsatisfied" },
    {
      says: "a person's commit",
      asked: "copilot",
      commits: [{ name: "a", verdict: "human" as const }],
      is: "satisfied",
    },
    {
      says: "one of two commits by another",
      asked: "copilot",
      commits: [by("copilot"), by("aider", undefined, { name: "b" })],
      is: "unsatisfied",
    },
    {
      says: "a second mark on the same commit",
      asked: "copilot",
      commits: [by("copilot", undefined, { signals: [buildSignal({ agent: "aider" })] })],
      is: "unsatisfied",
    },
    {
      says: "a mark of automation on the same commit",
      asked: "copilot",
      commits: [by("copilot", undefined, { signals: [buildSignal({ agent: "renovate", verdict: "automation" })] })],
      is: "satisfied",
    },
    {
      says: "one that only a mark names",
      asked: "copilot",
      commits: [by(undefined, undefined, { signals: [buildSignal({ agent: "copilot" })] })],
      is: "satisfied",
    },
  ])("$says: $is", ({ asked, commits, is }) => expect(firstRule(tools(asked), { commits }).state).toBe(is));

  test.each([
    { says: "another tool", commits: [by("copilot")], agent: "aider", is: "unsatisfied" },
    { says: "the same tool", commits: [by("copilot")], agent: "copilot", is: "satisfied" },
    { says: "another tool where nothing counts as AI", commits: [{ name: "a" }], agent: "aider", is: "satisfied" },
  ])("a mark on the whole change of $says: $is", ({ commits, agent, is }) =>
    expect(firstRule(tools("copilot"), { commits, signals: [buildSignal({ agent })] }).state).toBe(is),
  );

  test("each place is told with its tool, hostile names made inert", () => {
    const sketch: SubjectSketch = { commits: [by("x\n::error::"), by(undefined, undefined, { name: "b" })] };
    expect(sentences(firstRule(tools("copilot"), sketch)).slice(1)).toEqual([
      "no: AI from tools that are not allowed or not named: 2",
      `no: commit ${sampleSha("a").slice(0, 10)}: x ::error::`,
      `no: commit ${sampleSha("b").slice(0, 10)}: no tool is named`,
    ]);
  });
});

describe("models", () => {
  test.each([
    { says: "the one that is allowed", asked: "gpt-5", commits: [by("codex", "gpt-5")], is: "satisfied" },
    { says: "in another case", asked: "GPT-5", commits: [by("codex", "gpt-5")], is: "satisfied" },
    { says: "a longer name", asked: "gpt-5", commits: [by("codex", "gpt-5-mini")], is: "unsatisfied" },
    { says: "a longer name after a star", asked: "gpt-5*", commits: [by("codex", "gpt-5-mini")], is: "satisfied" },
    { says: "a star in the middle", asked: '"a*b"', commits: [by("codex", "axb")], is: "satisfied" },
    { says: "other marks between words", asked: "gpt-5-mini", commits: [by("codex", "GPT 5_mini")], is: "satisfied" },
    { says: "a star that stops at nothing", asked: '"x*"', commits: [by("codex", "a/x1")], is: "unsatisfied" },
    { says: "another one", asked: "[gpt-5, opus-*]", commits: [by("codex", "sonnet-4")], is: "unsatisfied" },
    { says: "one that nothing names", asked: '"*"', commits: [by("codex")], is: "unsatisfied" },
    { says: "a person's commit", asked: "gpt-5", commits: [{ name: "a", verdict: "human" as const }], is: "satisfied" },
    {
      says: "a mark of the same tool without a model",
      asked: "gpt-5",
      commits: [by("codex", "gpt-5", { signals: [buildSignal({ agent: "codex", model: null })] })],
      is: "satisfied",
    },
    {
      says: "a mark of another tool without a model",
      asked: "gpt-5",
      commits: [by("codex", "gpt-5", { signals: [buildSignal({ agent: "aider", model: null })] })],
      is: "unsatisfied",
    },
    {
      says: "a second model of the same tool",
      asked: "gpt-5",
      commits: [by("codex", "gpt-5", { signals: [buildSignal({ agent: "codex", model: "o3" })] })],
      is: "unsatisfied",
    },
  ])("$says: $is", ({ asked, commits, is }) => expect(firstRule(models(asked), { commits }).state).toBe(is));
});
