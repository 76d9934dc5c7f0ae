import * as z from "zod";
import { ChangedFile, Sha } from "./change.ts";

/**
 * What a changed file is at one commit, without its lines: enough to tell whether somebody who looked at that commit saw
 * what is there now. Old is the side of the merge base: without it, taking back what the base changed meanwhile looks like
 * nothing. A deleted file has neither a new mode nor a new blob.
 */
export const TreeFile = z.strictObject(
  ChangedFile.pick({
    path: true,
    previousPath: true,
    kind: true,
    oldMode: true,
    newMode: true,
    oldBlob: true,
    newBlob: true,
    symlinkTarget: true,
    alsoAt: true,
    validUtf8: true,
  }).shape,
);
export type TreeFile = z.infer<typeof TreeFile>;

/** The files that a change had when its head was this commit: those that differ between the merge base then and the commit. */
export const ReviewedTree = z.strictObject({ commit: Sha, files: z.array(TreeFile) });
export type ReviewedTree = z.infer<typeof ReviewedTree>;

/** The same of a file of the change as it is now. */
export function treeFileOf(file: ChangedFile): TreeFile {
  const { path, previousPath, kind, oldMode, newMode, oldBlob, newBlob, symlinkTarget, alsoAt, validUtf8 } = file;
  const links = alsoAt === undefined ? { symlinkTarget } : { symlinkTarget, alsoAt };
  return { path, previousPath, kind, oldMode, newMode, oldBlob, newBlob, ...links, validUtf8 };
}
