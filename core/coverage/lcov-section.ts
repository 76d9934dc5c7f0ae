import { LcovBranches } from "./lcov-branches.ts";
import { LcovFunctions } from "./lcov-functions.ts";
import { canonicalFile } from "./merge-files.ts";
import type { FileCoverage } from "./report.ts";

/** What one section (`SF:` to `end_of_record`) has said so far. The columns are used again by the next section. */
export interface LcovSection {
  numbers: number[];
  hits: number[];
  count: number;
  branches: LcovBranches;
  functions: LcovFunctions;
}

export function newSection(): LcovSection {
  return { numbers: [], hits: [], count: 0, branches: new LcovBranches(), functions: new LcovFunctions() };
}

/** The file as the section says, and the section ready for the next. */
export function finishSection(path: string, section: LcovSection): FileCoverage {
  const { numbers, hits, count } = section;
  section.count = 0;
  return canonicalFile({
    path,
    lines: { numbers: numbers.slice(0, count), hits: hits.slice(0, count) },
    branches: section.branches.take(),
    functions: section.functions.take(),
    regions: [],
  });
}
