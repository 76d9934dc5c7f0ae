export { countsByGroup, type WriterCounts } from "./counts.ts";
export { mergeReports, type MergeResult, type TestedTree } from "./merge-reports.ts";
export { describeProblem, type CoverageProblem } from "./problem.ts";
export type { RawReport } from "./raw-report.ts";
export { readCoverage, standardLimits, type ReadResult, type SizeLimits } from "./read-coverage.ts";
export { reviewCoverage, type CoverageReviewInput } from "./review-coverage.ts";
export { coverageRules, findCoverage } from "./rules.ts";
