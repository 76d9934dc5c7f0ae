import { describe, expect, test } from "vitest";
import { compileExpression } from "../../../../core/policy/expression/index.ts";

const long = "n".repeat(70);
const cut = `${"n".repeat(59)}…`;

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

describe("each part of what is told, and what is not told twice", () => {
  test.each([
    { source: "[] == 1", is: ["3: a list of texts is never equal to a whole number. Compare values of one type."] },
    {
      source: "1 == true",
      is: [
        "2: a whole number is never equal to `true` or `false`. Leave the comparison out: it is true or false itself.",
      ],
    },
    {
      source: "(1 == 1) == 1",
      is: [
        "9: `true` or `false` is never equal to a whole number. Leave the comparison out: it is true or false itself.",
      ],
    },
    {
      source: "1 == [1]",
      is: ["2: a whole number is never equal to a list of whole numbers. Compare values of one type."],
    },
    { source: "1 + 'a' == 'b'", is: ["2: `+` does not work on a whole number. Use it between numbers."] },
    { source: "(change.uncommitted ? change.event : change.branch) == 'zzz'", is: [] },
    { source: "(change.uncommitted ? change.branch : change.event) == 'zzz'", is: [] },
    {
      source: `change.files.filter(f, f.path == '${long}').path == 1`,
      is: [
        `106: \`change.files.filter(f, f.path == "${"n".repeat(25)}…\` is a list of files and has no field \`path\`. Ask about its items by \`.exists(item, …)\`.`,
      ],
    },
    {
      source: "author == 'x'",
      is: ["0: there is no `author` in an expression. Did you mean `change.author` or `pull_request.author`?"],
    },
    { source: "draft", is: ["0: there is no `draft` in an expression. Did you mean `pull_request.draft`?"] },
    {
      source: "change.files.exists(item, itm.ai)",
      is: ["26: there is no `itm` in an expression. Did you mean `item`?"],
    },
    { source: "change.event.x == 1", is: ["12: `change.event` is a text and has no field `x`. Leave the field out."] },
    {
      source: `${long} == 1`,
      is: [`0: there is no \`${cut}\` in an expression. Known: change, coverage, findings, pull_request, file.`],
    },
    {
      source: `change.${long} == 1`,
      is: [
        `6: \`change\` has no field \`${cut}\`. Fields: id, event, repository, base, branch, author, uncommitted, size, files, commits, provenance.`,
      ],
    },
    {
      source: `change.files.exists(f, f.${long}.x)`,
      is: [
        `24: \`f\` has no field \`${cut}\`. Fields: path, previous_path, status, type, kinds, areas, sensitive, ai, verdict, verdicts, acceptance, tools, models, added_lines, deleted_lines, coverage.`,
      ],
    },
    { source: "'a' in []", is: [] },
    { source: "1 in [chnage, 2]", is: ["6: there is no `chnage` in an expression. Did you mean `change`?"] },
    { source: "1 in [2, chnage]", is: ["9: there is no `chnage` in an expression. Did you mean `change`?"] },
    { source: "chnage.exists(f, f.ai)", is: ["0: there is no `chnage` in an expression. Did you mean `change`?"] },
    {
      source: "change.files.exists(f, change.files.exists(f, f.ai))",
      is: ["35: the name `f` already means something. Use another name, such as the first letter."],
    },
    {
      source: "change.files.map(f, f.path, f.path).size() > 1",
      is: ["21: expected `true` or `false`, and this is a text. Compare it with something."],
    },
    { source: "change.files.map(f, f.pth).size() > 1", is: ["21: `f` has no field `pth`. Did you mean `path`?"] },
    {
      source: "change.files.map(f, f.pth == 'x', f.path).size() > 1",
      is: ["21: `f` has no field `pth`. Did you mean `path`?"],
    },
    { source: "change.files.filter(f, f.pth).size() > 1", is: ["24: `f` has no field `pth`. Did you mean `path`?"] },
    {
      source: "change.files.filter(f, f.path).size() > 1",
      is: ["24: expected `true` or `false`, and this is a text. Compare it with something."],
    },
    { source: "change.files.exists(f, f.pth)", is: ["24: `f` has no field `pth`. Did you mean `path`?"] },
    {
      source: "change.files.exists(f, f.ai).size() > 1",
      is: ["12: `size` does not take `true` or `false` here. Write `change.files.size() > 10`."],
    },
    {
      source: "change.files.filter(f, f.ai).path == 1",
      is: [
        "28: `change.files.filter(f, f.ai)` is a list of files and has no field `path`. Ask about its items by `.exists(item, …)`.",
      ],
    },
    {
      source: "change.files.map(f, f.path).path == 1",
      is: [
        "27: `change.files.map(f, f.path)` is a list of texts and has no field `path`. Ask about its items by `.exists(item, …)`.",
      ],
    },
    {
      source: "double(1, 2) > 1.0",
      is: ["0: `double` is not called like this. Write `double(file.deleted_lines) / double(file.added_lines) > 0.5`."],
    },
    {
      source: "double(1).double() > 1.0",
      is: ["9: `double` is not called like this. Write `double(file.deleted_lines) / double(file.added_lines) > 0.5`."],
    },
    {
      source: "glob(1, 'x')",
      is: ['5: `glob` does not take a whole number here. Write `glob(file.path, "src/**/*.ts")`.'],
    },
    {
      source: "glob(file.path, 'x', 'y')",
      is: ['0: `glob` is not called like this. Write `glob(file.path, "src/**/*.ts")`.'],
    },
    {
      source: "double('a') > 1.0",
      is: [
        "7: `double` does not take a text here. Write `double(file.deleted_lines) / double(file.added_lines) > 0.5`.",
      ],
    },
    {
      source: "double(1.5) > 1.0",
      is: [
        "7: `double` does not take a number with decimals here. Write `double(file.deleted_lines) / double(file.added_lines) > 0.5`.",
      ],
    },
    {
      source: "size(true) > 1",
      is: ["5: `size` does not take `true` or `false` here. Write `change.files.size() > 10`."],
    },
    { source: "size(chnage) > 1", is: ["5: there is no `chnage` in an expression. Did you mean `change`?"] },
    {
      source: "glob(file.path, 3)",
      is: ['16: `glob` does not take a whole number here. Write `glob(file.path, "src/**/*.ts")`.'],
    },
    {
      source: "'a'.contains(1)",
      is: ['13: `contains` does not take a whole number here. Write `file.path.contains("legacy")`.'],
    },
    {
      source: "change.branch.size('x') > 1",
      is: ["13: `size` is not called like this. Write `change.files.size() > 10`."],
    },
    {
      source: "all(change.files)",
      is: ["0: `all` is not called like this. Write `change.commits.all(c, c.merge || has(c.tool))`."],
    },
    { source: "exist(change.files)", is: ["0: there is no function `exist`. Did you mean `exists`?"] },
    {
      source: "frobnicate(1)",
      is: [
        "0: there is no function `frobnicate`. Functions: glob, startsWith, endsWith, contains, size, double, all, exists, exists_one, map, filter, has.",
      ],
    },
    {
      source: `${long}(1)`,
      is: [
        `0: there is no function \`${cut}\`. Functions: glob, startsWith, endsWith, contains, size, double, all, exists, exists_one, map, filter, has.`,
      ],
    },
    {
      source: "1 && true",
      is: ["0: expected `true` or `false`, and this is a whole number. Compare it with something."],
    },
    { source: "true || 'a'", is: ["8: expected `true` or `false`, and this is a text. Compare it with something."] },
    { source: "!1", is: ["1: expected `true` or `false`, and this is a whole number. Compare it with something."] },
    {
      source: "1 ? 2 : 3",
      is: ["0: expected `true` or `false`, and this is a whole number. Compare it with something."],
    },
    { source: "chnage ? 1 : 2", is: ["0: there is no `chnage` in an expression. Did you mean `change`?"] },
    { source: "true ? chnage : 2", is: ["7: there is no `chnage` in an expression. Did you mean `change`?"] },
    { source: "true ? 1 : chnage", is: ["11: there is no `chnage` in an expression. Did you mean `change`?"] },
    {
      source: "true ? 1 : 1.5",
      is: ["11: one side of `?:` is a whole number, the other a number with decimals. Make both alike."],
    },
    {
      source: "true ? [1] : ['a']",
      is: ["13: one side of `?:` is a list of whole numbers, the other a list of texts. Make both alike."],
    },
    {
      source: "(true ? [1] : [1.5]).exists(x, x + 1 > 2)",
      is: [
        "33: `+` does not work on a list's items of which some are whole numbers and some have decimals. Write all numbers of the list with decimals, or none.",
      ],
    },
    { source: "-true", is: ["0: `-` does not work on `true` or `false`. Use it between numbers."] },
    { source: "-change.branch == 'a'", is: ["0: `-` does not work on a text. Use it between numbers."] },
    { source: "'a' + 1 == 'a1'", is: ["4: `+` does not work on a text. Use it between numbers."] },
    { source: "'a' - 'b' == 'c'", is: ["4: `-` does not work on a text. Use it between numbers."] },
    {
      source: "[true] == 1",
      is: ["7: a list of `true` and `false` is never equal to a whole number. Compare values of one type."],
    },
    {
      source: "[1] == 1",
      is: ["4: a list of whole numbers is never equal to a whole number. Compare values of one type."],
    },
    {
      source: "[1.5] == 1",
      is: ["6: a list of numbers is never equal to a whole number. Compare values of one type."],
    },
    { source: "['a'] == 1", is: ["6: a list of texts is never equal to a whole number. Compare values of one type."] },
    { source: "[[1]] == 1", is: ["6: a list of lists is never equal to a whole number. Compare values of one type."] },
    {
      source: "change.files == 1",
      is: ["13: a list of files is never equal to a whole number. Compare values of one type."],
    },
    {
      source: "change.commits == 1",
      is: ["15: a list of commits is never equal to a whole number. Compare values of one type."],
    },
    {
      source: "true == 1",
      is: [
        "5: `true` or `false` is never equal to a whole number. Leave the comparison out: it is true or false itself.",
      ],
    },
    { source: "1 == 1.0", is: [] },
    {
      source: "change.size in [1]",
      is: ["12: sizes is never in a list of whole numbers. Compare values of one type."],
    },
    { source: "1 in ['a']", is: ["2: a whole number is never in a list of texts. Compare values of one type."] },
    {
      source: "[1] in [[1]]",
      is: ["4: a list of whole numbers is never in a list of lists. Compare values of one type."],
    },
    {
      source: "change.size in [change.size]",
      is: ["12: sizes is never in a list of sizes. Ask about its fields by `.exists(…)`."],
    },
    { source: "1 in 2", is: ["2: `in` looks into a list, and this is a whole number. Put a list on the right side."] },
    { source: "1 in change.size", is: ["2: `in` looks into a list, and this is sizes. Put a list on the right side."] },
    { source: "'as_is' == change.provenance.acceptance", is: ['0: it is never "as_is". Did you mean `as-is`?'] },
    {
      source: "change.provenance.acceptance != 'zzzz'",
      is: ['32: it is never "zzzz". Values: as-is, partial, edited, rewritten, unstated.'],
    },
    {
      source: "change.provenance.acceptance in ['as_is', 'edited', 'zzz']",
      is: [
        '33: it is never "as_is". Did you mean `as-is`?',
        '52: it is never "zzz". Values: as-is, partial, edited, rewritten, unstated.',
      ],
    },
    {
      source: `change.provenance.acceptance == '${long}'`,
      is: [`32: it is never "${cut}". Values: as-is, partial, edited, rewritten, unstated.`],
    },
    { source: "change.event < change.branch", is: ["13: a text and a text have no order. Compare with `==` or `in`."] },
    { source: "change.branch < change.event", is: ["14: a text and a text have no order. Compare with `==` or `in`."] },
    { source: "change.branch < 'x'", is: [] },
    { source: "true < false", is: ["5: `true` or `false` and `true` or `false` have no order. Compare numbers."] },
    { source: "1 < 'a'", is: ["2: a whole number and a text have no order. Compare numbers."] },
    { source: "'a' > 1", is: ["4: a text and a whole number have no order. Compare numbers."] },
    {
      source: "change.size == change.size",
      is: ["12: lists and records cannot be compared as a whole. Compare fields, or ask `in`."],
    },
    {
      source: "change.size == coverage.patch",
      is: ["12: sizes is never equal to coverage counts. Compare values of one type."],
    },
    { source: "1 < 2.5", is: [] },
    { source: "change.files[1.5].ai", is: ["12: a position in a list is a whole number. Write a number from 0."] },
    { source: "change.branch[0] == 'a'", is: ["13: a text has no positions. Write `.field` for a field."] },
    {
      source: "1.5 % 1 > 0.0",
      is: [
        "4: `%` does not mix whole numbers and numbers with decimals. Write the number with decimals (`100.0`), or `double(…)` around the whole one.",
      ],
    },
    {
      source: "1 % 1.5 > 0.0",
      is: [
        "2: `%` does not mix whole numbers and numbers with decimals. Write the number with decimals (`100.0`), or `double(…)` around the whole one.",
      ],
    },
    { source: "1.5 + 1.5 > 1", is: [] },
    {
      source: "1 + 1.5 > 1",
      is: [
        "2: `+` does not mix whole numbers and numbers with decimals. Write the number with decimals (`100.0`), or `double(…)` around the whole one.",
      ],
    },
    { source: "[1, 'a'] == 1", is: ["4: the items of the list are of different types. Write items of one type."] },
    {
      source: "['a', 1, true].size() > 1",
      is: ["6: the items of the list are of different types. Write items of one type."],
    },
    {
      source: "[1, 2.5].exists(x, 1 * x > 1)",
      is: [
        "21: `*` does not work on a list's items of which some are whole numbers and some have decimals. Write all numbers of the list with decimals, or none.",
      ],
    },
    {
      source: "coverage.patch",
      is: [
        "8: the expression is coverage counts, and must be `true` or `false`. Ask for one of its fields: lines, branches, functions.",
      ],
    },
    {
      source: "change.files.map(f, f.ai)",
      is: [
        "12: the expression is a list of `true` and `false`, and must be `true` or `false`. Ask `.exists(…)`, `.all(…)` or `.size() > 0` of it.",
      ],
    },
    { source: "has(change.siz)", is: ["0: `change` has no field `siz`. Did you mean `size`?"] },
    { source: "has(chnage.size)", is: ["4: there is no `chnage` in an expression. Did you mean `change`?"] },
    { source: "has(change.event.x)", is: ["0: `change.event` is a text and has no field `x`. Leave the field out."] },
    { source: "change.provenance.verdict == change.event", is: [] },
    {
      source: "[change.size, coverage.patch].size() > 0",
      is: ["22: the items of the list are of different types. Write items of one type."],
    },
    {
      source: "[[1], ['a']].size() > 0",
      is: ["6: the items of the list are of different types. Write items of one type."],
    },
    {
      source: "change.files.exists_one(f, f.added_lines)",
      is: ["28: expected `true` or `false`, and this is a whole number. Compare it with something."],
    },
    { source: "'x'", is: ["0: the expression is a text, and must be `true` or `false`. Compare it with something."] },
  ])("$source", ({ source, is }) => expect(told(source)).toEqual(is));
});
