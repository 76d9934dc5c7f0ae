import { describe, expect, test } from "vitest";
import { absent, present, type Evidence } from "../../../core/evidence.ts";
import type { WrittenFloor } from "../../../core/facts.ts";
import { choosePolicyFile, formatProblem, loadPolicy, problemCodes } from "../../../core/policy/index.ts";
import { Problem } from "../../../core/problem.ts";
import { sampleLintRules } from "../../subjects.ts";

/** A policy with one rule; its first line is line 4 of the file. */
const rule = (lines: string) => `version: 1\nrules:\n  - id: r\n${lines.replace(/^/gm, "    ")}`;
const waiver = (more: string) =>
  `${rule("require: { secrets: none }")}\nwaivers:\n  - { id: W1, reason: x, owner: ann, ${more} }`;

const ref = "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e";
const extending = (entry: string) =>
  `version: 1\nextends: [{ ${entry} }]\nrules: [{ id: r, require: { secrets: none } }]`;
const named = `repo: acme/policies, path: ai.yml, ref: ${ref}`;
const floorOf = (text: string): WrittenFloor => ({ repo: "acme/policies", path: "ai.yml", ref, text });
const floor = (text: string): Evidence<WrittenFloor[]> => present([floorOf(text)]);
const goodFloor = floor("version: 1\nrules: [{ id: floor, require: { secrets: none } }]");

interface Row {
  says: string;
  text: string;
  is: string;
  floors?: Evidence<WrittenFloor[]>;
  asOf?: string;
}

const yamlTraps: Row[] = [
  {
    says: "a file that is too large",
    text: `version: 1\n${"#".repeat(262_144)}`,
    is: "p.yml:1:1 CS001: the file is larger than 256 kB. Shorten it.",
  },
  {
    says: "nesting without end",
    text: `version: 1\nrules: ${"[".repeat(40)}`,
    is: "p.yml:2:39 CS002: nested deeper than 32 levels. Flatten it: no key of a policy needs more than 8.",
  },
  {
    says: "too many values",
    text: `version: 1\nareas: { a: { paths: [${"a,".repeat(6_000)}] } }`,
    is: "p.yml:2:10007 CS003: the file holds more than 5,000 values. Use fewer, wider patterns.",
  },
  {
    says: "a byte order mark",
    text: "\ufeffversion: 1",
    is: "p.yml:1:1 CS004: the file begins with a byte order mark. Save it as UTF-8 without one.",
  },
  {
    says: "a character that turns text around",
    text: "version: 1\nmode: warn\u202e",
    is: 'p.yml:2:11 CS004: a control or text-direction character stands here. Remove it; inside a text, write it as an escape such as "\\u202e".',
  },
  {
    says: "a tab",
    text: "version: 1\nprovenance:\n\texclude: []",
    is: 'p.yml:3:1 CS005: a tab stands here. Write spaces; inside a text, write "\\t".',
  },
  {
    says: "two colons on a line",
    text: "version: 1\nmode: warn: enforce",
    is: 'p.yml:2:7 CS006: a second `: ` stands on this line. Quote the text: `"warn: enforce"`; or start the inner key on a line of its own.',
  },
  {
    says: "a glob without quotes",
    text: "version: 1\nareas:\n  iac: { paths: [*.tf] }",
    is: 'p.yml:3:18 CS007 areas.iac.paths[0]: `*.tf` is read as an alias, because it begins with `*`. Quote a glob: `"*.tf"`; write a repeated value out.',
  },
  {
    says: "an anchor",
    text: "version: 1\nareas:\n  iac: &iac { paths: [a] }",
    is: "p.yml:3:8 CS007 areas.iac: `&iac` is read as an anchor. Write the value out where it is needed, or quote it.",
  },
  {
    says: "an exclusion without quotes",
    text: "version: 1\nareas:\n  iac: { paths: [a, !src/a] }",
    is: 'p.yml:3:21 CS008 areas.iac.paths[1]: `!src/a` is read as a tag, because it begins with `!`. Quote an exclusion: `"!src/a"`; leave real tags out.',
  },
  {
    says: "a key twice",
    text: "version: 1\nmode: warn\nmode: enforce",
    is: "p.yml:3:1 CS009 mode: `mode` stands here a second time, first on line 2. Keep one of the two.",
  },
  {
    says: "`off` for a truth value",
    text: "version: 1\nprovenance: { counts_as_code: { tests: off } }",
    is: "p.yml:2:40 CS014 provenance.counts_as_code.tests: `off` means different things to different YAML readers. Write `false`.",
  },
  {
    says: "`off` for a word that is not one",
    text: "version: 1\nprovenance: { detected_without_trailer: off }",
    is: "p.yml:2:41 CS014 provenance.detected_without_trailer: `off` means different things to different YAML readers. Write `detected_without_trailer: allow`.",
  },
  {
    says: "`yes` for a text",
    text: rule("title: yes\nrequire: { secrets: none }"),
    is: 'p.yml:4:12 CS014 rules[0].title: `yes` means different things to different YAML readers. Quote it: `"yes"`.',
  },
  {
    says: "`no` for what turns a comment off",
    text: "version: 1\ncomment: no",
    is: "p.yml:2:10 CS014 comment: `no` means different things to different YAML readers. Write `false`.",
  },
  {
    says: "a date without quotes",
    text: rule("require: { secrets: none }\nmode: warn\nenforce_after: 2027-01-15"),
    is: 'p.yml:6:20 CS015 rules[0].enforce_after: the date 2027-01-15 is not quoted. Quote it: `"2027-01-15"`.',
  },
  {
    says: "owners as CODEOWNERS has them",
    text: "version: 1\nareas:\n  pay: { paths: [a], owners: @acme/x }",
    is: "p.yml:3:30 CS016 areas.pay.owners: a value must not begin with `@`. Write `owners: { teams: [acme/x] }`.",
  },
  {
    says: "a person as CODEOWNERS has them",
    text: "version: 1\ndefault_owners: @ann",
    is: "p.yml:2:17 CS016 default_owners: a value must not begin with `@`. Write `default_owners: { users: [ann] }`.",
  },
  {
    says: "an `@` inside a list",
    text: "version: 1\nareas:\n  pay: { paths: [a], owners: { users: [@ann] } }",
    is: 'p.yml:3:40 CS016 areas.pay.owners.users[0]: a value must not begin with `@`. Write an owner without it, below `users`: `ann`. Quote anything else: `"@ann"`.',
  },
  {
    says: "a comparison where a number is asked for",
    text: rule("require:\n  findings:\n    max_errors: >= 0"),
    is: "p.yml:6:21 CS016 rules[0].require.findings.max_errors: `>` begins a block of text in YAML, and cannot begin a value. Write `max_errors: 0`.",
  },
  {
    says: "two documents",
    text: "version: 1\n---\nversion: 1",
    is: "p.yml:2:1 CS017: a second document begins here. Keep one document: remove the `---` and what follows it.",
  },
  {
    says: "a directive",
    text: "%YAML 1.1\n---\nversion: 1",
    is: "p.yml:1:1 CS017: a YAML directive stands here. Remove the line: a policy is always read as YAML 1.2.",
  },
  {
    says: "a merge key",
    text: "version: 1\nareas:\n  <<: { a: { paths: [a] } }",
    is: "p.yml:3:3 CS018 areas: `<<` would merge another mapping into this one. Write the keys out.",
  },
];

