import { z } from "zod";

/**
 * What a coverage report says about one file. Numbers are the report's own; hits are whole and not negative
 * (readers refuse others). A line that is not listed is not executable, or was not measured: never "0 hits".
 */
export const FileCoverage = z.strictObject({
  /** The path in the tree that was tested, relative to the repository's root. */
  path: z.string(),
  /** Line numbers that can run, ascending, and beside each its hits. Two columns keep large reports small. */
  lines: z.strictObject({ numbers: z.array(z.int().positive()), hits: z.array(z.number().nonnegative()) }),
  branches: z.array(
    z.strictObject({
      line: z.int().positive(),
      /** The report's own name of the branch point and of its arm: position in the report's order, never a line number. */
      block: z.string(),
      arm: z.string(),
      /** Null when the report says that the branch's line never ran. It counts as not taken. */
      hits: z.number().nonnegative().nullable(),
      /** Column of the branch point, from 0, where the format has it. */
      column: z.int().nonnegative().nullable(),
      /** `if`, `cond-expr`, `switch` … where the format has it. */
      type: z.string().nullable(),
    }),
  ),
  functions: z.array(
    z.strictObject({
      name: z.string(),
      /** Line of the declaration. */
      line: z.int().positive(),
      endLine: z.int().positive().nullable(),
      hits: z.number().nonnegative(),
    }),
  ),
  /** Stretches of lines that run together (statements), where the format has them: they cover continuation lines. */
  regions: z.array(
    z.strictObject({
      start: z.int().positive(),
      end: z.int().positive(),
      hits: z.number().nonnegative(),
    }),
  ),
});
export type FileCoverage = z.infer<typeof FileCoverage>;

export const coverageFormats = ["istanbul", "lcov"] as const;

/** One tree's coverage: all shards of all report files, merged. */
export const CoverageReport = z.strictObject({
  format: z.enum(coverageFormats),
  /** What produced it, as far as the report shows: reports of two instrumenters must not be compared line by line. */
  instrumenter: z.string(),
  /** The commit whose tree was tested. */
  tree: z.string(),
  /** The report files read, as they were named. */
  sources: z.array(z.string()),
  /** Sorted by path, by code unit; one entry a path. */
  files: z.array(FileCoverage),
  /** Paths of the report that match no file of the tree, or more than one. */
  unmatched: z.array(z.string()),
});
export type CoverageReport = z.infer<typeof CoverageReport>;

/** Covered of total; a ratio exists only when the total is not 0. */
export const Ratio = z.strictObject({ covered: z.int().nonnegative(), total: z.int().nonnegative() });
export type Ratio = z.infer<typeof Ratio>;
