import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conditions } from "../../../core/policy/conditions/index.ts";
import { formatProblem, loadPolicy } from "../../../core/policy/index.ts";
import { requirements } from "../../../core/policy/requirements/index.ts";
import { buildPolicy, sampleLintRules } from "../../subjects.ts";

function load(text: string) {
  return loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
}

/** Every problem or warning as a person sees it. */
function told(text: string): string[] {
  const loaded = load(text);
  return (loaded.ok ? loaded.warnings : loaded.problems).map(formatProblem);
}

/** A policy with one rule; its first line is line 4 of the file. */
const rule = (lines: string) => `version: 1\nrules:\n  - id: r\n${lines.replace(/^/gm, "    ")}`;

const wrongValues = [
  {
    says: "a version of another time",
    text: "version: 2\nrules: []",
    is: "p.yml:1:10 CS023 version: expected 1, got 2. Write `version: 1`.",
  },
  {
    says: "a version in quotes",
    text: 'version: "1"',
    is: 'p.yml:1:10 CS023 version: expected 1, got "1". Write `version: 1`.',
  },
  {
    says: "a mode that is nearly right",
    text: "version: 1\nmode: enforced",
    is: 'p.yml:2:7 CS012 mode: expected `observe`, `warn` or `enforce`, got "enforced". Did you mean `enforce`?',
  },
  {
    says: "a mode that is nothing like one",
    text: "version: 1\nmode: strict!",
    is: 'p.yml:2:7 CS012 mode: expected `observe`, `warn` or `enforce`, got "strict!". Write `mode: enforce`.',
  },
  {
    says: "a verdict that never counts as AI",
    text: "version: 1\nprovenance: { counts_as_ai: [human] }",
    is: 'p.yml:2:30 CS012 provenance.counts_as_ai[0]: expected one of agent-authored, agent-assisted, suggestion, undeclared, got "human". Write `agent-assisted`.',
  },
  {
    says: "no verdict at all",
    text: "version: 1\nprovenance: { counts_as_ai: [] }",
    is: "p.yml:2:29 CS012 provenance.counts_as_ai: expected a list of verdicts, got an empty list. Write `counts_as_ai: [agent-authored, agent-assisted, suggestion]`.",
  },
  {
    says: "what silence is",
    text: "version: 1\nprovenance: { sensitive_undeclared: robot }",
    is: 'p.yml:2:37 CS012 provenance.sensitive_undeclared: expected `ai` or `human`, got "robot". Write `sensitive_undeclared: ai`.',
  },
  {
    says: "a consequence that does not exist",
    text: "version: 1\nprovenance: { detected_without_trailer: error }",
    is: 'p.yml:2:41 CS012 provenance.detected_without_trailer: expected `allow`, `warn` or `block`, got "error". Write `detected_without_trailer: warn`.',
  },
  {
    says: "an exclusion of an exclusion",
    text: 'version: 1\nprovenance: { exclude: ["!docs/**"] }',
    is: "p.yml:2:25 CS019 provenance.exclude[0]: `exclude` is a list of exclusions already. Remove the `!`.",
  },
  {
    says: "a tier beyond the last",
    text: "version: 1\nareas:\n  auth: { paths: [src/auth/**], tier: 4 }",
    is: "p.yml:3:39 CS012 areas.auth.tier: expected 1, 2 or 3, got 4. Write `tier: 1`.",
  },
  {
    says: "an area without a pattern",
    text: "version: 1\nareas:\n  auth: { paths: [] }",
    is: "p.yml:3:18 CS012 areas.auth.paths: expected a list of patterns, got an empty list. Write `paths: [src/auth/**]`.",
  },
  {
    says: "a folder instead of a pattern",
    text: "version: 1\nareas:\n  auth: { paths: [src/auth/] }",
    is: 'p.yml:3:19 CS019 areas.auth.paths[0]: the pattern ends with a slash. Write "src/auth/**".',
  },
  {
    says: "one pattern where a list is asked for",
    text: "version: 1\nareas:\n  auth: { paths: src/auth/** }",
    is: 'p.yml:3:18 CS012 areas.auth.paths: expected a list of patterns, got "src/auth/**". Write `paths: [src/auth/**]`.',
  },
  {
    says: "an area with capitals",
    text: 'version: 1\nareas:\n  Auth API: { paths: ["a/**"] }',
    is: 'p.yml:3:3 CS027 areas.Auth API: expected a name of lower-case letters, digits and hyphens, got "Auth API". Write `auth-api`.',
  },
  {
    says: "rules as a mapping",
    text: "version: 1\nrules: { a: 1 }",
    is: "p.yml:2:8 CS012 rules: expected a list of rules, got a mapping. Write `rules: [{id: ai-is-declared, when: {ai: true}, require: {trailers: [Assisted-by]}}]`.",
  },
  {
    says: "rules as a text",
    text: 'version: 1\nrules: "a\\nb"',
    is: 'p.yml:2:8 CS012 rules: expected a list of rules, got "a b". Write `rules: [{id: ai-is-declared, when: {ai: true}, require: {trailers: [Assisted-by]}}]`.',
  },
  {
    says: "a list's item with a line break",
    text: rule('require: { trailers: "a\\nb" }'),
    is: 'p.yml:4:26 CS012 rules[0].require.trailers: expected a list of trailer keys, got "a b". Write `trailers: [Assisted-by, AI-Accepted]`.',
  },
  {
    says: "rules with nothing below",
    text: "version: 1\nrules:",
    is: "p.yml:2:7 CS012 rules: expected a list of rules, got nothing. Write `rules: [{id: ai-is-declared, when: {ai: true}, require: {trailers: [Assisted-by]}}]`.",
  },
  {
    says: "an id with a space",
    text: "version: 1\nrules:\n  - id: no AI here\n    require: { secrets: none }",
    is: 'p.yml:3:9 CS027 rules[0].id: expected lower-case letters, digits and hyphens, got "no AI here". Write `id: no-ai-here`.',
  },
  {
    says: "conditions without one",
    text: rule("when: {}\nrequire: { secrets: none }"),
    is: "p.yml:4:11 CS012 rules[0].when: expected a mapping with at least one condition; leave `when` out for a rule that always applies, got an empty mapping. Write `when: {ai: true, area: auth}`.",
  },
  {
    says: "requirements without one",
    text: rule("require: {}"),
    is: "p.yml:4:14 CS012 rules[0].require: expected a mapping with at least one requirement, got an empty mapping. Write `require: {trailers: [Assisted-by]}`.",
  },
  {
    says: "a truth value as a text",
    text: rule('when: { ai: "true" }\nrequire: { secrets: none }'),
    is: 'p.yml:4:17 CS012 rules[0].when.ai: expected `true` or `false`, got "true". Write `ai: true`.',
  },
  {
    says: "a number as an area",
    text: rule("when: { area: 5 }\nrequire: { secrets: none }"),
    is: "p.yml:4:19 CS012 rules[0].when.area: expected the name of an area, or a list of names, got 5. Write `area: [auth, billing]`.",
  },
  {
    says: "a number among areas",
    text: `version: 1\nareas: { auth: { paths: [a/**] } }\nrules:\n  - { id: r, when: { area: [auth, 5] }, require: { secrets: none } }`,
    is: "p.yml:4:35 CS012 rules[0].when.area[1]: expected the name of an area, got 5. Write `billing`.",
  },
  {
    says: "only exclusions",
    text: rule('when: { paths: ["!docs/**"] }\nrequire: { secrets: none }'),
    is: 'p.yml:4:20 CS019 rules[0].when.paths: a list of exclusions alone matches nothing. Add what to match first, such as "**".',
  },
  {
    says: "a size without a limit",
    text: rule("when: { size: {} }\nrequire: { secrets: none }"),
    is: "p.yml:4:19 CS011 rules[0].when.size: no limit is given. Write `size: { added_lines_over: 400 }`.",
  },
  {
    says: "a negative size",
    text: rule("when: { size: { files_over: -1 } }\nrequire: { secrets: none }"),
    is: "p.yml:4:33 CS012 rules[0].when.size.files_over: expected a whole number from 0, got -1. Write `files_over: 30`.",
  },
  {
    says: "half a commit",
    text: rule("when: { size: { commits_over: 1.5 } }\nrequire: { secrets: none }"),
    is: "p.yml:4:35 CS012 rules[0].when.size.commits_over: expected a whole number from 0, got 1.5. Write `commits_over: 20`.",
  },
  {
    says: "one trailer without brackets",
    text: rule("require: { trailers: Assisted-by }"),
    is: 'p.yml:4:26 CS012 rules[0].require.trailers: expected a list of trailer keys, got "Assisted-by". Write `trailers: [Assisted-by]`.',
  },
  {
    says: "a key that git would not take for a trailer",
    text: rule("require: { trailers: [AI_Model] }"),
    is: 'p.yml:4:27 CS012 rules[0].require.trailers[0]: expected a trailer\'s key: letters, digits and hyphens, got "AI_Model". Write `AI-Model`.',
  },
  {
    says: "a way to disclose that does not exist",
    text: rule("require: { disclosure: cannonical }"),
    is: 'p.yml:4:28 CS012 rules[0].require.disclosure: expected one of required, canonical, forbidden, no-coauthor, labelled, not-only-detected, or a list of them, got "cannonical". Did you mean `canonical`?',
  },
  {
    says: "the same in a list",
    text: rule("require: { disclosure: [required, labeled] }"),
    is: 'p.yml:4:39 CS012 rules[0].require.disclosure[1]: expected one of required, canonical, forbidden, no-coauthor, labelled, not-only-detected, got "labeled". Did you mean `labelled`?',
  },
  {
    says: "a percentage as a percentage",
    text: rule('require: { coverage: { patch_branches: "70 %" } }'),
    is: 'p.yml:4:44 CS012 rules[0].require.coverage.patch_branches: expected a number from 0 to 100, got "70 %". Write `patch_branches: 70`.',
  },
  {
    says: "more than all lines",
    text: rule("require: { coverage: { ai_lines: 101 } }"),
    is: "p.yml:4:38 CS012 rules[0].require.coverage.ai_lines: expected a number from 0 to 100, got 101. Write `ai_lines: 90`.",
  },
  {
    says: "a delta that no coverage can have",
    text: rule("require: { coverage: { project_delta: -101 } }"),
    is: "p.yml:4:43 CS012 rules[0].require.coverage.project_delta: expected a number from -100 to 100, in percentage points, got -101. Write `project_delta: -0.1`.",
  },
  {
    says: "missing evidence that would pass",
    text: rule("require: { coverage: { patch_lines: 80, no_report: pass } }"),
    is: 'p.yml:4:56 CS012 rules[0].require.coverage.no_report: expected `block` or `warn`, got "pass". Write `no_report: block`.',
  },
  {
    says: "coverage without a limit",
    text: rule("require: { coverage: { no_report: warn } }"),
    is: "p.yml:4:26 CS011 rules[0].require.coverage: no limit is given. Write `coverage: { patch_lines: 80 }`.",
  },
  {
    says: "findings without a limit",
    text: rule("require: { findings: { escalate: { swallowed-error: error } } }"),
    is: "p.yml:4:26 CS011 rules[0].require.findings: no limit is given. Write `findings: { max_errors: 0 }`.",
  },
  {
    says: "a severity that does not exist",
    text: rule("require: { findings: { max_errors: 0, escalate: { swallowed-error: fatal } } }"),
    is: 'p.yml:4:72 CS012 rules[0].require.findings.escalate.swallowed-error: expected error, warning or notice, or a mapping with `ai` and `human`, got "fatal". Write `swallowed-error: error`.',
  },
  {
    says: "secrets that are allowed",
    text: rule("require: { secrets: allowed }"),
    is: 'p.yml:4:25 CS012 rules[0].require.secrets: expected `none`, got "allowed". Write `secrets: none`.',
  },
  {
    says: "a file that is a text",
    text: "mode:enforce",
    is: 'p.yml:1:1 CS012: expected a mapping with `version: 1`, got "mode:enforce". Write `key: value` lines, with a space after each colon, and `version: 1` first.',
  },
  {
    says: "an empty file",
    text: "# nothing yet\n",
    is: "p.yml:1:1 CS026: the file is empty. Write at least `version: 1`.",
  },
];

