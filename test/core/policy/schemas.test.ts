import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  alsoBeside,
  areaNameSchema,
  asList,
  countSchema,
  isName,
  literalName,
  nameLike,
  namePattern,
  nameSchema,
  oneOrMore,
  pathListSchema,
  percentSchema,
  plainPathListSchema,
  problemIssue,
} from "../../../core/policy/schemas.ts";

const wording = { says: "A key.", expects: "a value", example: "x" };

/** What is said of a value, or nothing where it is taken. */
function told(schema: z.ZodType, value: unknown): unknown[] {
  const checked = schema.safeParse(value);
  return checked.success
    ? []
    : checked.error.issues.map((issue) => (issue.code === "custom" ? issue.params : issue.code));
}

describe("names are lower-case letters, digits and hyphens, a letter first", () => {
  test.each([
    { name: "a", is: true },
    { name: "z9", is: true },
    { name: "a-0-z", is: true },
    { name: "a".repeat(80), is: true },
    { name: "a".repeat(81), is: false },
    { name: "", is: false },
    { name: "-a", is: false },
    { name: "1a", is: false },
    { name: "Aa", is: false },
    { name: "aA", is: false },
    { name: "a_b", is: false },
    { name: "a/b", is: false },
    { name: "a:b", is: false },
    { name: "a`", is: false },
    { name: "a{", is: false },
    { name: "`a", is: false },
    { name: "{a", is: false },
    { name: "é", is: false },
  ])("$name: $is", ({ name, is }) => {
    expect(isName(name)).toBe(is);
    expect(new RegExp(namePattern).test(name)).toBe(is);
    expect(told(nameSchema(wording), name)).toEqual(is ? [] : [{ code: "CS027" }]);
  });

  test.each([
    { text: "Billing API", is: "billing-api" },
    { text: "BillingApi", is: "billing-api" },
    { text: "v2Api", is: "v2-api" },
    { text: " a  b ", is: "a-b" },
    { text: "a_b.c/d", is: "a-b-c-d" },
    { text: "a~", is: "a" },
    { text: "A".repeat(80), is: "a".repeat(80) },
    { text: "A".repeat(81), is: null },
    { text: "café", is: null },
    { text: "2fa", is: null },
    { text: "--", is: null },
  ])("$text was meant as $is", ({ text, is }) => expect(nameLike(text)).toBe(is));
});

describe("lists", () => {
  const item = z.enum(["a", "b"]);
  test.each([
    { value: "a", takes: true },
    { value: ["a", "b"], takes: true },
    { value: [], takes: false },
    { value: "c", takes: false },
    { value: ["a", "c"], takes: false },
  ])("one or more: $value", ({ value, takes }) =>
    expect(oneOrMore(item, wording).safeParse(value).success).toBe(takes),
  );

  test("one is a list of one", () => {
    expect(asList("a")).toEqual(["a"]);
    expect(asList(["a", "b"])).toEqual(["a", "b"]);
  });

  const alone = {
    code: "CS019",
    what: "a list of exclusions alone matches nothing",
    fix: 'Add what to match first, such as "**".',
  };
  test.each([
    { says: "a pattern", value: ["src/**"], are: [] },
    { says: "a pattern behind an exclusion", value: ["!src/gen/**", "src/**"], are: [] },
    { says: "exclusions alone", value: ["!a", "!b"], are: [alone] },
    { says: "nothing", value: [], are: ["too_small"] },
    {
      says: "a folder",
      value: ["src/"],
      are: [{ code: "CS019", what: "the pattern ends with a slash", fix: 'Write "src/**".' }],
    },
  ])("patterns: $says", ({ value, are }) => expect(told(pathListSchema(wording), value)).toEqual(are));

  test.each([
    { says: "patterns", value: ["docs/**"], are: [] },
    { says: "none", value: [], are: [] },
    {
      says: "an exclusion",
      value: ["!docs/**"],
      are: [{ code: "CS019", what: "`exclude` is a list of exclusions already", fix: "Remove the `!`." }],
    },
    {
      says: "a folder",
      value: ["docs/"],
      are: [{ code: "CS019", what: "the pattern ends with a slash", fix: 'Write "docs/**".' }],
    },
  ])("patterns without exclusions: $says", ({ value, are }) =>
    expect(told(plainPathListSchema(wording), value)).toEqual(are),
  );
});

