import { describe, expect, test } from "vitest";
import { loadParser } from "../../../adapters/sandbox/parser.ts";
import type { Hunk } from "../../../core/change/line-map.ts";
import { lintFile } from "../../../core/lint/lint-file.ts";
import { allMoved } from "../../../core/lint/all-moved.ts";
import { swallowedError } from "../../../core/lint/rules/swallowed-error.ts";

const parse = await loadParser(["javascript", "typescript", "python"]);

const drop = (what: string) => `try {\n  ${what}();\n} catch {\n}\n`;
const log = (what: string) => `try {\n  ${what}();\n} catch (e) {\n  log(e);\n}\n`;

function hunk(oldStart: number, oldLines: number, newStart: number, newLines: number): Hunk {
  return { oldStart, oldLines, newStart, newLines };
}

function lint(base: string | null, head: string | null, hunks: Hunk[], path = "a.js") {
  return lintFile({ path, base, head, hunks }, [swallowedError], parse);
}

/** What the change brought, by line. */
function news(result: ReturnType<typeof lint>): number[] {
  return result.findings.flatMap(({ place, atBase }) => (atBase || place.kind !== "lines" ? [] : [place.start]));
}

describe("what the base shows already is no news", () => {
  test.each([
    { says: "a new file is all news", base: null, head: drop("a"), hunks: [hunk(0, 0, 1, 4)], expected: [3] },
    { says: "the same text is none", base: drop("a"), head: drop("a"), hunks: [], expected: [] },
    {
      says: "a second one of the same words is news, wherever it stands",
      base: drop("a"),
      head: drop("b") + drop("a"),
      hunks: [hunk(0, 0, 1, 4)],
      expected: [3],
    },
    {
      says: "one that moves down is none",
      base: drop("a") + log("b"),
      head: log("b") + drop("a"),
      hunks: [hunk(1, 4, 0, 0), hunk(9, 0, 6, 4)],
      expected: [],
    },
    {
      says: "one that is laid out anew is none",
      base: "try {\n  a();\n} catch {\n}\n",
      head: "try {\n  a();\n}\ncatch\n{\n}\n",
      hunks: [hunk(3, 2, 3, 4)],
      expected: [],
    },
    {
      says: "a handler that is emptied is news",
      base: log("a"),
      head: "try {\n  a();\n} catch (e) {\n}\n",
      hunks: [hunk(4, 1, 3, 0)],
      expected: [3],
    },
    { says: "one that is mended is none", base: drop("a"), head: log("a"), hunks: [hunk(3, 2, 3, 3)], expected: [] },
    { says: "a deleted file shows nothing", base: drop("a"), head: null, hunks: [hunk(1, 4, 0, 0)], expected: [] },
  ])("$says", ({ base, head, hunks, expected }) => {
    expect(news(lint(base, head, hunks))).toEqual(expected);
  });

  test("code that goes from one file to another is no news", () => {
    const from = lint(drop("a"), null, [hunk(1, 4, 0, 0)], "a.js");
    const to = lint(null, drop("a"), [hunk(0, 0, 1, 4)], "b.js");
    expect(news(to)).toEqual([3]);
    expect(allMoved([from, to]).map(({ atBase }) => atBase)).toEqual([true]);
  });
});

test("the functions that the change touched are told, with their names and lines", () => {
  const head = `function one() {\n  return 1;\n}\nfunction two() {\n${drop("a")}}\n`;
  const base = "function one() {\n  return 1;\n}\nfunction two() {\n}\n";
  expect(lint(base, head, [hunk(4, 0, 5, 4)]).functions).toEqual([{ path: "a.js", name: "two", start: 4, end: 9 }]);
});

test("where the change does not touch what could not be read, nothing is said of it", () => {
  const broken = `let x = = 1;\nlet y = 2;\n${drop("a")}`;
  expect(lint(broken, `${broken}x();\n`, [hunk(6, 0, 7, 1)]).notAnalysed).toEqual([]);
  expect(lint(null, broken, [hunk(0, 0, 1, 6)]).notAnalysed).toHaveLength(1);
});

test.each([
  { path: "package-lock.json", said: 0 },
  { path: "a.ts", said: 1 },
])("of a large $path it is said $said times that it was not looked at", ({ path, said }) => {
  expect(lint(null, "x".repeat(1_000_001), [], path).notAnalysed).toHaveLength(said);
});