const missingAndUnknown = [
  { says: "no version", text: "mode: warn", is: "p.yml:1:1 CS011: `version` is missing. Write `version: 1`." },
  {
    says: "an area without paths",
    text: "version: 1\nareas:\n  auth: { tier: 1 }",
    is: "p.yml:3:9 CS011 areas.auth: `paths` is missing. Write `paths: [src/auth/**]`.",
  },
  {
    says: "a rule without an id",
    text: "version: 1\nrules:\n  - require: { secrets: none }",
    is: "p.yml:3:5 CS011 rules[0]: `id` is missing. Write `id: sensitive-ai-needs-tests`.",
  },
  {
    says: "a rule that asks for nothing",
    text: "version: 1\nrules:\n  - id: r",
    is: "p.yml:3:5 CS011 rules[0]: `require` is missing. Write `require: {trailers: [Assisted-by]}`.",
  },
  {
    says: "an unknown key with a near one",
    text: "version: 1\nmods: warn",
    is: "p.yml:2:1 CS010 mods: there is no key `mods` here. Did you mean `mode`?",
  },
  {
    says: "the same deep down",
    text: rule("require: { coverage: { patch_line: 80, patch_lines: 80 } }"),
    is: "p.yml:4:28 CS010 rules[0].require.coverage.patch_line: there is no key `patch_line` here. Did you mean `patch_lines`?",
  },
  {
    says: "a hyphen for an underscore",
    text: "version: 1\nprovenance: { counts-as-ai: [suggestion] }",
    is: "p.yml:2:15 CS010 provenance.counts-as-ai: there is no key `counts-as-ai` here. Did you mean `counts_as_ai`?",
  },
  {
    says: "an unknown key like no other",
    text: "version: 1\nareas:\n  auth: { paths: [a/**], colour: 2 }",
    is: "p.yml:3:26 CS010 areas.auth.colour: there is no key `colour` here. Known keys: paths, tier, owners, fallback.",
  },
  {
    says: "a key without the space after it",
    text: "version: 1\nareas: { auth: { paths: [a/**], tier:1 } }",
    is: "p.yml:2:33 CS010 areas.auth.tier:1: there is no key `tier:1` here. Write a space after the colon: `tier: …`.",
  },
  {
    says: "an unknown condition",
    text: rule("when: { path: [a/**] }\nrequire: { secrets: none }"),
    is: "p.yml:4:13 CS010 rules[0].when.path: there is no key `path` here. Did you mean `paths`?",
  },
  {
    says: "an unknown requirement",
    text: rule("require: { trailer: [Assisted-by] }"),
    is: "p.yml:4:16 CS010 rules[0].require.trailer: there is no key `trailer` here. Did you mean `trailers`?",
  },
  {
    says: "an area that is not defined",
    text: `version: 1\nareas: { billing: { paths: [a/**] } }\nrules:\n  - { id: r, when: { area: biling }, require: { secrets: none } }`,
    is: 'p.yml:4:28 CS020 rules[0].when.area: there is no area "biling". Did you mean `billing`?',
  },
  {
    says: "an area where there are none",
    text: rule("when: { area: [auth] }\nrequire: { secrets: none }"),
    is: 'p.yml:4:20 CS020 rules[0].when.area[0]: there is no area "auth". Name it under `areas` first.',
  },
  {
    says: "a name that every object has is no area",
    text: rule("when: { area: constructor }\nrequire: { secrets: none }"),
    is: 'p.yml:4:19 CS020 rules[0].when.area: there is no area "constructor". Name it under `areas` first.',
  },
  {
    says: "a lint rule that does not exist",
    text: rule("require: { findings: { max_errors: 0, escalate: { swallowd-error: error } } }"),
    is: "p.yml:4:55 CS021 rules[0].require.findings.escalate.swallowd-error: there is no lint rule `swallowd-error`. Did you mean `swallowed-error`?",
  },
  {
    says: "a lint rule like no other",
    text: rule("require: { findings: { max_errors: 0, escalate: { no-console: error } } }"),
    is: "p.yml:4:55 CS021 rules[0].require.findings.escalate.no-console: there is no lint rule `no-console`. Lint rules: swallowed-error, secret-shaped-text.",
  },
  {
    says: "an id twice",
    text: "version: 1\nrules:\n  - { id: r, require: { secrets: none } }\n  - { id: r, require: { secrets: none } }",
    is: 'p.yml:4:11 CS022 rules[1].id: the id "r" is taken by rules[0]. Give each rule an id of its own.',
  },
];

