import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../../core/policy/index.ts";
import { closest } from "../../../core/policy/suggest.ts";
import { sampleLintRules } from "../../subjects.ts";

describe("a name is suggested only when it is close by its length", () => {
  test.each([
    { name: "lables", known: ["labels", "tools"], is: "labels" },
    { name: "tset", known: ["test", "docs"], is: "test" },
    { name: "counts-as-ai", known: ["counts_as_ai"], is: "counts_as_ai" },
    { name: "rr", known: ["r"], is: "r" },
    { name: "b", known: ["c"], is: null },
    { name: "*", known: ["x"], is: null },
    { name: "file", known: ["size", "fork"], is: null },
    { name: "texts", known: ["tests"], is: "tests" },
    { name: "abcd", known: ["bacx"], is: null },
    { name: "", known: ["r"], is: null },
    { name: "!docs", known: ["docs"], is: null },
  ])("$name of $known", ({ name, known, is }) => expect(closest(name, known)).toBe(is));
});

const tools = ["claude-code", "copilot"];

function fixes(text: string): string[] {
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules, tools });
  return loaded.ok ? [] : loaded.problems.map(({ code, path, fix }) => `${code} ${path}: ${fix}`);
}

const when = (condition: string) =>
  `version: 1\nrules: [{ id: r, when: { ${condition} }, require: { secrets: none } }]`;
const rule = (key: string) => `version: 1\nrules: [{ id: r, ${key}, require: { secrets: none } }]`;
const kinds = "test, workflow, migration, lockfile, manifest, iac, generated, config, binary, symlink, submodule";

describe("what is negated is never answered with its opposite", () => {
  const others = (list: string) => `A \`!\` negates nothing here: list the others: \`[${list}]\``;
  test.each([
    { text: when('kind: ["!docs"]'), is: `CS012 rules[0].when.kind[0]: ${others(kinds)}, or ask by \`if\`.` },
    { text: when('kind: "!docs"'), is: `CS012 rules[0].when.kind: ${others(kinds)}, or ask by \`if\`.` },
    {
      text: when('verdict: "!human"'),
      is: `CS012 rules[0].when.verdict: ${others("agent-authored, agent-assisted, suggestion, automation, undeclared")}, or ask by \`if\`.`,
    },
    {
      text: when('acceptance: ["!as-is"]'),
      is: `CS012 rules[0].when.acceptance[0]: ${others("partial, edited, rewritten, unstated")}, or ask by \`if\`.`,
    },
    {
      text: when('association: "!member"'),
      is: `CS012 rules[0].when.association: ${others("OWNER, COLLABORATOR, CONTRIBUTOR, FIRST_TIME_CONTRIBUTOR, FIRST_TIMER, MANNEQUIN, NONE")}, or ask by \`if\`.`,
    },
    {
      text: when('event: "!what"'),
      is: "CS012 rules[0].when.event: A `!` negates nothing here: list the others, or ask by `if`.",
    },
    { text: 'version: 1\nforbid: { kinds: ["!docs"] }', is: `CS012 forbid.kinds[0]: ${others(kinds)}.` },
    {
      text: `version: 1\nareas: { auth: { paths: [a] }, pay: { paths: [b] } }\nrules: [{ id: r, when: { area: "!auth" }, require: { secrets: none } }]`,
      is: `CS020 rules[0].when.area: ${others("pay")}.`,
    },
    {
      text: when('tools: ["!copilot"]'),
      is: "CS051 rules[0].when.tools[0]: A `!` negates nothing here: list the tools that are meant; `countersign tools` lists all.",
    },
    {
      text: 'version: 1\nforbid: { agents: ["!copilot"] }',
      is: "CS051 forbid.agents[0]: A `!` negates nothing here: list the tools that are meant; `countersign tools` lists all.",
    },
    {
      text: when("kind: [!docs]"),
      is: 'CS008 rules[0].when.kind[0]: Quote a text: `"!docs"`; only patterns of paths and branches take a `!` that excludes.',
    },
    {
      text: when("paths: [a, !b]"),
      is: 'CS008 rules[0].when.paths[1]: Quote an exclusion: `"!b"`; leave real tags out.',
    },
  ])("$text", ({ text, is }) => expect(fixes(text)).toEqual([is]));
});

describe("the closest of all that may stand there is suggested", () => {
  test.each([
    {
      text: "version: 1\nareas: { a: { paths: [a], owners: codeowner } }",
      is: "CS012 areas.a.owners: Did you mean `codeowners`?",
    },
    {
      text: "version: 1\nareas: { a: { paths: [a], owners: ann } }",
      is: "CS012 areas.a.owners: Write `owners: {users: [ann]}`.",
    },
    { text: rule("if: 'true'"), is: "CS010 rules[0].if: It belongs elsewhere: `rules[].when.if`." },
    {
      text: "version: 1\nrules: [{ id: r, require: { mode: warn, secrets: none } }]",
      is: "CS010 rules[0].require.mode: It belongs elsewhere: `rules[].mode`.",
    },
    { text: when("branches: [main]"), is: "CS010 rules[0].when.branches: Did you mean `branch`?" },
    { text: when("path: [a]"), is: "CS010 rules[0].when.path: Did you mean `paths`?" },
    { text: when("file: a"), is: "CS010 rules[0].when.file: Did you mean `paths`?" },
    { text: rule("name: x"), is: "CS010 rules[0].name: Did you mean `id` or `title`?" },
    { text: when("if: 'size > 1'"), is: "CS050 rules[0].when.if: Did you mean `change.size`?" },
    { text: when("if: 'labels.size() > 1'"), is: "CS050 rules[0].when.if: Did you mean `pull_request.labels`?" },
    { text: when('paths: ["src/**/"]'), is: 'CS019 rules[0].when.paths[0]: Write "src/**".' },
    { text: when('paths: ["**/"]'), is: 'CS019 rules[0].when.paths[0]: Write "**".' },
    {
      text: when('paths: [a, "!(lib).ts"]'),
      is: 'CS019 rules[0].when.paths[1]: Write one pattern for each choice; to exclude a name that begins with `(`, write "!?…" for it.',
    },
  ])("$text", ({ text, is }) => expect(fixes(text)).toEqual([is]));
});

describe("one mistake about an area or a merge key is told once", () => {
  const areas = "areas: { auth: { paths: [a] } }";
  const asked = (rest: string) => `version: 1\n${areas}\nrules: [{ id: r, ${rest} }]`;
  test.each([
    {
      text: asked("when: { area: Auth2 }, require: { secrets: none }"),
      is: "CS020 rules[0].when.area: Did you mean `auth`?",
    },
    { text: asked("when: { area: X }, require: { secrets: none }"), is: "CS020 rules[0].when.area: Areas: auth." },
    {
      text: asked("require: { owner_approval: { area: X } }"),
      is: "CS020 rules[0].require.owner_approval.area: Areas: auth.",
    },
    { text: when("<<: { ai: true }"), is: "CS018 rules[0].when: Write the keys out." },
  ])("$text", ({ text, is }) => expect(fixes(text)).toEqual([is]));
});
