import { describe, expect, test } from "vitest";
import type { CheckedPolicy, CheckedProblem } from "../../../../core/report/policy/checked-policy.ts";
import { renderCheckedPolicy } from "../../../../core/report/policy/problem-list.ts";

const problem = (line: number, more: Partial<CheckedProblem> = {}): CheckedProblem => ({
  ...{ level: "warning", file: "p.yml", line, column: 1, code: "CS201", path: "areas.a" },
  ...{ what: "nothing matches", fix: "Remove it." },
  ...more,
});
const many = (length: number, more: Partial<CheckedProblem> = {}) =>
  Array.from({ length }, (_, index) => problem(index + 1, more));

function page(problems: readonly CheckedProblem[]): string {
  const checked: CheckedPolicy = { file: "p.yml", state: "loads", digest: "0", rules: 1, areas: 1, problems };
  return renderCheckedPolicy(checked, { color: false, width: 200, unicode: false });
}

describe("of one code the first warnings are shown, and the rest is counted", () => {
  test.each([
    { says: "ten", problems: many(10), shown: 10, left: [] },
    {
      says: "eleven",
      problems: many(11),
      shown: 10,
      left: ["CS201: 1 more warning of this code. --json tells all."],
    },
    {
      says: "two codes, each by itself",
      problems: [...many(1_002), ...many(12, { code: "CS202" }), ...many(3, { code: "CS203" })],
      shown: 23,
      left: [
        "CS201: 992 more warnings of this code. --json tells all.",
        "CS202: 2 more warnings of this code. --json tells all.",
      ],
    },
    { says: "errors, which stop it", problems: many(30, { level: "error", code: "CS012" }), shown: 30, left: [] },
  ])("$says", ({ problems, shown, left }) => {
    const text = page(problems);
    expect(text.split("nothing matches").length - 1).toBe(shown);
    expect([...text.matchAll(/CS\d+: \d[^\n]*/g)].map(([line]) => line)).toEqual(left);
  });

  test("how many there are in all is told at the end", () => expect(page(many(1_002))).toContain("1,002 warnings"));
});