const values: Row[] = [
  {
    says: "a key that no policy has",
    text: "version: 1\nbreak_glas: { max_age: 4h }",
    is: "p.yml:2:1 CS010 break_glas: there is no key `break_glas` here. Did you mean `break_glass`?",
  },
  {
    says: "a misspelt key of owners",
    text: "version: 1\nareas:\n  pay: { paths: [a], owners: { team: [x] } }",
    is: "p.yml:3:32 CS010 areas.pay.owners.team: there is no key `team` here. Did you mean `teams`?",
  },
  {
    says: "a label for no decision",
    text: "version: 1\nlabels: { blocked: stop }",
    is: "p.yml:2:11 CS010 labels.blocked: there is no key `blocked` here. Did you mean `block`?",
  },
  {
    says: "an entry of `extends` without anything",
    text: extending(""),
    is: "p.yml:2:11 CS011 extends[0]: nothing is named. Write `preset: recommended@1`, or `repo`, `path` and `ref`.",
  },
  {
    says: "a floor without its commit",
    text: extending("repo: acme/policies, path: ai.yml"),
    is: `p.yml:2:11 CS011 extends[0]: \`ref\` is missing. Write \`ref: ${ref}\`.`,
  },
  {
    says: "a preset and a floor in one entry",
    text: extending("preset: warn@1, repo: acme/policies"),
    is: "p.yml:2:11 CS011 extends[0]: a preset has no `repo`, `path`, `ref` or `digest`. Write two entries, or keep `preset` alone.",
  },
  {
    says: "owners that are nobody",
    text: "version: 1\npolicy_owners: {}",
    is: "p.yml:2:16 CS011 policy_owners: nobody is named. Write `{ teams: [acme/payments], users: [ann] }`.",
  },
  {
    says: "a boundary around nothing",
    text: "version: 1\nforbid: [{ kinds: [workflow] }, {}]",
    is: "p.yml:2:33 CS011 forbid[1]: nothing is named. Write `{ kinds: [workflow] }`.",
  },
  {
    says: "a waiver of nothing",
    text: waiver('expires: "2027-01-15"'),
    is: "p.yml:6:5 CS011 waivers[0]: a waiver names one of `rule` and `finding`. Write one of the two.",
  },
  {
    says: "a waiver of two things",
    text: waiver('rule: r, finding: swallowed-error, expires: "2027-01-15"'),
    is: "p.yml:6:5 CS011 waivers[0]: a waiver names one of `rule` and `finding`. Write one of the two.",
  },
  {
    says: "a waiver without an end",
    text: waiver("rule: r"),
    is: 'p.yml:6:5 CS011 waivers[0]: `expires` is missing. Write `expires: "2027-01-15"`.',
  },
  {
    says: "break-glass without an end",
    text: "version: 1\nbreak_glass: { who: { users: [ann] } }",
    is: "p.yml:2:14 CS011 break_glass: `max_age` is missing. Write `max_age: 4h`.",
  },
  {
    says: "a rule without a question",
    text: "version: 1\nrules:\n  - id: r",
    is: "p.yml:3:5 CS011 rules[0]: `require` is missing. Write `require: {trailers: [Assisted-by]}`.",
  },
  {
    says: "a text where owners are asked for",
    text: "version: 1\nareas:\n  pay: { paths: [a], owners: payments }",
    is: 'p.yml:3:30 CS012 areas.pay.owners: expected `codeowners`, or a mapping with `teams` or `users`, got "payments". Write `owners: {users: [payments]}`.',
  },
  {
    says: "an agent without brackets",
    text: "version: 1\nforbid: { agents: any }",
    is: 'p.yml:2:19 CS012 forbid.agents: expected a list of agents, got "any". Write `agents: [any]`.',
  },
  {
    says: "a kind of file that is nearly one",
    text: rule("forbid: { kinds: [workflows] }"),
    is: 'p.yml:4:23 CS012 rules[0].forbid.kinds[0]: expected one of test, docs, workflow, migration, lockfile, manifest, iac, generated, config, binary, symlink, submodule, got "workflows". Did you mean `workflow`?',
  },
  {
    says: "a preset as a text",
    text: "version: 1\nextends: [recommended@1]",
    is: 'p.yml:2:11 CS012 extends[0]: expected a mapping with `preset`, or with `repo`, `path` and `ref`, got "recommended@1". Write `{preset: recommended@1}`.',
  },
  {
    says: "unverified facts in another strength",
    text: "version: 1\naccept: [guessed]",
    is: 'p.yml:2:10 CS012 accept[0]: expected `claimed`, got "guessed". Write `claimed`.',
  },
  {
    says: "a number for a day",
    text: waiver("rule: r, expires: 5"),
    is: 'p.yml:6:56 CS012 waivers[0].expires: expected a day in quotes, "YYYY-MM-DD", got 5. Write `expires: "2027-01-15"`.',
  },
  {
    says: "a key whose evidence nobody reads yet",
    text: rule("when: { dependencies: added }\nrequire: { secrets: none }"),
    is: "p.yml:4:13 CS013 rules[0].when.dependencies: `dependencies` needs an analysis of dependencies, which this version does not read yet. Remove it: match the lock files with `when.paths`.",
  },
  {
    says: "a folder instead of a pattern",
    text: waiver('rule: r, paths: [src/], expires: "2027-01-15"'),
    is: 'p.yml:6:55 CS019 waivers[0].paths[0]: the pattern ends with a slash. Write "src/**".',
  },
  {
    says: "braces in one name of a branch",
    text: rule('when: { base: "release/{a,b}" }\nrequire: { secrets: none }'),
    is: 'p.yml:4:19 CS019 rules[0].when.base: the pattern has braces. Write one pattern for each choice: "release/a", "release/b".',
  },
  {
    says: "a ref where a branch is named",
    text: "version: 1\nforbid: { branches: [refs/heads/main] }",
    is: 'p.yml:2:22 CS019 forbid.branches[0]: `refs/heads/` is no part of a branch\'s name. Write "main".',
  },
  {
    says: "the branch of a remote",
    text: rule("when: { base: origin/main }\nrequire: { secrets: none }"),
    is: 'p.yml:4:19 CS019 rules[0].when.base: `origin/` is no part of a branch\'s name. Write "main".',
  },
  {
    says: "a ref that is excluded",
    text: 'version: 1\nforbid: { branches: ["**", "!refs/remotes/origin/main"] }',
    is: 'p.yml:2:28 CS019 forbid.branches[1]: `refs/remotes/origin/` is no part of a branch\'s name. Write "!main".',
  },
  {
    says: "a tag where a branch is named",
    text: "version: 1\nforbid: { branches: refs/tags/v1 }",
    is: 'p.yml:2:21 CS019 forbid.branches: this names a ref, and not a branch. Write a branch\'s name alone, such as "main".',
  },
  {
    says: "a class in a boundary's branch",
    text: 'version: 1\nforbid: { branches: ["release/[0-9]"] }',
    is: 'p.yml:2:22 CS019 forbid.branches[0]: the pattern has a character class. Write `?` for any one character: "release/?"; where the brackets are part of a name, "release/?0-9?".',
  },
  {
    says: "a waiver within a rule",
    text: rule("require: { secrets: none }\nwaivers: []"),
    is: "p.yml:5:5 CS010 rules[0].waivers: there is no key `waivers` here. It belongs at the top of the file: `waivers`.",
  },
  {
    says: "owners within a rule",
    text: rule("require: { secrets: none }\nowners: { users: [ann] }"),
    is: "p.yml:5:5 CS010 rules[0].owners: there is no key `owners` here. It belongs elsewhere: `areas.<name>.owners`.",
  },
  {
    says: "owners at the top",
    text: "version: 1\nowners: { users: [ann] }",
    is: "p.yml:2:1 CS010 owners: there is no key `owners` here. It belongs elsewhere: `areas.<name>.owners`.",
  },
  {
    says: "a condition beside `when`",
    text: rule("ai: true\nrequire: { secrets: none }"),
    is: "p.yml:4:5 CS010 rules[0].ai: there is no key `ai` here. It belongs elsewhere: `rules[].when.ai`.",
  },
  {
    says: "a waiver for credentials",
    text: waiver('finding: secret-shaped-text, expires: "2027-01-15"'),
    is: 'p.yml:6:47 CS039 waivers[0].finding: "secret-shaped-text" reports credentials, and no waiver reaches one. Remove the waiver: withdraw the credential, and take it out of the code.',
  },
  {
    says: "a severity for credentials",
    text: "version: 1\nlint: { severity: { secret-shaped-text: ignore } }",
    is: "p.yml:2:21 CS042 lint.severity.secret-shaped-text: findings of secret-shaped-text keep their severity, because credentials are not to be merged. Remove the line.",
  },
  {
    says: "a severity for a lint rule that is none",
    text: "version: 1\nlint: { severity: { swalowed-error: ignore } }",
    is: "p.yml:2:21 CS021 lint.severity.swalowed-error: there is no lint rule `swalowed-error`. Did you mean `swallowed-error`?",
  },
  {
    says: "a severity for nobody",
    text: "version: 1\nlint: { severity: { swallowed-error: {} } }",
    is: "p.yml:2:38 CS011 lint.severity.swallowed-error: no severity is given. Write `{ ai_as_is: error }`.",
  },
  {
    says: "a filter that is none",
    text: "version: 1\nlint: { filter: new }",
    is: 'p.yml:2:17 CS012 lint.filter: expected one of added, diff_context, file, nofilter, function, ai, got "new". Write `filter: added`.',
  },
  {
    says: "a version of another time",
    text: "version: 2",
    is: "p.yml:1:10 CS023 version: expected 1, got 2. Write `version: 1`.",
  },
  {
    says: "an empty file",
    text: "# nothing yet\n",
    is: "p.yml:1:1 CS026: the file is empty. Write at least `version: 1`.",
  },
  {
    says: "an id with a space",
    text: "version: 1\nrules: [{ id: no AI, require: { secrets: none } }]",
    is: 'p.yml:2:15 CS027 rules[0].id: expected lower-case letters, digits and hyphens, got "no AI". Write `id: no-ai`.',
  },
  {
    says: "a waiver's name with a space",
    text: 'version: 1\nwaivers: [{ id: W 1, finding: swallowed-error, reason: x, owner: a, expires: "2027-01-15" }]',
    is: 'p.yml:2:17 CS027 waivers[0].id: expected letters, digits, hyphens and dots, got "W 1". Write `id: W-1`.',
  },
  {
    says: "a team with its `@`, quoted",
    text: 'version: 1\ndefault_owners: { teams: ["@acme/x"] }',
    is: "p.yml:2:27 CS028 default_owners.teams[0]: a name stands here without its `@`. Write `acme/x`.",
  },
  {
    says: "a team among people",
    text: "version: 1\ndefault_owners: { users: [acme/x] }",
    is: "p.yml:2:27 CS028 default_owners.users[0]: `acme/x` is a team, not a login. Write it below `teams`: `teams: [acme/x]`.",
  },
  {
    says: "an e-mail address",
    text: 'version: 1\ndefault_owners: { users: ["ann@example.com"] }',
    is: "p.yml:2:27 CS028 default_owners.users[0]: an e-mail address is not a login. Write the login of the account.",
  },
  {
    says: "a team of teams",
    text: "version: 1\ndefault_owners: { teams: [a/b/c] }",
    is: "p.yml:2:27 CS028 default_owners.teams[0]: expected a team, `payments` or `acme/payments`. Write `acme/payments`.",
  },
  {
    says: "a day that the calendar does not have",
    text: rule('require: { secrets: none }\nenforce_after: "2027-02-30"'),
    is: 'p.yml:5:20 CS029 rules[0].enforce_after: expected a day that exists, year-month-day. Write "2027-01-15".',
  },
  {
    says: "a span longer than 30 days",
    text: "version: 1\nbreak_glass: { who: { users: [ann] }, max_age: 31d }",
    is: "p.yml:2:48 CS030 break_glass.max_age: expected minutes, hours or days, at most 30 days. Write `4h`, `30m` or `2d`.",
  },
];

