import * as z from "zod";

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
  /**
   * Where the format has ranges: the lines on which a statement goes on after the line where it begins. Statements that
   * hold other statements (a loop, a block) are left out, and so are the bodies of functions inside a statement, so that
   * a comment or a brace in a body never counts as code. Ascending.
   */
  regions: z.array(
    z.strictObject({
      /** The listed line on which the statement begins, and under which it is counted. */
      line: z.int().positive(),
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
  /** Paths of the report that match no file of the tree, or more than one. Sorted. */
  unmatched: z.array(z.string()),
  /** What a reader should know of the reading, in sentences whose untrusted parts are inert: a shard given twice. */
  notes: z.array(z.string()),
});
export type CoverageReport = z.infer<typeof CoverageReport>;

/** Covered of total; a ratio exists only when the total is not 0. */
export const Ratio = z.strictObject({ covered: z.int().nonnegative(), total: z.int().nonnegative() });
export type Ratio = z.infer<typeof Ratio>;
