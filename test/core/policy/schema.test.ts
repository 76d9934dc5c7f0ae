import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { conditions } from "../../../core/policy/conditions/index.ts";
import { loadPolicy, policyJsonSchema, policyKeys } from "../../../core/policy/index.ts";
import { requirements } from "../../../core/policy/requirements/index.ts";
import { sampleLintRules } from "../../subjects.ts";

const validate = new Ajv({ strict: true, allErrors: true, strictRequired: false }).compile(policyJsonSchema());

function bothSay(text: string): { schema: boolean; loader: boolean } {
  return { schema: validate(parse(text)), loader: loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules }).ok };
}

const rule = (rest: string) => `version: 1\nrules: [{ id: r, ${rest} }]`;
const paths = (list: string) => `version: 1\nareas: { a: { paths: ${list} } }`;
const requires = (rest: string) => rule(`require: { ${rest} }`);

describe("editors and the loader agree", () => {
  test.each([
    "version: 1",
    "version: 1\nmode: observe\nprovenance: {}\nareas: {}\nrules: []",
    "version: 1\nprovenance: { counts_as_ai: [undeclared], sensitive_undeclared: human, exclude: [], detected_without_trailer: allow }",
    paths('[a, "**", "**/*.ts", "src/*/a?.ts", "!src/gen/**"]'),
    paths('["app/(auth)/page.tsx", ".github/**", "a b/c"]'),
    "version: 1\nareas: { a-1: { paths: [x], tier: 3 } }",
    rule("title: T, mode: warn, when: { ai: false, size: { files_over: 0 } }, require: { secrets: none }"),
    "version: 1\nareas: { a: { paths: [x] }, b: { paths: [z] } }\nrules: [{ id: r, when: { area: [a, b] }, require: { secrets: none } }]",
    rule('when: { paths: ["**", "!*.md"] }, require: { secrets: none }'),
    requires("trailers: [Assisted-by, X1]"),
    requires("disclosure: required"),
    requires("disclosure: [canonical, no-coauthor]"),
    requires("coverage: { patch_lines: 0, patch_branches: 100, ai_lines: 50.5, project_delta: -0.1, no_report: warn }"),
    requires("findings: { max_errors: 0, max_warnings: 1, max_notices: 2, escalate: { swallowed-error: error } }"),
  ])("good: %s", (text) => expect(bothSay(text)).toEqual({ schema: true, loader: true }));

  test.each([
    "mode: warn",
    "version: 2",
    'version: "1"',
    "version: 1\nmode: strict",
    "version: 1\nextends: []",
    "version: 1\nprovenance: { counts_as_ai: [human] }",
    "version: 1\nprovenance: { counts_as_ai: [] }",
    'version: 1\nprovenance: { exclude: ["!a"] }',
    "version: 1\nareas: { Auth: { paths: [x] } }",
    "version: 1\nareas: { a: {} }",
    "version: 1\nareas: { a: { paths: [x], tier: 0 } }",
    "version: 1\nareas: { a: { paths: [x], owners: codeowners } }",
    paths("[]"),
    paths('["!a"]'),
    paths('[""]'),
    paths('["/a"]'),
    paths('["a/"]'),
    paths('["a//b"]'),
    paths('["./a"]'),
    paths('["a/../b"]'),
    paths('["a**"]'),
    paths('["**a"]'),
    paths('["***"]'),
    paths('["a{b,c}"]'),
    paths('["[a]"]'),
    paths('["a+(b)"]'),
    paths('["a!b"]'),
    paths('["a\\\\b"]'),
    paths('["a "]'),
    paths(`["${"a".repeat(300)}"]`),
    "version: 1\nrules: [{ require: { secrets: none } }]",
    "version: 1\nrules: [{ id: r }]",
    "version: 1\nrules: [{ id: R, require: { secrets: none } }]",
    rule("when: {}, require: { secrets: none }"),
    rule("when: { size: {} }, require: { secrets: none }"),
    rule("when: { size: { files_over: 1.5 } }, require: { secrets: none }"),
    rule("when: { if: x }, require: { secrets: none }"),
    rule("require: {}"),
    rule('title: "", require: { secrets: none }'),
    rule('enforce_after: "2027-01-15", require: { secrets: none }'),
    requires("owner_approval: { count: 1 }"),
    requires("trailers: []"),
    requires("trailers: Assisted-by"),
    requires("trailers: [A_b]"),
    requires("disclosure: []"),
    requires("disclosure: labeled"),
    requires("coverage: {}"),
    requires("coverage: { no_report: warn }"),
    requires("coverage: { patch_lines: 101 }"),
    requires("coverage: { patch_lines: 80, no_report: pass }"),
    requires("findings: { escalate: { swallowed-error: error } }"),
    requires("findings: { max_errors: -1 }"),
    requires("secrets: some"),
  ])("bad: %s", (text) => expect(bothSay(text)).toEqual({ schema: false, loader: false }));

  test("only the loader knows names and repeated ids", () => {
    const twice = "version: 1\nrules: [{ id: r, require: { secrets: none } }, { id: r, require: { secrets: none } }]";
    for (const text of [
      rule("when: { area: nowhere }, require: { secrets: none }"),
      requires("findings: { max_errors: 0, escalate: { nothing: error } }"),
      twice,
    ]) {
      expect(bothSay(text)).toEqual({ schema: true, loader: false });
    }
  });
});

describe("every key is documented where it is defined", () => {
  test("each key has a sentence and an example that is valid there", () => {
    for (const { path, says, example } of policyKeys()) {
      expect(says, path).toMatch(/[.]$/);
      expect(validate(wrap(path, example)), `${path}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  test("each condition and requirement names what can change its answer", () => {
    for (const [key, part] of [...Object.entries(conditions), ...Object.entries(requirements)]) {
      expect(part.facts.length, key).toBeGreaterThan(0);
      expect(part.events, key).toContain("synchronize");
    }
    expect(policyKeys().map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        ...Object.keys(conditions).map((key) => `rules[].when.${key}`),
        ...Object.keys(requirements).map((key) => `rules[].require.${key}`),
      ]),
    );
  });
});

/** A policy that holds the value at the path and what must stand beside it. */
function wrap(path: string, value: unknown): unknown {
  const keys = path.replace("rules[]", "rules.0").replace("<name>", "auth").split(".");
  const beside: Record<string, object> = {
    areas: { auth: { paths: ["a"] } },
    rules: [{ id: "r", require: { secrets: "none" } }],
    coverage: { patch_lines: 1 },
    findings: { max_errors: 0 },
  };
  const put = (at: unknown, [key, ...rest]: string[]): unknown => {
    if (key === undefined) return value;
    const known = at ?? beside[key];
    const inner = (known as Record<string, unknown> | undefined)?.[key] ?? beside[key];
    const filled = put(inner, rest);
    if (Array.isArray(known)) return known.map((item: unknown, index) => (String(index) === key ? filled : item));
    return { ...(known as object | undefined), [key]: filled };
  };
  return put({ version: 1 }, keys);
}