const references: Row[] = [
  {
    says: "an area that the policy does not have",
    text: `${rule("require: { owner_approval: { area: dependencys } }")}\nareas: { dependencies: { paths: [a] } }`,
    is: 'p.yml:4:40 CS020 rules[0].require.owner_approval.area: there is no area "dependencys". Did you mean `dependencies`?',
  },
  {
    says: "a waiver for a lint rule that does not exist",
    text: waiver('finding: swallowd-error, expires: "2027-01-15"'),
    is: "p.yml:6:47 CS021 waivers[0].finding: there is no lint rule `swallowd-error`. Did you mean `swallowed-error`?",
  },
  {
    says: "a limit for a lint rule that does not exist",
    text: rule("require: { findings: { rules: { swallowd-error: 0 } } }"),
    is: "p.yml:4:37 CS021 rules[0].require.findings.rules.swallowd-error: there is no lint rule `swallowd-error`. Did you mean `swallowed-error`?",
  },
  {
    says: "a waiver's id twice",
    text: `${waiver('rule: r, expires: "2027-01-15"')}\n  - { id: W1, finding: swallowed-error, reason: x, owner: ann, expires: "2027-01-15" }`,
    is: 'p.yml:7:11 CS022 waivers[1].id: the id "W1" is taken by waivers[0]. Give each waiver an id of its own.',
  },
  {
    says: "the id under which the boundaries at the top are judged",
    text: "version: 1\nrules: [{ id: forbid, require: { secrets: none } }]",
    is: 'p.yml:2:15 CS022 rules[0].id: the id "forbid" is that of the boundaries at the top of the file. Give each rule an id of its own.',
  },
  {
    says: "a repository without its owner",
    text: extending(`repo: policies, path: ai.yml, ref: ${ref}`),
    is: "p.yml:2:19 CS031 extends[0].repo: expected `owner/name`. Write `acme/policies`.",
  },
  {
    says: "a path that climbs",
    text: extending(`repo: acme/policies, path: ../ai.yml, ref: ${ref}`),
    is: "p.yml:2:40 CS031 extends[0].path: expected a path in the repository, without `.` or `..`. Write `ai-floor.yml`.",
  },
  {
    says: "a digest without its algorithm",
    text: extending(`${named}, digest: "0f"`),
    is: "p.yml:2:103 CS031 extends[0].digest: expected `sha256:` and 64 lower-case hex digits. Write what `sha256sum` prints of the file.",
  },
  {
    says: "a floor at a tag",
    text: extending("repo: acme/policies, path: ai.yml, ref: v1.2"),
    is: "p.yml:2:53 CS032 extends[0].ref: a branch, a tag or a part of a commit's id can come to mean something else. Pin it: write the commit's id with all its 40 lower-case digits.",
  },
  {
    says: "a preset without its version",
    text: extending("preset: recommended"),
    is: "p.yml:2:21 CS033 extends[0].preset: there is no preset `recommended`. Did you mean `recommended@1`?",
  },
  {
    says: "a preset of somebody else",
    text: extending("preset: house-style@7"),
    is: "p.yml:2:21 CS033 extends[0].preset: there is no preset `house-style@7`. Presets: observe@1, warn@1, enforce@1, recommended@1.",
  },
  {
    says: "a floor that nobody read",
    text: extending(named),
    is: "p.yml:2:19 CS034 extends[0]: acme/policies:ai.yml@9f2c1e7b4d was not read. Give access to that repository, or to a clone of it that has the commit; nothing is decided without it.",
  },
  {
    says: "a floor that could not be read",
    text: extending(named),
    floors: absent("the token cannot see acme/policies"),
    is: "p.yml:2:19 CS034 extends[0]: acme/policies:ai.yml@9f2c1e7b4d was not read: the token cannot see acme/policies. Give access to that repository, or to a clone of it that has the commit; nothing is decided without it.",
  },
  {
    says: "a floor with another digest",
    text: extending(`${named}, digest: "sha256:${"0".repeat(64)}"`),
    floors: goodFloor,
    is: "p.yml:2:103 CS035 extends[0].digest: acme/policies:ai.yml@9f2c1e7b4d is another text: its digest is sha256:7a483f733f60af406c2596c68de0b0d60983c3e462da2597c9f226e1ae3957b9. Look at what changed, and then write this digest.",
  },
  {
    says: "a floor on a floor",
    text: extending(named),
    floors: floor(`version: 1\nextends:\n  - { repo: acme/root, path: p.yml, ref: ${ref} }`),
    is: "acme/policies:ai.yml@9f2c1e7b4d:3:5 CS036 extends[0]: a floor cannot build on another repository's policy. Name that repository in the policy itself, or copy its rules here.",
  },
  {
    says: "more policies to build on than anybody reads",
    text: `version: 1\nextends:\n${"  - preset: observe@1\n".repeat(9)}`,
    is: "p.yml:3:3 CS040 extends: a policy builds on at most 8 others. Put their rules into fewer of them.",
  },
  {
    says: "more floors, whoever names them",
    text: "# ours\nversion: 1",
    floors: present(Array.from({ length: 9 }, (_, n) => ({ ...floorOf("version: 1"), path: `${n}.yml` }))),
    is: "p.yml:1:1 CS040: there are more than 8 floors. Put their rules into fewer of them.",
  },
  {
    says: "a policy and a floor that are small enough, and too large together",
    text: extending(named),
    floors: floor(`version: 1\n${"#".repeat(262_000)}`),
    is: "p.yml:2:10 CS041 extends: the policy and its floors together are larger than 256 kB. Shorten the largest of them: use fewer, wider patterns.",
  },
  {
    says: "with too many values together",
    text: `${extending(named)}\nareas: { a: { paths: [${"a,".repeat(2_500)}] } }`,
    floors: floor(`version: 1\nareas: { a: { paths: [${"a,".repeat(2_500)}] } }`),
    is: "p.yml:2:10 CS041 extends: the policy and its floors together hold more than 5,000 values. Shorten the largest of them: use fewer, wider patterns.",
  },
  {
    says: "a mistake in a floor, in the floor's own file",
    text: extending(named),
    floors: floor("version: 1\nareas:\n  iac: { paths: [*.tf] }"),
    is: 'acme/policies:ai.yml@9f2c1e7b4d:3:18 CS007 areas.iac.paths[0]: `*.tf` is read as an alias, because it begins with `*`. Quote a glob: `"*.tf"`; write a repeated value out.',
  },
  {
    says: "a rule with the id of a floor's",
    text: extending(named).replace("id: r", "id: floor"),
    floors: goodFloor,
    is: 'p.yml:3:15 CS037 rules[0].id: the id "floor" is that of a rule of acme/policies:ai.yml@9f2c1e7b4d, which this policy cannot replace. Give the rule another id; both will judge.',
  },
  {
    says: "a waiver for a rule that does not exist",
    text: waiver('rule: rr, expires: "2027-01-15"'),
    is: 'p.yml:6:44 CS038 waivers[0].rule: there is no rule "rr". Did you mean `r`?',
  },
  {
    says: "a waiver for a floor's rule",
    text: waiver('rule: floor, expires: "2027-01-15"'),
    floors: goodFloor,
    is: 'p.yml:6:44 CS038 waivers[0].rule: "floor" is a rule of acme/policies:ai.yml@9f2c1e7b4d, and no waiver of this policy reaches it. Ask for the waiver there.',
  },
  {
    says: "a waiver for a built-in rule",
    text: waiver('rule: policy_owners, expires: "2027-01-15"'),
    is: 'p.yml:6:44 CS038 waivers[0].rule: there is no rule "policy_owners". Rules: r.',
  },
  {
    says: "a field that an expression cannot ask for, within a folded text",
    text: rule('when:\n  if: >-\n    change.provenance.acceptence == "as-is"\nrequire: { secrets: none }'),
    is: "p.yml:6:26 CS050 rules[0].when.if: `change.provenance` has no field `acceptence`. Did you mean `acceptance`?",
  },
  {
    says: "an agent's name that is nearly one",
    text: rule("forbid: { agents: [any, claud-code], kinds: [workflow] }"),
    is: 'p.yml:4:29 CS051 rules[0].forbid.agents[1]: there is no tool "claud-code". Did you mean `claude-code`?',
  },
  {
    says: "the same in a list of boundaries at the top",
    text: `${rule("require: { secrets: none }")}\nforbid: [{ agents: [claud-code] }]`,
    is: 'p.yml:5:21 CS051 forbid[0].agents[0]: there is no tool "claud-code". Did you mean `claude-code`?',
  },
  {
    says: "a tool like no other",
    text: rule("require: { tools: [house-bot] }"),
    is: 'p.yml:4:24 CS051 rules[0].require.tools[0]: there is no tool "house-bot". `countersign tools` lists the tools that are known.',
  },
  {
    says: "a single tool",
    text: rule("when: { tools: claud-code }\nrequire: { secrets: none }"),
    is: 'p.yml:4:20 CS051 rules[0].when.tools: there is no tool "claud-code". Did you mean `claude-code`?',
  },
];

