import { expect, test } from "vitest";
import type { RawFinding } from "../../core/findings/finding.ts";
import { countedFindings } from "../../core/vocabulary.ts";
import { buildPolicy, buildSubject } from "../subjects.ts";

const at = (path: string, line: number, rule = "swallowed-error"): RawFinding => ({
  rule,
  place: { kind: "lines", path, start: line, end: line },
  message: "m",
  identity: `${path} ${line}`,
});
const hunk = { oldStart: 0, oldLines: 0, newStart: 1, newLines: 3 };
const seen: RawFinding[] = [
  at("a.ts", 2),
  at("a.ts", 9),
  { ...at("a.ts", 3), atBase: true },
  at("a.ts", 9, "odd-path"),
];

/** Line 1 to 3 of `a.ts` are new; line 9 and the second on line 3 are not of this change. */
function counted(yaml: string): string[] {
  const subject = buildSubject({ files: [] });
  const change = { ...subject.change, files: [{ ...fileOf("a.ts"), hunks: [hunk] }] };
  const none = { ofLine: () => "no" as const, ofCommit: () => "no" as const };
  const found = countedFindings({ ...subject, change, seen, functions: [] }, none, buildPolicy(yaml).lint);
  return found.map(({ rule, severity, place }) => `${rule} ${place.kind === "lines" ? place.start : 0} ${severity}`);
}

function fileOf(path: string) {
  return {
    ...{ path, previousPath: null, status: "modified" as const, kind: "text" as const, oldMode: null, newMode: null },
    ...{ oldBlob: null, newBlob: null, symlinkTarget: null, validUtf8: true, addedLines: 3, deletedLines: 0 },
  };
}

test.each([
  { yaml: "version: 1", is: ["swallowed-error 2 warning", "odd-path 9 warning"] },
  {
    yaml: "lint: { filter: file }",
    is: ["swallowed-error 2 warning", "swallowed-error 3 warning", "odd-path 9 warning", "swallowed-error 9 warning"],
  },
  { yaml: "lint: { severity: { swallowed-error: ignore } }", is: ["odd-path 9 warning"] },
  {
    yaml: "lint: { severity: { swallowed-error: { human: error } } }",
    is: ["swallowed-error 2 error", "odd-path 9 warning"],
  },
  {
    yaml: "lint: { severity: { swallowed-error: { ai_as_is: notice } } }",
    is: ["swallowed-error 2 warning", "odd-path 9 warning"],
  },
])("under $yaml", ({ yaml, is }) => {
  expect(counted(yaml)).toEqual(is);
});
