import { describe, expect, test } from "vitest";
import type { RawFinding } from "../../../../core/findings/finding.ts";
import { findAtBase, isOtherToolRule, weighFindings, withoutRepeats } from "../../../../core/findings/index.ts";
import { ourRulesFor, sameRules } from "../../../../core/findings/other-tools/same-rules.ts";
import { otherToolRule } from "../../../../core/findings/other-tools/rule-id.ts";

function finding(rule: string, start: number, end = start, more: Partial<RawFinding> = {}): RawFinding {
  const place = { kind: "lines" as const, path: "a.py", start, end };
  const severity = rule.includes("/") ? { toolSeverity: "warning" as const } : {};
  return { rule, place, message: `${rule} is there`, identity: rule, ...severity, ...more };
}

const shown = (findings: readonly RawFinding[]) =>
  findings.map(({ rule, place, alsoReportedBy }) => {
    const line = place.kind === "lines" ? place.start : 0;
    return `${rule}:${line}${alsoReportedBy === undefined ? "" : ` (${alsoReportedBy.join(" ")})`}`;
  });

describe("what another tool repeats", () => {
  test.each([
    { says: "the same line", theirs: finding("ruff/S608", 7), kept: ["sql-concatenation:7 (ruff/S608)"] },
    { says: "a line within ours", theirs: finding("ruff/S608", 9), kept: ["sql-concatenation:7 (ruff/S608)"] },
    { says: "lines around ours", theirs: finding("ruff/S608", 5, 8), kept: ["sql-concatenation:7 (ruff/S608)"] },
    { says: "flake8's name for it", theirs: finding("flake8/S608", 7), kept: ["sql-concatenation:7 (flake8/S608)"] },
    {
      says: "our own SARIF",
      theirs: finding("countersign/sql-concatenation", 7),
      kept: ["sql-concatenation:7 (countersign/sql-concatenation)"],
    },
    { says: "another line", theirs: finding("ruff/S608", 10), kept: ["sql-concatenation:7", "ruff/S608:10"] },
    { says: "another topic", theirs: finding("ruff/E722", 7), kept: ["sql-concatenation:7", "ruff/E722:7"] },
    {
      says: "another file",
      theirs: finding("ruff/S608", 7, 7, { place: { kind: "lines", path: "b.py", start: 7, end: 7 } }),
      kept: ["sql-concatenation:7", "ruff/S608:7"],
    },
    {
      says: "the whole file",
      theirs: finding("ruff/S608", 7, 7, { place: { kind: "file", path: "a.py" } }),
      kept: ["sql-concatenation:7", "ruff/S608:0"],
    },
  ])("$says: $kept", ({ theirs, kept }) => {
    expect(shown(withoutRepeats([finding("sql-concatenation", 7, 9), theirs]))).toEqual(kept);
    expect(shown(withoutRepeats([theirs, finding("sql-concatenation", 7, 9)])).sort()).toEqual(kept.toSorted());
  });

  test("is named in ours, each rule once, in words too", () => {
    const [ours] = withoutRepeats([
      finding("broad-catch", 3),
      finding("ruff/E722", 3),
      finding("pylint/W0702", 3),
      finding("ruff/E722", 3),
    ]);
    expect(ours).toMatchObject({
      alsoReportedBy: ["pylint/W0702", "ruff/E722"],
      message: "broad-catch is there. Also reported by pylint/W0702, ruff/E722.",
    });
  });

  test("and what a tool says twice of one place stays once", () => {
    expect(shown(withoutRepeats([finding("eslint/x", 3), finding("eslint/x", 3), finding("eslint/x", 4)]))).toEqual([
      "eslint/x:3",
      "eslint/x:4",
    ]);
  });

  test("the table holds rules as they are written here, each once for a rule of ours", () => {
    for (const theirs of Object.values(sameRules).map((text) => text.split(" "))) {
      expect(theirs.filter((rule) => !isOtherToolRule(rule))).toEqual([]);
      expect(theirs.length).toBe(new Set(theirs).size);
    }
    expect(ourRulesFor("oxlint/no-eval")).toEqual(["code-injection"]);
    expect(ourRulesFor("oxlint/typescript/no-explicit-any")).toEqual(["type-escape"]);
    expect(ourRulesFor("eslint/constructor")).toEqual([]);
  });
});

