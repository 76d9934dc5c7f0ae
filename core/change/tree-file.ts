import { z } from "zod";
import { ChangedFile, Sha } from "./change.ts";

/**
 * What a changed file is at one commit, without its lines: enough to tell whether somebody who looked at that commit saw
 * what is there now. A deleted file has neither mode nor blob.
 */
export const TreeFile = z.strictObject(
  ChangedFile.pick({
    path: true,
    previousPath: true,
    kind: true,
    newMode: true,
    newBlob: true,
    symlinkTarget: true,
    validUtf8: true,
  }).shape,
);
export type TreeFile = z.infer<typeof TreeFile>;

/** The files that a change had when its head was this commit: those that differ between the merge base then and the commit. */
export const ReviewedTree = z.strictObject({ commit: Sha, files: z.array(TreeFile) });
export type ReviewedTree = z.infer<typeof ReviewedTree>;

/** The same of a file of the change as it is now. */
export function treeFileOf(file: ChangedFile): TreeFile {
  const { path, previousPath, kind, newMode, newBlob, symlinkTarget, validUtf8 } = file;
  return { path, previousPath, kind, newMode, newBlob, symlinkTarget, validUtf8 };
}
