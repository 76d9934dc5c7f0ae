import { describe, expect, test } from "vitest";
import { loadParser } from "../../../adapters/sandbox/parser.ts";
import { eslintParts, type Eslint, type EslintRequest } from "../../../core/lint/eslint-engine.ts";
import { lintFile } from "../../../core/lint/lint-file.ts";
import { patterns } from "../../../core/lint/patterns.ts";
import { directives } from "../../../core/lint/suppression-directives.ts";
import { aboutOtherThings, scopedKinds, scopeOf, toolsOfKind } from "../../../core/lint/suppression-scopes.ts";

const parse = await loadParser(["javascript", "typescript", "python", "go", "java"]);
const all = patterns.filter(({ rule }) =>
  ["new-suppression", "swallowed-error", "code-injection", "command-injection"].includes(rule.id),
);

/** What the findings of `new-suppression` say beyond which directive it is, line by line. */
function told(path: string, head: string, eslint?: Eslint): Record<number, string> {
  const { findings } = lintFile(
    { path, base: null, head, hunks: [] },
    all,
    parse,
    eslint === undefined ? {} : { eslint },
  );
  const own = findings.filter(({ rule }) => rule === "new-suppression");
  return Object.fromEntries(
    own.map(({ place, message }) => [
      place.kind === "lines" ? place.start : 0,
      message.replace(/^.*? switches .*?\. ?/, ""),
    ]),
  );
}

const drop = "try { save(); } catch {}";

describe("the lines that a directive covers", () => {
  test.each([
    {
      says: "its own",
      path: "a.js",
      head: `${drop} // eslint-disable-line\n${drop}\n`,
      hidden: "swallowed-error on line 1",
    },
    {
      says: "the next",
      path: "a.js",
      head: `// eslint-disable-next-line\n${drop}\n${drop}\n`,
      hidden: "swallowed-error on line 2",
    },
    {
      says: "the one behind a comment of several lines",
      path: "a.js",
      head: `/* eslint-disable-next-line --\n * a reason */\n${drop}\n${drop}\n`,
      hidden: "swallowed-error on line 3",
    },
    {
      says: "all until it is switched on again",
      path: "a.js",
      head: `/* eslint-disable */\n${drop}\n/* eslint-enable */\n${drop}\n`,
      hidden: "swallowed-error on line 2",
    },
    {
      says: "all, where only other rules are switched on again",
      path: "a.js",
      head: `/* eslint-disable no-empty */\n${drop}\n/* eslint-enable no-var */\n${drop}\n`,
      hidden: "swallowed-error on line 2 and swallowed-error on line 4",
    },
    {
      says: "the statement that follows",
      path: "a.ts",
      head: `// biome-ignore lint: a reason\nfunction f() {\n  ${drop}\n}\n${drop}\n`,
      hidden: "swallowed-error on line 3",
    },
    {
      says: "the declaration below an annotation",
      path: "A.java",
      head: `class A {\n  @SuppressWarnings("all")\n  void f() {\n    try { save(); } catch (Exception e) { }\n  }\n}\n`,
      hidden: "swallowed-error on line 4",
    },
    {
      says: "the handler's line in Python",
      path: "a.py",
      head: "def f():\n    try:\n        save()\n    except ValueError:  # noqa\n        pass\n",
      hidden: "swallowed-error on line 4",
    },
    {
      says: "the rest of the block",
      path: "a.py",
      head: "def f():\n    # pylint: disable=all\n    try:\n        save()\n    except ValueError:\n        pass\n\ntry:\n    save()\nexcept ValueError:\n    pass\n",
      hidden: "swallowed-error on line 5",
    },
    {
      says: "the rules that mean the same",
      path: "a.py",
      head: "import subprocess\nsubprocess.run('ls ' + x, shell=True)  # nosec B602\n",
      hidden: "command-injection on line 2",
    },
    {
      says: "more than three",
      path: "a.js",
      head: `/* eslint-disable */\n${`${drop}\n`.repeat(5)}`,
      hidden: "swallowed-error on line 2, swallowed-error on line 3, swallowed-error on line 4 and 2 more",
    },
  ])("$says", ({ path, head, hidden }) => {
    expect(Object.values(told(path, head))).toEqual([`It hides ${hidden}.`]);
  });

  test("what it does not name stands on its lines, and is not hidden by it", () => {
    expect(told("a.js", "eval(process.argv[2]); // eslint-disable-line no-console\n")).toEqual({
      1: "Its lines also hold code-injection on line 1.",
    });
    expect(told("a.ts", `// @ts-ignore\n${drop}\n`)).toEqual({ 1: "Its lines also hold swallowed-error on line 2." });
  });

  test("nothing is said where nothing stands", () => {
    expect(told("a.js", `ok(); // eslint-disable-line\n${drop}\n`)).toEqual({ 1: "" });
  });
});

