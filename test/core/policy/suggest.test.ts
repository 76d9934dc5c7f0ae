import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../../core/policy/index.ts";
import { closest, holding, isPluralOf, othersThan } from "../../../core/policy/suggest.ts";
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

describe("a name of several words", () => {
  test.each([
    { says: "is compared word by word", name: "max_files", known: ["max_lines"], is: null },
    { says: "with a slip in one of them", name: "max_flies", known: ["max_files"], is: "max_files" },
    { says: "with one letter too few", name: "max_file", known: ["max_lines", "max_files"], is: "max_files" },
    { says: "as one word, with a slip", name: "maxfile", known: ["max_files"], is: "max_files" },
    {
      says: "as two of three words, with a slip",
      name: "max_fileover",
      known: ["max_files_over"],
      is: "max_files_over",
    },
    { says: "with a slip in a word of one letter", name: "x_over", known: ["y_over"], is: "y_over" },
    { says: "in capitals and with other marks", name: "MAX-Files", known: ["max_files"], is: "max_files" },
    { says: "the fewest slips win", name: "label", known: ["lable", "labels"], is: "labels" },
    { says: "whichever comes first", name: "label", known: ["labels", "lable"], is: "labels" },
    { says: "of two as close the first", name: "bat", known: ["cat", "hat"], is: "cat" },
    {
      says: "the one that holds all of it",
      name: "lines_over",
      known: ["files", "added_lines_over"],
      is: "added_lines_over",
    },
    { says: "the shortest that holds it", name: "lines", known: ["added_lines_over", "max_lines"], is: "max_lines" },
    { says: "none of two that hold it alike", name: "lines", known: ["added_lines", "max_lines"], is: null },
    { says: "one that holds its singular", name: "line", known: ["added_lines"], is: "added_lines" },
    { says: "one that it holds", name: "ai_assisted", known: ["author", "ai"], is: "ai" },
    { says: "the longest that it holds", name: "code_owner_review", known: ["owner", "code_owner"], is: "code_owner" },
    { says: "none of two that it holds alike", name: "draft_fork", known: ["draft", "fork"], is: null },
    { says: "none where half of a name is missing", name: "ai_lines", known: ["ai_branches"], is: null },
    ...["not", "non", "without", "except", "exclude", "unless", "ignore", "never"].map((word) => ({
      says: "none that it negates",
      name: `${word}_draft`,
      known: ["draft"],
      is: null,
    })),
    { says: "the one that is negated itself", name: "not_a_draft", known: ["not_draft"], is: "not_draft" },
    { says: "nothing but marks", name: "__", known: ["ai"], is: null },
    {
      says: "the longest that is compared",
      name: "a".repeat(64),
      known: [`${"a".repeat(63)}b`],
      is: `${"a".repeat(63)}b`,
    },
    { says: "and no longer one", name: "a".repeat(65), known: [`${"a".repeat(64)}b`], is: null },
  ])("$says: $name of $known", ({ name, known, is }) => expect(closest(name, known)).toBe(is));

  test.each([
    { says: "two letters the wrong way round", name: "ab", known: ["ba"], is: "ba" },
    { says: "at the end", name: "docs", known: ["dosc"], is: "dosc" },
    { says: "two other letters", name: "abcd", known: ["axyd"], is: null },
    { says: "one of them right", name: "abcd", known: ["bxcd"], is: null },
    { says: "the other right", name: "abcd", known: ["xacd"], is: null },
    { says: "twice the wrong way round", name: "abcd", known: ["badc"], is: null },
    { says: "two letters more", name: "ab", known: ["abcd"], is: null },
    { says: "one letter more", name: "ab", known: ["abc"], is: "abc" },
    { says: "one letter another", name: "ab", known: ["ac"], is: null },
    { says: "a third of the letters another", name: "abc", known: ["abd"], is: "abd" },
    { says: "more than a third", name: "abcde", known: ["abcxy"], is: null },
    { says: "nothing known", name: "ab", known: [], is: null },
    { says: "an empty name", name: "a", known: [""], is: null },
  ])("slips: $says", ({ name, known, is }) => expect(closest(name, known)).toBe(is));

  test.each([
    { name: "label", other: "labels", is: true },
    { name: "labels", other: "label", is: true },
    { name: "branch", other: "branches", is: true },
    { name: "Max_File", other: "max-files", is: true },
    { name: "label", other: "label", is: false },
    { name: "label", other: "labelx", is: false },
    { name: "label", other: "labelss", is: false },
  ])("$other is the other number of $name: $is", ({ name, other, is }) => expect(isPluralOf(name, other)).toBe(is));

  test.each([
    { name: "over", known: ["lines_over", "files"], is: "lines_over" },
    { name: "lines_over", known: ["over", "lines"], is: null },
    { name: "", known: ["a"], is: null },
  ])("$name is held by $is", ({ name, known, is }) => expect(holding(name, known)).toBe(is));
});

describe("the others of a negated name", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => `kind-${"abcdefghijklmn".charAt(index)}${index}`);
  const start = "A `!` negates nothing here: list the others";
  test.each([
    { says: "are listed", name: "!docs", known: ["docs", "test"], or: "", is: `${start}: \`[test]\`.` },
    {
      says: "whatever the slip",
      name: "!dcos",
      known: ["docs", "test"],
      or: ", or wait",
      is: `${start}: \`[test]\`, or wait.`,
    },
    { says: "not where there is none", name: "!docs", known: ["docs"], or: "", is: `${start}.` },
    { says: "not where nobody knows which is meant", name: "!what", known: ["docs", "test"], or: "", is: `${start}.` },
    {
      says: "up to twelve of them",
      name: "!docs",
      known: ["docs", ...many(12)],
      or: "",
      is: `${start}: \`[${many(12).join(", ")}]\`.`,
    },
    { says: "and no more", name: "!docs", known: ["docs", ...many(13)], or: "", is: `${start}.` },
  ])("$says", ({ name, known, or, is }) => expect(othersThan(name, known, or)).toBe(is));
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
