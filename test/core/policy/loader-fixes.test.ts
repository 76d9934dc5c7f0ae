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

  test.each([
    { line: "enforce_after: 2027-1-5", is: 'CS015 Quote the day: `"2027-01-05"`.' },
    { line: "enforce_after: 2027-01-15T00:00:00Z", is: 'CS015 Quote the day: `"2027-01-15"`.' },
    { line: "enforce_after: 2027-02-30", is: 'CS015 Write `enforce_after: "2027-01-15"`.' },
    { line: "title: 2027-01-15", is: 'CS015 Quote it: `"2027-01-15"`.' },
    { line: "title: on", is: 'CS014 Quote it: `"on"`.' },
    { line: "mode: on", is: "CS014 Write `mode: enforce`." },
    { line: "when: { ai: on }", is: "CS014 Write `true`." },
    { line: "when: { draft: no }", is: "CS014 Write `false`." },
    {
      line: "when: { size: { files_over: 012 } }",
      is: 'CS014 Write `12`, or quote it when the text is meant: `"012"`.',
    },
  ])("advice about what YAML readers disagree about fits the key: $line", ({ line, is }) =>
    expect(fixes(rule(`${asks}\n${line}`))).toEqual([is]),
  );

  test("and so for an id, an owner and what a credential is answered with", () => {
    expect(fixes("version: 1\nrules: [{ id: on, require: { secrets: no } }]")).toEqual([
      'CS014 Quote it: `"on"`.',
      "CS014 Write `secrets: none` where no added line may look like a credential; leave the key out where that is not asked for.",
    ]);
    const waiver = '{ id: W1, finding: swallowed-error, reason: x, owner: y, expires: "2027-01-15" }';
    expect(fixes(`version: 1\nwaivers: [${waiver}]`)).toEqual(['CS014 Quote it: `"y"`.']);
  });

  test("a count says where it begins", () =>
    expect(told(rule("require: { findings: { max_errors: -1 } }"))).toEqual([
      "p.yml:4:40 CS012 rules[0].require.findings.max_errors: expected a whole number from 0, got -1. Write `max_errors: 0`.",
    ]));
});

describe("a value that means something else is answered by what means it", () => {
  test.each([
    { text: rule("require: { second_human: 2 }"), is: "CS012 Write `second_human: {count: 2}`." },
    { text: rule('require: { second_human: "2" }'), is: "CS012 Write `second_human: {count: 2}`." },
    { text: rule("require: { second_human: 200 }"), is: "CS012 Write `second_human: true`." },
    { text: rule("require: { owner_approval: 2 }"), is: "CS012 Write `owner_approval: {per: area, count: 2}`." },
    { text: rule("require: { coverage: 85 }"), is: "CS012 Write `coverage: {patch_lines: 85}`." },
    { text: rule('require: { coverage: "85%" }'), is: "CS012 Write `coverage: {patch_lines: 85}`." },
    { text: rule("require: { coverage: 850 }"), is: "CS012 Write `coverage: {patch_lines: 80}`." },
    { text: rule("require: { size: 300 }"), is: "CS012 Write `size: {max_added_lines: 300}`." },
    { text: rule("require: { findings: 3 }"), is: "CS012 Write `findings: {max_errors: 3}`." },
    {
      text: rule(`when: { size: 300 }\n${asks}`),
      is: "CS012 Write `size: {added_lines_over: 300}`.",
    },
    {
      text: rule("require: { second_human: false }"),
      is: "CS012 Leave the key out: what is not written is not asked for.",
    },
    {
      text: rule("require: { second_human: 0 }"),
      is: "CS012 Leave the key out: what is not written is not asked for.",
    },
    { text: rule("require: { findings: 0 }"), is: "CS012 Write `findings: {max_errors: 0}`." },
    { text: rule("require: { findings: { max_errors: 99999999999999999999 } }"), is: "CS012 Write `max_errors: 0`." },
    ...["audit", "dry-run", "none", "false"].map((mode) => ({
      text: `version: 1\nmode: ${mode}`,
      is: "CS012 Write `mode: observe`.",
    })),
    { text: "version: 1\nmode: off", is: "CS014 Write `mode: observe`." },
    { text: "version: 1\nmode: block", is: "CS012 Write `mode: enforce`." },
    { text: "version: 1\nareas: { a: lib/** }", is: "CS012 Write `a: {paths: [lib/**]}`." },
    { text: "version: 1\nareas: { a: [lib/**, x] }", is: "CS012 Write `a: {paths: [lib/**, x]}`." },
    { text: "version: 1\nareas: { a: lib/ }", is: "CS012 Write `a: {paths: [src/auth/**], tier: 1}`." },
    { text: rule("require: { coverage: { patch_lines: no } }"), is: "CS014 Leave the key out." },
    ...["ai", "AI", '"ai-assisted"', "true", "[ai]"].map((value) => ({
      text: rule(`when: { verdict: ${value} }\n${asks}`),
      is: "CS012 Write `ai: true` in the place of `verdict`: it holds for whatever counts as AI.",
    })),
    { text: `version: 1\nrules: [{ id: My_Rule 1, ${asks} }]`, is: "CS027 Write `id: my-rule-1`." },
    { text: `version: 1\nrules: [{ id: 1st, ${asks} }]`, is: "CS027 Write `id: sensitive-ai-needs-tests`." },
    ...[
      { name: "Auth", is: "Write `auth`." },
      { name: "Billing API", is: "Write `billing-api`." },
      { name: "BillingApi", is: "Write `billing-api`." },
      { name: "auth_x", is: "Write `auth-x`." },
      { name: "caf\u00e9", is: "Write a name such as `billing-api`." },
      { name: "2fa", is: "Write a name such as `billing-api`." },
      { name: "Taken", is: "Write a name such as `billing-api`." },
    ].map(({ name, is }) => ({
      text: `version: 1\nareas: { taken: { paths: [a] }, "${name}": { paths: [b] } }`,
      is: `CS027 ${is}`,
    })),
  ])("$text", ({ text, is }) => expect(fixes(text)).toEqual([is]));

  const waiver = "version: 1\nwaivers:\n  - id: W1\n    finding: swallowed-error\n    reason: x";
  test.each([
    {
      text: `${waiver}\n    owner: @ann\n    expires: "2027-01-15"`,
      is: 'p.yml:6:12 CS016 waivers[0].owner: a value must not begin with `@`. Write `owner: ann`, or quote it: `owner: "@ann"`.',
    },
    {
      text: `${waiver}\n    owner: @acme/x\n    expires: "2027-01-15"`,
      is: 'p.yml:6:12 CS016 waivers[0].owner: a value must not begin with `@`. Write `owner: acme/x`, or quote it: `owner: "@acme/x"`.',
    },
    {
      text: rule(`when: { author: @ann }\n${asks}`),
      is: "p.yml:4:21 CS016 rules[0].when.author: a value must not begin with `@`. Write `author: ann`.",
    },
    {
      text: "version: 1\nareas: { a: { paths: [x], owners: { users: @ann } } }",
      is: "p.yml:2:44 CS016 areas.a.owners.users: a value must not begin with `@`. Write `users: [ann]`.",
    },
  ])("what needs quotes is told at its key: $is", ({ text, is }) => expect(told(text)).toEqual([is]));
});

