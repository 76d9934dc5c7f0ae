import { describe, expect, test } from "vitest";
import { formatProblem, loadPolicy } from "../../../core/policy/index.ts";
import { sampleLintRules } from "../../subjects.ts";

/** Every message about an expression or a pattern, with its exact place in the file. */

/** A policy with one rule; its first line is line 4 of the file. */
const rule = (lines: string) => `version: 1\nrules:\n  - id: r\n${lines.replace(/^/gm, "    ")}`;
const asking = (expression: string) => rule(`when:\n  if: '${expression}'\nrequire: { secrets: none }`);
const within = (pattern: string) => rule(`when: { paths: [${pattern}] }\nrequire: { secrets: none }`);

function told(text: string): string[] {
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
  return loaded.ok ? [] : loaded.problems.map(formatProblem);
}

describe("what is wrong with an expression", () => {
  test.each([
    {
      says: "a sign at the end",
      asks: "change.size.files >",
      is: "p.yml:5:30 CS050 rules[0].when.if: the expression cannot be read from here on: `>`. Something is missing after this sign.",
    },
    {
      says: "a word for a sign",
      asks: "change.size.files > 1 and change.size.commits > 1",
      is: "p.yml:5:34 CS050 rules[0].when.if: the expression cannot be read from here on: `and change.size.commits > 1`. Write `&&` for and.",
    },
    {
      says: "an open end",
      asks: "change.",
      is: "p.yml:5:18 CS050 rules[0].when.if: the expression cannot be read from here on: `.`. Write a question such as `change.size.files > 3`.",
    },
    {
      says: "an open parenthesis",
      asks: "has(",
      is: "p.yml:5:15 CS050 rules[0].when.if: the expression cannot be read from here on: `(`. Close the parenthesis.",
    },
    {
      says: "a not of nothing",
      asks: "!",
      is: "p.yml:5:13 CS050 rules[0].when.if: the expression ends too early. Write a question such as `change.size.files > 3`.",
    },
    {
      says: "only a comment",
      asks: "// none",
      is: "p.yml:5:12 CS050 rules[0].when.if: the expression cannot be read from here on: `// none`. Something is missing after this sign.",
    },
    {
      says: "nothing but blanks",
      asks: " ",
      is: "p.yml:5:12 CS050 rules[0].when.if: the expression is empty. Write a question such as `change.size.files > 3`.",
    },
    {
      says: "brackets in brackets in brackets",
      asks: `${"(".repeat(17)}true${")".repeat(17)}`,
      is: "p.yml:5:28 CS050 rules[0].when.if: brackets are nested deeper than 16. Split the rule in two, or use conditions such as `paths`, `area` and `size` beside `if`.",
    },
    {
      says: "an expression that nobody reads aloud",
      asks: `change.size.files > 1 || ${"true || ".repeat(60)}true`,
      is: "p.yml:5:512 CS050 rules[0].when.if: the expression is longer than 500 characters. Split the rule in two, or use conditions such as `paths`, `area` and `size` beside `if`.",
    },
    {
      says: "a number of itself",
      asks: "change.size.files",
      is: "p.yml:5:23 CS050 rules[0].when.if: the expression is a whole number, and must be `true` or `false`. Compare it with something.",
    },
    {
      says: "a list of itself",
      asks: "change.files",
      is: "p.yml:5:18 CS050 rules[0].when.if: the expression is a list of files, and must be `true` or `false`. Ask `.exists(…)`, `.all(…)` or `.size() > 0` of it.",
    },
    {
      says: "a record of itself",
      asks: "change.size",
      is: "p.yml:5:18 CS050 rules[0].when.if: the expression is sizes, and must be `true` or `false`. Ask for one of its fields: files, commits, added_lines, deleted_lines.",
    },
    {
      says: "a name that there is not",
      asks: "chnage.size.files > 1",
      is: "p.yml:5:12 CS050 rules[0].when.if: there is no `chnage` in an expression. Did you mean `change`?",
    },
    {
      says: "a name without what it is part of",
      asks: "patch.lines.ratio > 0.5",
      is: "p.yml:5:12 CS050 rules[0].when.if: there is no `patch` in an expression. Did you mean `coverage.patch`?",
    },
    {
      says: "a field of a number",
      asks: "change.size.files.count > 1",
      is: "p.yml:5:29 CS050 rules[0].when.if: `change.size.files` is a whole number and has no field `count`. Leave the field out.",
    },
    {
      says: "a field of a list",
      asks: 'change.files.path == "a"',
      is: "p.yml:5:24 CS050 rules[0].when.if: `change.files` is a list of files and has no field `path`. Ask about its items by `.exists(item, …)`.",
    },
    {
      says: "a list of this and that",
      asks: 'change.size.files in [1, "a"]',
      is: "p.yml:5:37 CS050 rules[0].when.if: the items of the list are of different types. Write items of one type.",
    },
    {
      says: "items of what is no list",
      asks: "change.size.exists(x, x > 1)",
      is: "p.yml:5:23 CS050 rules[0].when.if: `exists` asks about the items of a list, and this is sizes. Put a list before it, such as `change.files`.",
    },
    {
      says: "a variable with a name that is taken",
      asks: "change.files.exists(change, true)",
      is: "p.yml:5:24 CS050 rules[0].when.if: the name `change` already means something. Use another name, such as the first letter.",
    },
    {
      says: "a question about items without its variable",
      asks: "change.files.exists(true)",
      is: 'p.yml:5:24 CS050 rules[0].when.if: `exists` is not called like this. Write `change.files.exists(f, "migration" in f.kinds)`.',
    },
    {
      says: "a function without what it asks of",
      asks: 'startsWith("a")',
      is: 'p.yml:5:12 CS050 rules[0].when.if: `startsWith` is not called like this. Write `change.branch.startsWith("release/")`.',
    },
    {
      says: "a number for a text",
      asks: "change.branch.startsWith(5)",
      is: 'p.yml:5:37 CS050 rules[0].when.if: `startsWith` does not take a whole number here. Write `change.branch.startsWith("release/")`.',
    },
    {
      says: "a pattern that is not written out",
      asks: "glob(change.branch, change.base)",
      is: 'p.yml:5:38 CS050 rules[0].when.if: the pattern must be written out in quotes. Write `glob(file.path, "src/**/*.ts")`.',
    },
    {
      says: "a pattern with a class in an expression",
      asks: 'glob(change.branch, "[a]")',
      is: 'p.yml:5:32 CS050 rules[0].when.if: the pattern has a character class. Write `?` for any one character: "?"; where the brackets are part of a name, "?a?".',
    },
    {
      says: "a regular expression",
      asks: 'change.branch.matches("a")',
      is: 'p.yml:5:25 CS050 rules[0].when.if: regular expressions (`matches`) are not part of expressions here. Use `glob(text, "pattern")`, `startsWith`, `endsWith` or `contains`.',
    },
    {
      says: "a function of other languages",
      asks: "len(change.files) > 3",
      is: "p.yml:5:12 CS050 rules[0].when.if: there is no function `len`. Did you mean `size`?",
    },
    {
      says: "a word of other languages",
      asks: "change.uncommitted == True",
      is: "p.yml:5:34 CS050 rules[0].when.if: there is no `True` in an expression. Write `true`.",
    },
    {
      says: "a function that there is not",
      asks: 'change.branch.beginsWith("a")',
      is: "p.yml:5:25 CS050 rules[0].when.if: there is no function `beginsWith`. Functions: glob, startsWith, endsWith, contains, size, double, all, exists, exists_one, map, filter, has.",
    },
    {
      says: "two sides that are not alike",
      asks: 'change.size.files > 1 ? 1 : "a"',
      is: "p.yml:5:40 CS050 rules[0].when.if: one side of `?:` is a whole number, the other a text. Make both alike.",
    },
    {
      says: "a number for a question",
      asks: "change.size.files && true",
      is: "p.yml:5:23 CS050 rules[0].when.if: expected `true` or `false`, and this is a whole number. Compare it with something.",
    },
    {
      says: "a number and a text",
      asks: 'change.size.files == "a"',
      is: "p.yml:5:30 CS050 rules[0].when.if: a whole number is never equal to a text. Compare values of one type.",
    },
    {
      says: "a comparison with `true`",
      asks: "change.size.files > 1 == 5",
      is: "p.yml:5:34 CS050 rules[0].when.if: `true` or `false` is never equal to a whole number. Leave the comparison out: it is true or false itself.",
    },
    {
      says: "two lists",
      asks: "change.files == change.files",
      is: "p.yml:5:25 CS050 rules[0].when.if: lists and records cannot be compared as a whole. Compare fields, or ask `in`.",
    },
    {
      says: "a value that it never has",
      asks: 'change.provenance.acceptance == "as_is"',
      is: 'p.yml:5:44 CS050 rules[0].when.if: it is never "as_is". Did you mean `as-is`?',
    },
    {
      says: "`in` with a text",
      asks: '"a" in change.branch',
      is: "p.yml:5:16 CS050 rules[0].when.if: `in` looks into a list, and this is a text. Use `.contains(…)` for a part of a text.",
    },
    {
      says: "`in` with a number",
      asks: "1 in change.size.files",
      is: "p.yml:5:14 CS050 rules[0].when.if: `in` looks into a list, and this is a whole number. Put a list on the right side.",
    },
    {
      says: "a number in a list of texts",
      asks: '5 in ["a"]',
      is: "p.yml:5:14 CS050 rules[0].when.if: a whole number is never in a list of texts. Compare values of one type.",
    },
    {
      says: "a text in a list of records",
      asks: '"a" in change.files',
      is: "p.yml:5:16 CS050 rules[0].when.if: a text is never in a list of files. Ask about its fields by `.exists(…)`.",
    },
    {
      says: "a position in a number",
      asks: "change.size.files[0] == 1",
      is: "p.yml:5:29 CS050 rules[0].when.if: a whole number has no positions. Write `.field` for a field.",
    },
    {
      says: "a position by name",
      asks: 'change.files["a"].path == "a"',
      is: "p.yml:5:24 CS050 rules[0].when.if: a position in a list is a whole number. Write a number from 0.",
    },
    {
      says: "words in an order",
      asks: 'change.provenance.acceptance > "as-is"',
      is: "p.yml:5:41 CS050 rules[0].when.if: a text and a text have no order. Compare with `==` or `in`.",
    },
    {
      says: "records in an order",
      asks: "change.size > change.size",
      is: "p.yml:5:24 CS050 rules[0].when.if: sizes and sizes have no order. Compare numbers.",
    },
    {
      says: "a list of both kinds of numbers",
      asks: "[1, 2.0][0] + 1 > 2",
      is: "p.yml:5:24 CS050 rules[0].when.if: `+` does not work on a list's items of which some are whole numbers and some have decimals. Write all numbers of the list with decimals, or none.",
    },
    {
      says: "a rest of decimals",
      asks: "coverage.patch.lines.ratio % 2.0 > 1.0",
      is: "p.yml:5:39 CS050 rules[0].when.if: `%` does not work on numbers with decimals. Use it between whole numbers.",
    },
    {
      says: "whole numbers and decimals",
      asks: "coverage.patch.lines.ratio * 100 > 80",
      is: "p.yml:5:39 CS050 rules[0].when.if: `*` does not mix whole numbers and numbers with decimals. Write the number with decimals (`100.0`), or `double(…)` around the whole one.",
    },
    {
      says: "a sum of truth values",
      asks: "true + true == 2",
      is: "p.yml:5:17 CS050 rules[0].when.if: `+` does not work on `true` or `false`. Use it between numbers.",
    },
  ])("$says", ({ asks, is }) => expect(told(asking(asks))).toEqual([is]));
});

