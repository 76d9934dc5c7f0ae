import { describe, expect, test } from "vitest";
import type { Check } from "../../../../core/ownership/index.ts";
import { buildPolicy, firstRule, fixes, sentences } from "../../../subjects.ts";

const policy = (checks: string) => `rules: [{ id: r, require: { checks: ${checks} } }]`;
const done = (name: string, conclusion = "success", app: string | null = "github-actions"): Check => ({
  name,
  app,
  status: "completed",
  conclusion,
});
const open = (name: string, status = "in_progress"): Check => ({ name, app: "ci", status, conclusion: null });

describe("checks on the head", () => {
  test.each([
    { says: "one that succeeded", asked: "test", checks: [done("test")], is: "satisfied" },
    { says: "a commit status that succeeded", asked: "test", checks: [done("test", "success", null)], is: "satisfied" },
    { says: "one that failed", asked: "test", checks: [done("test", "failure")], is: "unsatisfied" },
    { says: "a neutral one", asked: "test", checks: [done("test", "neutral")], is: "unsatisfied" },
    { says: "a skipped one", asked: "test", checks: [done("test", "skipped")], is: "unsatisfied" },
    { says: "a cancelled one", asked: "test", checks: [done("test", "cancelled")], is: "unsatisfied" },
    { says: "one that still runs", asked: "test", checks: [open("test")], is: "undecided" },
    { says: "a queued one", asked: "test", checks: [open("test", "queued")], is: "undecided" },
    { says: "one that nobody reported", asked: "test", checks: [], is: "undecided" },
    { says: "one in another case", asked: "test", checks: [done("Test")], is: "undecided" },
    { says: "one whose name only begins so", asked: "test", checks: [done("test (2)")], is: "undecided" },
    { says: "all of several", asked: "[a, b]", checks: [done("a"), done("b")], is: "satisfied" },
    { says: "one of several failed", asked: "[a, b]", checks: [done("a"), done("b", "failure")], is: "unsatisfied" },
    { says: "one failed and one runs", asked: "[a, b]", checks: [open("a"), done("b", "failure")], is: "unsatisfied" },
    { says: "one of several runs", asked: "[a, b]", checks: [done("a"), open("b")], is: "undecided" },
    {
      says: "a name reported twice, once in vain",
      asked: "a",
      checks: [done("a"), done("a", "failure", "x")],
      is: "unsatisfied",
    },
    { says: "a name reported twice, once open", asked: "a", checks: [done("a"), open("a")], is: "undecided" },
    {
      says: "the App that is asked for",
      asked: "{ name: a, app: ci }",
      checks: [done("a", "success", "ci")],
      is: "satisfied",
    },
    { says: "another App", asked: "{ name: a, app: ci }", checks: [done("a", "success", "x")], is: "undecided" },
    {
      says: "a status in place of the App",
      asked: "{ name: a, app: ci }",
      checks: [done("a", "success", null)],
      is: "undecided",
    },
    {
      says: "another App that failed",
      asked: "{ name: a, app: ci }",
      checks: [done("a", "success", "ci"), done("a", "failure", "x")],
      is: "satisfied",
    },
    { says: "a mapping without an App", asked: "[{ name: a }]", checks: [done("a", "success", null)], is: "satisfied" },
  ])("$says: $is", ({ asked, checks, is }) => expect(firstRule(policy(asked), { checks }).state).toBe(is));

  test("nobody read them: undecided, and what would read them", () => {
    const result = firstRule(policy("test"), {});
    expect(result.state).toBe("undecided");
    expect(fixes(result)).toEqual(["Run it for a pull request, with `checks: read` and `statuses: read`."]);
  });
});

test("what failed is said with its conclusion, and hostile text in it is inert", () => {
  const result = firstRule(policy("[test, lint]"), {
    checks: [done("test"), done("lint", "\u001b[31mfailure\n::error::")],
  });
  expect(sentences(result).slice(1)).toEqual([
    "no: checks did not succeed",
    "yes: test succeeded",
    expect.stringMatching(/^no: lint ended with [^\u001b\n]*failure/),
  ]);
  expect(fixes(result)).toEqual(["Mend what these checks found, or run them again: lint."]);
});

test("a name that begins with `!` negates nothing", () =>
  expect(() => buildPolicy(policy('"!test"'))).toThrow(/CS012.*Name only checks that must succeed\./s));
