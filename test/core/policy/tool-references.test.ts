import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../../core/policy/index.ts";
import { sampleLintRules } from "../../subjects.ts";

function told(rest: string, tools?: readonly string[]): string[] {
  const options = tools === undefined ? {} : { tools };
  const loaded = loadPolicy(`version: 1\n${rest}`, { file: "p.yml", lintRules: sampleLintRules, ...options });
  return loaded.ok ? [] : loaded.problems.map(({ code, path, what, fix }) => `${code} ${path}: ${what}. ${fix}`);
}

const known = ["claude-code", "Claude Code", "copilot"];
const rule = (rest: string) => `rules: [{ id: r, ${rest} }]`;
const no = (path: string) =>
  `CS051 ${path}: there is no tool "house-bot". \`countersign tools\` lists the tools that are known.`;

describe("a tool that there is not is told wherever a policy names one", () => {
  test.each([
    { text: rule("when: { tools: house-bot }, require: { secrets: none }"), are: [no("rules[0].when.tools")] },
    {
      text: rule("when: { tools: [copilot, house-bot] }, require: { secrets: none }"),
      are: [no("rules[0].when.tools[1]")],
    },
    { text: rule("require: { tools: house-bot }"), are: [no("rules[0].require.tools")] },
    { text: rule("require: { tools: [house-bot] }"), are: [no("rules[0].require.tools[0]")] },
    { text: "forbid: { agents: [house-bot] }", are: [no("forbid.agents[0]")] },
    { text: "forbid: [{ kinds: [iac] }, { agents: [house-bot] }]", are: [no("forbid[1].agents[0]")] },
    { text: rule("forbid: { agents: [house-bot] }"), are: [no("rules[0].forbid.agents[0]")] },
    { text: rule("forbid: [{ agents: [house-bot] }]"), are: [no("rules[0].forbid[0].agents[0]")] },
    { text: rule("require: { forbid: { agents: [house-bot] } }"), are: [no("rules[0].require.forbid.agents[0]")] },
    { text: rule("require: { forbid: [{ agents: [house-bot] }] }"), are: [no("rules[0].require.forbid[0].agents[0]")] },
    {
      text: "rules:\n  - { id: a, require: { tools: [house-bot] } }\n  - { id: b, when: { tools: house-bot }, require: { secrets: none } }",
      are: [no("rules[0].require.tools[0]"), no("rules[1].when.tools")],
    },
  ])("$text", ({ text, are }) => expect(told(text, known)).toEqual(are));
});

describe("what is told", () => {
  const asked = (name: string) => told(rule(`require: { tools: [${name}] }`), known);
  const at = "CS051 rules[0].require.tools[0]: there is no tool";
  test.each([
    {
      says: "a name that is nearly one",
      name: "claud-code",
      are: [`${at} "claud-code". Did you mean \`claude-code\`?`],
    },
    {
      says: "one that is negated",
      name: '"!copilot"',
      are: [
        `${at} "!copilot". A \`!\` negates nothing here: list the tools that are meant; \`countersign tools\` lists all.`,
      ],
    },
    { says: "nothing of another spelling", name: "CLAUDE_code", are: [] },
    { says: "nothing of a name with a space", name: "Claude Code", are: [] },
    { says: "nothing of another tool that is known", name: "Copilot", are: [] },
  ])("$says", ({ name, are }) => expect(asked(name)).toEqual(are));

  test("nothing of any tool", () => expect(told("forbid: { agents: [any], kinds: [iac] }", known)).toEqual([]));

  test("nothing where no tools are known", () => {
    expect(told(rule("require: { tools: [house-bot] }"))).toEqual([]);
    expect(told(rule("require: { tools: [house-bot] }"), [])).toEqual([no("rules[0].require.tools[0]")]);
  });

  test("nothing twice of a value that YAML already made trouble about", () =>
    expect(told(rule("require: { tools: [yes] }"), known)).toEqual([
      'CS014 rules[0].require.tools[0]: `yes` means different things to different YAML readers. Quote it: `"yes"`.',
    ]));
});
