import type { Change } from "../change/change.ts";
import type { LineMap } from "../change/line-map.ts";
import { absent, mapEvidence, present, type Evidence } from "../evidence.ts";
import { showPath } from "../untrusted/index.ts";
import type { Baseline } from "./baseline.ts";
import { countsOf, share, sumOf } from "./counts.ts";
import type { Counts, CoverageReview } from "./coverage-review.ts";
import { filesDropped } from "../change/missing-coverage.ts";
import type { CoverageReport, FileCoverage } from "./report.ts";
import { changeAsDiff, findLineMap, sameTree, treeMap, type TreeMap } from "./tree-map.ts";

export interface ProjectInput {
  change: Change;
  coverage: { head: Evidence<CoverageReport>; base: Evidence<CoverageReport> };
  lineMaps: readonly LineMap[];
  /** Absent when the head report does not fit the head. */
  head: Evidence<unknown>;
  baseline: Baseline;
}

/**
 * The coverage of everything that is measured, before and after. The difference is taken over the files that both reports
 * measure and those that the change adds or deletes: measuring more is no better test, and measuring less hides what is
 * not tested, so that without a file of before there is no difference.
 */
export function projectChange(input: ProjectInput): CoverageReview["project"] {
  const { head, base } = input.coverage;
  return {
    before: mapEvidence(base, ({ files }) => sumOf(files.map(countsOf))),
    after: mapEvidence(head, ({ files }) => sumOf(files.map(countsOf))),
    delta: deltaOf(input),
  };
}

function deltaOf({ change, coverage, lineMaps, head, baseline }: ProjectInput): CoverageReview["project"]["delta"] {
  if (head.state === "absent") return head;
  if (coverage.head.state === "absent") return coverage.head;
  if (coverage.base.state === "absent") return coverage.base;
  if (baseline.quality.quality === "incomparable") return absent(baseline.quality.reason);
  const toHead = testedMap(change, coverage.head.value.tree, lineMaps);
  const before = byPathAtHead(coverage.base.value.files, baseline.map ?? treeMap(changeAsDiff(change)));
  const after = byPathAtHead(coverage.head.value.files, toHead);
  const gone = [...before.there.keys()].filter((path) => !after.there.has(path));
  if (gone.length > 0) return absent(filesDropped(gone.map((path) => showPath(path))));
  const added = new Set(change.files.filter(({ status }) => status === "added").map(({ path }) => path));
  const compared = [...after.there].filter(([path]) => before.there.has(path) || added.has(path));
  return present(
    differences(sumOf([...before.there.values(), ...before.deleted]), sumOf(compared.map(([, counts]) => counts))),
  );
}

function testedMap(change: Change, tree: string, lineMaps: readonly LineMap[]): TreeMap {
  const lineMap = tree === change.head.sha ? undefined : findLineMap(lineMaps, "tested", tree, change.head.sha);
  return lineMap === undefined ? sameTree : treeMap(lineMap.files);
}

/** Whole files' counts by where the file is at head, and those of files that are not there. Files of nothing are left out. */
function byPathAtHead(files: readonly FileCoverage[], map: TreeMap) {
  const there = new Map<string, Counts>();
  const deleted: Counts[] = [];
  for (const file of files) {
    const counts = countsOf(file);
    const place = map(file.path);
    if (counts.lines.total === 0 && counts.branches.total === 0) continue;
    if (place === null) deleted.push(counts);
    else there.set(place.path, counts);
  }
  return { there, deleted };
}

function differences(before: Counts, after: Counts): { lines: number | null; branches: number | null } {
  return {
    lines: difference(share(before.lines), share(after.lines)),
    branches: difference(share(before.branches), share(after.branches)),
  };
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}
