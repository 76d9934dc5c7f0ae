import * as z from "zod";
import { FunctionSpan } from "../change/function-span.ts";
import { Hunk } from "../change/line-map.ts";
import { RawFinding } from "../findings/finding.ts";

/** A file of the change as the patterns get it: its text on both sides, and how its lines went from one to the other. */
export const FileToLint = z.strictObject({
  /** At head; of a deleted file, at the base. */
  path: z.string(),
  /** Null where there is no text on that side: new files, deleted files, plain files outside of a repository. */
  base: z.string().nullable(),
  head: z.string().nullable(),
  hunks: z.array(Hunk),
});
export type FileToLint = z.infer<typeof FileToLint>;

export const NotAnalysed = z.strictObject({ path: z.string(), reason: z.string() });
export type NotAnalysed = z.infer<typeof NotAnalysed>;

/** What was seen in a file. */
export const LintedFile = z.strictObject({
  findings: z.array(RawFinding),
  /** What the base showed and the head no longer does: it may have moved to another file. */
  gone: z.array(z.strictObject({ rule: z.string(), identity: z.string() })),
  /** What counts where no other file has the name. */
  unlessUsed: z.array(z.strictObject({ name: z.string(), finding: RawFinding })),
  /** The functions that the change touched. */
  functions: z.array(FunctionSpan),
  notAnalysed: z.array(NotAnalysed),
});
export type LintedFile = z.infer<typeof LintedFile>;
