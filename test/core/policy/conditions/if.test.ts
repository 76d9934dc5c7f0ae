import { describe, expect, test } from "vitest";
import { conditions } from "../../../../core/policy/conditions/index.ts";
import { loadPolicy } from "../../../../core/policy/index.ts";
import { buildCoverage, buildPolicy, firstRule, sampleLintRules, sentences } from "../../../subjects.ts";

const policy = (expression: string, more = "") =>
  `rules: [{ id: r, when: { if: ${JSON.stringify(expression)}${more} }, require: { secrets: none } }]`;
const files = [{ path: "src/a.ts", addedLines: 3 }, { path: "docs/b.md" }];

describe("which files an expression chooses", () => {
  test.each([
    {
      says: "one about the change asks about every file",
      expression: "change.size.files == 2",
      is: ["src/a.ts", "docs/b.md"],
    },
    { says: "one about the change that does not hold", expression: "change.size.files == 3", is: [] },
    { says: "one about the file", expression: "file.added_lines < 5", is: ["src/a.ts"] },
    { says: "together with other conditions", expression: "file.added_lines > 5", more: ", paths: ['src/**']", is: [] },
  ])("$says", ({ expression, more, is }) => {
    expect(firstRule(policy(expression, more), { files }).files).toEqual([...is].sort());
  });
});

test("the example of the language's page: taken as it came, and branches to test", () => {
  const expression = 'change.provenance.acceptance in ["as-is", "unstated"] && coverage.patch.branches.total > 0';
  const coverage = buildCoverage({ files: [{ path: "src/a.ts", covered: [1], branches: [0, 2] }] });
  // The sketch's change says nothing about acceptance, and an expression sees that as `unstated`.
  expect(firstRule(policy(expression), { files, coverage }).state).toBe("satisfied");
  expect(firstRule(policy(expression.replace(', "unstated"', "")), { files, coverage }).state).toBe("not-applicable");
});

test("absent evidence makes its rule unknown, with the reason", () => {
  const rule = policy("coverage.patch.lines.ratio < 0.8");
  expect(sentences(firstRule(rule, { files }))).toContain(
    "unknown: `coverage.patch.lines.ratio < 0.8` cannot be answered for the change: no coverage report was given (asked: meets `coverage.patch.lines.ratio < 0.8`)",
  );
});

test("a rule that cannot tell whether it applies, and is not met, is undecided", () => {
  const rule = `rules: [{ id: r, when: { if: "pull_request.draft" }, require: { trailers: [Assisted-by] } }]`;
  const commits = [{ name: "a", verdict: "agent-assisted" as const }];
  expect(firstRule(rule, { commits }).state).toBe("undecided");
  expect(firstRule(rule, { commits, pullRequest: { draft: false } }).state).toBe("not-applicable");
  expect(firstRule(rule, { commits, pullRequest: { draft: true } }).state).toBe("unsatisfied");
});

test("a rule that cannot tell whether it applies, and would only warn, warns, unless its expression fails", () => {
  const coverage = buildCoverage({ files: [{ path: "src/a.ts", covered: [1] }], unmeasured: ["docs/b.md"] });
  const sketch = { files: [{ path: "docs/b.md" }], coverage };
  const asks = (expression: string) =>
    `rules: [{ id: r, mode: enforce, when: { if: "${expression}" }, require: { coverage: { patch_lines: 80, no_report: warn } } }]`;
  expect(firstRule(asks("true"), sketch)).toMatchObject({ state: "warned", decision: "warn" });
  expect(firstRule(asks("pull_request.draft"), sketch)).toMatchObject({ state: "warned", decision: "warn" });
  expect(firstRule(asks("100 / (change.size.files - 1) > 5"), sketch).state).toBe("undecided");
});

describe("an expression that fails makes its rule undecided, also where what it asks for is met", () => {
  test.each([
    { says: "a division by zero", expression: "100 / (change.size.files - 2) > 5", is: "undecided" },
    { says: "the remainder of one", expression: "100 % (change.size.files - 2) > 5", is: "undecided" },
    { says: "a position that is not there", expression: 'change.files[7].path == "a"', is: "undecided" },
    {
      says: "settled by another part",
      expression: "change.size.files == 2 || 1 / (change.size.files - 2) > 5",
      is: "satisfied",
    },
    {
      says: "settled against it",
      expression: "change.size.files > 2 && 1 / (change.size.files - 2) > 5",
      is: "not-applicable",
    },
    { says: "for some of the files", expression: "100 / (file.added_lines - 3) > 5", is: "undecided" },
    { says: "evidence that is absent", expression: "pull_request.draft", is: "satisfied" },
  ])("$says: $is", ({ expression, is }) => {
    expect(firstRule(policy(expression), { files }).state).toBe(is);
  });

  test("a rule that is waived stays so", () => {
    const waiver = 'waivers: [{ id: W, rule: r, reason: x, owner: ann, expires: "2099-01-01" }]';
    const rule = `${waiver}\nrules: [{ id: r, when: { if: "1 / (change.size.files - 2) > 5" }, require: { trailers: [T] } }]`;
    expect(firstRule(rule, { files }).state).toBe("waived");
  });
});

test("a change without files is asked once, and has no file", () => {
  expect(firstRule(policy("change.size.files == 0"), { files: [] }).state).toBe("satisfied");
  expect(firstRule(policy("file.added_lines == 0"), { files: [] }).state).toBe("not-applicable");
});

test("the resolved policy holds the text and whether it asks about files", () => {
  expect(buildPolicy(policy("file.ai")).rules[0]?.when?.if).toEqual({ source: "file.ai", mentionsFile: true });
});

describe("mistakes have their place in the file", () => {
  test.each([
    { yaml: "      if: chnage.size.files > 3", column: 11, what: "there is no `chnage` in an expression" },
    { yaml: String.raw`      if: "\"as-is\" == change.size"`, column: 22, what: "a text is never equal to sizes" },
    { yaml: "      if: change.size.files", column: 22, what: "the expression is a whole number" },
    { yaml: "      if: change.size.files = 3", column: 29, what: "the expression cannot be read from here on: `= 3`" },
  ])("$yaml", ({ yaml, column, what }) => {
    const text = `version: 1\nrules:\n  - id: r\n    require: { secrets: none }\n    when:\n${yaml}\n`;
    const loaded = loadPolicy(text, { file: "policy.yml", lintRules: sampleLintRules });
    const [problem] = loaded.ok ? [] : loaded.problems;
    expect(problem).toMatchObject({ code: "CS050", path: "rules[0].when.if", line: 6, column });
    expect(problem?.what).toContain(what);
  });
});

test("one that the loader did not see is refused", () =>
  expect(() => conditions.if.resolve("chnage.size.files > 3")).toThrow(
    "an expression was not checked: there is no `chnage` in an expression",
  ));
