import { describe, expect, test } from "vitest";
import { verdicts } from "../../../core/change/authorship.ts";
import type { FileCoverage } from "../../../core/coverage/report.ts";
import { mergeReports } from "../../../core/coverage/merge-reports.ts";
import { readCoverage } from "../../../core/coverage/read-coverage.ts";
import { reviewCoverage } from "../../../core/coverage/review-coverage.ts";
import { present } from "../../../core/evidence.ts";
import { countingAsAi } from "../../ai-judgement.ts";
import { makeOracle, type Oracle } from "./oracle.ts";
import { authorshipOf, bytes, head, mergeBase } from "./samples.ts";
import { writeLcov } from "./write-lcov.ts";

const styles = [
  { lineBreak: "\n", functionGroups: false, globalBlocks: true, checksums: false },
  { lineBreak: "\r\n", functionGroups: true, globalBlocks: false, checksums: true },
] as const;

/** Through bytes and back, as two shards that share every second file's paths on another machine. */
function report(files: readonly FileCoverage[], tree: string, seed: number) {
  const style = styles[seed % 2]!;
  const shards = [0, 1].map((half) => {
    const text = writeLcov(
      files.filter((_, index) => index % 2 === half).map((file) => ({ ...file, path: `/elsewhere/${file.path}` })),
      style,
    );
    // An empty shard is an empty file, which no reader accepts; a test name alone is a report of nothing.
    return readCoverage(bytes(text === "" ? "TN:\n" : text), `${half}.info`);
  });
  const raws = shards.map((shard) => {
    if (!shard.ok) throw new Error(shard.problem.what);
    return shard.raw;
  });
  const merged = mergeReports([raws[0]!, raws[1]!], {
    commit: tree,
    paths: files.map(({ path }) => path),
    repositoryRoot: "/work",
  });
  if (!merged.ok) throw new Error(merged.problem.what);
  return present(merged.report);
}

function review(oracle: Oracle, seed: number) {
  return reviewCoverage({
    change: oracle.change,
    coverage: { head: report(oracle.head, head, seed), base: report(oracle.base, mergeBase, seed) },
    lineMaps: [],
    authorship: authorshipOf(oracle.change, oracle.verdictAt),
    ai: countingAsAi(),
  }).review;
}

/** Reproduce one with its seed: everything follows from it. */
const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

describe.each(seeds)("seed %i: the review is the truth, line by line", (seed) => {
  const oracle = makeOracle(seed, 8, 30);
  const { truth } = oracle;
  const found = review(oracle, seed);

  test("patch coverage of every writer", () => {
    const ratio = ([covered, total]: [number, number]) => ({ covered, total });
    for (const verdict of verdicts) {
      expect({ verdict, ...found.byVerdict[verdict] }).toMatchObject({
        verdict,
        lines: ratio(truth.lines[verdict]),
        branches: ratio(truth.branches[verdict]),
      });
    }
  });

  test("each file's added, lost, before and after", () => {
    const listed = new Map(found.files.map((file) => [file.path, file]));
    for (const { path } of [...oracle.head, ...oracle.base]) {
      const file = listed.get(path);
      if (file === undefined) continue;
      expect(file.coveredAddedLines).toEqual(truth.covered[path] ?? []);
      expect(file.uncoveredAddedLines).toEqual(truth.uncovered[path] ?? []);
      expect(file.lostLines).toEqual(truth.lost[path] ?? []);
      for (const side of ["before", "after"] as const) {
        const [covered, total] = truth[side][path] ?? [-1, -1];
        if (covered === -1) expect(file[side].state).toBe("absent");
        else expect(file[side]).toMatchObject({ value: { lines: { covered, total } } });
      }
    }
  });

  test("a file is left out only when nothing about it changed", () => {
    const listed = new Set(found.files.map(({ path }) => path));
    const changed = new Set(oracle.change.files.map(({ path }) => path));
    const paths = new Set([...Object.keys(truth.before), ...Object.keys(truth.after)]);
    for (const path of [...paths].filter((each) => !listed.has(each))) {
      expect(changed.has(path)).toBe(false);
      expect([path, truth.lost[path], truth.before[path]]).toEqual([path, [], truth.after[path]]);
    }
  });
});

test("the generator makes every kind of file and line", () => {
  const oracles = seeds.map((seed) => makeOracle(seed, 8, 30));
  const statuses = new Set(oracles.flatMap(({ change }) => change.files.map(({ status }) => status)));
  expect([...statuses].sort()).toEqual(["added", "deleted", "modified", "renamed"]);
  const lost = oracles.flatMap(({ truth }) => Object.values(truth.lost)).flat();
  expect(lost.length).toBeGreaterThan(100);
  const added = oracles.flatMap(({ truth }) => Object.values(truth.uncovered)).flat();
  expect(added.length).toBeGreaterThan(300);
});
