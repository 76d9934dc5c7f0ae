import { expect, test } from "vitest";
import { buildSignal, firstRule, sentences } from "../../../subjects.ts";

const policy = "rules: [{ id: r, when: { models: ['claude-opus-*', gpt-5] }, require: { secrets: none } }]";
const commit = { name: "a", verdict: "agent-assisted" as const };
const answer = (sketch: Parameters<typeof firstRule>[1]) =>
  sentences(firstRule(policy, sketch)).find((sentence) => sentence.includes("files: was written with"));

test.each([
  { says: "a pattern", commits: [{ ...commit, model: "claude-opus-4.6" }], is: "yes" },
  { says: "another spelling", commits: [{ ...commit, model: "Claude Opus 4.6" }], is: "yes" },
  { says: "a whole name", commits: [{ ...commit, model: "GPT-5" }], is: "yes" },
  { says: "not a longer one", commits: [{ ...commit, model: "gpt-5.5" }], is: "no" },
  { says: "a tool's work without a model", commits: [{ ...commit, agent: "codex" }], is: "unknown" },
  {
    says: "a signal names it",
    commits: [{ ...commit, model: "x", signals: [buildSignal({ model: "gpt-5" })] }],
    is: "yes",
  },
  { says: "nobody says that a tool had a part", commits: [{ name: "a" }], is: "no" },
  { says: "no commit is known", commits: [], is: "unknown" },
])("$says: $is", ({ commits, is }) => expect(answer({ commits })?.split(":")[0]).toBe(is));
