import { inertText, showPath } from "../untrusted/index.ts";
import { matchPaths } from "./match-paths.ts";
import { mergeFiles } from "./merge-files.ts";
import type { CoverageProblem } from "./problem.ts";
import type { RawReport } from "./raw-report.ts";
import type { CoverageReport, FileCoverage } from "./report.ts";
import { TreeIndex } from "./tree-index.ts";

/** The tree in which the tests ran. */
export interface TestedTree {
  /** The commit whose tree it is. */
  commit: string;
  /** Every file of the tree, relative to the repository's root, with `/`. */
  paths: readonly string[];
  /** Where the repository lies on this machine, when known: reports often write paths in full. */
  repositoryRoot: string | null;
}

export type MergeResult = { ok: true; report: CoverageReport } | { ok: false; problem: CoverageProblem };

/**
 * One tree's coverage from all its report files: paths matched to the tree, shards united, whatever their order. The same
 * file given twice is counted once, and named in `notes`. Refused when two instrumenters made the shards: they number the
 * same code otherwise, so that a union would count it twice. Inputs are not changed; at least one is needed.
 */
export function mergeReports(shards: readonly [RawReport, ...RawReport[]], tree: TestedTree): MergeResult {
  const [first] = shards;
  const other = shards.find(({ instrumenter }) => instrumenter !== first.instrumenter);
  if (other !== undefined) return { ok: false, problem: twoInstrumenters(first, other) };
  const { distinct, notes } = withoutDuplicates(shards);
  const index = new TreeIndex(tree.paths);
  const files = new Map<string, [FileCoverage, ...FileCoverage[]]>();
  const unmatched = new Set<string>();
  for (const shard of distinct) {
    const matches = matchPaths(
      shard.files.map(({ path }) => path),
      index,
      tree.repositoryRoot,
    );
    for (const path of matches.unmatched) unmatched.add(path);
    for (const file of shard.files) addFile(files, matches.matched.get(file.path), file);
  }
  const report: CoverageReport = {
    format: first.format,
    instrumenter: first.instrumenter,
    tree: tree.commit,
    sources: shards.map(({ source }) => source).sort(),
    files: Array.from(files.values(), (parts) => mergeFiles(parts)).sort(byPath),
    unmatched: [...unmatched].sort(),
    notes,
  };
  return { ok: true, report };
}

function twoInstrumenters(first: RawReport, other: RawReport): CoverageProblem {
  const names = [first, other].map(({ instrumenter }) => inertText(instrumenter)).join(" and ");
  return {
    source: other.source,
    what: `two instrumenters: ${names} (${showPath(first.source)}) number the same code in different ways`,
    fix: "Give the reports of one of them only.",
  };
}

/** Which of two equal files is kept makes no difference; the one that sorts first is, so that the order does not show. */
function withoutDuplicates(shards: readonly RawReport[]): { distinct: RawReport[]; notes: string[] } {
  const kept = new Map<string, RawReport>();
  const notes: string[] = [];
  for (const shard of [...shards].sort((a, b) => compareText(a.source, b.source))) {
    const same = kept.get(shard.digest);
    if (same === undefined) kept.set(shard.digest, shard);
    else notes.push(`${showPath(shard.source)} is the same report as ${showPath(same.source)} and was counted once`);
  }
  return { distinct: [...kept.values()], notes };
}

function addFile(files: Map<string, [FileCoverage, ...FileCoverage[]]>, path: string | undefined, file: FileCoverage) {
  if (path === undefined) return;
  const parts = files.get(path);
  if (parts === undefined) files.set(path, [{ ...file, path }]);
  else parts.push({ ...file, path });
}

function byPath(first: FileCoverage, second: FileCoverage): number {
  return compareText(first.path, second.path);
}

function compareText(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}