describe("a wrong value is told with its place and a right one", () => {
  test.each(wrongValues)("$says", ({ text, is }) => expect(told(text)).toEqual([is]));
});

describe("fault 54: an unknown rule, key or version is an error with a suggestion, never ignored", () => {
  test.each(missingAndUnknown)("$says", ({ text, is }) => expect(told(text)).toEqual([is]));
});

describe("a key that this version does not judge yet says so, unlike an unknown one", () => {
  const later = (path: string, needs: string, fix: string) => ({ path, needs, fix });
  test.each([
    later("rules.0.when.dependencies", "an analysis of dependencies", "match the lock files with `when.paths`"),
    later("rules.0.require.dependencies", "an analysis of dependencies", "leave it out"),
    later("rules.0.require.tests", "an analysis of tests", "use `coverage`"),
  ])("$path", ({ path, needs, fix }) => {
    const policy = {
      version: 1,
      provenance: {},
      areas: { auth: { paths: ["a/**"] } },
      rules: [{ id: "r", when: { ai: true }, require: { secrets: "none" } }],
    };
    const keys = path.split(".");
    const key = keys.pop()!;
    const parent = keys.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, policy);
    parent[key] = "x";
    const text = JSON.stringify(policy);
    const column = text.indexOf(`"${key}":"x"`) + 1;
    const shown = path.replace("rules.0", "rules[0]");
    expect(told(text)).toEqual([
      `p.yml:1:${column} CS013 ${shown}: \`${key}\` needs ${needs}, which this version does not read yet. Remove it: ${fix}.`,
    ]);
  });
});

