import { describe, expect, test } from "vitest";
import { formatPath, formatProblem, showValue } from "../../../core/policy/problem.ts";

describe("a problem is one line", () => {
  const problem = { file: "p.yml", line: 2, column: 7, code: "CS012" as const, what: "it is off", fix: "Mend it." };
  test.each([
    {
      says: "with the key that it is about",
      path: "rules[0].mode",
      is: "p.yml:2:7 CS012 rules[0].mode: it is off. Mend it.",
    },
    { says: "without one where it is about the file", path: "", is: "p.yml:2:7 CS012: it is off. Mend it." },
  ])("$says", ({ path, is }) => expect(formatProblem({ ...problem, path })).toBe(is));
});

describe("a path of keys is written as people write it", () => {
  test.each([
    { path: ["rules", 2, "require", "coverage"], is: "rules[2].require.coverage" },
    { path: [], is: "" },
    { path: [3, "a"], is: "[3].a" },
    { path: ["a", ".b"], is: "a..b" },
    { path: ["..a"], is: "..a" },
    { path: ["a\nb"], is: "a b" },
    { path: ["x".repeat(61)], is: `${"x".repeat(59)}…` },
  ])("$is", ({ path, is }) => expect(formatPath(path)).toBe(is));
});

describe("a value is shown in a few words", () => {
  test.each([
    { value: null, is: "nothing" },
    { value: undefined, is: "nothing" },
    { value: [], is: "an empty list" },
    { value: [1], is: "a list" },
    { value: {}, is: "an empty mapping" },
    { value: { a: 1 }, is: "a mapping" },
    { value: "eighty", is: '"eighty"' },
    { value: "a\nb", is: '"a b"' },
    { value: "x".repeat(61), is: `"${"x".repeat(59)}…"` },
    { value: 12, is: "12" },
    { value: true, is: "true" },
    { value: false, is: "false" },
    { value: 12n, is: "something else" },
  ])("$is", ({ value, is }) => expect(showValue(value)).toBe(is));
});
