import { describe, expect, test } from "vitest";
import { branchMatches } from "../../../core/policy/branch-list.ts";
import { formatProblem, loadPolicy } from "../../../core/policy/index.ts";
import { sampleLintRules } from "../../subjects.ts";

describe("a list of branches", () => {
  const told = (entry: string) => {
    const text = `version: 1\nforbid: { branches: ["${entry}"] }`;
    const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
    return loaded.ok ? [] : loaded.problems.map(formatProblem);
  };
  const at = "p.yml:2:22 CS019 forbid.branches[0]: ";
  const aRef = `${at}this names a ref, and not a branch. Write a branch's name alone, such as "main".`;
  test.each([
    { entry: "main", is: [] },
    { entry: "!release/*", is: [] },
    { entry: "topic/refs", is: [] },
    { entry: "refs/heads/main", is: [`${at}\`refs/heads/\` is no part of a branch's name. Write "main".`] },
    { entry: "heads/main", is: [`${at}\`heads/\` is no part of a branch's name. Write "main".`] },
    { entry: "!origin/a/b", is: [`${at}\`origin/\` is no part of a branch's name. Write "!a/b".`] },
    { entry: "remotes/origin/a", is: [`${at}\`remotes/origin/\` is no part of a branch's name. Write "a".`] },
    { entry: "refs/remotes/origin/a", is: [`${at}\`refs/remotes/origin/\` is no part of a branch's name. Write "a".`] },
    {
      entry: `origin/${"a".repeat(61)}`,
      is: [`${at}\`origin/\` is no part of a branch's name. Write "${"a".repeat(59)}…".`],
    },
    { entry: "refs/tags/v1", is: [aRef] },
    { entry: "!refs/pull/1/head", is: [aRef] },
    { entry: "a/heads/", is: [`${at}the pattern ends with a slash. Write "a/heads/**".`] },
    { entry: "a/refs/", is: [`${at}the pattern ends with a slash. Write "a/refs/**".`] },
    { entry: "/main", is: [`${at}the pattern begins with a slash. Write "main".`] },
  ])("$entry", ({ entry, is }) => expect(told(entry)).toEqual(is));
});

describe("which branches are meant", () => {
  test.each([
    { patterns: ["main"], name: "main", is: true },
    { patterns: ["main"], name: "Main", is: false },
    { patterns: ["main", "release/*"], name: "release/1", is: true },
    { patterns: ["main", "release/*"], name: "topic", is: false },
    { patterns: ["release/*", "!release/1"], name: "release/1", is: false },
    { patterns: ["release/*", "!release/1"], name: "release/2", is: true },
    { patterns: ["!main"], name: "main", is: false },
    { patterns: ["!main"], name: "topic", is: true },
    { patterns: ["!main", "!next"], name: "main", is: false },
    { patterns: ["main", "!next"], name: "topic", is: false },
    { patterns: ["**"], name: "main", is: true },
    { patterns: [], name: "main", is: true },
  ])("$name by $patterns: $is", ({ patterns, name, is }) => expect(branchMatches(patterns, name)).toBe(is));
});
