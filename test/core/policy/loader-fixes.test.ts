import { describe, expect, test } from "vitest";
import { formatProblem, loadPolicy } from "../../../core/policy/index.ts";
import { sampleLintRules } from "../../subjects.ts";

/** A policy with one rule; its first line is line 4 of the file. */
const rule = (lines: string) => `version: 1\nrules:\n  - id: r\n${lines.replace(/^/gm, "    ")}`;
const asks = "require: { secrets: none }";

function told(text: string): string[] {
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  return loaded.ok ? [] : loaded.problems.map(formatProblem);
}

/** What a problem says to write, without what is wrong. */
function fixes(text: string): string[] {
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  return loaded.ok ? [] : loaded.problems.map(({ code, fix }) => `${code} ${fix}`);
}

describe("everything that is wrong is told at once", () => {
  test.each([
    {
      says: "each wrong item of a list that may be one word too",
      text: rule(`when: { kind: [workflows, tst, docs] }\n${asks}`),
      are: ["CS012 Did you mean `workflow`?", "CS012 Did you mean `test`?"],
    },
    {
      says: "a rule without a name and without a question",
      text: "version: 1\nrules:\n  - title: x",
      are: ["CS011 Write `id: sensitive-ai-needs-tests`.", "CS011 Write `require: {trailers: [Assisted-by]}`."],
    },
    {
      says: "a rule with a wrong mode and without a question",
      text: "version: 1\nrules:\n  - { id: b, mode: wrn }",
      are: ["CS011 Write `require: {trailers: [Assisted-by]}`.", "CS012 Did you mean `warn`?"],
    },
    {
      says: "a rule with an unknown key and without a question",
      text: "version: 1\nrules:\n  - { id: b, titl: x }",
      are: ["CS011 Write `require: {trailers: [Assisted-by]}`.", "CS010 Did you mean `title`?"],
    },
    {
      says: "a misspelt question alone, where it is misspelt",
      text: "version: 1\nrules:\n  - { id: b, requires: { secrets: none } }",
      are: ["CS010 Did you mean `require`?"],
    },
    {
      says: "a waiver of nothing whose owner is missing",
      text: 'version: 1\nwaivers:\n  - { id: W1, reason: x, expires: "2027-01-15" }',
      are: ["CS011 Write `owner: payments`.", "CS011 Write one of the two."],
    },
  ])("$says", ({ text, are }) => expect(fixes(text)).toEqual(are));
});

describe("a fix is made of what was written", () => {
  test.each([
    { text: rule(`when: { verdict: agent }\n${asks}`), is: "CS012 Did you mean `agent-authored` or `agent-assisted`?" },
    { text: rule(`when: { acceptance: asis }\n${asks}`), is: "CS012 Did you mean `as-is`?" },
    { text: rule(`when: { kind: workflows }\n${asks}`), is: "CS012 Did you mean `workflow`?" },
    { text: rule(`when: { association: member }\n${asks}`), is: "CS012 Did you mean `MEMBER`?" },
    { text: rule("require: { trailers: [Assisted-by, AI_Accepted] }"), is: "CS012 Write `AI-Accepted`." },
    { text: rule("require: { trailers: AI_Accepted }"), is: "CS012 Write `trailers: [AI-Accepted]`." },
    { text: "version: 1\nforbid: { kinds: wrkflow }", is: "CS012 Write `kinds: [workflow]`." },
    { text: "version: 1\nextends: recommended@1", is: "CS012 Write `extends: [{preset: recommended@1}]`." },
    { text: "version: 1\nextends: [warn]", is: "CS012 Write `{preset: warn@1}`." },
    { text: "version: 1\nextends: [./x.yml]", is: "CS012 Write `{preset: recommended@1}`." },
    { text: "version: 1\ndefault_owners: '@acme/x'", is: "CS012 Write `default_owners: {teams: [acme/x]}`." },
    { text: "version: 1\ndefault_owners: ['@ann']", is: "CS012 Write `default_owners: {users: [ann]}`." },
    { text: "version: 1\ndefault_owners: [ann, bob]", is: "CS012 Write `default_owners: {users: [ann, bob]}`." },
    {
      text: "version: 1\ndefault_owners: ['@ann', acme/x]",
      is: "CS012 Write `default_owners: {teams: [acme/x], users: [ann]}`.",
    },
    {
      text: "version: 1\ndefault_owners: 5",
      is: "CS012 Write `default_owners: {teams: [acme/payments], users: [ann]}`.",
    },
    {
      text: rule(`${asks}\nmode: warn\nenforce_after: "2027-1-5"`),
      is: 'CS029 Write "2027-01-05".',
    },
    {
      text: rule(`${asks}\nmode: warn\nenforce_after: "2027-01-16T00:00:00Z"`),
      is: 'CS029 Write "2027-01-16".',
    },
  ])("$text", ({ text, is }) => expect(fixes(text)).toEqual([is]));

  test("a count says where it begins", () =>
    expect(told(rule("require: { findings: { max_errors: -1 } }"))).toEqual([
      "p.yml:4:40 CS012 rules[0].require.findings.max_errors: expected a whole number from 0, got -1. Write `max_errors: 0`.",
    ]));
});
