import { describe, expect, test } from "vitest";
import * as z from "zod";
import { exampleOf, refusal, rewrite, type Expected } from "../../../core/policy/fix-texts.ts";
import type { Wording } from "../../../core/policy/wording.ts";

const words = z.enum(["observe", "warn"]);
const word = { says: "A word.", expects: "`observe` or `warn`", example: "warn" };
const text = { says: "A text.", expects: "a text", example: "e" };

const expecting = (schema: z.ZodType | null, wording: Wording | null, item: Wording | null = null): Expected => ({
  schema,
  wording,
  item,
  lacks: null,
});
/** What may stand for an example, whatever its schema. */
const like = (schema: z.ZodType, example: unknown, more: Partial<Wording> = {}) =>
  expecting(schema, { ...text, example, ...more });
const fix = (value: unknown, expected: Expected) => rewrite(["k"], value, expected);

describe("words", () => {
  const begins = (...known: readonly string[]) =>
    expecting(z.enum(["ab-one"]), { ...word, expects: known.map((each) => `\`${each}\``).join(" or "), example: "e" });
  test.each([
    { says: "a slip", value: "wrn", of: expecting(words, word), is: "Did you mean `warn`?" },
    { says: "how one begins", value: "ob", of: expecting(words, word), is: "Did you mean `observe`?" },
    { says: "in whatever case", value: "OB", of: expecting(words, word), is: "Did you mean `observe`?" },
    { says: "not by one letter", value: "o", of: expecting(words, word), is: "Write `k: warn`." },
    {
      says: "three that begin alike",
      value: "ab",
      of: begins("ab-one", "ab-two", "ab-six"),
      is: "Did you mean `ab-one` or `ab-two` or `ab-six`?",
    },
    { says: "not four", value: "ab", of: begins("ab-one", "ab-two", "ab-six", "ab-ten"), is: "Write `k: e`." },
    { says: "none that would be refused", value: "ab-tw", of: begins("ab-two"), is: "Write `k: e`." },
    {
      says: "others than a negated one",
      value: "!warn",
      of: expecting(words, word),
      is: "A `!` negates nothing here: list the others: `[observe]`.",
    },
    {
      says: "and than one item",
      value: "!warn",
      of: expecting(z.array(words), { ...text, example: ["warn"] }, word),
      is: "A `!` negates nothing here: list the others: `[observe]`.",
    },
    {
      says: "nothing of a negated text where there are no words",
      value: "!x",
      of: expecting(z.literal("e"), text),
      is: "Write `k: e`.",
    },
    {
      says: "those of a list without backticks",
      value: "wrn",
      of: expecting(words, { ...word, expects: "one of observe, warn, or a list of them" }),
      is: "Did you mean `warn`?",
    },
    {
      says: "the word beside a mapping",
      value: "owner",
      of: expecting(z.union([z.literal("owners"), z.object({ users: z.array(z.string()) })]), {
        ...text,
        expects: "`x`, or a mapping",
        example: { teams: ["a/b"] },
      }),
      is: "Did you mean `owners`?",
    },
    {
      says: "no key of a mapping",
      value: "!users",
      of: like(z.literal("e"), { count: 1 }, { expects: "a mapping with `users`" }),
      is: "Write `k: {count: 1}`.",
    },
    {
      says: "whole sentences",
      value: "Off",
      of: expecting(words, { ...word, instead: { off: "Write `k: observe`." } }),
      is: "Write `k: observe`.",
    },
    { says: "nothing where nothing is known", value: "x", of: expecting(null, null), is: "Write `k: null`." },
    { says: "an example where no schema is known", value: "x", of: expecting(null, word), is: "Write `k: warn`." },
  ])("$says", ({ value, of, is }) => expect(fix(value, of)).toBe(is));

  test("an expression may ask for what a condition cannot", () =>
    expect(rewrite(["when", "k"], "!warn", expecting(words, word))).toBe(
      "A `!` negates nothing here: list the others: `[observe]`, or ask by `if`.",
    ));
});