const warnings: Row[] = [
  {
    says: "a rule about AI commits on files without any",
    text: rule("when: { ai: false }\nrequire: { trailers: [Assisted-by] }"),
    is: "p.yml:4:11 CS101 rules[0].when: the rule applies to files that do not count as AI, and `trailers` asks only of what does. Write `ai: true`, or remove `trailers`.",
  },
  {
    says: "rules that contradict each other",
    text: "version: 1\nrules:\n  - { id: a, when: { ai: true }, require: { disclosure: forbidden } }\n  - { id: b, when: { ai: true }, require: { disclosure: canonical } }",
    is: "p.yml:3:57 CS102 rules[0].require.disclosure: the rule forbids what `b`, with the same conditions, asks to disclose. Keep one of the two.",
  },
  {
    says: "an area that no rule uses",
    text: "version: 1\nareas: { docs: { paths: [docs/**] } }\nrules: [{ id: r, require: { secrets: none } }]",
    is: "p.yml:2:10 CS103 areas.docs: no rule uses the area `docs`. Use it in a rule's `when.area`, or keep it for the reports alone.",
  },
  {
    says: "a ratio for a percentage",
    text: rule("require: { coverage: { patch_lines: 0.8 } }"),
    is: "p.yml:4:41 CS104 rules[0].require.coverage.patch_lines: 0.8 is 0.8 %, nearly nothing. Write `patch_lines: 80` for 80 %.",
  },
  {
    says: "a pattern for the root only",
    text: rule('when: { paths: ["*.md"] }\nrequire: { secrets: none }'),
    is: 'p.yml:4:21 CS105 rules[0].when.paths[0]: "*.md" matches only at the root of the repository. Write "**/*.md" for every folder.',
  },
  {
    says: "no rules",
    text: "version: 1\nmode: enforce",
    is: "p.yml:1:1 CS106: the policy has no rules, so little can hold a change up. Write rules, or remove the file: then the built-in `observe` policy applies.",
  },
  {
    says: "a misspelt trailer",
    text: rule("require: { trailers: [AI-Promt] }"),
    is: "p.yml:4:27 CS107 rules[0].require.trailers[0]: `AI-Promt` is not a trailer that tools write. Did you mean `AI-Prompt`?",
  },
  {
    says: "as-is without silence",
    text: rule(`when: { if: 'file.acceptance == "as-is"' }\nrequire: { secrets: none }`),
    is: 'p.yml:4:17 CS110 rules[0].when.if: it asks for "as-is", and a commit that does not say how it was taken over is "unstated". Write `in ["as-is", "unstated"]`, or name `unstated` otherwise.',
  },
  {
    says: "a day from which a rule is enforced that is enforced",
    text: rule('require: { secrets: none }\nenforce_after: "2027-01-15"'),
    is: "p.yml:5:20 CS108 rules[0].enforce_after: the rule is enforced already, so the day changes nothing. Write `mode: warn` beside it, or remove it.",
  },
  {
    says: "a day that has come",
    text: rule('require: { secrets: none }\nmode: warn\nenforce_after: "2027-01-15"'),
    asOf: "2027-01-15T00:00:00Z",
    is: "p.yml:6:20 CS108 rules[0].enforce_after: the day has come: the rule is enforced since 2027-01-15. Write `mode: enforce` instead of both keys.",
  },
  {
    says: "a waiver that ends soon",
    text: waiver('rule: r, expires: "2027-01-15"'),
    asOf: "2027-01-01T00:00:00Z",
    is: "p.yml:6:56 CS109 waivers[0].expires: the waiver W1 ends with 2027-01-15. Mend what it exempts, or decide anew.",
  },
  {
    says: "a waiver that has ended",
    text: waiver('rule: r, expires: "2027-01-15"'),
    asOf: "2027-01-16T00:00:00Z",
    is: "p.yml:6:56 CS109 waivers[0].expires: the waiver W1 has ended on 2027-01-15 and exempts nothing. Remove it, or decide anew and write another day.",
  },
];

