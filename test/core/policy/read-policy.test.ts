import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../../core/policy/index.ts";
import { sampleLintRules } from "../../subjects.ts";

function told(text: string): string[] {
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  return loaded.ok
    ? ["loaded"]
    : loaded.problems.map(({ line, column, code, path, what }) =>
        [`${line}:${column}`, code, path, what].filter((part) => part !== "").join(" "),
      );
}

describe("where a tab leaves it open what a line belongs to, nothing is told to be missing", () => {
  const tab = (place: string) => `${place} CS005 a tab stands here`;
  test.each([
    {
      says: "a key behind a tab",
      text: "version: 1\nareas:\n a:\n   tier: 1\n\tpaths: [a]\n",
      are: [tab("5:1")],
    },
    {
      says: "a key behind the second tab of a file",
      text: "version:\t1\nareas:\n a:\n   tier: 1\n\tpaths: [a]\n",
      are: [tab("1:9")],
    },
    {
      says: "what is wrong behind a tab",
      text: "version: 1\nrules:\n  - id: r\n    require: { secrets: none }\n\tmode: wrn",
      are: [tab("5:1")],
    },
    {
      says: "but what is wrong elsewhere",
      text: "version: 1\nmode: wrn\nrules:\n  - id: r\n\trequire: { secrets: none }",
      are: ['2:7 CS012 mode expected `observe`, `warn` or `enforce`, got "wrn"', tab("5:1")],
    },
    {
      says: "and what is missing where tabs indent everything",
      text: "version: 1\nrules:\n\t- id: r\n",
      are: [tab("3:1"), "3:4 CS011 rules[0] `require` is missing"],
    },
    {
      says: "or where a tab only separates",
      text: "version: 1\nrules:\n  - id:\tr",
      are: ["3:5 CS011 rules[0] `require` is missing", tab("3:8")],
    },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("a document that is nothing, or not a mapping", () => {
  const empty = "1:1 CS026 the file is empty";
  const noMapping = (got: string) => `1:1 CS012 expected a mapping with \`version: 1\`, got ${got}`;
  test.each([
    { text: "", are: [empty] },
    { text: "# nothing\n", are: [empty] },
    { text: "~", are: [empty] },
    { text: "words", are: [noMapping('"words"')] },
    { text: "[]", are: [noMapping("an empty list")] },
    { text: "{}", are: ["1:1 CS011 `version` is missing"] },
  ])("$text", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("what a part knows to be wrong with its value", () => {
  const rule = (when: string) => `version: 1\nrules: [{ id: r, when: ${when}, require: { secrets: none } }]`;
  test.each([
    {
      says: "is told at its key",
      text: rule("{ if: 'size > 1' }"),
      are: ["2:31 CS050 rules[0].when.if there is no `size` in an expression"],
    },
    {
      says: "not of a value that its schema refuses",
      text: rule("{ if: 5 }"),
      are: ["2:30 CS012 rules[0].when.if expected an expression of at most 500 characters, got 5"],
    },
    {
      says: "not of one that YAML already made trouble about",
      text: rule("{ if: yes }"),
      are: ["2:30 CS014 rules[0].when.if `yes` means different things to different YAML readers"],
    },
    {
      says: "and a name that every object has is no part",
      text: rule("{ toString: 5 }"),
      are: ["2:26 CS010 rules[0].when.toString there is no key `toString` here"],
    },
    {
      says: "nor is an item of a list",
      text: rule("[ai]"),
      are: [
        "2:24 CS012 rules[0].when expected a mapping with at least one condition; leave `when` out for a rule that always applies, got a list",
      ],
    },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));
});