describe("mappings", () => {
  const names = z.array(z.string());
  const paths = like(z.object({ paths: names }), { paths: ["a"] });
  const long = "x".repeat(70);
  const cut = `${"x".repeat(59)}…`;
  test.each([
    { says: "a person", value: "bob", of: like(z.object({ users: names }), { users: ["ann"] }), is: "{users: [bob]}" },
    { says: "a team", value: "@x/z", of: like(z.object({ teams: names }), { teams: ["x/y"] }), is: "{teams: [x/z]}" },
    { says: "patterns", value: "lib/**", of: paths, is: "{paths: [lib/**]}" },
    { says: "those of a list, cut where they are long", value: ["a", 5, long], of: paths, is: `{paths: [a, ${cut}]}` },
    { says: "none", value: 5, of: paths, is: "{paths: [a]}" },
    { says: "a number", value: 5, of: like(z.object({ count: z.number() }), { count: 1 }), is: "{count: 5}" },
    {
      says: "a number as a text",
      value: "5",
      of: like(z.object({ count: z.number() }), { count: 1 }),
      is: "{count: 5}",
    },
    {
      says: "a number that may be one of two",
      value: 5,
      of: like(z.object({ a: z.number(), b: z.number() }), { a: 1, b: 2 }),
      is: "{a: 1, b: 2}",
    },
    {
      says: "a preset without its version",
      value: "warn",
      of: like(z.object({ preset: z.string() }), { preset: "e@1" }),
      is: "{preset: warn@1}",
    },
    {
      says: "with a later one",
      value: "warn@123",
      of: like(z.object({ preset: z.string() }), { preset: "e@1" }),
      is: "{preset: warn@123}",
    },
    ...["warn@1234", "warn@x1", "warn@1x", "warn@", "warn1@1", "1warn@1", "warn@1@1", "a".repeat(41), ""].map(
      (value) => ({
        says: `no preset by ${value}`,
        value,
        of: like(z.object({ preset: z.string() }), { preset: "e@1" }),
        is: "{preset: e@1}",
      }),
    ),
    {
      says: "a list of presets",
      value: "warn",
      of: like(z.array(z.unknown()), [{ preset: "e@1" }]),
      is: "[{preset: warn@1}]",
    },
    {
      says: "the first of the examples in a list",
      value: "warn",
      of: like(z.array(z.unknown()), [{ id: 1 }, { id: 2 }]),
      is: "[{id: 1}]",
    },
    { says: "nothing", value: "x", of: like(z.number(), null), is: "null" },
  ])("$says", ({ value, of, is }) => expect(fix(value, of)).toBe(`Write \`k: ${is}\`.`));
});

describe("lists, numbers and texts", () => {
  const list = like(z.array(z.string()), ["e", "f"]);
  const number = like(z.number(), 50);
  test.each([
    { says: "the brackets alone", value: "a", of: list, is: "[a]" },
    { says: "of a text that is cut", value: "x".repeat(70), of: list, is: `[${"x".repeat(59)}…]` },
    { says: "with hyphens", value: "a_b", of: like(z.array(z.string().regex(/^[a-z-]+$/)), ["e"]), is: "[a-b]" },
    { says: "all of the example", value: 5, of: list, is: "[e, f]" },
    ...[
      ["80", "80"],
      ["80%", "80"],
      [" 80 % ", "80"],
      ["0", "0"],
      ["100", "100"],
      ["100.5", "50"],
      ["-1", "50"],
      ["8%0", "50"],
      ["", "50"],
      ["%", "50"],
      ["x", "50"],
      ["Infinity", "50"],
    ].map(([value, is = ""]) => ({ says: `a number for "${value}"`, value, of: number, is })),
    {
      says: "a day",
      value: "2027-1-5",
      of: like(z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/), "e"),
      is: '"2027-01-05"',
    },
    { says: "a text with hyphens", value: "a_b", of: like(z.string().regex(/^[a-z-]+$/), "e"), is: "a-b" },
    { says: "and for blanks", value: "a b", of: like(z.string().regex(/^[a-z-]+$/), "e"), is: "a-b" },
    { says: "a name", value: "A B", of: like(z.string().regex(/^[a-z-]+$/), "e"), is: "a-b" },
  ])("$says", ({ value, of, is }) => expect(fix(value, of)).toBe(`Write \`k: ${is}\`.`));

  test("a zero for a requirement leaves it out", () => {
    const asked = ["rules", 0, "require", "k"];
    const leave = "Leave the key out: what is not written is not asked for.";
    expect(rewrite(asked, 0, like(z.literal(true), true))).toBe(leave);
    expect(rewrite(asked, 1, like(z.literal(true), true))).toBe("Write `k: true`.");
    expect(rewrite(asked, 0, like(z.object({ count: z.number() }), { count: 1 }))).toBe("Write `k: {count: 0}`.");
    expect(rewrite(["rules", 0, "when", "k"], 0, like(z.literal(true), true))).toBe("Write `k: true`.");
  });

  test("what is no mapping at all is told how one is written", () =>
    expect(rewrite([], "x", like(z.object({}), {}))).toBe(
      "Write `key: value` lines, with a space after each colon, and `version: 1` first.",
    ));
});