warnings.push(
  {
    says: "exclusions that take out everything again",
    text: rule('when: { paths: ["src/a.ts", "!src/**"] }\nrequire: { secrets: none }'),
    is: "p.yml:4:20 CS112 rules[0].when.paths: every pattern is excluded again, so only links and names that look alike are left. Remove the exclusions.",
  },
  {
    says: "a question about a pull request on a push",
    text: rule("when: { event: push, draft: false }\nrequire: { secrets: none }"),
    is: "p.yml:4:33 CS113 rules[0].when.draft: a push is read without a pull request, so this is never known there: what is not met ends as `undecided`. Add `pull_request` to `event`, or remove this.",
  },
  {
    says: "a rule that repeats another",
    text: "version: 1\nrules:\n  - { id: a, require: { secrets: none } }\n  - { id: b, require: { secrets: none }, mode: warn }",
    is: "p.yml:4:5 CS114 rules[1]: the rule asks what `a` asks, under the same conditions. Remove one of the two; as long as both stand, the stricter mode decides.",
  },
);

warnings.push({
  says: "a title that a comment cuts off",
  text: rule("title: As asked in #12\nrequire: { secrets: none }"),
  is: 'p.yml:4:12 CS111 rules[0].title: the text ends before ` #`, which begins a comment. Quote the whole text: `"As asked in #12"`.',
});

