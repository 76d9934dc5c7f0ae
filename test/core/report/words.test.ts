import { describe, expect, test } from "vitest";
import type { Acceptance, Verdict } from "../../../core/change/authorship.ts";
import type { Place } from "../../../core/findings/finding.ts";
import type { RuleResult } from "../../../core/policy/decision.ts";
import { consequence, placeWords, severityWords, toolWords, writerWords } from "../../../core/report/words.ts";

describe("who wrote it, in words", () => {
  const rows: {
    says: string;
    verdict: Verdict;
    acceptance: Acceptance;
    agent: string | null;
    model: string | null;
    text: string;
  }[] = [
    {
      says: "a tool, its model and how it was taken over",
      verdict: "agent-assisted",
      acceptance: "as-is",
      agent: "claude-code",
      model: "claude-opus-4-5",
      text: "agent-assisted, claude-code (claude-opus-4-5), taken as is",
    },
    {
      says: "an unstated acceptance is said, not guessed",
      verdict: "suggestion",
      acceptance: "unstated",
      agent: "copilot",
      model: null,
      text: "suggestion, copilot, acceptance not stated",
    },
    {
      says: "a person accepts nothing",
      verdict: "human",
      acceptance: "unstated",
      agent: null,
      model: null,
      text: "human",
    },
    {
      says: "nor does a bot",
      verdict: "automation",
      acceptance: "as-is",
      agent: null,
      model: null,
      text: "automation",
    },
    {
      says: "silence stays silence",
      verdict: "undeclared",
      acceptance: "unstated",
      agent: null,
      model: null,
      text: "undeclared",
    },
  ];
  test.each(rows)("$says", ({ text, ...writer }) => expect(writerWords(writer)).toBe(text));
});

test.each<{ verdict: Verdict; model: string | null; text: string | null }>([
  { verdict: "agent-assisted", model: "gpt-5", text: "gpt-5" },
  { verdict: "agent-authored", model: null, text: "a tool we do not know" },
  { verdict: "agent-assisted", model: null, text: "a tool we do not know" },
  { verdict: "automation", model: null, text: null },
  { verdict: "undeclared", model: null, text: null },
])("a $verdict commit without an agent, with the model $model: $text", ({ text, ...commit }) => {
  expect(toolWords({ ...commit, agent: null })).toBe(text);
});

test.each<{ place: Place; text: string }>([
  { place: { kind: "lines", path: "src/a.ts", start: 3, end: 3 }, text: "src/a.ts:3" },
  { place: { kind: "lines", path: "src/a.ts", start: 3, end: 9 }, text: "src/a.ts:3–9" },
  { place: { kind: "file", path: "src/a\nb.ts" }, text: '"src/a\\nb.ts"' },
  { place: { kind: "commit", sha: "1a2b3c4d".repeat(5) }, text: "commit 1a2b3c4" },
  { place: { kind: "change" }, text: "the whole change" },
])("a place reads $text", ({ place, text }) => expect(placeWords(place)).toBe(text));

test.each<Pick<RuleResult, "state" | "decision" | "enforced"> & { text: string }>([
  { state: "satisfied", decision: "pass", enforced: "pass", text: "holds" },
  { state: "unsatisfied", decision: "block", enforced: "block", text: "blocks" },
  { state: "waiting", decision: "needs-approval", enforced: "needs-approval", text: "needs approval" },
  { state: "warned", decision: "warn", enforced: "block", text: "warns" },
  { state: "unsatisfied", decision: "pass", enforced: "block", text: "observed, would block" },
  { state: "undecided", decision: "undecided", enforced: "undecided", text: "cannot be decided" },
  { state: "not-applicable", decision: "pass", enforced: "pass", text: "does not apply" },
])("a rule that is $state and gives $decision: $text", ({ text, ...rest }) => {
  expect(
    consequence({
      id: "r",
      title: "",
      mode: "enforce",
      files: [],
      reasons: [],
      floor: null,
      approvals: [],
      waivers: [],
      ...rest,
    }),
  ).toBe(text);
});

test.each([
  { counts: { error: 0, warning: 0, notice: 0 }, text: null },
  { counts: { error: 1, warning: 0, notice: 12 }, text: "1 error, 12 notices" },
])("severities: $text", ({ counts, text }) => expect(severityWords(counts)).toBe(text));
