import { expect, test } from "vitest";
import { sampleSha } from "../../../builders.ts";
import { firstRule, fixes, sentences, type CommitSketch } from "../../../subjects.ts";

const policy = (acceptance: string) => `rules: [{ id: r, require: { acceptance: ${acceptance} } }]`;
const ai = (name: string, acceptance?: CommitSketch["acceptance"]): CommitSketch => ({
  name,
  verdict: "agent-assisted",
  ...(acceptance === undefined ? {} : { acceptance }),
});

test.each([
  { says: "the way that is asked for", asked: "edited", commits: [ai("a", "edited")], is: "satisfied" },
  { says: "another way", asked: "edited", commits: [ai("a", "as-is")], is: "unsatisfied" },
  {
    says: "either way",
    asked: "[edited, rewritten]",
    commits: [ai("a", "rewritten"), ai("b", "edited")],
    is: "satisfied",
  },
  { says: "one of two commits", asked: "edited", commits: [ai("a", "edited"), ai("b", "partial")], is: "unsatisfied" },
  { says: "nothing stated", asked: "[as-is, partial, edited, rewritten]", commits: [ai("a")], is: "unsatisfied" },
  { says: "a person's commit", asked: "edited", commits: [{ name: "a", verdict: "human" as const }], is: "satisfied" },
])("$says: $is", ({ asked, commits, is }) => expect(firstRule(policy(asked), { commits }).state).toBe(is));

test("`unstated` cannot be asked for", () =>
  expect(() => firstRule(policy("unstated"), {})).toThrow(/one of as-is, partial, edited, rewritten/));

test("each commit is told with what it states, and the silent one with the trailer it lacks", () => {
  const result = firstRule(policy("edited"), { commits: [ai("a", "as-is"), ai("b")] });
  expect(sentences(result).slice(1)).toEqual([
    "no: AI commits that do not state edited: 2 of 2",
    `no: commit ${sampleSha("a").slice(0, 10)}: as-is`,
    `no: commit ${sampleSha("b").slice(0, 10)}: unstated`,
  ]);
  expect(fixes(result).join("")).toContain("AI-Accepted: as-is|edited|rewritten|partial");
});