warnings.push({
  says: "an area that is drawn smaller than the preset's",
  text: "version: 1\nextends: [{ preset: warn@1 }]\nareas: { auth: { tier: 3 } }",
  is: "p.yml:3:10 CS116 areas.auth: this policy asks less than warn@1: it would set area auth to tier 3, which is 1; no longer take silence for AI in area auth. Take that back, or leave it where it is meant.",
});

warnings.push({
  says: "a `*` in the name of a label",
  text: rule('require: { labels: ["gate/*"] }'),
  is: "p.yml:4:25 CS115 rules[0].require.labels[0]: `gate/*` is read letter by letter: names of labels are no patterns. Name each label.",
});

values.push(
  {
    says: "an escalation of nothing",
    text: rule("require: { findings: { max_errors: 0, escalate: { swallowed-error: {} } } }"),
    is: "p.yml:4:72 CS011 rules[0].require.findings.escalate.swallowed-error: no severity is given. Write `{ ai: error }`.",
  },
  {
    says: "a size without a limit",
    text: rule("require: { size: {} }"),
    is: "p.yml:4:22 CS011 rules[0].require.size: no limit is given. Write `size: { max_added_lines: 400 }`.",
  },
  {
    says: "a size as a condition without one",
    text: rule("when: { size: {} }\nrequire: { secrets: none }"),
    is: "p.yml:4:19 CS011 rules[0].when.size: no limit is given. Write `size: { added_lines_over: 400 }`.",
  },
  {
    says: "findings without a limit",
    text: rule("require: { findings: {} }"),
    is: "p.yml:4:26 CS011 rules[0].require.findings: no limit is given. Write `findings: { max_errors: 0 }`.",
  },
  {
    says: "coverage without a limit",
    text: rule("require: { coverage: {} }"),
    is: "p.yml:4:26 CS011 rules[0].require.coverage: no limit is given. Write `coverage: { patch_lines: 80 }`.",
  },
  {
    says: "an author who may approve",
    text: rule("require: { owner_approval: { exclude: [committers] } }"),
    is: "p.yml:4:43 CS012 rules[0].require.owner_approval.exclude: an author cannot approve what they wrote. Add `author` to the list.",
  },
  {
    says: "an expression without quotes that a comment cuts off",
    text: rule("when:\n  if: size(change.branch # x) > 1\nrequire: { secrets: none }"),
    is: 'p.yml:5:11 CS050 rules[0].when.if: the expression is not quoted, and YAML ends it before it is over. Quote the expression: `if: "…"`.',
  },
  {
    says: "a colon without a key",
    text: "version: 1\n: warn",
    is: "p.yml:2:1 CS018: a key is missing before the colon. Write `name: value`.",
  },
);

warnings.push(
  {
    says: "a label that brings the rule in and that it asks for",
    text: rule("when: { labels: ai }\nrequire: { labels: [AI] }"),
    is: "p.yml:5:24 CS101 rules[0].require.labels: the rule applies only where the label is there that it asks for. Remove the condition, or ask for something else.",
  },
  {
    says: "an expression that is never true",
    text: rule("when: { if: 'false' }\nrequire: { secrets: none }"),
    is: "p.yml:4:17 CS101 rules[0].when.if: the expression is false whatever the change is, so the rule never applies. Ask something that can be true, or remove the rule.",
  },
  {
    says: "a tier without an area",
    text: rule("when: { tier: 2 }\nrequire: { secrets: none }"),
    is: "p.yml:4:19 CS101 rules[0].when.tier: the policy has no area of tier 2, so the rule never applies. Write `tier: 2` in an area, or remove the condition.",
  },
  {
    says: "a tier of another area",
    text: `${rule("when: { tier: 1, area: b }\nrequire: { secrets: none }")}\nareas: { a: { paths: [a], tier: 1 }, b: { paths: [b] } }`,
    is: "p.yml:4:19 CS112 rules[0].when.tier: no area that the rule names is of tier 1, so only a file that lies in another area too meets both. Keep one of `area` and `tier`.",
  },
  {
    says: "acceptance of what no tool wrote",
    text: rule("when: { ai: false, acceptance: as-is }\nrequire: { secrets: none }"),
    is: "p.yml:4:36 CS101 rules[0].when.acceptance: how a tool's work was accepted is known only of files that count as AI, and `ai: false` leaves them out. Keep one of `ai: false` and `acceptance`.",
  },
  {
    says: "a tool's verdict on what does not count as AI",
    text: rule("when: { ai: false, verdict: agent-authored }\nrequire: { secrets: none }"),
    is: "p.yml:4:33 CS112 rules[0].when.verdict: agent-authored counts as AI, and `ai: false` leaves it out, so only files are left that do not count as code (generated). Keep one of `ai: false` and `verdict`.",
  },
  {
    says: "branches of which none is left",
    text: rule('when: { base: ["main", "!main"] }\nrequire: { secrets: none }'),
    is: "p.yml:4:19 CS101 rules[0].when.base: every branch is excluded again: none is left. Remove the exclusions.",
  },
);

