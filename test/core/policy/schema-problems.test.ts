import { describe, expect, test } from "vitest";
import * as z from "zod";
import { readYaml } from "../../../core/policy/read-yaml.ts";
import { expectedAt, nodeAt, schemaAt, schemaProblems } from "../../../core/policy/schema-problems.ts";
import { worded } from "../../../core/policy/wording.ts";

const number = worded(z.number().int().max(10), { says: "A number.", expects: "a number", example: 7, code: "CS023" });
const mapping = z.strictObject({ count: number, name: z.string().optional() });

/** `offset code path: what. fix` of each. */
function told(schema: z.ZodType, text: string): string[] {
  const { root } = readYaml(text);
  if (root === null) throw new Error("the text can be read");
  return schemaProblems(schema, root).map(
    ({ offset, code, path, what, fix }) => `${offset} ${code} ${path.join(".")}: ${what}. ${fix}`,
  );
}

describe("what a schema finds wrong", () => {
  test.each([
    { says: "nothing", schema: mapping, text: "count: 1", are: [] },
    {
      says: "a value with its own code",
      schema: mapping,
      text: "count: x",
      are: ['7 CS023 count: expected a number, got "x". Write `count: 7`.'],
    },
    {
      says: "one that is missing",
      schema: mapping,
      text: "name: x",
      are: ["0 CS011 : `count` is missing. Write `count: 7`."],
    },
    {
      says: "one without words",
      schema: mapping,
      text: "count: 1\nname: 5",
      are: ["15 CS012 name: expected something else, got 5. Write `name: null`."],
    },
    {
      says: "one without words that is missing",
      schema: z.object({ a: z.string() }),
      text: "{}",
      are: ["0 CS011 : `a` is missing. Write `a: null`."],
    },
    {
      says: "a number beyond the exact ones once",
      schema: mapping,
      text: "count: 99999999999999999999",
      are: ["7 CS023 count: expected a number, got 100000000000000000000. Write `count: 7`."],
    },
    {
      says: "another that is too big beside it",
      schema: z.strictObject({ a: number, b: number }),
      text: "a: 99999999999999999999\nb: 11",
      are: [
        "3 CS023 a: expected a number, got 100000000000000000000. Write `a: 7`.",
        "27 CS023 b: expected a number, got 11. Write `b: 7`.",
      ],
    },
    {
      says: "a key that there is not",
      schema: mapping,
      text: "count: 1\ncolor: 2",
      are: ["9 CS010 color: there is no key `color` here. Known keys: count, name."],
    },
    {
      says: "one in what is no mapping of keys",
      schema: z.union([z.literal("x"), mapping]),
      text: "count: 1\ncolor: 2",
      are: ["9 CS010 color: there is no key `color` here. Known keys: count, name."],
    },
  ])("$says", ({ schema, text, are }) => expect(told(schema, text)).toEqual(are));
});

describe("of a value that may be one of several kinds, what is wrong with it as the kind that it is", () => {
  const kinds = z.strictObject({ k: z.union([z.literal("x"), z.union([mapping, z.array(z.literal("y"))])]) });
  test.each([
    {
      says: "a mapping",
      text: "k: { count: z }",
      are: ['12 CS012 k.count: expected something else, got "z". Write `count: null`.'],
    },
    { says: "a list", text: "k: [y, z]", are: ['7 CS012 k.1: expected something else, got "z". Write `null`.'] },
    { says: "none of them", text: "k: 5", are: ["3 CS012 k: expected something else, got 5. Write `k: null`."] },
    { says: "another word", text: "k: z", are: ['3 CS012 k: expected something else, got "z". Write `k: null`.'] },
  ])("$says", ({ text, are }) => expect(told(kinds, text)).toEqual(are));
});

