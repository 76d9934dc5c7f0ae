import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import type { Facts } from "../../../core/facts.ts";
import { defaultPolicy, usePolicy } from "../../../core/policy/index.ts";
import { Problem } from "../../../core/problem.ts";
import { sampleSha } from "../../builders.ts";
import { sampleLintRules } from "../../subjects.ts";

interface Sketch {
  /** The policy's text; none unless given. */
  text?: string;
  commit?: string | null;
  floors?: Facts["floors"];
  owner?: string;
}

function used({ text, commit = null, floors = present([]), owner }: Sketch) {
  const policy: Facts["policy"] = text === undefined ? absent("none") : present({ path: "p.yml", commit, text });
  const repository = owner === undefined ? null : { host: "github.com", owner, name: "shop" };
  return usePolicy({ policy, floors, change: { repository } }, sampleLintRules, []);
}

/** What is wrong and what to do about it, each line by itself. */
function problemOf(sketch: Sketch): string[] {
  try {
    used(sketch);
  } catch (error) {
    if (error instanceof Problem) return [...error.what.split("\n"), error.fix];
    throw error;
  }
  return [];
}

const commit = sampleSha("base");
const owned = "version: 1\nrules: [{ id: r, require: { secrets: none } }]\ndefault_owners: { teams: [all] }";
const floor = `extends: [{ repo: acme/policies, path: ai.yml, ref: ${sampleSha("floor")} }]`;

describe("the policy that judges a change", () => {
  test("is the built-in one where the base has none, with nothing to say of it", () => {
    expect(used({})).toEqual({
      policy: defaultPolicy(sampleLintRules),
      source: { source: "default", path: null, commit: null },
      notes: [],
    });
  });

  test.each([
    { says: "a commit's", commit, is: { source: "repository", path: "p.yml", commit } },
    { says: "a file's", commit: null, is: { source: "local", path: "p.yml", commit: null } },
  ])("is $says where it was given", ({ commit: found, is }) => {
    expect(used({ text: owned, commit: found }).source).toEqual(is);
  });

  test("is told with what its loader warns of", () => {
    expect(used({ text: "version: 1\nmode: warn" }).notes).toEqual([
      "p.yml:1:1 CS106: the policy has no rules, so little can hold a change up. Write rules, or remove the file: then the built-in `observe` policy applies.",
    ]);
  });

  test.each([
    { says: "as they are, without a repository", rest: {}, is: ["all"] },
    { says: "of the repository's owner", rest: { owner: "acme" }, is: ["acme/all"] },
  ])("has its teams $says", ({ rest, is }) => {
    expect(used({ text: owned, ...rest }).policy.defaultOwners?.teams).toEqual(is);
  });
});

describe("a policy that does not load", () => {
  const one = 'p.yml:2:7 CS012 mode: expected `observe`, `warn` or `enforce`, got "strict!". Write `mode: enforce`.';
  const mendBase = "Mend the policy on the base branch; `--policy FILE` tries a copy first.";
  test.each<{ says: string; sketch: Sketch; is: readonly unknown[] }>([
    {
      says: "one problem of a commit's",
      sketch: { text: "version: 1\nmode: strict!", commit },
      is: ["The policy p.yml has a problem, so nothing was decided:", `  ${one}`, mendBase],
    },
    {
      says: "one problem of a file's",
      sketch: { text: "version: 1\nmode: strict!" },
      is: ["The policy p.yml has a problem, so nothing was decided:", `  ${one}`, "Mend the file, and try again."],
    },
    {
      says: "two problems, one a line",
      sketch: { text: "version: 1\nmode: strict!\nrule: []", commit },
      is: [
        "The policy p.yml has 2 problems, so nothing was decided:",
        `  ${one}`,
        expect.stringMatching(/^ {2}p\.yml:3:1 CS010 rule: /),
        mendBase,
      ],
    },
    {
      says: "a floor that could not be read: nothing is wrong with the policy",
      sketch: { text: `version: 1\n${floor}`, commit, floors: absent("the server did not answer") },
      is: [
        "The policy p.yml has a problem, so nothing was decided:",
        expect.stringContaining("CS034"),
        "Nothing is wrong with the policy itself: make what it extends readable, and run this again.",
      ],
    },
    {
      says: "the same beside a mistake",
      sketch: { text: `version: 1\nmode: strict!\n${floor}`, floors: absent("the server did not answer") },
      is: [
        "The policy p.yml has 2 problems, so nothing was decided:",
        `  ${one}`,
        expect.stringContaining("CS034"),
        "Mend the file, and try again.",
      ],
    },
    {
      says: "a floor of the built-in one",
      sketch: { floors: absent("the server did not answer") },
      is: [],
    },
    {
      says: "a mistake in a floor of the built-in one",
      sketch: { floors: present([{ repo: "acme/policies", path: "ai.yml", ref: commit, text: "version: 2" }]) },
      is: [
        "The policy the built-in policy has a problem, so nothing was decided:",
        expect.stringContaining("CS023"),
        "Mend the file, and try again.",
      ],
    },
  ])("$says", ({ sketch, is }) => expect(problemOf(sketch)).toEqual(is));
});