references.push(
  {
    says: "an author that is negated",
    text: 'version: 1\nrules:\n  - id: r\n    when: { author: "!ann" }\n    require: { secrets: none }',
    is: 'p.yml:4:21 CS012 rules[0].when.author: a `!` is no part of a login, and negates nothing here. Ask by `if`: `change.author != "ann"`.',
  },
  {
    says: "a pattern of authors",
    text: 'version: 1\nrules:\n  - id: r\n    when: { author: "bot-*" }\n    require: { secrets: none }',
    is: "p.yml:4:21 CS012 rules[0].when.author: no patterns are read here, and nobody's login is `bot-*`. List the logins.",
  },
  {
    says: "an App for its bot",
    text: "version: 1\nrules:\n  - id: r\n    when: { author: app/renovate }\n    require: { secrets: none }",
    is: "p.yml:4:21 CS012 rules[0].when.author: an App acts by its bot's login. Write `renovate[bot]`.",
  },
  {
    says: "a team as an author",
    text: "version: 1\nrules:\n  - id: r\n    when: { author: acme/payments }\n    require: { secrets: none }",
    is: "p.yml:4:21 CS012 rules[0].when.author: `acme/payments` is a team, not a login. List the logins of its members.",
  },
  {
    says: "an author with a mark before it",
    text: 'version: 1\nrules:\n  - id: r\n    when: { author: "@ann" }\n    require: { secrets: none }',
    is: "p.yml:4:21 CS012 rules[0].when.author: a login stands here without its `@`. Write `ann`.",
  },
  {
    says: "an author that nobody is",
    text: 'version: 1\nrules:\n  - id: r\n    when: { author: "a b" }\n    require: { secrets: none }',
    is: "p.yml:4:21 CS012 rules[0].when.author: `a b` is nobody's login. Write `ann`, or `dependabot[bot]` for an App.",
  },
  {
    says: "a label that is negated",
    text: 'version: 1\nrules:\n  - id: r\n    when: { labels: "!wip" }\n    require: { secrets: none }',
    is: 'p.yml:4:21 CS012 rules[0].when.labels: a `!` negates nothing here, and would be part of the name. Ask by `if`: `!("wip" in pull_request.labels)`.',
  },
  {
    says: "a comment that takes a bracket with it",
    text: "version: 1\naccept: [claimed #1]\nmode: warn",
    is: 'p.yml:2:18 CS006: a comment begins at this `#`, and takes the `]` with it. Quote the text: `"claimed #1"`.',
  },
  {
    says: "a list without an end",
    text: "version: 1\naccept: [claimed\n",
    is: "p.yml:2:9 CS006: a list that begins with `[` does not end. Write the `]`.",
  },
  {
    says: "a mapping without an end",
    text: "version: 1\nprovenance: { exclude: []\n",
    is: "p.yml:2:13 CS006: a mapping that begins with `{` does not end. Write the `}`.",
  },
);

warnings.push({
  says: "a path outside of its area",
  text: "version: 1\nrules:\n  - id: r\n    when: { area: a, paths: [b/x.ts] }\n    require: { secrets: none }\nareas: { a: { paths: [a/**] } }",
  is: "p.yml:4:29 CS112 rules[0].when.paths: no pattern of `paths` can match in the area, so only a rename between the two, a link or a name that looks alike meets both. Keep one of `area` and `paths`.",
});

const tools = ["claude-code", "copilot"];

function load({ text, floors, asOf }: Omit<Row, "says" | "is">) {
  const more = { ...(floors === undefined ? {} : { floors }), ...(asOf === undefined ? {} : { asOf }) };
  return loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules, tools, ...more });
}

describe("what is wrong with a policy is told with file, line, column, code, place, and what to write", () => {
  test.each([...yamlTraps, ...values, ...references])("$says", (row) => {
    const loaded = load(row);
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([row.is]);
  });
});

const tab = 'CS005: a tab stands here. Write spaces; inside a text, write "\\t".';
const misspeltMode = "CS010 modee: there is no key `modee` here. Did you mean `mode`?";
const misspeltSecrets = (rule: string) =>
  `CS010 ${rule}.require.secretz: there is no key \`secretz\` here. Did you mean \`secrets\`?`;

describe("what is wrong with the text itself hides nothing else", () => {
  test.each([
    {
      says: "a file whose indentation is tabs",
      text: "version: 1\nprovenance:\n\texclude: [a]\nmodee: x\nrules:\n\t- id: r\n\t\trequire: { secretz: none }",
      are: [`p.yml:3:1 ${tab}`, `p.yml:4:1 ${misspeltMode}`, `p.yml:7:14 ${misspeltSecrets("rules[0]")}`],
    },
    {
      says: "a tab that can only stand for four spaces",
      text: "version: 1\nrules:\n  - id: r\n\trequire: { secretz: none }\n    mode: of\nmodee: x",
      are: [
        `p.yml:4:1 ${tab}`,
        'p.yml:5:11 CS012 rules[0].mode: expected `observe`, `warn` or `enforce`, got "of". Write `mode: enforce`.',
        `p.yml:6:1 ${misspeltMode}`,
      ],
    },
    {
      says: "one that can only stand for two",
      text: "version: 1\nareas:\n  a: { paths: [a] }\n\tb: { paths: [@b] }\nmodee: x",
      are: [
        `p.yml:4:1 ${tab}`,
        'p.yml:4:15 CS016: a value must not begin with `@`. Write an owner without it, below `users`: `b`. Quote anything else: `"@b"`.',
        `p.yml:5:1 ${misspeltMode}`,
      ],
    },
    {
      says: "a line that may belong to one place or another is not judged, nor what would be missing without it",
      text: "version: 1\nareas:\n  a:\n    owners: codeowners\n\tpaths: [a]\n\tpaths: [a]\n\tpathz: [a]\n\tb: 5\n\tc: [5]\n\td: { e: 5 }",
      are: [`p.yml:5:1 ${tab}`],
    },
    {
      says: "a tab within a line",
      text: "version: 1\nmodee:\twarn\nrules: [{ id: r,\trequire: { secretz: none } }]",
      are: [`p.yml:2:1 ${misspeltMode}`, `p.yml:2:7 ${tab}`, `p.yml:3:29 ${misspeltSecrets("rules[0]")}`],
    },
    {
      says: "a tab and a bracket that does not end",
      text: "version: 1\nprovenance:\n\texclude: [@a]\nmodee: { x",
      are: [
        `p.yml:3:1 ${tab}`,
        'p.yml:3:12 CS016 provenance.exclude[0]: a value must not begin with `@`. Write an owner without it, below `users`: `a`. Quote anything else: `"@a"`.',
        "p.yml:4:8 CS006: a mapping that begins with `{` does not end. Write the `}`.",
      ],
    },
    {
      says: "more tabs than anybody writes",
      text: `version: 1\nmodee: x${"\t".repeat(5_001)}\nprovenance:\n\texclude: 5`,
      are: [
        `p.yml:2:1 ${misspeltMode}`,
        `p.yml:2:9 ${tab}`,
        'p.yml:4:11 CS012 provenance.exclude: expected a list of patterns, got 5. Write `exclude: [docs/**, "**/*.md"]`.',
      ],
    },
    {
      says: "tabs that would nest too deep",
      text: `version: 1\n${Array.from({ length: 31 }, (_, depth) => `${"\t".repeat(depth)}- a: 1`).join("\n")}`,
      are: [`p.yml:3:1 ${tab}`],
    },
    {
      says: "characters that nobody sees",
      text: "version: 1\nmo\u200bde: warn\nprovenance:\u00a0{}\nrules: [{ id: r\u202e, require: { secretz: none } }]",
      are: [
        'p.yml:2:3 CS004: a character without width, which nobody sees, stands here. Remove it; inside a text, write it as an escape such as "\\u200b".',
        'p.yml:3:12 CS004: a no-break space stands here, and YAML does not take it for a space. Write a plain space; inside a text, write "\\u00a0".',
        'p.yml:4:16 CS004: a control or text-direction character stands here. Remove it; inside a text, write it as an escape such as "\\u202e".',
        `p.yml:4:30 ${misspeltSecrets("rules[0]")}`,
      ],
    },
    {
      says: "a byte order mark",
      text: "\ufeffversion: 1\nmodee: x",
      are: [
        "p.yml:1:1 CS004: the file begins with a byte order mark. Save it as UTF-8 without one.",
        `p.yml:2:1 ${misspeltMode}`,
      ],
    },
    {
      says: "a directive",
      text: "%YAML 1.1\n---\nversion: 1\nmodee: x",
      are: [
        "p.yml:1:1 CS017: a YAML directive stands here. Remove the line: a policy is always read as YAML 1.2.",
        `p.yml:4:1 ${misspeltMode}`,
      ],
    },
    {
      says: "but for another encoding, in which nothing can be read",
      text: "version: 1\nmodee: \ufffd",
      are: [
        'p.yml:2:8 CS004: a byte that is not UTF-8 stands here. Save the file as UTF-8; for the character U+FFFD itself, write "\\ufffd".',
      ],
    },
  ])("$says", ({ text, are }) => {
    const loaded = load({ text });
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual(are);
  });
});