describe("what is wrong with a pattern", () => {
  test.each([
    {
      says: "a longer one than anybody writes",
      pattern: `"${"a".repeat(257)}"`,
      is: "p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern is longer than 256 characters. Use a shorter pattern.",
    },
    {
      says: "no pattern",
      pattern: '""',
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern is empty. Write a path or a pattern such as "src/**".',
    },
    {
      says: "a backslash in double quotes",
      pattern: '"a\\nb"',
      is: "p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has a control character, as a backslash makes one in double quotes. Separate folders by `/`; nothing can be escaped.",
    },
    {
      says: "a quote of a word processor",
      pattern: "“src/**”",
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern begins with a typographic quote, which is a letter like any other. Write straight quotes, `"…"`.',
    },
    {
      says: "a blank at the end",
      pattern: '"src/** "',
      is: "p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has spaces at an end, or characters that cannot be seen. Remove them, or write `?` in their place.",
    },
    {
      says: "a path of Windows",
      pattern: "'src\\a'",
      is: "p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has a backslash. Separate folders by `/`; nothing can be escaped.",
    },
    {
      says: "a choice in parentheses",
      pattern: '"src/@(a|b)/**"',
      is: "p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has an extended glob. Write one pattern for each choice.",
    },
    {
      says: "an exclusion in parentheses",
      pattern: '"!(src)/**"',
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has an extended glob. Write one pattern for each choice; to exclude a name that begins with `(`, write "!?…" for it.',
    },
    {
      says: "an exclusion in the middle",
      pattern: '"src/!a"',
      is: "p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has a `!`. A `!` excludes only as the first character of a pattern.",
    },
    {
      says: "an absolute path",
      pattern: "/src/a.ts",
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern begins with a slash. Write "src/a.ts".',
    },
    {
      says: "two slashes",
      pattern: "src//a.ts",
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has two slashes in a row. Write "src/a.ts".',
    },
    {
      says: "a path from here",
      pattern: "./src/a.ts",
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern begins with `./`. Write "src/a.ts".',
    },
    {
      says: "a path that climbs",
      pattern: "src/../a.ts",
      is: "p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has a `.` or `..` segment. Write the path from the root of the repository.",
    },
    {
      says: "stars beside letters",
      pattern: '"src**"',
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has `**` beside other characters. Write `**` between slashes: "src/**/*.ts".',
    },
    {
      says: "a class",
      pattern: '"src/[ab].ts"',
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has a character class. Write one pattern for each choice: "src/a.ts", "src/b.ts"; where the brackets are part of a name, "src/?ab?.ts".',
    },
    {
      says: "braces",
      pattern: '"src/*.{ts,js}"',
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern has braces. Write one pattern for each choice: "src/*.ts", "src/*.js".',
    },
    {
      says: "a folder",
      pattern: "src/",
      is: 'p.yml:4:21 CS019 rules[0].when.paths[0]: the pattern ends with a slash. Write "src/**".',
    },
  ])("$says", ({ pattern, is }) => expect(told(within(pattern))).toEqual([is]));
});
