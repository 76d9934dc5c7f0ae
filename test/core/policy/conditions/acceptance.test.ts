import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = (asked: string) => `rules: [{ id: r, when: { acceptance: ${asked} }, require: { secrets: none } }]`;
const ai = { name: "a", verdict: "agent-assisted" as const };

test.each([
  { says: "stated", asked: "edited", commits: [{ ...ai, acceptance: "edited" as const }], is: "satisfied" },
  {
    says: "stated otherwise",
    asked: "edited",
    commits: [{ ...ai, acceptance: "as-is" as const }],
    is: "not-applicable",
  },
  {
    says: "one of several",
    asked: "[as-is, partial]",
    commits: [{ ...ai, acceptance: "partial" as const }],
    is: "satisfied",
  },
  { says: "silence", asked: "unstated", commits: [ai], is: "satisfied" },
  { says: "silence weighs as as-is", asked: "as-is", commits: [ai], is: "satisfied" },
  { says: "silence is not edited", asked: "edited", commits: [ai], is: "not-applicable" },
  { says: "a person's commit has none", asked: "unstated", commits: [{ name: "a" }], is: "not-applicable" },
  {
    says: "one AI commit is enough",
    asked: "as-is",
    commits: [
      { ...ai, acceptance: "edited" as const },
      { ...ai, name: "b", acceptance: "as-is" as const },
    ],
    is: "satisfied",
  },
])("$says", ({ asked, commits, is }) => expect(firstRule(policy(asked), { commits }).state).toBe(is));

test("a file that no commit touched may be anything", () => {
  expect(sentences(firstRule(policy("as-is"), { commits: [] }))).toContain(
    "unknown: no commit is known to have touched src/a.ts",
  );
});
