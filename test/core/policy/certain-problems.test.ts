import { describe, expect, test } from "vitest";
import { certainProblems } from "../../../core/policy/certain-problems.ts";
import { loadPolicy } from "../../../core/policy/index.ts";
import { readYaml } from "../../../core/policy/read-yaml.ts";
import { sampleLintRules } from "../../subjects.ts";

function told(text: string): string[] {
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  return loaded.ok
    ? ["loaded"]
    : loaded.problems.map(({ line, column, code, path, fix }) =>
        [`${line}:${column}`, code, path, fix].filter((part) => part !== "").join(" "),
      );
}

describe("a bracket that does not end is told where it opens", () => {
  const waiver = (reason: string) =>
    `version: 1\nwaivers:\n  - { id: W-12, reason: ${reason}, owner: pay, expires: "2099-12-31" }\nmode: warn`;
  test.each([
    {
      says: "a number behind a ` #`",
      text: waiver("rewrite tracked in #881"),
      are: ['3:44 CS006 Quote the text: `"rewrite tracked in #881"`.'],
    },
    {
      says: "the same in a list",
      text: "version: 1\nareas:\n  a: { paths: [src #1, b] }\nmode: warn",
      are: ['3:20 CS006 Quote the text: `"src #1"`.'],
    },
    {
      says: "a comment that is one",
      text: "version: 1\nareas:\n  a: { paths: [a] # as in {x}\nmode: warn",
      are: ["3:6 CS006 Write the `}`."],
    },
    { says: "a mapping", text: "version: 1\nareas:\n  a: { paths: [a]\nmode: warn", are: ["3:6 CS006 Write the `}`."] },
    { says: "a list", text: "version: 1\nareas:\n  a: { paths: [a }\nmode: warn", are: ["3:15 CS006 Write the `]`."] },
    {
      says: "both",
      text: "version: 1\nareas:\n  a: { paths: [a\n  b: { paths: [c] }",
      are: ["3:15 CS006 Write the `]` and the `}`."],
    },
    {
      says: "two of them",
      text: "version: 1\nareas:\n  a: { paths: [a }\n  b: { paths: [c }\nmode: warn",
      are: ["3:15 CS006 Write the `]`.", "4:15 CS006 Write the `]`."],
    },
    {
      says: "one on the lines below",
      text: "version: 1\nareas:\n  a:\n    paths: [\n      a,\n      b,\nmode: warn",
      are: ["4:12 CS006 Write the `]`."],
    },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("a mistake of YAML hides no other that is certain", () => {
  const rules = (lines: string) => `version: 1\nrules:\n  - id: r\n    require: { secrets: none }\n${lines}`;
  test.each([
    {
      says: "advice fits the key beside an open bracket",
      text: rules("    enforce_after: 2027-1-5\nareas: { a: { paths: [a] }"),
      are: ['5:20 CS015 rules[0].enforce_after Quote the day: `"2027-01-05"`.', "6:8 CS006 Write the `}`."],
    },
    {
      says: "and where a text belongs",
      text: 'version: 1\nwaivers: [{ id: W, finding: x, reason: x, owner: y, expires: "2027-01-15" }]\nareas: { a: { paths: [a] }',
      are: ['2:50 CS014 waivers[0].owner Quote it: `"y"`.', "3:8 CS006 Write the `}`."],
    },
    {
      says: "keys and values before and after an open bracket",
      text: "version: 1\nmod: warn\nareas:\n  a: { paths: [a }\n  b: { paths: [b], tier: 9 }\nrules: 5",
      are: [
        "2:1 CS010 mod Did you mean `mode`?",
        "4:15 CS006 Write the `]`.",
        "5:26 CS012 areas.b.tier Write `tier: 1`.",
        expect.stringMatching(/^6:8 CS012 rules Write/),
      ],
    },
    {
      says: "nothing of the bracket's own",
      text: "version: 1\nareas:\n  a: { tier: 9, paths: [a\nmode: warn",
      are: ["3:24 CS006 Write the `]` and the `}`."],
    },
    {
      says: "only what stands before another mistake",
      text: "version: 1\nmod: warn\nareas:\n  a: { paths: [a], tier: 9 }\n  b: x: y\n  c: { tier: 9 }",
      are: [
        "2:1 CS010 mod Did you mean `mode`?",
        "4:26 CS012 areas.a.tier Write `tier: 1`.",
        expect.stringMatching(/^5:6 CS006 Quote the text/),
      ],
    },
    {
      says: "no key that the mistake may hold",
      text: "rules:\n  - id: r\n   require: { secrets: none }\n",
      are: [expect.stringMatching(/^3:\d+ CS006/)],
    },
    {
      says: "no name that the mistake may have swallowed",
      text: rules("    when: { area: b }\nareas:\n  a: { paths: [a }\n  b: { paths: [b] }"),
      are: ["7:15 CS006 Write the `]`."],
    },
    {
      says: "but what stands before an open quote",
      text: 'version: 1\nmod: warn\ntitle: "x\nmodes: 1',
      are: ["2:1 CS010 mod Did you mean `mode`?", expect.stringMatching(/^3:8 CS006/)],
    },
    {
      says: "nothing behind an open quote",
      text: 'version: 1\ntitle: "x\nmod: warn',
      are: [expect.stringMatching(/^2:8 CS006/)],
    },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("of what is told of a document with a part in doubt, what is certain", () => {
  // a at 0, b at 5, its c at 10 and d at 16, e at 23 with two items at 27 and 30.
  const { root } = readYaml("a: 1\nb: { c: 2, d: 3 }\ne: [4, 5]");
  const found = [
    { path: [], offset: 0 },
    { path: ["a"], offset: 0 },
    { path: ["b"], offset: 8 },
    { path: ["b", "c"], offset: 10 },
    { path: ["b", "c", "x"], offset: 10 },
    { path: ["b", "d"], offset: 16 },
    { path: ["e"], offset: 23 },
    { path: ["e", 0], offset: 27 },
    { path: ["e", 1], offset: 30 },
  ] as const;
  const kept = (...doubts: readonly [from: number, to: number][]) => {
    if (root === null) throw new Error("the text can be read");
    const problems = found.map((each) => ({ ...each, code: "CS012" as const, what: "", fix: "" }));
    const certain = certainProblems(
      problems,
      root,
      doubts.map(([from, to]) => ({ from, to })),
    );
    return certain.map(({ path }) => path.join("."));
  };

  test.each<{ says: string; doubts: [number, number][]; are: string[] }>([
    { says: "all of it without a doubt", doubts: [], are: ["", "a", "b", "b.c", "b.c.x", "b.d", "e", "e.0", "e.1"] },
    {
      says: "nothing of the whole, nor of the key in doubt",
      doubts: [[0, 1]],
      are: ["b", "b.c", "b.c.x", "b.d", "e", "e.0", "e.1"],
    },
    {
      says: "nothing from its key on, up to where it is clear again",
      doubts: [[8, 16]],
      are: ["a", "b.d", "e", "e.0", "e.1"],
    },
    {
      says: "what stands in a mapping before its part",
      doubts: [[16, 20]],
      are: ["a", "b.c", "b.c.x", "e", "e.0", "e.1"],
    },
    { says: "from the beginning of the part on", doubts: [[17, 20]], are: ["a", "b.c", "b.c.x", "e", "e.0", "e.1"] },
    { says: "nothing behind it where nothing is clear again", doubts: [[12, Infinity]], are: ["a"] },
    { says: "items before the one in doubt", doubts: [[30, 31]], are: ["a", "b", "b.c", "b.c.x", "b.d", "e.0"] },
    {
      says: "what is in none of two",
      doubts: [
        [10, 11],
        [30, 31],
      ],
      are: ["a", "b.d", "e.0"],
    },
  ])("$says", ({ doubts, are }) => expect(kept(...doubts)).toEqual(are));
});
