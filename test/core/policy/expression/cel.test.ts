import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExpression } from "../../../../core/policy/expression/cel.ts";
import { expressionLimits } from "../../../../core/policy/expression/expression-size.ts";
import { allParts, print } from "../../../../core/policy/expression/syntax.ts";

function printed(source: string): string {
  const parsed = parseExpression(source);
  return parsed.ok ? print(parsed.expression) : `${parsed.problem.at}: ${parsed.problem.what}. ${parsed.problem.fix}`;
}

describe("what is read, as it is printed again", () => {
  test.each([
    { source: "a.b == 'x'", is: 'a.b == "x"' },
    { source: "a && b || !c", is: "(a && b) || (!c)" },
    { source: "1 + 2 * 3 > 4", is: "(1 + (2 * 3)) > 4" },
    { source: "-a.b < 1.5", is: "(-a.b) < 1.5" },
    { source: "a ? b : c", is: "a ? b : c" },
    { source: "x in ['a', 'b']", is: 'x in ["a", "b"]' },
    { source: "a[0].b", is: "a[0].b" },
    { source: "has(a.b)", is: "has(a.b)" },
    { source: "f(a, 1)", is: "f(a, 1)" },
    { source: "a.f('x')", is: 'a.f("x")' },
    { source: "a.all(x, x.b)", is: "a.all(x, x.b)" },
    { source: "a.map(x, x.b, x.c)", is: "a.map(x, x.b, x.c)" },
    {
      source: "a.filter(x, x.b.exists(y, has(y.c) && y.d.exists_one(z, z)))",
      is: "a.filter(x, x.b.exists(y, has(y.c) && y.d.exists_one(z, z)))",
    },
    { source: "a // a comment\n == b", is: "a == b" },
    { source: "has(a)", is: "has(a)" },
    { source: "has(a[0])", is: "has(a[0])" },
    { source: "a.all(b)", is: "a.all(b)" },
    { source: "a.all(1, b)", is: "a.all(1, b)" },
    { source: "a.all(x, y, z, w)", is: "a.all(x, y, z, w)" },
    { source: "all(a, b)", is: "all(a, b)" },
    { source: "a.map(x, y, z, w)", is: "a.map(x, y, z, w)" },
    { source: "a.exists(x)", is: "a.exists(x)" },
    { source: "a == 9007199254740991", is: "a == 9007199254740991" },
    { source: "a.b.c(d)[1].e", is: "a.b.c(d)[1].e" },
    { source: "-(-a)", is: "a" },
    { source: "!(!a)", is: "a" },
    { source: "(a + b) * c", is: "(a + b) * c" },
    { source: "a + b == c ? d : e", is: "((a + b) == c) ? d : e" },
    { source: "(a ? b : c) ? d : e", is: "(a ? b : c) ? d : e" },
    { source: "a ? (b ? c : d) : e", is: "a ? (b ? c : d) : e" },
    { source: "-a[0]", is: "-a[0]" },
    { source: "(-a)[0]", is: "(-a)[0]" },
    { source: "(a + b).size()", is: "(a + b).size()" },
    { source: "(a || b).c", is: "(a || b).c" },
    { source: "has((a || b).c)", is: "has((a || b).c)" },
    { source: "[a + b, 1.5, true, 'x']", is: '[a + b, 1.5, true, "x"]' },
    { source: "f()", is: "f()" },
    { source: "a.f()", is: "a.f()" },
    { source: "a[b + 1]", is: "a[b + 1]" },
    { source: "(a + b)[1]", is: "(a + b)[1]" },
    { source: "(a + b).all(x, x > 1)", is: "(a + b).all(x, x > 1)" },
    { source: "a.all(x, x || y)", is: "a.all(x, x || y)" },
    { source: "f(a + b)", is: "f(a + b)" },
    { source: "a.f(a + b, c)", is: "a.f(a + b, c)" },
  ])("$source", ({ source, is }) => expect(printed(source)).toBe(is));
});