test("all problems of a file are told at once, in its order, YAML's and the policy's together", () => {
  const text = [
    "version: 3",
    "mode: strict",
    "areas:",
    "  auth: { paths: [*.tf], owners: @acme/x }",
    "rules:",
    "  - id: r",
    "    when: { ai: yes, area: auht }",
    "    require: { coverage: { patch_lines: eighty }, owner_approval: { count: 0 } }",
    "    enforce_after: 2027-01-15",
    "  - id: r",
    "    require: { secrets: none, trailer: [X] }",
  ].join("\n");
  expect(told(text).map((line) => line.slice(0, line.indexOf(" ", 15)))).toEqual([
    "p.yml:1:10 CS023",
    "p.yml:2:7 CS012",
    "p.yml:4:19 CS007",
    "p.yml:4:34 CS016",
    "p.yml:7:17 CS014",
    "p.yml:7:28 CS020",
    "p.yml:8:41 CS012",
    "p.yml:8:76 CS012",
    "p.yml:9:20 CS015",
    "p.yml:10:9 CS022",
    "p.yml:11:31 CS010",
  ]);
});

test("a problem is one line that an editor can jump to", () => {
  const text = `version: 1\nrules:\n  - id: a\n    require:\n      coverage: { patch_lines: "eighty" }\n`;
  expect(told(text)).toEqual([
    'p.yml:5:32 CS012 rules[0].require.coverage.patch_lines: expected a number from 0 to 100, got "eighty". Write `patch_lines: 80`.',
  ]);
});

