import { expect, test } from "vitest";
import { loadPolicy } from "../../../../core/policy/index.ts";
import { firstRule, sampleLintRules, sentences } from "../../../subjects.ts";

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

test.each([
  {
    asked: "*[bot]",
    is: "no patterns are read here, and nobody's login is `*[bot]`",
    fix: "Write `author: { type: bot }`.",
  },
  { asked: "[bot]*", is: "no patterns are read here, and nobody's login is `[bot]*`", fix: "List the logins." },
  { asked: "ann@example.org", is: "an e-mail address is not a login", fix: "Write the login of the account." },
  { asked: "@a b", is: "an e-mail address is not a login", fix: "Write the login of the account." },
  { asked: " ann", is: "` ann` is nobody's login", fix: "Write `ann`, or `dependabot[bot]` for an App." },
  {
    asked: "a ".repeat(40),
    is: `\`${"a ".repeat(29)}a…\` is nobody's login`,
    fix: "Write `ann`, or `dependabot[bot]` for an App.",
  },
  {
    asked: "",
    is: 'expected a login, a list of logins, or `{ type: bot }`, got ""',
    fix: 'Write `author: ["dependabot[bot]", "renovate[bot]"]`.',
  },
])("what no login is: '$asked'", ({ asked, is, fix }) => {
  const loaded = loadPolicy(`version: 1\n${author(JSON.stringify(asked))}`, {
    file: "p.yml",
    lintRules: sampleLintRules,
  });
  expect(loaded.ok ? [] : loaded.problems).toMatchObject([{ code: "CS012", what: is, fix }]);
});