describe("what is refused, with its place and what to write", () => {
  const question = "Write a question such as `change.size.files > 3`.";
  test.each([
    { source: " ", is: `0: the expression is empty. ${question}` },
    { source: "a = b", is: "2: the expression cannot be read from here on: `= b`. Write `==` to compare." },
    { source: "a == b and c", is: "7: the expression cannot be read from here on: `and c`. Write `&&` for and." },
    { source: "a == b or c", is: "7: the expression cannot be read from here on: `or c`. Write `||` for or." },
    {
      source: '"abc',
      is: '0: the expression cannot be read from here on: `"abc`. Close the quote; a backslash in a text is written twice.',
    },
    {
      source: "a == ",
      is: "2: the expression cannot be read from here on: `== `. Something is missing after this sign.",
    },
    { source: '{"a": 1}', is: `0: mappings and messages cannot be written in an expression. ${question}` },
    { source: "a == null", is: "5: there is no `null` here. Ask whether something is known by `has(…)`." },
    { source: "a == 1u", is: "5: the number ends in `u`. Leave the `u` out: counts are plain whole numbers." },
    { source: "a == b'x'", is: "5: bytes cannot be written in an expression. Write a text in quotes." },
    { source: "a == 9007199254740993", is: "5: the number is too large. Write a number below 9007199254740992." },
    { source: "a === b", is: "2: the expression cannot be read from here on: `=== b`. Write `==` to compare." },
    {
      source: "a !== b",
      is: "2: the expression cannot be read from here on: `!== b`. Write `!=` to compare.",
    },
    { source: "a & b", is: "2: the expression cannot be read from here on: `& b`. Write `&&` for and." },
    { source: "a | b", is: "2: the expression cannot be read from here on: `| b`. Write `||` for or." },
    { source: "a == b && not c", is: "10: the expression cannot be read from here on: `not c`. Write `!` for not." },
    { source: "not a", is: "0: the expression cannot be read from here on: `not a`. Write `!` for not." },
    {
      source: "a == 'x",
      is: "2: the expression cannot be read from here on: `== 'x`. Something is missing after this sign.",
    },
    { source: "(a", is: `2: the expression ends too early. ${question}` },
    { source: "a(", is: "1: the expression cannot be read from here on: `(`. Close the parenthesis." },
    {
      source: "a == b &&",
      is: "7: the expression cannot be read from here on: `&&`. Something is missing after this sign.",
    },
    {
      source: "a ^^ b ccccccccccccccccccccccccccccccccccccccccc",
      is: `2: the expression cannot be read from here on: \`^^ b cccccccccccccccccccccccc…\`. ${question}`,
    },
    { source: "a and", is: "2: the expression cannot be read from here on: `and`. Write `&&` for and." },
    { source: "andy b", is: `5: the expression cannot be read from here on: \`b\`. ${question}` },
    { source: "Foo{a: 1}", is: `0: mappings and messages cannot be written in an expression. ${question}` },
    { source: 'b"x"', is: "0: bytes cannot be written in an expression. Write a text in quotes." },
    { source: "a == -9007199254740993", is: "5: the number is too large. Write a number below 9007199254740992." },
    {
      source: "\n a ==\n",
      is: "4: the expression cannot be read from here on: `== `. Something is missing after this sign.",
    },
    { source: "a\t== 1u", is: "5: the number ends in `u`. Leave the `u` out: counts are plain whole numbers." },
    {
      source: "/ a",
      is: "0: the expression cannot be read from here on: `/ a`. Something is missing after this sign.",
    },
    {
      source: "* a",
      is: "0: the expression cannot be read from here on: `* a`. Something is missing after this sign.",
    },
    { source: "%", is: "0: the expression cannot be read from here on: `%`. Something is missing after this sign." },
    {
      source: "> a",
      is: "0: the expression cannot be read from here on: `> a`. Something is missing after this sign.",
    },
    {
      source: "< a",
      is: "0: the expression cannot be read from here on: `< a`. Something is missing after this sign.",
    },
    {
      source: "|| a",
      is: "0: the expression cannot be read from here on: `|| a`. Something is missing after this sign.",
    },
    { source: "- ", is: `2: the expression ends too early. ${question}` },
    {
      source: "'''a",
      is: "2: the expression cannot be read from here on: `'a`. Close the quote; a backslash in a text is written twice.",
    },
    { source: "))", is: `0: the expression cannot be read from here on: \`))\`. ${question}` },
    { source: "a ) b", is: `2: the expression cannot be read from here on: \`) b\`. ${question}` },
    { source: "a b", is: `2: the expression cannot be read from here on: \`b\`. ${question}` },
    { source: "a.`b`", is: `1: the expression cannot be read from here on: \`.\`b\`\`. ${question}` },
    { source: "@", is: `0: the expression cannot be read from here on: \`@\`. ${question}` },
  ])("$source", ({ source, is }) => expect(printed(source)).toBe(is));
});

