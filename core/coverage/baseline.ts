import type { Change } from "../change/change.ts";
import type { LineMap } from "../change/line-map.ts";
import type { Evidence } from "../evidence.ts";
import type { CoverageReview } from "./coverage-review.ts";
import type { CoverageReport } from "./report.ts";
import { changeAsDiff, findLineMap, treeMap, type TreeMap } from "./tree-map.ts";

/** How far before and after can be compared, and how the baseline's lines are found at head. */
export interface Baseline {
  quality: CoverageReview["baseline"];
  /** Null when the baseline's lines cannot be joined to the head's. */
  map: TreeMap | null;
}

/**
 * Judges the baseline. `told` is what the caller knows of it beyond its commit: that it is an ancestor, that flags are
 * missing. Reports of two instrumenters are never compared: they number the same code in different ways.
 */
export function judgeBaseline(
  change: Change,
  coverage: { head: Evidence<CoverageReport>; base: Evidence<CoverageReport> },
  lineMaps: readonly LineMap[],
  told: CoverageReview["baseline"] | undefined,
): Baseline {
  const { head, base } = coverage;
  if (base.state === "absent") return { quality: { quality: "missing", reason: base.reason }, map: null };
  if (head.state === "present" && head.value.instrumenter !== base.value.instrumenter) {
    const reason = `the baseline was measured by ${base.value.instrumenter} and the head by ${head.value.instrumenter}, which number the same code in different ways`;
    return { quality: { quality: "incomparable", reason }, map: null };
  }
  const map = baselineMap(change, base.value.tree, lineMaps);
  const quality = told ?? qualityOf(change, base.value.tree);
  if (map !== null) return { quality, map };
  return {
    quality: { ...quality, reason: `${quality.reason}, and no line map joins it to the head: lost lines are unknown` },
    map,
  };
}

function qualityOf(change: Change, tree: string): CoverageReview["baseline"] {
  if (tree === change.mergeBase) return { quality: "exact", reason: "it was measured at the merge base" };
  const measured = tree.slice(0, 10);
  return { quality: "diverged", reason: `it was measured at ${measured}, which is not the merge base` };
}

function baselineMap(change: Change, tree: string, lineMaps: readonly LineMap[]): TreeMap | null {
  const lineMap = findLineMap(lineMaps, "baseline", tree, change.head.sha);
  if (lineMap !== undefined) return treeMap(lineMap.files);
  return tree === change.mergeBase ? treeMap(changeAsDiff(change)) : null;
}