describe("what looks wrong is told the same way, and the policy loads", () => {
  test.each(warnings)("$says", (row) => {
    const loaded = load(row);
    expect(loaded.ok && loaded.warnings.map(formatProblem)).toEqual([row.is]);
  });

  test.each([
    { says: "a waiver with time left", asOf: "2026-12-31T23:59:59Z", text: waiver('rule: r, expires: "2027-01-15"') },
    { says: "dates, when nobody says what day it is", text: waiver('rule: r, expires: "2000-01-01"') },
    {
      says: "a day to come",
      asOf: "2027-01-14T23:59:59Z",
      text: rule('require: { secrets: none }\nmode: warn\nenforce_after: "2027-01-15"'),
    },
  ])("no warning: $says", (row) => expect(load(row)).toMatchObject({ ok: true, warnings: [] }));
});

describe("a policy under another name, or two of them", () => {
  test.each([
    {
      files: [".github/countersign.yml", ".github/countersign.yaml"],
      is: "CS024: there are 2 policy files: .github/countersign.yml and .github/countersign.yaml. Keep .github/countersign.yml and remove the other.",
    },
    {
      files: [".github/countersign.json"],
      is: "CS024: .github/countersign.json is not read as a policy. Rename it to .github/countersign.yml.",
    },
  ])("$files", ({ files, is }) => {
    const told = () => {
      try {
        return choosePolicyFile(files);
      } catch (error) {
        if (error instanceof Problem) return `${error.what} ${error.fix}`;
        throw error;
      }
    };
    expect(told()).toBe(is);
  });
});

test("every code of a problem has a row", () => {
  const codes = [...yamlTraps, ...values, ...references, ...warnings].map(({ is }) => /CS[0-9]{3}/.exec(is)?.[0]);
  expect([...new Set([...codes, "CS024"])].sort()).toEqual(Object.keys(problemCodes).sort());
});

/** What stands in backticks behind "Write" or "Quote it:" in a fix, and the place where it belongs. */
function written({ text, is }: Row): { start: number; instead: string } | null {
  const instead = /(?:Write|Quote (?:it|the day|a glob|an exclusion|the text):) `([^`]+)`/.exec(is)?.[1];
  const [, line, column] = /^p\.yml:([0-9]+):([0-9]+)/.exec(is) ?? [];
  if (instead === undefined || line === undefined || column === undefined) return null;
  const before = text.split("\n").slice(0, Number(line) - 1);
  return { start: before.join("\n").length + (before.length > 0 ? 1 : 0) + Number(column) - 1, instead };
}

/** The text with the value that begins there replaced; with its key, where the fix names the key. */
function mended(text: string, start: number, instead: string): string {
  const lineEnd = text.indexOf("\n", start) < 0 ? text.length : text.indexOf("\n", start);
  const key = /^([a-z_]+): /.exec(instead)?.[1];
  const before = text.slice(0, start);
  const from = key !== undefined && before.endsWith(`${key}: `) ? start - key.length - 2 : start;
  return text.slice(0, from) + instead + text.slice(valueEnd(text, start, lineEnd));
}

/** Where a value of one line ends: at its closing bracket or quote, or before what follows it. */
function valueEnd(text: string, start: number, lineEnd: number): number {
  const first = text.charAt(start);
  if (first === '"' || first === "'") return text.indexOf(first, start + 1) + 1;
  let depth = 0;
  for (let at = start; at < lineEnd; at++) {
    const char = text.charAt(at);
    if (depth === 0 && (char === "," || char === "]" || char === "}") && /[[{]/.test(text.slice(0, start))) return at;
    if (char === "[" || char === "{") depth += 1;
    if (char === "]" || char === "}") depth -= 1;
    if (depth === 0 && (char === "]" || char === "}")) return at + 1;
  }
  return lineEnd;
}

describe("what a fix says to write is right where it is said to be wrong", () => {
  const rows = [...yamlTraps, ...values]
    // A whole text in quotes is right where a text belongs, and a single character stands for a part of one.
    .filter(({ is, says }) => !is.includes("`?`") && says !== "two colons on a line")
    .filter(({ is }) => !is.includes(" is missing. ") && !is.includes("CS018") && !is.includes("CS026"))
    .flatMap((row) => {
      const fix = written(row);
      return fix === null ? [] : [{ ...row, ...fix }];
    });

  test("there are such rows", () => expect(rows.length).toBeGreaterThan(15));

  test.each(rows)("$says: $instead", (row) => {
    const loaded = load({ ...row, text: mended(row.text, row.start, row.instead) });
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([]);
  });
});