describe("one mistake is told once, where it was made", () => {
  const quote = "CS006: a text that begins with a quote does not end on its line. Write the closing quote.";
  const width = "CS004: a character without width, which nobody sees, stands here";
  const space = "CS004: a no-break space stands here, and YAML does not take it for a space";
  test.each([
    { says: "an open quote", text: 'version: 1\nmode: "warn\nrules: []\n', are: [`p.yml:2:7 ${quote}`] },
    {
      says: "one that a later quote ends",
      text: "version: 1\nmode: 'warn\ntitle: x's\na: [",
      are: [`p.yml:2:7 ${quote}`],
    },
    {
      says: "one behind another mistake",
      text: "version: 1\nmode: a: b\nareas:\n  a: { paths: ['a] }\nmore: x",
      are: [
        'p.yml:2:7 CS006: a second `: ` stands on this line. Quote the text: `"a: b"`; or start the inner key on a line of its own.',
        `p.yml:4:16 ${quote}`,
      ],
    },
    {
      says: "a comparison, and what stands behind it",
      text: rule("require:\n  findings:\n    max_errors: >= 0\n    max_warnings: -1\nmode: wrn"),
      are: [
        "p.yml:6:21 CS016 rules[0].require.findings.max_errors: `>` begins a block of text in YAML, and cannot begin a value. Write `max_errors: 0`.",
        "p.yml:7:23 CS012 rules[0].require.findings.max_warnings: expected a whole number from 0, got -1. Write `max_warnings: 0`.",
        'p.yml:8:11 CS012 rules[0].mode: expected `observe`, `warn` or `enforce`, got "wrn". Did you mean `warn`?',
      ],
    },
    {
      says: "an expression that a comma cuts in two",
      text: rule("when: { if: change.commits.exists(c, c.verdict == 'human') }\nrequire: { secrets: none }"),
      are: [
        'p.yml:4:17 CS050 rules[0].when.if: the expression is not quoted, and YAML ends it before it is over. Quote the expression: `if: "…"`.',
      ],
    },
    {
      says: "an expression that begins with `!`",
      text: rule("when:\n  if: !change.uncommitted\nrequire: { secrets: none }"),
      are: [
        'p.yml:5:11 CS008 rules[0].when.if: `!change.uncommitted` is read as a tag, because it begins with `!`. Quote the expression: `"!change.uncommitted"`.',
      ],
    },
    {
      says: "an expression with quotes of its own and a colon",
      text: rule('when:\n  if: change.branch == "a: b"\nrequire: { secrets: none }'),
      are: [
        "p.yml:5:11 CS006: a second `: ` stands on this line. Quote the text: `'change.branch == \"a: b\"'`; or start the inner key on a line of its own.",
      ],
    },
    {
      says: "a real tag",
      text: "version: 1\nmode: !!str enforce",
      are: [
        "p.yml:2:7 CS008 mode: `!!str` is read as a tag, because it begins with `!`. Remove `!!str`: a value says itself what it is.",
      ],
    },
    {
      says: "a merge key, in place of a key that is asked for",
      text: "version: 1\nareas:\n  a:\n    <<: { paths: [a] }",
      are: ["p.yml:4:5 CS018 areas.a: `<<` would merge another mapping into this one. Write the keys out."],
    },
    {
      says: "a list of areas",
      text: rule("when: { area: a }\nrequire: { secrets: none }").replace("rules", "areas: [{ name: a }]\nrules"),
      are: [
        "p.yml:2:8 CS012 areas: expected a mapping from names to areas, got a list. Write `areas: {auth: {paths: [src/auth/**], tier: 1}}`.",
      ],
    },
    {
      says: "bytes that are not UTF-8, as they read once decoded",
      text: "version: 1\nareas: { a: { paths: [src/caf\ufffd/**] } }",
      are: [
        'p.yml:2:30 CS004: a byte that is not UTF-8 stands here. Save the file as UTF-8; for the character U+FFFD itself, write "\\ufffd".',
      ],
    },
    {
      says: "a no-break space behind a colon",
      text: "version: 1\nmode:\u00a0warn",
      are: [`p.yml:2:6 ${space}. Write a plain space; inside a text, write "\\u00a0".`],
    },
    {
      says: "no-break spaces before a key",
      text: "version: 1\nprovenance:\n\u00a0\u00a0exclude: []",
      are: [`p.yml:3:1 ${space}. Write a plain space; inside a text, write "\\u00a0".`],
    },
    {
      says: "a space without width",
      text: "version: 1\nmode: wa\u200brn",
      are: [`p.yml:2:9 ${width}. Remove it; inside a text, write it as an escape such as "\\u200b".`],
    },
    {
      says: "typographic quotes",
      text: "version: 1\nareas: { a: { paths: [\u201csrc/**\u201d] } }",
      are: [
        'p.yml:2:23 CS019 areas.a.paths[0]: the pattern begins with a typographic quote, which is a letter like any other. Write straight quotes, `"…"`.',
      ],
    },
    {
      says: "a backslash that makes a control character",
      text: 'version: 1\nareas: { a: { paths: ["src\\auth"] } }',
      are: [
        "p.yml:2:23 CS019 areas.a.paths[0]: the pattern has a control character, as a backslash makes one in double quotes. Separate folders by `/`; nothing can be escaped.",
      ],
    },
    {
      says: "an area without paths that no preset has",
      text: "version: 1\nextends: [{ preset: recommended@1 }]\nareas: { other: { tier: 1 } }",
      are: ["p.yml:3:17 CS011 areas.other: `paths` is missing. Write `paths: [src/auth/**]`."],
    },
    {
      says: "an area whose paths are misspelt",
      text: "version: 1\nareas: { other: { path: [a] } }",
      are: ["p.yml:2:19 CS010 areas.other.path: there is no key `path` here. Did you mean `paths`?"],
    },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("what is no mistake is told nothing about", () => {
  test.each([
    { says: "a no-break space inside a text", text: rule(`title: "Prix\u00a0: 5"\n${asks}`) },
    { says: "and behind a mark, in quotes", text: rule(`title: "Note:\u00a05"\n${asks}`) },
    { says: "and in a comment", text: `${rule(asks)} # so:\u00a0x` },
    { says: "a comment with a blank behind its mark", text: rule(`title: As asked # by ann\n${asks}`) },
    { says: "a quoted text of two lines", text: rule(`title: "One\n  two"\n${asks}`) },
  ])("$says", ({ text }) =>
    expect(loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules })).toMatchObject({ ok: true, warnings: [] }),
  );

  test("an area takes from a preset's of its name the keys that it does not write", () => {
    const text = "version: 1\nextends: [{ preset: recommended@1 }]\nareas: { auth: { owners: { users: [ann] } } }";
    const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
    const area = loaded.ok ? loaded.policy.areas.find(({ name }) => name === "auth") : undefined;
    expect(area).toMatchObject({ tier: 1, owners: { users: ["ann"] } });
    expect(area?.paths.length).toBeGreaterThan(0);
  });
});
