import { expect, test } from "vitest";
import { parse } from "yaml";
import { calibrate, type MeasuredCommit } from "../../../core/calibration/index.ts";
import { lintSchema } from "../../../core/policy/written/lint.ts";
import { calibrationDocument, renderCalibration, renderCalibrationJson } from "../../../core/report/index.ts";

/** A calibration as a page and as JSON. */

const severity = { human: "notice", aiEdited: "notice", aiAsIs: "warning" } as const;
const rules = [
  { id: "swallowed-error", severity, languages: null },
  { id: "broad-catch", severity, languages: null },
];
const reading = {
  range: { asked: "HEAD", head: "a".repeat(40), excluded: null },
  read: { commits: 120, isCut: true, first: "2026-01-01T00:00:00.000Z", last: "2026-02-01T00:00:00.000Z" },
  left: { large: 2, cut: 0, files: 1 },
  mostAddedLines: 20_000,
};
const commits = (group: MeasuredCommit["group"], found: number): MeasuredCommit[] =>
  Array.from({ length: 40 }, () => ({ group, lines: { go: 100 }, findings: new Map([["swallowed-error", found]]) }));
const documentOf = (...measured: MeasuredCommit[][]) =>
  calibrationDocument(calibrate(measured.flat(), rules), reading, []);
const wide = { width: 100, color: false, unicode: true };

test("what it suggests is what a policy takes", () => {
  const page = renderCalibration(
    documentOf(commits("ai-as-is", 1), commits("ai-edited", 1), commits("undeclared", 0)),
    wide,
  );
  expect(page).toContain("Only AI has findings, 95 %:");
  expect(page).toContain("AI has clearly more.");
  const { lint } = parse(page.slice(page.indexOf("    lint:"), page.indexOf("\n\n  •"))) as { lint: unknown };
  expect(lintSchema.parse(lint)).toEqual({
    severity: { "swallowed-error": { ai_edited: "warning", ai_as_is: "error" } },
  });
});

test("numbers that do not separate are said to be no ground", () => {
  const page = renderCalibration(documentOf(commits("ai-as-is", 1), commits("undeclared", 1)), wide);
  expect(page).toContain("1.00 times as many findings per line, 95 %: 0.63 – 1.59. The numbers do not separate.");
  expect(page).toMatch(/swallowed-error +40 .* cannot be told apart/);
  expect(page).toContain("These numbers are no ground for severities that differ");
  expect(page).not.toContain("severity:");
});

test("a narrow terminal without Unicode", () => {
  const page = renderCalibration(documentOf(commits("ai-as-is", 1), commits("human", 1)), {
    width: 40,
    color: false,
    unicode: false,
  });
  expect(page).toMatch(/^[\n -~]*$/);
  for (const line of page.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
});

test("as JSON an open end is null, and no number has more than six digits", () => {
  const text = renderCalibrationJson(documentOf(commits("ai-as-is", 1), commits("undeclared", 0)));
  const read = JSON.parse(text) as { overall: { interval: { high: number | null } } };
  expect(read.overall.interval.high).toBeNull();
  expect(text).not.toMatch(/\d\.\d{8}/);
  expect(text.endsWith("}\n")).toBe(true);
});
