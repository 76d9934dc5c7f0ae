import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../../core/policy/index.ts";
import { sampleLintRules } from "../../subjects.ts";

const load = (text: string) => loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
const when = (condition: string) =>
  `version: 1\nrules: [{ id: r, when: { ${condition} }, require: { secrets: none } }]`;
const asks = (requirement: string) => `version: 1\nrules: [{ id: r, require: { ${requirement} } }]`;

function fixes(text: string): string[] {
  const loaded = load(text);
  return loaded.ok ? [] : loaded.problems.map(({ code, path, fix }) => `${code} ${path}: ${fix}`);
}

function warnings(text: string): string[] {
  const loaded = load(text);
  return loaded.ok ? loaded.warnings.map(({ code, path, fix }) => `${code} ${path}: ${fix}`) : ["refused"];
}

describe("a name that nothing could have is refused", () => {
  const negated = "Ask by `if`:";
  test.each([
    {
      text: when('author: ["!dependabot[bot]"]'),
      is: `CS012 rules[0].when.author[0]: ${negated} \`change.author != "dependabot[bot]"\`.`,
    },
    { text: when('author: ["@mona"]'), is: "CS012 rules[0].when.author[0]: Write `mona`." },
    { text: when('author: "@mona"'), is: "CS012 rules[0].when.author: Write `mona`." },
    { text: when("author: mona@example.org"), is: "CS012 rules[0].when.author: Write the login of the account." },
    { text: when("author: acme/team"), is: "CS012 rules[0].when.author: List the logins of its members." },
    { text: when('author: "@acme/team"'), is: "CS012 rules[0].when.author: List the logins of its members." },
    { text: when("author: app/dependabot"), is: "CS012 rules[0].when.author: Write `dependabot[bot]`." },
    { text: when('author: "*[bot]"'), is: "CS012 rules[0].when.author: Write `author: { type: bot }`." },
    { text: when('author: "dev-*"'), is: "CS012 rules[0].when.author: List the logins." },
    {
      text: when("author: Mona Lisa"),
      is: "CS012 rules[0].when.author: Write `ann`, or `dependabot[bot]` for an App.",
    },
    {
      text: when('labels: ["!wip"]'),
      is: `CS012 rules[0].when.labels[0]: ${negated} \`!("wip" in pull_request.labels)\`.`,
    },
    { text: when('models: ["!claude-*"]'), is: "CS012 rules[0].when.models[0]: Name the models that are meant." },
    { text: asks('models: "!gpt-5"'), is: "CS012 rules[0].require.models: Name the models that are meant." },
    {
      text: asks('labels: ["!wip"]'),
      is: "CS012 rules[0].require.labels[0]: Name only labels that the pull request must carry.",
    },
    { text: asks('checks: ["!x"]'), is: "CS012 rules[0].require.checks[0]: Name only checks that must succeed." },
    {
      text: asks('checks: { name: "!x" }'),
      is: "CS012 rules[0].require.checks.name: Name only checks that must succeed.",
    },
  ])("$text", ({ text, is }) => expect(fixes(text)).toEqual([is]));

  test.each([
    when("if: 'change.author != \"dependabot[bot]\"'"),
    when("if: '!(\"wip\" in pull_request.labels)'"),
    when("author: [mona, Mona-Lisa_acme, 'dependabot[bot]']"),
    when('labels: ["@acme", "a/b", "needs review?"]'),
    when('models: ["claude-*", "@cf/meta/llama-3"]'),
    asks('checks: ["build / test (22)"]'),
  ])("and what the fixes say is not, nor is a plain name: %s", (text) => expect(warnings(text)).toEqual([]));
});

describe("a `*` is told of where it is no pattern", () => {
  test.each([
    {
      text: when('labels: [x, "gate/*"]'),
      is: 'CS115 rules[0].when.labels[1]: Name each label, or ask by `if`: `pull_request.labels.exists(label, glob(label, "gate/*"))`.',
    },
    { text: asks('labels: "gate/*"'), is: "CS115 rules[0].require.labels: Name each label." },
    { text: asks('checks: ["test *"]'), is: "CS115 rules[0].require.checks[0]: Name each check." },
    {
      text: asks('checks: [{ name: "test *", app: x }]'),
      is: "CS115 rules[0].require.checks[0].name: Name each check.",
    },
  ])("$text", ({ text, is }) => expect(warnings(text)).toEqual([is]));

  test("and the expression in its place loads", () =>
    expect(warnings(when("if: 'pull_request.labels.exists(label, glob(label, \"gate/*\"))'"))).toEqual([]));
});
