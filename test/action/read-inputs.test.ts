import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { outputNames } from "../../action/outputs.ts";
import { inputNames, readInputs, readList } from "../../action/read-inputs.ts";
import { Problem } from "../../core/problem.ts";

const Face = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string().min(20), default: z.string().optional() })),
  outputs: z.record(z.string(), z.object({ description: z.string().min(20) })),
  runs: z.object({ using: z.literal("node24"), main: z.literal("dist/action.js") }),
});
const face = Face.parse(parse(readFileSync(new URL("../../action.yml", import.meta.url), "utf8")));

describe("action.yml", () => {
  test("has the inputs and outputs that the code knows, and no other", () => {
    expect(Object.keys(face.inputs)).toEqual([...inputNames]);
    expect(Object.keys(face.outputs)).toEqual([...outputNames]);
  });

  test("has the defaults that an empty environment gives", () => {
    const written = Object.entries(face.inputs).flatMap(([name, input]) =>
      input.default === undefined || name === "token" ? [] : [[`INPUT_${name.toUpperCase()}`, input.default] as const],
    );
    expect(written.length).toBeGreaterThan(4);
    expect(readInputs(Object.fromEntries(written))).toEqual(readInputs({}));
  });
});

test("no input at all is enough", () => {
  expect(readInputs({})).toEqual({
    token: "",
    policy: null,
    floor: [],
    coverage: null,
    baseCoverage: null,
    baseCoverageCommit: null,
    findings: null,
    baseFindings: null,
    earlierReport: null,
    notes: "fetch",
    failOn: "needs-approval",
    reportDir: "countersign-report",
    annotations: true,
    summary: true,
    upload: true,
    workingDirectory: ".",
  });
});

test.each([
  { says: "fail-on", env: { "INPUT_FAIL-ON": "never" }, read: { failOn: "never" } },
  { says: "notes", env: { INPUT_NOTES: "local" }, read: { notes: "local" } },
  { says: "a flag in capitals", env: { INPUT_UPLOAD: "FALSE" }, read: { upload: false } },
  {
    says: "patterns on lines",
    env: { INPUT_COVERAGE: "a.info\n  b.info \n\n" },
    read: { coverage: ["a.info", "b.info"] },
  },
  { says: "a policy", env: { INPUT_POLICY: " ci/gate.yml " }, read: { policy: "ci/gate.yml" } },
  {
    says: "floors on lines",
    env: { INPUT_FLOOR: `acme/policies/a.yml@${"1".repeat(40)}\n acme/more/dir/b.yml@${"2".repeat(64)}\n` },
    read: {
      floor: [
        { repo: "acme/policies", path: "a.yml", ref: "1".repeat(40) },
        { repo: "acme/more", path: "dir/b.yml", ref: "2".repeat(64) },
      ],
    },
  },
  {
    says: "a baseline with its commit",
    env: { "INPUT_BASE-COVERAGE": "base.info", "INPUT_BASE-COVERAGE-COMMIT": "a".repeat(40) },
    read: { baseCoverage: ["base.info"], baseCoverageCommit: "a".repeat(40) },
  },
  {
    says: "an earlier report",
    env: { "INPUT_EARLIER-REPORT": "old/report.json" },
    read: { earlierReport: "old/report.json" },
  },
  { says: "a variable of something else", env: { INPUT_SOMETHING_ELSE: "x" }, read: {} },
])("reads $says", ({ env, read }) => {
  expect(readInputs(env)).toMatchObject(read);
});

test.each([
  {
    says: "a floor at a branch",
    env: { INPUT_FLOOR: "acme/policies/a.yml@main" },
    names: [
      'floor: "acme/policies/a.yml@main": a branch, a tag or a part of a commit\'s id can come to mean something else.',
    ],
  },
  {
    says: "floors that are none",
    env: { INPUT_FLOOR: "acme/policies\nacme/policies/../a.yml@1" },
    names: ['floor: "acme/policies": expected a repository, a path and a commit. Write', "without `.` or `..`"],
  },
  {
    says: "an unknown decision",
    env: { "INPUT_FAIL-ON": "warn" },
    names: ['fail-on: expected never, block, needs-approval, got "warn". Write `fail-on: needs-approval`.'],
  },
  {
    says: "an unknown source of notes",
    env: { INPUT_NOTES: "remote" },
    names: ['notes: expected fetch or local, got "remote". Write `notes: fetch`.'],
  },
  {
    says: "a word for a flag",
    env: { INPUT_SUMMARY: "yes" },
    names: ['summary: expected true or false, got "yes". Write `summary: true`.'],
  },
  {
    says: "a misspelled name",
    env: { INPUT_FAIL_ON: "never" },
    names: ["fail_on: there is no such input. Did you mean `fail-on`?"],
  },
  {
    says: "a path out of the repository",
    env: { INPUT_POLICY: "../gate.yml" },
    names: ['policy: expected a path in the repository, got "../gate.yml".'],
  },
  { says: "an absolute path", env: { INPUT_POLICY: "/etc/gate.yml" }, names: ["policy: expected"] },
  {
    says: "a branch for a commit",
    env: { "INPUT_BASE-COVERAGE": "b", "INPUT_BASE-COVERAGE-COMMIT": "main" },
    names: ['base-coverage-commit: expected a full commit id, got "main".'],
  },
  {
    says: "a commit of no report",
    env: { "INPUT_BASE-COVERAGE-COMMIT": "a".repeat(40) },
    names: ["base-coverage-commit: says nothing without `base-coverage`."],
  },
  {
    says: "findings of the base alone",
    env: { "INPUT_BASE-FINDINGS": "old.sarif" },
    names: ["base-findings: says nothing without `findings`."],
  },
  {
    says: "several mistakes at once",
    env: { "INPUT_FAIL-ON": "x", INPUT_UPLOAD: "x", INPUT_POLICY: "/x" },
    names: ["fail-on:", "upload:", "policy:"],
  },
  {
    says: "a value that would forge a command",
    env: { "INPUT_FAIL-ON": "x\n::error::y" },
    names: ['got "x ::error::y"'],
  },
])("refuses $says", ({ env, names }) => {
  const problem = problemOf(() => readInputs(env));
  for (const name of names) expect(problem.what).toContain(name);
  expect(problem.what.split("\n")).toHaveLength(names.length + 1);
});

test.each([
  { text: "", list: null },
  { text: " , \n,", list: null },
  { text: "a,b", list: ["a", "b"] },
  { text: "coverage/{unit,api}/lcov.info, x", list: ["coverage/{unit,api}/lcov.info", "x"] },
  { text: "{a,b\nc", list: ["{a,b", "c"] },
  { text: "a},b", list: ["a}", "b"] },
])("the list $text", ({ text, list }) => {
  expect(readList(text)).toEqual(list);
});

test("a list loses no text but separators and the space around items", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "{", "}", ",", "\n", " ", "*")), (parts) => {
      const letters = (text: string): string => text.replace(/[,\n ]/g, "");
      expect(letters((readList(parts.join("")) ?? []).join(""))).toBe(letters(parts.join("")));
    }),
  );
});

function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("no problem was found");
}
