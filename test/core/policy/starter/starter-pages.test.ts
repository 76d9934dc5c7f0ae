import { describe, expect, test } from "vitest";
import { reviewQuestions } from "../../../../core/policy/index.ts";
import { aiPolicyPage, pullRequestTemplate, reviewRubric } from "../../../../core/policy/starter/starter-pages.ts";
import { writtenPolicy } from "./written-policy.ts";

/** The pages word for word stand in `test/fixtures/policy/starter`; here is what makes them differ. */

describe("the policy in words", () => {
  const owners = "rules: [{ id: x, require: { secrets: none } }, { id: o, require: { owner_approval: {} } }]";
  const needs = "A change to the policy or its cases needs the approval of whoever owns them.";
  const reports =
    "The report says when a change to the policy or its cases lacks the approval of whoever owns them; nothing waits for it yet.";
  const nobodyWaits =
    "nobody has verified: in sensitive parts the report still names the owners who would have to approve, and nothing waits for them yet.";
  test.each([
    {
      says: "where owners approve, they look all the same",
      policy: `mode: enforce\n${owners}`,
      unverified: "nobody has verified: in sensitive parts the owners still look.",
      changes: needs,
    },
    {
      says: "where owners would approve, nothing waits yet",
      policy: `mode: warn\n${owners}`,
      unverified: nobodyWaits,
      changes: reports,
    },
    {
      says: "where it is only observed, nothing waits either",
      policy: `mode: observe\n${owners}`,
      unverified: nobodyWaits,
      changes: reports,
    },
    {
      says: "where no rule asks for owners, none are named",
      policy: "mode: enforce\nrules: [{ id: x, require: { secrets: none } }, { id: f, forbid: { kinds: [workflow] } }]",
      unverified: "nobody has verified.",
      changes: needs,
    },
    {
      says: "without rules none are named",
      policy: "mode: warn",
      unverified: "nobody has verified.",
      changes: reports,
    },
  ])("$says", ({ policy, unverified, changes }) => {
    const lines = aiPolicyPage(["auth"], writtenPolicy(policy)).split("\n");
    expect(lines.filter((line) => line.startsWith("  nobody has"))).toEqual([`  ${unverified}`]);
    expect(lines.slice(-4)).toEqual(["[.github/REVIEW_RUBRIC.md](.github/REVIEW_RUBRIC.md).", "", changes, ""]);
  });

  test.each([
    { areas: [], are: [] },
    { areas: ["auth"], are: ["Sensitive parts of this repository: auth.", ""] },
    { areas: ["auth", "iac"], are: ["Sensitive parts of this repository: auth, iac.", ""] },
  ])("$areas are the sensitive parts", ({ areas, are }) => {
    const lines = aiPolicyPage(areas, writtenPolicy("mode: enforce")).split("\n");
    const end = lines.findIndex((line) => line.startsWith("What is checked by machine"));
    const start = lines.findIndex((line) => line.startsWith("- Mark what you took over"));
    expect(lines.slice(start + 1, end)).toEqual(["", ...are]);
  });
});

test("the page for reviewers has every question of a report's rubric as an item", () => {
  const items = reviewRubric.split("\n").filter((line) => line.startsWith("- "));
  expect(Object.values(reviewQuestions).filter((question) => !items.some((item) => item.includes(question)))).toEqual(
    [],
  );
});

test.each([
  { says: "the form of a pull request", page: pullRequestTemplate },
  { says: "the page for reviewers", page: reviewRubric },
  { says: "the policy in words", page: aiPolicyPage(["auth"], writtenPolicy("mode: enforce")) },
])("$says ends with its last line, and every line fits a page", ({ page }) => {
  expect(page.endsWith(".\n") || page.endsWith("prompt\n")).toBe(true);
  expect(page.split("\n").filter((line) => line.length > 125)).toEqual([]);
});