describe("bounds", () => {
  const { length, nesting, parts } = expressionLimits;
  test.each([
    { says: "length", source: `"${"x".repeat(length)}" == a`, is: `longer than ${length} characters` },
    {
      says: "nesting",
      source: `${"(".repeat(nesting + 1)}a${")".repeat(nesting + 1)}`,
      is: `nested deeper than ${nesting}`,
    },
    { says: "parts", source: Array.from({ length: parts }, () => "a").join("||"), is: `more than ${parts} parts` },
    { says: "signs in a row", source: `${"!".repeat(length - 1)}a`, is: "a" },
  ])("$says", ({ source, is }) => expect(printed(source)).toContain(is));

  test("just within them", () => {
    expect(printed(`"${"x".repeat(length - 2)}"`)).toBe(`"${"x".repeat(length - 2)}"`);
    expect(printed(`[${Array.from({ length: parts - 1 }, () => "a").join(",")}]`)).toMatch(/^\[a, a/);
    expect(printed(`${"(".repeat(nesting)}a${")".repeat(nesting)}`)).toBe("a");
  });
});

test("no text makes it throw, and every place lies within the text", () => {
  const alphabet = [
    "a",
    ".",
    "(",
    ")",
    "[",
    "]",
    '"',
    "'",
    "\\",
    "&&",
    "||",
    "!",
    "==",
    "<",
    "1",
    "1.5",
    " ",
    "\n",
    "{",
    "}",
    ":",
    "?",
    ",",
    "in",
    "has(",
    ".all(x,",
    "é",
    "\u{1f600}",
  ];
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(fc.constantFrom(...alphabet), { maxLength: 40 }).map((words) => words.join("")),
  );
  fc.assert(
    fc.property(text, (source) => {
      const parsed = parseExpression(source);
      if (parsed.ok) return;
      expect(parsed.problem.at).toBeGreaterThanOrEqual(0);
      expect(parsed.problem.at).toBeLessThanOrEqual(source.length);
    }),
    { numRuns: 150 },
  );
});

describe("brackets count where they nest", () => {
  const deep = 17;
  const open = `${"(".repeat(deep)}true${")".repeat(deep)}`;
  const isTooDeep = (source: string) => printed(source).includes("nested deeper");
  test.each([
    { says: "in a text they do not", source: `a == "${"(".repeat(deep)}"`, is: false },
    { says: "closing ones in a text undo none", source: `"${")".repeat(deep)}" == "" || ${open}`, is: true },
    { says: "nor in a text of three quotes", source: `'''a' ${")".repeat(deep)}''' == "" || ${open}`, is: true },
    {
      says: "behind an escaped quote it is still text",
      source: String.raw`"\"${")".repeat(deep)}" == a || ${open}`,
      is: true,
    },
    { says: "a backslash ends a raw text", source: String.raw`r"\" == a || ${open}`.replace("\\\\", "\\"), is: true },
    { says: "nor in a comment", source: `a // ${"(".repeat(deep)}`, is: false },
    { says: "a quote in a comment opens nothing", source: `a || // it's\n ${open}`, is: true },
    { says: "brackets themselves", source: open, is: true },
    {
      says: "those that are closed again do not",
      source: Array.from({ length: deep + 3 }, () => "(a)").join("||"),
      is: false,
    },
    { says: "right behind a text they do", source: `"a"${"(".repeat(deep)}`, is: true },
    { says: "right behind three quotes they do", source: `"""a"""${"[".repeat(deep)}`, is: true },
  ])("$says", ({ source, is }) => expect(isTooDeep(source)).toBe(is));
});

test("what an expression is made of, from the outside in", () => {
  const partsOf = (source: string) => {
    const parsed = parseExpression(source);
    return parsed.ok ? allParts(parsed.expression).map(print) : [];
  };
  expect(partsOf("a.map(x, x.b, f(x))")).toEqual(["a.map(x, x.b, f(x))", "a", "x.b", "x", "f(x)", "x"]);
  expect(partsOf("[1, -a.b] == has(c.d)")).toEqual([
    "[1, -a.b] == has(c.d)",
    "[1, -a.b]",
    "1",
    "-a.b",
    "a.b",
    "a",
    "has(c.d)",
    "c",
  ]);
});