describe("checks of our own", () => {
  const checked = (params: Record<string, unknown>) =>
    z.strictObject({ a: z.string().refine(() => false, { params }) });
  test.each([
    {
      says: "bring their code and words",
      params: { code: "CS019", what: "it is off", fix: "Mend it." },
      is: "3 CS019 a: it is off. Mend it.",
    },
    {
      says: "in inert text",
      params: { code: "CS019", what: "it\nis", fix: "Mend\nit." },
      is: "3 CS019 a: it is. Mend it.",
    },
    {
      says: "may bring a code alone",
      params: { code: "CS027" },
      is: '3 CS027 a: expected something else, got "b". Write `a: null`.',
    },
    { says: "or nothing", params: {}, is: '3 CS012 a: expected something else, got "b". Write `a: null`.' },
    {
      says: "and no code that there is not",
      params: { code: "CS999", what: 5, fix: null },
      is: '3 CS012 a: expected something else, got "b". Write `a: null`.',
    },
    {
      says: "nor a name that every object has",
      params: { code: "toString" },
      is: '3 CS012 a: expected something else, got "b". Write `a: null`.',
    },
  ])("$says", ({ params, is }) => expect(told(checked(params), "a: b")).toEqual([is]));

  const lacking = z
    .strictObject({ rules: z.string().optional(), other: z.string().optional() })
    .refine(({ rules }) => rules !== undefined, {
      when: ({ value }) => typeof value === "object",
      params: { code: "CS011", lacks: "rules", what: "`rules` is missing", fix: "Write it." },
    });
  const missing = "`rules` is missing. Write it.";
  test.each([
    { says: "a key that is missing", text: "{ a: {}, b: { rules: x } }", are: [`5 CS011 a: ${missing}`] },
    {
      says: "not where it is misspelt",
      text: "{ a: { rule: x } }",
      are: ["7 CS010 a.rule: there is no key `rule` here. Did you mean `rules`?"],
    },
    {
      says: "nor beside another key",
      text: "{ a: { zzz: 1, rule: x } }",
      are: [
        "7 CS010 a.zzz: there is no key `zzz` here. Known keys: rules, other.",
        "15 CS010 a.rule: there is no key `rule` here. Did you mean `rules`?",
      ],
    },
    {
      says: "but where another key is wrong",
      text: "{ a: { zzz: 1 } }",
      are: ["7 CS010 a.zzz: there is no key `zzz` here. Known keys: rules, other.", `5 CS011 a: ${missing}`],
    },
    {
      says: "and where it is misspelt elsewhere",
      text: "{ a: { rule: x }, b: {} }",
      are: ["7 CS010 a.rule: there is no key `rule` here. Did you mean `rules`?", `21 CS011 b: ${missing}`],
    },
  ])("$says", ({ text, are }) => expect(told(z.record(z.string(), lacking), text).sort()).toEqual([...are].sort()));
});

describe("what may stand at a path", () => {
  const item = worded(z.string(), { says: "An item.", expects: "an item", example: "x" });
  const schema = z.strictObject({
    list: z.array(item).optional(),
    named: z.record(z.string(), mapping),
    kinds: z.union([z.literal("x"), mapping, z.array(item)]).optional(),
  });
  test.each([
    { path: [], is: schema },
    { path: ["named", "any", "count"], is: number },
    { path: ["named", "any"], is: mapping },
    { path: ["list", 3], is: item },
    { path: ["kinds", 0], is: item },
    { path: ["kinds", "count"], is: number },
    { path: ["toString"], is: null },
    { path: ["list", 3, "x"], is: null },
    { path: ["named", "any", "color"], is: null },
  ])("$path", ({ path, is }) => expect(schemaAt(schema, path)).toBe(is));

  test.each([
    { path: ["named", "any", "count"], says: "A number.", item: null, lacks: ["named", "any"] },
    { path: ["named", "any", "name"], says: undefined, item: null, lacks: ["named", "any", "name"] },
    { path: ["list"], says: undefined, item: "An item.", lacks: ["list"] },
    { path: ["list", 0], says: "An item.", item: null, lacks: ["list", 0] },
    { path: ["kinds", "count"], says: "A number.", item: null, lacks: ["kinds"] },
    { path: ["named"], says: undefined, item: null, lacks: null },
    { path: [], says: undefined, item: null, lacks: null },
  ])("$path and what it may lack", ({ path, says, item: of, lacks }) => {
    const expected = expectedAt(schema, path);
    expect([expected.wording?.says, expected.item?.says ?? null, expected.lacks]).toEqual([says, of, lacks]);
  });

  test("a node at a path, or none", () => {
    const { root } = readYaml("a: [1, { b: 2 }]");
    if (root === null) throw new Error("the text can be read");
    expect(nodeAt(root, ["a", 1, "b"])?.value).toBe(2);
    expect(nodeAt(root, [])).toBe(root);
    expect(nodeAt(root, ["a", 2, "b"])).toBeNull();
  });
});
