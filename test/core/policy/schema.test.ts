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
const waiver = (rest: string) => `version: 1\nwaivers: [{ id: W-1, reason: x, owner: ann, ${rest} }]`;
const extending = (entry: string) => `version: 1\nextends: [{ ${entry} }]`;
const ref = "0".repeat(40);
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
    "version: 1\ncomment: false\naccept: [claimed]\nlabels: { ai: x, needs-approval: z }",
    "version: 1\nprovenance: { counts_as_code: { tests: false, generated: true } }",
    "version: 1\nextends: [{ preset: recommended@1 }]",
    "version: 1\nareas: { a: { paths: [x], owners: codeowners, fallback: { users: [ann] } } }",
    "version: 1\nareas: { a: { paths: [x], owners: { teams: [payments, acme/payments], users: [ann, bot-1, 'x[bot]'] } } }",
    "version: 1\npolicy_owners: { users: [ann] }\ndefault_owners: { teams: [a] }",
    "version: 1\nbreak_glass: { who: { teams: [incident] }, max_age: 4h }",
    "version: 1\nforbid: { kinds: [workflow] }",
    "version: 1\nforbid: [{ agents: [any], branches: [main] }, { paths: [a/**] }]",
    "version: 1\nrules: [{ id: r, forbid: { kinds: [workflow] } }]",
    requires("forbid: { kinds: [lockfile] }"),
    requires("owner_approval: { count: 1 }"),
    rule('mode: warn, enforce_after: "2027-01-15", require: { secrets: none }'),
    waiver('finding: swallowed-error, expires: "2027-01-15"'),
    waiver('finding: swallowed-error, paths: [a/**], expires: "2027-01-15"'),
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
    "version: 1\nareas: { a: { paths: [x], tier: 0 } }",
    "version: 1\nareas: { a: { paths: [x], owners: payments } }",
    "version: 1\nareas: { a: { paths: [x], owners: {} } }",
    'version: 1\nareas: { a: { paths: [x], owners: { teams: ["@acme/x"] } } }',
    "version: 1\nareas: { a: { paths: [x], owners: { teams: [a/b/c] } } }",
    "version: 1\nareas: { a: { paths: [x], owners: { users: [a/b] } } }",
    "version: 1\nareas: { a: { paths: [x], fallback: codeowners } }",
    "version: 1\ndefault_owners: [ann]",
    "version: 1\nbreak_glass: { who: { users: [ann] } }",
    "version: 1\nbreak_glass: { who: { users: [ann] }, max_age: 4 }",
    "version: 1\nbreak_glass: { who: { users: [ann] }, max_age: 0h }",
    "version: 1\nforbid: {}",
    "version: 1\nforbid: []",
    "version: 1\nforbid: { kinds: [workflows] }",
    "version: 1\nlabels: { blocked: x }",
    "version: 1\naccept: [guessed]",
    "version: 1\nprovenance: { counts_as_code: { docs: true } }",
    extending(""),
    extending("repo: acme/x, path: p.yml"),
    extending("repo: x, path: p.yml, ref: '0000000000000000000000000000000000000000'"),
    extending("repo: acme/x, path: p.yml, ref: main"),
    extending(`preset: warn@1, repo: acme/x, path: p.yml, ref: "${ref}"`),
    extending(`repo: acme/x, path: p.yml, ref: "${ref}", digest: abc`),
    waiver('expires: "2027-01-15"'),
    waiver('finding: swallowed-error, rule: r, expires: "2027-01-15"'),
    waiver("finding: swallowed-error"),
    waiver('finding: swallowed-error, expires: "15.1.2027"'),
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
    rule("require: {}"),
    rule('title: "", require: { secrets: none }'),
    rule('enforce_after: "tomorrow", require: { secrets: none }'),
    requires("owner_approval: { count: 0 }"),
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

  test("only the loader knows names, repeated ids, and what presets have", () => {
    const twice = "version: 1\nrules: [{ id: r, require: { secrets: none } }, { id: r, require: { secrets: none } }]";
    for (const text of [
      rule("when: { area: nowhere }, require: { secrets: none }"),
      requires("findings: { max_errors: 0, escalate: { nothing: error } }"),
      twice,
      rule("when: { if: x }, require: { secrets: none }"),
      rule('enforce_after: "2027-02-30", require: { secrets: none }'),
      waiver('rule: nothing, expires: "2027-01-15"'),
      "version: 1\nareas: { a: {} }",
      extending("preset: recommended@9"),
      extending(`repo: acme/x, path: p.yml, ref: "${ref}"`),
    ]) {
      expect(bothSay(text)).toEqual({ schema: true, loader: false });
    }
  });
});

describe("every key is documented where it is defined", () => {
  test("each key has a sentence and an example that is valid there", () => {
    for (const { path, says, example } of policyKeys()) {
      expect(says, path).toMatch(/[.]$/);
      if (together.some((list) => path.startsWith(list))) continue;
      expect(validate(wrap(path, example)), `${path}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  test("each condition and requirement is a key", () => {
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
  const put = (at: unknown, [key, ...rest]: string[], where: string): unknown => {
    if (key === undefined) return value;
    const name = key.replace("[]", "").replace("<name>", "auth");
    const inside = where === "" ? name : `${where}.${name}`;
    const known = { ...beside[where], ...(typeof at === "object" ? at : {}) };
    const inner: unknown = Object.entries(known).find(([other]) => other === name)?.[1];
    if (rest.length === 0) return { ...known, [name]: value };
    if (!key.endsWith("[]")) return { ...known, [name]: put(inner, rest, inside) };
    return { ...known, [name]: [put(Array.isArray(inner) ? inner[0] : inner, rest, inside)] };
  };
  return put({ version: 1 }, path.split("."), "");
}

/** What must stand in a mapping beside any key of it. */
const beside: Readonly<Record<string, object>> = {
  areas: { auth: { paths: ["a"] } },
  rules: { id: "r", require: { secrets: "none" } },
  "rules.require.coverage": { patch_lines: 1 },
  "rules.require.attestation": { signers: ["a@example.com"] },
  "rules.require.findings": { max_errors: 0 },
  break_glass: { who: { users: ["ann"] }, max_age: "4h" },
};

/** Keys that exclude each other, or need each other, cannot be tried one by one. */
const together = ["extends[].", "waivers[]."];
