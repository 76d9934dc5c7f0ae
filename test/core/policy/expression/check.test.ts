import { describe, expect, test } from "vitest";
import { compileExpression } from "../../../../core/policy/expression/index.ts";

function told(source: string): string[] {
  const result = compileExpression(source);
  return result.ok ? [] : result.problems.map(({ at, what, fix }) => `${at}: ${what}. ${fix}`);
}

test.each([
  'change.provenance.acceptance == "as-is" && coverage.patch.branches.total > 0',
  'change.files.exists(f, "test" in f.kinds && f.added_lines > 3)',
  "has(coverage.patch) && coverage.patch.lines.ratio >= 1",
  "coverage.patch.lines.ratio * 100.0 > 80",
  'size(change.files) > 1 ? true : findings.all(f, f.severity != "error")',
  'change.files.filter(f, f.ai).map(f, f.added_lines > 3, f.path)[0].startsWith("src/")',
  'pull_request.labels.exists_one(l, l == "x") || change.author in ["ann", "bob"]',
  "double(file.deleted_lines) / double(file.added_lines) > 0.5",
  'glob(file.path, "src/**") && change.size.files % 2 == 0 && -change.size.files < 0',
  "1 in [1.0, 2] && [2.5, 1].exists(x, x > 2)",
  "[1.0, 2.0][1] / 4.0 < 1.0",
  "change.commits.all(c, change.files.all(f, c.verdict == f.verdict))",
])("%s is fine", (source) => expect(told(source)).toEqual([]));

describe("what is wrong", () => {
  test.each([
    { source: "chnage.size.files > 3", is: ["0: there is no `chnage` in an expression. Did you mean `change`?"] },
    { source: "change.size.fils > 3", is: ["11: `change.size` has no field `fils`. Did you mean `files`?"] },
    {
      source: "change.size.toString == 'x'",
      is: ["11: `change.size` has no field `toString`. Fields: files, commits, added_lines, deleted_lines."],
    },
    {
      source: "__proto__ == 1",
      is: ["0: there is no `__proto__` in an expression. Known: change, coverage, findings, pull_request, file."],
    },
    {
      source: "change.files.path == 'x'",
      is: ["12: `change.files` is a list of files and has no field `path`. Ask about its items by `.exists(item, …)`."],
    },
    {
      source: "change.size",
      is: [
        "6: the expression is sizes, and must be `true` or `false`. Ask for one of its fields: files, commits, added_lines, deleted_lines.",
      ],
    },
    {
      source: "change.size.files",
      is: ["11: the expression is a whole number, and must be `true` or `false`. Compare it with something."],
    },
    {
      source: "change.files",
      is: [
        "6: the expression is a list of files, and must be `true` or `false`. Ask `.exists(…)`, `.all(…)` or `.size() > 0` of it.",
      ],
    },
    { source: 'change.provenance.acceptance == "as_is"', is: ['32: it is never "as_is". Did you mean `as-is`?'] },
    {
      source: 'file.verdict in ["human", "undeclard"]',
      is: ['26: it is never "undeclard". Did you mean `undeclared`?'],
    },
    { source: '"tests" in file.kinds', is: ['0: it is never "tests". Did you mean `test`?'] },
    {
      source: 'change.branch.matches("x")',
      is: [
        '13: regular expressions (`matches`) are not part of expressions here. Use `glob(text, "pattern")`, `startsWith`, `endsWith` or `contains`.',
      ],
    },
    {
      source: 'change.branch.startswith("x")',
      is: ["13: there is no function `startswith`. Did you mean `startsWith`?"],
    },
    { source: "has(change)", is: ["0: `has` is not called like this. Write `has(coverage.patch)`."] },
    {
      source: 'startsWith(change.branch, "x")',
      is: ['0: `startsWith` is not called like this. Write `change.branch.startsWith("release/")`.'],
    },
    {
      source: "change.size.files.size() > 1",
      is: ["11: `size` does not take a whole number here. Write `change.files.size() > 10`."],
    },
    {
      source: "glob(file.path, file.path)",
      is: ['20: the pattern must be written out in quotes. Write `glob(file.path, "src/**/*.ts")`.'],
    },
    {
      source: 'glob(file.path, "src/[a]")',
      is: [
        '16: the pattern has a character class. Write `?` for any one character: "src/?"; where the brackets are part of a name, "src/?a?".',
      ],
    },
    {
      source: "coverage.patch.lines.ratio * 100 > 80",
      is: [
        "27: `*` does not mix whole numbers and numbers with decimals. Write the number with decimals (`100.0`), or `double(…)` around the whole one.",
      ],
    },
    {
      source: "change.uncommitted + true == 1",
      is: ["19: `+` does not work on `true` or `false`. Use it between numbers."],
    },
    {
      source: "change.uncommitted == 3",
      is: [
        "19: `true` or `false` is never equal to a whole number. Leave the comparison out: it is true or false itself.",
      ],
    },
    {
      source: "change.files == change.files",
      is: ["13: lists and records cannot be compared as a whole. Compare fields, or ask `in`."],
    },
    { source: "change.event < 'push'", is: ["13: a text and a text have no order. Compare with `==` or `in`."] },
    {
      source: "'a' in change.branch",
      is: ["4: `in` looks into a list, and this is a text. Use `.contains(…)` for a part of a text."],
    },
    {
      source: "change.files in change.files",
      is: ["13: a list of files is never in a list of files. Ask about its fields by `.exists(…)`."],
    },
    {
      source: "change.size.exists(f, true)",
      is: [
        "11: `exists` asks about the items of a list, and this is sizes. Put a list before it, such as `change.files`.",
      ],
    },
    {
      source: "change.files.exists(file, true)",
      is: ["12: the name `file` already means something. Use another name, such as the first letter."],
    },
    {
      source: "change.files.all(f, f.path)",
      is: ["21: expected `true` or `false`, and this is a text. Compare it with something."],
    },
    {
      source: "change.uncommitted ? 1 : 'a'",
      is: ["25: one side of `?:` is a whole number, the other a text. Make both alike."],
    },
    {
      source: "change.event in ['push', 3]",
      is: ["25: the items of the list are of different types. Write items of one type."],
    },
    { source: "change.files['a'].ai", is: ["12: a position in a list is a whole number. Write a number from 0."] },
    {
      source: "1.5 % 1.0 > 0.0",
      is: ["4: `%` does not work on numbers with decimals. Use it between whole numbers."],
    },
    {
      source: "[1, 2.5][1] / 2 == 1",
      is: [
        "12: `/` does not work on a list's items of which some are whole numbers and some have decimals. Write all numbers of the list with decimals, or none.",
      ],
    },
    {
      source: "[[2.5], [1]].exists(l, l.exists(x, -x + 1.0 < 0.0))",
      is: [
        "35: `-` does not work on a list's items of which some are whole numbers and some have decimals. Write all numbers of the list with decimals, or none.",
      ],
    },
    { source: "change.size[0] == 1", is: ["11: sizes has no positions. Write `.field` for a field."] },
    {
      source: "chnage.a == 1 && file.pth == 'x'",
      is: [
        "0: there is no `chnage` in an expression. Did you mean `change`?",
        "21: `file` has no field `pth`. Did you mean `path`?",
      ],
    },
  ])("$source", ({ source, is }) => expect(told(source)).toEqual(is));
});