describe("fault 55: what loads and is probably not meant is a warning", () => {
  const areas = "areas: { auth: { paths: [src/auth/**], tier: 1 }, docs: { paths: [docs/**] } }";
  test.each([
    {
      says: "a rule about AI commits on files without any",
      text: rule("when: { ai: false }\nrequire: { trailers: [Assisted-by] }"),
      is: "p.yml:4:11 CS101 rules[0].when: the rule applies to files that do not count as AI, and `trailers` asks only of what does. Write `ai: true`, or remove `trailers`.",
    },
    {
      says: "a rule whose every pattern is excluded again",
      text: rule('when: { paths: ["src/**", "!src/**"] }\nrequire: { secrets: none }'),
      is: "p.yml:4:20 CS112 rules[0].when.paths: every pattern is excluded again, so only links and names that look alike are left. Remove the exclusions.",
    },
    {
      says: "a rule about AI where nothing counts as AI",
      text: `version: 1\nprovenance: { exclude: [docs/**] }\n${areas}\nrules:\n  - { id: r, when: { ai: true, area: docs }, require: { secrets: none } }`,
      is: "p.yml:5:20 CS112 rules[0].when: `provenance.exclude` names every pattern of this rule, so of its files only links and names that look alike count as AI. Remove the patterns from `provenance.exclude`, or the rule.",
    },
    {
      says: "rules that contradict each other",
      text: "version: 1\nrules:\n  - { id: a, when: { ai: true }, require: { disclosure: forbidden } }\n  - { id: b, when: { ai: true }, require: { disclosure: canonical } }",
      is: "p.yml:3:57 CS102 rules[0].require.disclosure: the rule forbids what `b`, with the same conditions, asks to disclose. Keep one of the two.",
    },
    {
      says: "a rule that contradicts itself",
      text: rule("when: { ai: true }\nrequire: { disclosure: forbidden, trailers: [Assisted-by] }"),
      is: "p.yml:5:28 CS102 rules[0].require.disclosure: the rule forbids what it asks to disclose. Keep one of the two.",
    },
    {
      says: "a rule about AI where no file counts as AI",
      text: `version: 1\nprovenance: { exclude: ["**"] }\nrules:\n  - { id: r, when: { ai: true }, require: { secrets: none } }`,
      is: "p.yml:4:20 CS112 rules[0].when: `provenance.exclude` names every file, so of its files only links and names that look alike count as AI. Remove the patterns from `provenance.exclude`, or the rule.",
    },
    {
      says: "an area that no rule uses, unless silence counts as AI there",
      text: `version: 1\n${areas}\nrules:\n  - { id: r, require: { secrets: none } }`,
      is: "p.yml:2:51 CS103 areas.docs: no rule uses the area `docs`. Use it in a rule's `when.area`, or keep it for the reports alone.",
    },
    {
      says: "a ratio for a percentage",
      text: rule("require: { coverage: { patch_lines: 0.8 } }"),
      is: "p.yml:4:41 CS104 rules[0].require.coverage.patch_lines: 0.8 is 0.8 %, nearly nothing. Write `patch_lines: 80` for 80 %.",
    },
    {
      says: "a pattern for the root only",
      text: 'version: 1\nprovenance: { exclude: ["*.md", package.json, "**/*.snap"] }\nrules:\n  - { id: r, require: { secrets: none } }',
      is: 'p.yml:2:25 CS105 provenance.exclude[0]: "*.md" matches only at the root of the repository. Write "**/*.md" for every folder.',
    },
    {
      says: "the same as an exclusion",
      text: rule('when: { paths: ["**", "!*.md"] }\nrequire: { secrets: none }'),
      is: 'p.yml:4:27 CS105 rules[0].when.paths[1]: "!*.md" matches only at the root of the repository. Write "!**/*.md" for every folder.',
    },
    ...[
      { says: "a boundary", text: 'forbid: { paths: ["*.md"] }', is: "p.yml:2:19 CS105 forbid.paths[0]" },
      { says: "one of several", text: 'forbid: [{ paths: ["*.md"] }]', is: "p.yml:2:20 CS105 forbid[0].paths[0]" },
      {
        says: "a waiver",
        text: 'waivers: [{ id: W, finding: swallowed-error, paths: ["*.md"], reason: x, owner: ann, expires: "2099-01-01" }]',
        is: "p.yml:2:54 CS105 waivers[0].paths[0]",
      },
      {
        says: "a boundary of a rule",
        text: 'rules: [{ id: f, forbid: { paths: ["*.md"] } }]',
        is: "p.yml:2:36 CS105 rules[0].forbid.paths[0]",
      },
    ].map(({ says, text, is }) => ({
      says: `a pattern for the root only, of ${says}`,
      text: `version: 1\n${text}${text.includes("rules") ? "" : "\nrules: [{ id: r, require: { secrets: none } }]"}`,
      is: `${is}: "*.md" matches only at the root of the repository. Write "**/*.md" for every folder.`,
    })),
    {
      says: "no rules",
      text: "version: 1\nmode: enforce",
      is: "p.yml:1:1 CS106: the policy has no rules, so little can hold a change up. Write rules, or remove the file: then the built-in `observe` policy applies.",
    },
    {
      says: "a misspelt trailer",
      text: rule("require: { trailers: [AI-Promt, Ticket] }"),
      is: "p.yml:4:27 CS107 rules[0].require.trailers[0]: `AI-Promt` is not a trailer that tools write. Did you mean `AI-Prompt`?",
    },
    {
      says: "as-is without silence",
      text: rule(`when: { if: 'file.acceptance == "as-is"' }\nrequire: { secrets: none }`),
      is: 'p.yml:4:17 CS110 rules[0].when.if: it asks for "as-is", and a commit that does not say how it was taken over is "unstated". Write `in ["as-is", "unstated"]`, or name `unstated` otherwise.',
    },
  ])("$says", ({ text, is }) => {
    expect(load(text).ok).toBe(true);
    expect(told(text)).toEqual([is]);
  });

  test.each([
    { says: "a rule with capitals in its trailer", text: rule("require: { trailers: [assisted-BY, Jira] }") },
    { says: "a boundary without rules", text: "version: 1\nforbid: { kinds: [workflow] }" },
    { says: "full coverage", text: rule("require: { coverage: { patch_lines: 100 } }") },
    { says: "no percentage at all", text: rule("require: { coverage: { patch_lines: 0 } }") },
    ...[
      { says: "owners of whatever area is touched", rule: "require: { owner_approval: {} }" },
      { says: "a tier", rule: "when: { tier: 2 }, require: { secrets: none }" },
      { says: "coverage by area", rule: "require: { coverage: { patch_lines: 80, per: area } }" },
      {
        says: "an expression on areas",
        rule: "when: { if: 'file.areas.exists(a, a == \"docs\")' }, require: { secrets: none }",
      },
    ].map(({ says, rule: body }) => ({
      says: `an area that no rule names beside ${says}`,
      text: `version: 1\n${areas}\nrules:\n  - { id: r, ${body} }`,
    })),
  ])("no warning: $says", ({ text }) => expect(told(text)).toEqual([]));
});

