import * as z from "zod";
import { Verdict } from "../change/authorship.ts";
import { evidenceSchema } from "../evidence.ts";
import { Ratio } from "./report.ts";

/** Lines, branches and functions, each covered of total. A total of 0 means that there was nothing to measure. */
export const Counts = z.strictObject({ lines: Ratio, branches: Ratio, functions: Ratio });
export type Counts = z.infer<typeof Counts>;

/** How far a baseline can be trusted; from the best to none. */
export const baselineQualities = ["exact", "ancestor", "diverged", "partial", "incomparable", "missing"] as const;

/** A function that the change added or edited, and whether a test enters it. Lines of the file at head. */
export const FunctionChange = z.strictObject({
  name: z.string(),
  line: z.int().positive(),
  endLine: z.int().positive().nullable(),
  state: z.enum(["new-uncalled", "new-called", "changed-uncalled", "changed-called", "lost"]),
});
export type FunctionChange = z.infer<typeof FunctionChange>;

/** One file before and after, in the lines of head. */
export const FileCoverageChange = z.strictObject({
  path: z.string(),
  previousPath: z.string().nullable(),
  /** Of the whole file, in the baseline's tree and in the tested tree. */
  before: evidenceSchema(Counts),
  after: evidenceSchema(Counts),
  /** Of what the change added. */
  patch: Counts,
  /** Added lines that can run and did, ascending. With the next list it is every added line that can run. */
  coveredAddedLines: z.array(z.int().positive()),
  /** Added lines that can run and did not, ascending. */
  uncoveredAddedLines: z.array(z.int().positive()),
  /** Lines that the change did not touch, covered before and not after, ascending. */
  lostLines: z.array(z.int().positive()),
  /** Branch points on added lines with an arm that was never taken. */
  uncoveredAddedBranches: z.array(
    z.strictObject({ line: z.int().positive(), taken: z.int().nonnegative(), total: z.int().positive() }),
  ),
  functions: z.array(FunctionChange),
});
export type FileCoverageChange = z.infer<typeof FileCoverageChange>;

/** Whom the covered lines belong to, summed the way the policy counts AI. */
export const WriterGroup = z.enum(["ai", "suggestion", "human", "undeclared", "automation"]);
export type WriterGroup = z.infer<typeof WriterGroup>;

/** What the tests reached of the change, and what changed about the rest. */
export const CoverageReview = z.strictObject({
  /** Of the added lines, branches on them and functions that begin on them. Absent without a report of the tested tree. */
  patch: evidenceSchema(Counts),
  byVerdict: z.record(Verdict, Counts),
  byGroup: z.record(WriterGroup, Counts),
  /**
   * Files that some report has, sorted by path; untouched ones only when something about them differs. A changed file that
   * no report has is not here: see `unmeasured`.
   */
  files: z.array(FileCoverageChange),
  project: z.strictObject({
    before: evidenceSchema(Counts),
    after: evidenceSchema(Counts),
    /**
     * After minus before as ratios, -1 to 1, over the files that both reports measure and those that the change adds or
     * deletes. Absent when a side is, when the baseline cannot be compared, or when the head report leaves out a file that
     * the baseline's has.
     */
    delta: evidenceSchema(z.strictObject({ lines: z.number().nullable(), branches: z.number().nullable() })),
  }),
  baseline: z.strictObject({ quality: z.enum(baselineQualities), reason: z.string() }),
  /** Changed files that look like measured code and are in no report, sorted. */
  unmeasured: z.array(z.string()),
  /**
   * Files with added lines that can run, in whose language the report lists no branch, or no function, in any file: whether
   * tests reach theirs is not known. Sorted.
   */
  silentOn: z.strictObject({ branches: z.array(z.string()), functions: z.array(z.string()) }),
  /** Paths of the reports that match no file, sorted. */
  unmatched: z.array(z.string()),
});
export type CoverageReview = z.infer<typeof CoverageReview>;