describe("an example as a line", () => {
  test.each([
    { path: ["a", "b"], value: "x", is: "b: x" },
    { path: ["a", 0], value: "x", is: "x" },
    { path: ["a"], value: "no", is: 'a: "no"' },
    { path: ["a"], value: "2027-01-15", is: 'a: "2027-01-15"' },
    { path: ["a"], value: [1, { b: "c d" }], is: "a: [1, {b: c d}]" },
    { path: ["a"], value: "x ".repeat(60).trim(), is: `a: ${"x ".repeat(60).trim()}` },
  ])("$is", ({ path, value, is }) => expect(exampleOf(path, value)).toBe(is));
});

describe("what is said to a no", () => {
  const mayLack = (expected: Expected, path: readonly (string | number)[]): Expected => ({ ...expected, lacks: path });
  test.each([
    {
      says: "what means no",
      path: ["k"],
      value: "no",
      of: like(words, "warn", { no: "observe" }),
      is: "Write `k: observe`.",
    },
    { says: "false", path: ["k"], value: "off", of: like(z.boolean(), true), is: "Write `k: false`." },
    { says: "nothing", path: ["k"], value: '"0"', of: like(z.number(), 1), is: null },
    { says: "zero", path: ["k"], value: "0", of: like(z.number(), 1), is: "Write `k: 0`." },
    {
      says: "the key left out",
      path: ["k"],
      value: false,
      of: mayLack(like(z.string(), "e"), ["k"]),
      is: "Leave the key out.",
    },
    {
      says: "the item left out",
      path: ["k", 0],
      value: "no",
      of: mayLack(like(z.number(), 1), ["k", 0]),
      is: "Leave the item out.",
    },
    {
      says: "the one around it left out",
      path: ["k", "l"],
      value: "no",
      of: mayLack(like(z.number(), 1), ["k"]),
      is: "Leave `k` out.",
    },
    {
      says: "nothing where a text is needed",
      path: ["k", "l"],
      value: "no",
      of: mayLack(like(z.number(), "e"), ["k"]),
      is: null,
    },
    { says: "nothing to another value", path: ["k"], value: "yes", of: mayLack(like(z.number(), 1), ["k"]), is: null },
    {
      says: "nothing where no schema is known and nothing may lack",
      path: ["k"],
      value: "no",
      of: expecting(null, null),
      is: null,
    },
    {
      says: "what is not asked for",
      path: ["rules", 0, "require", "k"],
      value: "no",
      of: mayLack(like(z.number(), 1), ["rules", 0, "require", "k"]),
      is: "Leave the key out: what is not written is not asked for.",
    },
    {
      says: "and not for a condition",
      path: ["rules", 0, "when", "k"],
      value: "no",
      of: mayLack(like(z.number(), 1), ["rules", 0, "when", "k"]),
      is: "Leave the key out.",
    },
  ])("$says", ({ path, value, of, is }) => expect(refusal(path, value, of)).toBe(is));
});
