import { describe, expect, test } from "vitest";
import { mergeReports } from "../../../core/coverage/merge-reports.ts";
import type { RawReport } from "../../../core/coverage/raw-report.ts";
import { CoverageReport } from "../../../core/coverage/report.ts";
import { file, head } from "./samples.ts";

const tree = { commit: head, paths: ["src/a.ts", "src/b.ts"], repositoryRoot: "/home/dev/repo" };

function raw(source: string, files: RawReport["files"], rest: Partial<RawReport> = {}): RawReport {
  return { source, digest: source, format: "lcov", instrumenter: "lcov", files, ...rest };
}

const one = raw("shard-1.info", [file("src/a.ts", { 1: 1, 2: 0 }), file("src/gone.ts", { 1: 1 })]);
const two = raw("shard-2.info", [
  file("/home/dev/repo/src/a.ts", { 1: 0, 2: 3 }),
  file("/home/dev/repo/src/b.ts", { 5: 0 }),
]);

test("shards of one tree become one report, with its paths and its sources", () => {
  const result = mergeReports([one, two], tree);
  expect(result).toEqual({
    ok: true,
    report: {
      format: "lcov",
      instrumenter: "lcov",
      tree: head,
      sources: ["shard-1.info", "shard-2.info"],
      files: [file("src/a.ts", { 1: 1, 2: 3 }), file("src/b.ts", { 5: 0 })],
      unmatched: ["src/gone.ts"],
      notes: [],
    },
  });
  if (result.ok) expect(CoverageReport.safeParse(result.report).error).toBeUndefined();
});

describe("row 61", () => {
  test("the order of the shards does not show", () => {
    expect(mergeReports([two, one], tree)).toEqual(mergeReports([one, two], tree));
  });

  test("a shard given twice is counted once and named, in any order", () => {
    const copy = { ...one, source: "copy.info" };
    const result = mergeReports([one, two, copy], tree);
    expect(result).toMatchObject({
      ok: true,
      report: {
        sources: ["copy.info", "shard-1.info", "shard-2.info"],
        notes: ["shard-1.info is the same report as copy.info and was counted once"],
      },
    });
    expect(mergeReports([copy, one, two], tree)).toEqual(result);
    if (result.ok) expect(result.report.files[0]?.lines.hits).toEqual([1, 3]);
  });

  test("two instrumenters are refused, for their union would count code twice", () => {
    const v8 = raw("v8.json", [file("src/a.ts", { 1: 1 })], { format: "istanbul", instrumenter: "v8" });
    const istanbul = raw("final.json", [file("src/a.ts", { 1: 1 })], { format: "istanbul", instrumenter: "istanbul" });
    expect(mergeReports([istanbul, v8], tree)).toEqual({
      ok: false,
      problem: {
        source: "v8.json",
        what: "two instrumenters: istanbul and v8 (final.json) number the same code in different ways",
        fix: "Give the reports of one of them only.",
      },
    });
  });

  test("three hundred shards", () => {
    const shards = Array.from({ length: 300 }, (_, index) =>
      raw(`${index}.info`, [file("src/a.ts", { 1: 1, [index + 2]: index % 2 })]),
    );
    const result = mergeReports([one, ...shards], tree);
    if (!result.ok) throw new Error(result.problem.what);
    expect(result.report.files[0]?.lines.hits[0]).toBe(301);
    expect(result.report.files[0]?.lines.numbers).toHaveLength(301);
  });
});

test("row 58: a report of another repository matches nothing, and says so", () => {
  const other = raw("other.info", [file("lib/x.rb", { 1: 1 }), file("/etc/passwd", { 1: 1 })]);
  expect(mergeReports([other], tree)).toMatchObject({
    ok: true,
    report: { files: [], unmatched: ["/etc/passwd", "lib/x.rb"] },
  });
});

test("inputs are not changed", () => {
  const before = structuredClone([one, two]);
  mergeReports([one, two], tree);
  expect([one, two]).toEqual(before);
});
