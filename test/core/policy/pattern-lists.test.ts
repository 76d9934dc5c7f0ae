import { describe, expect, test } from "vitest";
import { isUndone, patternLists } from "../../../core/policy/pattern-lists.ts";
import { formatPath } from "../../../core/policy/problem.ts";
import { readYaml } from "../../../core/policy/read-yaml.ts";

function listsIn(text: string): string[] {
  const { root } = readYaml(text);
  if (root === null) throw new Error("the text cannot be read");
  return patternLists(root).map(
    ({ path, patterns, of, whose, part }) => `${formatPath(path)}: ${patterns.join(" ")} (${of}; ${whose}, ${part})`,
  );
}

describe("the lists of patterns in a file", () => {
  test.each([
    { says: "none", text: "version: 1", is: [] },
    {
      says: "of provenance",
      text: "provenance: { exclude: [docs/**, '*.md'] }",
      is: ["provenance.exclude: docs/** *.md (exact; `provenance.exclude`, the list)"],
    },
    {
      says: "of every area that has one",
      text: "areas: { a: { paths: [a/**] }, b: { tier: 1 }, c: { paths: [c/**] } }",
      is: ["areas.a.paths: a/** (paths; this area, the area)", "areas.c.paths: c/** (paths; this area, the area)"],
    },
    {
      says: "of the conditions of every rule",
      text: "rules: [{ when: { paths: [a/**] } }, { when: { base: [main, '!next'], branch: agent/* } }]",
      is: [
        "rules[0].when.paths: a/** (paths; this rule, the rule)",
        "rules[1].when.base: main !next (branches; this rule, the rule)",
        "rules[1].when.branch: agent/* (branches; this rule, the rule)",
      ],
    },
    {
      says: "of one boundary",
      text: "forbid: { paths: [a/**], branches: main }",
      is: [
        "forbid.paths: a/** (paths; this boundary, the boundary)",
        "forbid.branches: main (branches; this boundary, the boundary)",
      ],
    },
    {
      says: "of boundaries here and there",
      text: "forbid: [{ kinds: [docs] }, { paths: [a/**] }]\nrules: [{ forbid: { paths: [b/**] } }, { require: { forbid: [{ branches: [main] }] } }]",
      is: [
        "forbid[1].paths: a/** (paths; this boundary, the boundary)",
        "rules[0].forbid.paths: b/** (paths; this boundary, the boundary)",
        "rules[1].require.forbid[0].branches: main (branches; this boundary, the boundary)",
      ],
    },
    {
      says: "of waivers",
      text: "waivers: [{ paths: [a/**] }, { id: W-1 }]",
      is: ["waivers[0].paths: a/** (exact; this waiver, the waiver)"],
    },
    {
      says: "without what is no text",
      text: "areas: { a: { paths: [1, a/**, [b]] }, b: { paths: 2 }, c: { paths: [] } }",
      is: ["areas.a.paths: a/** (paths; this area, the area)"],
    },
  ])("$says", ({ text, is }) => expect(listsIn(text)).toEqual(is));
});

describe("whether all of a list is taken out again", () => {
  const others = (count: number) => Array.from({ length: count }, (_, n) => `!lib/${n}`);
  test.each([
    { says: "what is excluded by the letter", patterns: ["src/**", "!src/**"], is: true },
    { says: "a path that an exclusion matches", patterns: ["src/a.ts", "!src/**"], is: true },
    { says: "a path that one of two exclusions matches", patterns: ["src/a.ts", "!lib/**", "!src/**"], is: true },
    { says: "anything, where all is excluded", patterns: ["src/**", "!**"], is: true },
    { says: "nothing, where all is excluded", patterns: ["!**"], is: true },
    { says: "nothing excluded", patterns: ["src/**"], is: false },
    { says: "something else excluded", patterns: ["src/a.ts", "!lib/**"], is: false },
    { says: "exclusions alone", patterns: ["!src/**"], is: false },
    { says: "one of two", patterns: ["src/a.ts", "lib/a.ts", "!src/**"], is: false },
    { says: "a pattern with `*` that an exclusion may match", patterns: ["src/*.ts", "!src/**"], is: false },
    { says: "a pattern with `?` that an exclusion may match", patterns: ["src/?.ts", "!src/**"], is: false },
    { says: "a thousand pairs", patterns: ["src/a.ts", "!src/**", ...others(999)], is: true },
    { says: "more pairs than are looked through", patterns: ["src/a.ts", "!src/**", ...others(1_000)], is: false },
  ])("$says: $is", ({ patterns, is }) => expect(isUndone({ patterns })).toBe(is));
});