describe("a name that is compared letter by letter", () => {
  const schema = literalName(5, wording, (name) => `Not ${name}.`);
  const negated = (fix: string) => ({
    code: "CS012",
    what: "a `!` negates nothing here, and would be part of the name",
    fix,
  });
  test.each([
    { value: "a", are: [] },
    { value: "a!b", are: [] },
    { value: "abcde", are: [] },
    { value: "abcdef", are: ["too_big"] },
    { value: "", are: ["too_small"] },
    { value: "!ab", are: [negated("Not ab.")] },
    { value: "!a\nb", are: [negated("Not a b.")] },
  ])("$value", ({ value, are }) => expect(told(schema, value)).toEqual(are));

  test("a long one is cut in what is said of it", () => {
    const long = literalName(100, wording, (name) => name);
    expect(told(long, `!${"x".repeat(61)}`)).toEqual([negated(`${"x".repeat(59)}…`)]);
  });
});

describe("numbers", () => {
  test.each([
    { value: 0, count: true, percent: true },
    { value: 1, count: true, percent: true },
    { value: 100, count: true, percent: true },
    { value: 101, count: true, percent: false },
    { value: 0.5, count: false, percent: true },
    { value: -1, count: false, percent: false },
    { value: 1_000_000, count: true, percent: false },
    { value: 1_000_001, count: false, percent: false },
  ])("$value as a count: $count, as a percentage: $percent", ({ value, count, percent }) => {
    expect(countSchema(wording).safeParse(value).success).toBe(count);
    expect(percentSchema(wording).safeParse(value).success).toBe(percent);
  });
});

describe("what an editor knows", () => {
  const shown = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input" });
  const entry = (schema: z.ZodType) => z.looseObject({ pattern: z.string() }).parse(shown(schema)["items"]);

  test("entries of lists have words, an example and a longest length", () => {
    expect(entry(pathListSchema(wording))).toMatchObject({
      maxLength: 257,
      examples: ["src/auth/**"],
      description:
        "A pattern from the root of the repository: `*` within a folder, `**` over folders, `?` one character. A `!` in front excludes.",
    });
    expect(entry(plainPathListSchema(wording))).toMatchObject({
      maxLength: 256,
      examples: ["docs/**"],
      description: "A pattern from the root of the repository; no `!`.",
    });
    expect(shown(pathListSchema(wording))["contains"]).toEqual({ type: "string", pattern: "^[^!]" });
  });

  test.each([
    ...["src/**", "a", "a b", "*.ts", "a/b?c", "(a)/b"].map((text) => ({ text, either: true, excluding: true })),
    { text: "!src/**", either: true, excluding: false },
    ...[
      "[a]",
      "{a",
      "a}",
      "a]",
      "a\\b",
      "a!b",
      "a+(b)",
      "a@(b)",
      "*(b)",
      "?(b)",
      "a//b",
      "a**",
      "**a",
      "a/",
      "./a",
      "a/./b",
      "a/..",
      "/a",
      " a",
      "a ",
      "!!a",
      "",
    ].map((text) => ({ text, either: false, excluding: false })),
  ])("a pattern $text: $either, $excluding", ({ text, either, excluding }) => {
    expect(new RegExp(entry(pathListSchema(wording)).pattern).test(text)).toBe(either);
    expect(new RegExp(entry(plainPathListSchema(wording)).pattern).test(text)).toBe(excluding);
  });

  test("names have their pattern", () => {
    expect(shown(nameSchema(wording))).toMatchObject({ type: "string", pattern: namePattern, description: "A key." });
    expect(shown(areaNameSchema(wording))).toMatchObject({
      type: "string",
      pattern: namePattern,
      description: "A key.",
    });
    expect(shown(literalName(5, wording, String))).toMatchObject({ minLength: 1, maxLength: 5, pattern: "^[^!]" });
    expect(areaNameSchema(wording).safeParse("No name").success).toBe(true);
  });
});

test("a check of a mapping runs beside other mistakes, and not on what is no mapping", () => {
  expect([{}, { a: 1 }, [], null, "a", undefined].map((value) => alsoBeside({ value }))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("an issue brings its own words", () => {
  expect(problemIssue("CS019", "it is off", "Mend it.")).toEqual({
    code: "custom",
    message: "it is off",
    params: { code: "CS019", what: "it is off", fix: "Mend it." },
  });
});
