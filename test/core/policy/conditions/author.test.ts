import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const author = (asked: string) => `rules: [{ id: r, when: { author: ${asked} }, require: { secrets: none } }]`;

test.each([
  { says: "a login", asked: "ann", is: "satisfied" },
  { says: "a login in other capitals", asked: "ANN", is: "satisfied" },
  { says: "one of several", asked: "[bob, ann]", is: "satisfied" },
  { says: "another", asked: "bob", is: "not-applicable" },
  { says: "a user", asked: "{ type: user }", is: "satisfied" },
  { says: "no bot", asked: "{ type: bot }", is: "not-applicable" },
])("$says", ({ asked, is }) => expect(firstRule(author(asked), { pullRequest: {} }).state).toBe(is));

test("a bot", () => {
  const bot = { pullRequest: { author: "renovate[bot]", authorType: "Bot" } };
  expect(firstRule(author("{ type: bot }"), bot).state).toBe("satisfied");
  expect(firstRule(author("'renovate[bot]'"), bot).state).toBe("satisfied");
});

test("without a pull request nobody knows", () => {
  expect(sentences(firstRule(author("ann"), {}))).toContain(
    "unknown: no pull request was read (asked: was opened by ann)",
  );
});
