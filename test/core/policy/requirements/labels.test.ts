import { expect, test } from "vitest";
import { buildPolicy, firstRule, sentences } from "../../../subjects.ts";

const policy = (labels: string) => `rules: [{ id: r, require: { labels: ${labels} } }]`;

test.each([
  { says: "the one", asked: "reviewed", found: ["reviewed"], is: "satisfied" },
  { says: "the one in another case", asked: "Reviewed", found: ["reviewed"], is: "satisfied" },
  { says: "all of several", asked: "[a, b]", found: ["b", "c", "a"], is: "satisfied" },
  { says: "one of several", asked: "[a, b]", found: ["a"], is: "unsatisfied" },
  { says: "one that only begins so", asked: "a", found: ["ab"], is: "unsatisfied" },
  { says: "none", asked: "a", found: [], is: "unsatisfied" },
])("$says: $is", ({ asked, found, is }) => expect(firstRule(policy(asked), { labels: found }).state).toBe(is));

test("without a pull request it is undecided", () => {
  const result = firstRule(policy("a"), {});
  expect([result.state, ...sentences(result).slice(1)]).toEqual([
    "undecided",
    "unknown: the labels are not known: no pull request was read",
  ]);
});

test("what is lacking is named", () =>
  expect(sentences(firstRule(policy("[a, b, c]"), { labels: ["b"] })).slice(1)).toEqual([
    "no: labels that the pull request lacks: a, c",
  ]));

test("a name that begins with `!` negates nothing", () =>
  expect(() => buildPolicy(policy('"!a"'))).toThrow(/CS012.*Name only labels that the pull request must carry\./s));