describe("a policy that loads has every default in its place", () => {
  const nothing = (table: object) => Object.fromEntries(Object.keys(table).map((key) => [key, null]));
  const policyOf = (lines: readonly string[], organisation: string | null = null) => {
    const loaded = loadPolicy(lines.join("\n"), { file: "p.yml", lintRules: sampleLintRules, organisation });
    if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join("\n"));
    return loaded.policy;
  };

  test("nothing is optional in the end", () => {
    const policy = policyOf([
      "version: 1",
      "areas:",
      "  ui: { paths: [web/**] }",
      "  auth: { paths: [src/auth/**], tier: 1 }",
      "rules:",
      "  - id: ai-is-tested",
      "    when: { ai: true, area: auth }",
      "    require: { disclosure: canonical }",
    ]);
    expect(policy).toEqual({
      version: 1,
      mode: "enforce",
      provenance: {
        countsAsAi: ["agent-authored", "agent-assisted"],
        detectedWithoutTrailer: "warn",
        exclude: [],
        countsAsCode: { tests: true, iac: true, migrations: true, generated: false },
      },
      areas: [
        {
          name: "auth",
          paths: ["src/auth/**"],
          tier: 1,
          undeclaredCountsAsAi: true,
          owners: "codeowners",
          fallback: null,
        },
        { name: "ui", paths: ["web/**"], tier: 2, undeclaredCountsAsAi: false, owners: "codeowners", fallback: null },
      ],
      rules: [
        {
          id: "ai-is-tested",
          title: "AI is tested",
          mode: "enforce",
          enforceAfter: null,
          unmet: "block",
          when: { ...nothing(conditions), ai: true, area: ["auth"] },
          require: { ...nothing(requirements), disclosure: ["canonical"] },
        },
      ],
      forbid: [],
      waivers: [],
      breakGlass: null,
      policyOwners: null,
      defaultOwners: null,
      accept: [],
      lint: { filter: "added", severity: [] },
      labels: {},
      comment: true,
      floors: [],
    });
  });

  test("everything that is written is there, in one spelling", () => {
    const policy = policyOf(
      [
        "version: 1",
        "provenance: { counts_as_code: { tests: false, generated: true } }",
        "areas:",
        "  pay: { paths: [pay/**], owners: { teams: [payments, other/x], users: [bob, ann, ann] }, fallback: { users: [eve] } }",
        "rules:",
        "  - { id: r, forbid: { paths: [a/**] }, require: { forbid: [{ kinds: [workflow] }] }, mode: warn }",
        '  - { id: s, when: { area: pay }, require: { secrets: none }, mode: warn, enforce_after: "2027-01-15" }',
        "forbid: { agents: [claude-code, any], branches: [main] }",
        "waivers:",
        '  - { id: W-1, rule: r, paths: [a/b], reason: "x\\ny", owner: pay, expires: "2027-01-15" }',
        '  - { id: W-2, finding: swallowed-error, reason: z, owner: ann, expires: "2027-01-16" }',
        "break_glass: { who: { teams: [incident] }, max_age: 90m }",
        "policy_owners: { users: [ann] }",
        "default_owners: { teams: [all] }",
        "accept: [claimed]",
        "labels: { ai: ai-assisted, needs-approval: wait }",
        "comment: off",
      ],
      "acme",
    );
    const boundary = { agents: [], branches: [], paths: [], kinds: [] };
    expect(policy).toMatchObject({
      provenance: { countsAsCode: { tests: false, iac: true, migrations: true, generated: true } },
      areas: [
        {
          owners: { teams: ["acme/payments", "other/x"], users: ["ann", "bob"] },
          fallback: { teams: [], users: ["eve"] },
        },
      ],
      rules: [
        {
          require: {
            forbid: [
              { ...boundary, kinds: ["workflow"] },
              { ...boundary, paths: ["a/**"] },
            ],
          },
        },
        { mode: "warn", enforceAfter: "2027-01-15" },
      ],
      forbid: [{ ...boundary, branches: ["main"] }],
      waivers: [
        { id: "W-1", rule: "r", finding: null, paths: ["a/b"], reason: "x y", owner: "pay", expires: "2027-01-15" },
        { id: "W-2", rule: null, finding: "swallowed-error", paths: null, expires: "2027-01-16" },
      ],
      breakGlass: { who: { teams: ["acme/incident"], users: [] }, maxAgeMs: 5_400_000 },
      policyOwners: { teams: [], users: ["ann"] },
      defaultOwners: { teams: ["acme/all"], users: [] },
      accept: ["claimed"],
      labels: { ai: "ai-assisted", "needs-approval": "wait" },
      comment: false,
    });
  });

  test.each([
    { written: "sensitive_undeclared: ai", is: [true, true] },
    { written: "sensitive_undeclared: human", is: [false, false] },
    { written: "exclude: []", is: [true, false] },
  ])("$written decides what silence is on tier 1 and on tier 2", ({ written, is }) => {
    const loaded = load(
      `version: 1\nprovenance: { ${written} }\nareas: { a: { paths: [a], tier: 1 }, b: { paths: [b] } }`,
    );
    expect(loaded.ok && loaded.policy.areas.map(({ undeclaredCountsAsAi }) => undeclaredCountsAsAi)).toEqual(is);
  });

  const own = { human: null, aiEdited: null, aiAsIs: null };

  test.each([
    { written: "ignore", is: { ignored: true, ...own } },
    { written: "warning", is: { ignored: false, human: "warning", aiEdited: "warning", aiAsIs: "warning" } },
    { written: "{ ai_as_is: error }", is: { ignored: false, ...own, aiAsIs: "error" } },
    {
      written: "{ human: notice, ai_edited: warning }",
      is: { ignored: false, ...own, human: "notice", aiEdited: "warning" },
    },
  ])("a lint rule of the severity $written leaves the rest as it is", ({ written, is }) => {
    const loaded = load(`version: 1\nlint: { filter: ai, severity: { swallowed-error: ${written} } }`);
    expect(loaded.ok && loaded.policy.lint).toEqual({ filter: "ai", severity: [{ rule: "swallowed-error", ...is }] });
  });

  test("a rule's own mode wins over the file's", () => {
    const loaded = load(
      "version: 1\nmode: warn\nrules:\n  - { id: a, require: { secrets: none } }\n  - { id: b, mode: enforce, require: { secrets: none } }",
    );
    expect(loaded.ok && loaded.policy.rules.map(({ mode }) => mode)).toEqual(["warn", "enforce"]);
  });

  test("a title shows nothing but what it says", () => {
    const loaded = load('version: 1\nrules:\n  - { id: a, title: "x\\u202ey\\nz", require: { secrets: none } }');
    expect(loaded.ok && loaded.policy.rules[0]?.title).toBe("xy z");
  });
});

test("no text makes the loader throw, and what it tells is one harmless line", () => {
  const name = fc.constantFrom(
    "version",
    "mode",
    "areas",
    "rules",
    "id",
    "when",
    "require",
    "ai",
    "area",
    "paths",
    "trailers",
    "coverage",
    "patch_lines",
    "findings",
    "escalate",
    "secrets",
    "extends",
    "x",
    "\u202e",
    "constructor",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(1, true, null, "ai", "**", "a\nb", "\u202e", 0.8),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(name, tie("value"), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 6 }), (document) => {
      for (const line of told(JSON.stringify({ version: 1, ...document }))) {
        expect(line).toMatch(/^p\.yml:1:[0-9]+ CS[0-9]{3}/);
        expect(line).not.toMatch(/[\0-\x1f\u202e]/);
      }
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  { written: "on", is: true },
  { written: "off", is: false },
  { written: '"on"', is: true },
  { written: '"off"', is: false },
  { written: "true", is: true },
  { written: "false", is: false },
])("comment: $written", ({ written, is }) => expect(buildPolicy(`comment: ${written}`).comment).toBe(is));