test("what a directive hides changes nothing of what it is", () => {
  const base = "f(); // eslint-disable-line no-empty\n";
  const head = `\n${drop} f(); // eslint-disable-line no-empty\n`;
  const hunks = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 2 }];
  const { findings } = lintFile({ path: "a.js", base, head, hunks }, all, parse);
  expect(findings.find(({ rule }) => rule === "new-suppression")).toMatchObject({ atBase: true });
});

describe("what ESLint is asked", () => {
  const head = `/* eslint-disable */\n// eslint-disable-next-line no-var, other/rule\nvar a;\n`;

  test("once a file: the rules that are named, and the recommended ones where none is", () => {
    const asked: EslintRequest[] = [];
    const eslint: Eslint = (request) => {
      asked.push(request);
      return { problems: [{ rule: "no-var", line: 3 }], notRun: ["other/rule"] };
    };
    expect(told("a.js", head, eslint)).toEqual({
      1: "It hides no-var on line 3.",
      2: "It hides no-var on line 3. `other/rule` could not be run.",
    });
    expect(asked).toEqual([{ path: "a.js", text: head, rules: ["no-var", "other/rule"], withRecommended: true }]);
  });

  test("a directive over nothing is told so", () => {
    expect(told("a.js", "// eslint-disable-next-line no-var\nlet a;\n", () => ({ problems: [], notRun: [] }))).toEqual({
      1: "It hides nothing that could be found.",
    });
  });

  test("that it failed is a note, and the findings stay", () => {
    const eslint: Eslint = () => ({ failed: "ESLint failed on it" });
    const linted = lintFile({ path: "a.js", base: null, head, hunks: [] }, all, parse, { eslint });
    expect(linted.notAnalysed).toEqual([{ path: "a.js", reason: "ESLint failed on it" }]);
    expect(linted.findings).toHaveLength(2);
  });

  test.each([
    { says: "a directive that the change brings", head: "a(); // eslint-disable-line\n", touched: 1, parts: true },
    { says: "a rule that is set", head: '/* eslint no-var: "off" */\n', touched: 1, parts: true },
    {
      says: "one that was there is not asked about",
      head: "a(); // eslint-disable-line\nb();\n",
      touched: 2,
      parts: false,
    },
    { says: "nor is a file without one", head: "a();\n", touched: 1, parts: false },
    {
      says: "nor is a file that is too long",
      head: `a(); // eslint-disable-line\n${"b();\n".repeat(60_000)}`,
      touched: 1,
      parts: false,
    },
  ])("$says", ({ head: text, touched, parts }) => {
    const hunks = [{ oldStart: 0, oldLines: 0, newStart: touched, newLines: 1 }];
    const asked = eslintParts({ path: "a.ts", base: "", head: text, hunks });
    expect(asked).toEqual(parts ? { typescript: true, plugin: false } : null);
  });
});

describe("the table", () => {
  test("has a scope for each kind, and names no other", () => {
    const kinds = new Set(directives.map(({ kind }) => kind));
    expect([...kinds].filter((kind) => !scopedKinds.has(kind))).toEqual([]);
    const named = [...scopedKinds, ...aboutOtherThings, ...Object.keys(toolsOfKind)];
    expect(named.filter((kind) => kind !== "" && kind !== "@no_type_check" && !kinds.has(kind))).toEqual([]);
  });

  test.each([
    ["eslint-disable", "eslint-disable", "until-end"],
    ["eslint-disable", "eslint-disable-line", "line"],
    ["eslint-disable", "eslint-disable-next-line", "next-line"],
    ["NOLINT", "NOLINTNEXTLINE", "next-line"],
    ["NOLINT", "NOLINTBEGIN", "until-end"],
    ["biome-ignore", "biome-ignore-all", "file"],
    ["c8 ignore", "c8 ignore start", "until-end"],
    ["pylint: disable", "pylint: disable-next", "next-line"],
    ["ReSharper disable", "ReSharper disable once", "next-line"],
    ["swiftlint:disable", "swiftlint:disable:this", "line"],
    ["@phpstan-ignore", "@phpstan-ignore-next-line", "next-line"],
  ])("%s as `%s` covers %s", (kind, words, scope) => expect(scopeOf(kind, words)).toBe(scope));
});

test("a file of ten thousand directives and findings is read in linear time", () => {
  const count = 10_000;
  const head = `${drop} // eslint-disable-line\n/* eslint-disable */\n`.repeat(count / 2);
  const start = performance.now();
  told("a.js", head);
  expect(performance.now() - start).toBeLessThan(20_000);
});
