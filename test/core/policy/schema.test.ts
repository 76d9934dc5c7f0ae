import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { conditions } from "../../../core/policy/conditions/index.ts";
import { loadPolicy, policyJsonSchema, policyKeys } from "../../../core/policy/index.ts";
import { requirements } from "../../../core/policy/requirements/index.ts";
import { keysOf } from "../../../core/policy/schema.ts";
import { worded } from "../../../core/policy/wording.ts";
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

describe("the keys of a document", () => {
  const says = <T extends z.ZodType>(schema: T, text: string) =>
    worded(schema, { says: text, expects: "a value", example: text.length });
  const text = says(z.string(), "text");
  const item = says(z.strictObject({ name: text, plain: z.string() }), "item");
  const keys = (shape: z.ZodRawShape) =>
    keysOf(says(z.strictObject(shape), "all")).map((key) => `${key.path}: ${key.says}`);

  test.each([
    { says: "one with words, and none without", shape: { name: text, plain: z.string() }, are: ["name: text"] },
    {
      says: "one that may be left out",
      shape: { name: says(z.string(), "optional").optional() },
      are: ["name: optional"],
    },
    { says: "those of a mapping, behind it", shape: { one: item }, are: ["one: item", "one.name: text"] },
    {
      says: "those of a mapping without words",
      shape: { one: z.strictObject({ name: text }) },
      are: ["one.name: text"],
    },
    {
      says: "those of a list's items, which are no key",
      shape: { list: says(z.array(item), "list") },
      are: ["list: list", "list[].name: text"],
    },
    { says: "none of a list of texts", shape: { list: says(z.array(text), "list") }, are: ["list: list"] },
    {
      says: "those of a mapping by names",
      shape: { by: says(z.record(z.string(), item), "by") },
      are: ["by: by", "by.<name>: item", "by.<name>.name: text"],
    },
    { says: "none of texts by names", shape: { by: says(z.record(z.string(), text), "by") }, are: ["by: by"] },
    {
      says: "those of what may be a mapping, by names",
      shape: { by: z.record(z.string(), says(z.union([z.string(), item]), "either")) },
      are: ["by.<name>: either", "by.<name>.name: text"],
    },
    {
      says: "none of what may be one of two texts, by names",
      shape: { by: z.record(z.string(), says(z.union([text, z.number()]), "either")) },
      are: [],
    },
    {
      says: "those of what may be a mapping",
      shape: { one: says(z.union([z.string(), item]), "either") },
      are: ["one: either", "one.name: text"],
    },
    {
      says: "none of what may be none",
      shape: { one: says(z.union([z.string(), z.number()]), "either") },
      are: ["one: either"],
    },
  ])("$says", ({ shape, are }) => expect(keys(shape)).toEqual(are));

  test("the same thing is the same schema, and brings its example", () => {
    const [first, second] = keysOf(says(z.strictObject({ a: text, b: text }), "all"));
    expect(first).toEqual({ path: "a", says: "text", example: 4, schema: text });
    expect(second?.schema).toBe(first?.schema);
  });

  test("a policy's begin at the top", () => {
    const paths = policyKeys().map(({ path }) => path);
    expect(paths.slice(0, 3)).toEqual(["version", "mode", "extends"]);
    expect(paths).toEqual(
      expect.arrayContaining(["areas.<name>.owners.teams", "rules[].require.coverage.patch_lines", "rules[].when.if"]),
    );
    expect(paths).not.toContain("");
  });
});