describe("what the base has too", () => {
  const head = (rule: string, line: number, identity = "m") => finding(rule, line, line, { identity });
  const base = (rule: string, line: number | null, identity = "m") => ({ rule, path: "a.py", line, identity });
  test.each([
    { says: "the same line", old: [base("t/r", 4, "other words")], isOld: [4] },
    { says: "a line that is gone, with the same message", old: [base("t/r", null)], isOld: [4] },
    { says: "as often as the base has it", old: [base("t/r", null), base("t/r", null)], isOld: [4, 8] },
    { says: "a line that is still there, where the tool finds nothing now", old: [base("t/r", 6)], isOld: [] },
    { says: "another rule", old: [base("t/s", 4), base("t/s", null)], isOld: [] },
    { says: "another tool", old: [base("u/r", 4), base("u/r", null)], isOld: [] },
    { says: "another message", old: [base("t/r", null, "n")], isOld: [] },
    { says: "another file", old: [{ ...base("t/r", 4), path: "b.py" }], isOld: [] },
  ])("$says", ({ old, isOld }) => {
    const found = findAtBase([head("t/r", 4), head("t/r", 8)], old);
    expect(found.flatMap(({ atBase, place }) => (atBase && place.kind === "lines" ? [place.start] : []))).toEqual(
      isOld,
    );
  });
});

describe("the weight", () => {
  const writer = {
    verdict: "agent-authored",
    acceptance: "as-is",
    agent: "x",
    model: null,
    commit: null,
    evidence: "commit",
    session: null,
  } as const;
  const weigh = (severity: "error" | "warning" | "notice", answer: "verdict" | "no") =>
    weighFindings([finding("eslint/x", 3, 3, { toolSeverity: severity })], {
      rules: [],
      authorship: { files: new Map([["a.py", [{ start: 1, end: 9, writer }]]]) },
      writerOfCommit: () => null,
      ai: { ofLine: () => answer, ofCommit: () => answer },
    })[0]!;

  test.each([
    { tool: "notice", human: "notice", ai: "warning" },
    { tool: "warning", human: "warning", ai: "error" },
    { tool: "error", human: "error", ai: "error" },
  ] as const)(
    "a tool's $tool is a $human on a person's line, and on a line that counts as AI a $ai",
    ({ tool, human, ai }) => {
      expect(weigh(tool, "no").severity).toBe(human);
      expect(weigh(tool, "verdict").severity).toBe(ai);
      expect(weigh(tool, "verdict").severityReason).toBe(
        `${ai} because it was accepted as it came from x; eslint says ${tool}`,
      );
    },
  );

  test("a rule that nobody knows, and no tool said, throws", () => {
    const { toolSeverity, ...ours } = finding("eslint/x", 3);
    expect(toolSeverity).toBe("warning");
    const scales = {
      rules: [],
      authorship: { files: new Map() },
      writerOfCommit: () => null,
      ai: { ofLine: () => "no" as const, ofCommit: () => "no" as const },
    };
    expect(() => weighFindings([ours], scales)).toThrow("no lint rule is called eslint/x");
  });
});

test.each([
  { tool: "ESLint", rule: "@typescript-eslint/no-explicit-any", id: "eslint/@typescript-eslint/no-explicit-any" },
  { tool: "Semgrep OSS", rule: "python.lang.x", id: "semgrep/python.lang.x" },
  { tool: "  ", rule: null, id: "tool/unnamed" },
  { tool: "oxlint", rule: "eslint(no-eval)", id: "oxlint/no-eval" },
  { tool: "x", rule: "../../etc", id: "x/etc" },
  { tool: "x", rule: "a b\n::error::c", id: "x/a-b---error--c" },
  { tool: "__proto__", rule: "constructor", id: "proto/constructor" },
  { tool: "x", rule: `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`, id: "tool/unnamed" },
])("$tool and $rule make $id", ({ tool, rule, id }) => {
  expect(otherToolRule(tool, rule)).toBe(id);
  expect(isOtherToolRule(id)).toBe(true);
});
