import type { CoverageReport, FileCoverage } from "./report.ts";

/** One report file as it was read: paths are still the report's own, and nothing is matched to a tree yet. */
export interface RawReport {
  /** The report file, as it was named. */
  source: string;
  /** sha256 of the file's bytes, in hex: tells a shard that was given twice. */
  digest: string;
  format: CoverageReport["format"];
  /** `lcov` says nothing of its maker; istanbul JSON is told apart as `istanbul` and `v8`. */
  instrumenter: string;
  /** In canonical form (`canonicalFile`), one entry a path, sorted by path. Paths as the report writes them. */
  files: FileCoverage[];
}
