import { createHash } from "node:crypto";
import type { TreeFile } from "../change/tree-file.ts";
import { inertText, showPath } from "../untrusted/index.ts";

/**
 * What an approver saw of some files, as one sha256 in hex: of each its path, its previous path, and its mode and blob
 * before and after. Two changes with one fingerprint put the same content in the place of the same, whatever their commits
 * are; a base that moved on without touching these files leaves it as it is.
 */
export function fingerprint(files: readonly TreeFile[]): string {
  return createHash("sha256")
    .update(JSON.stringify(entries(files)))
    .digest("hex");
}

/** The paths that are in one list and not in the other, or not with the same content; inert, sorted. */
export function differingFiles(now: readonly TreeFile[], then: readonly TreeFile[]): string[] {
  const [here, there] = [new Set(entries(now)), new Set(entries(then))];
  const differs = [...now.filter((file) => !there.has(entry(file))), ...then.filter((file) => !here.has(entry(file)))];
  return [...new Set(differs.map(shownFile))].sort();
}

/** A file's path on one harmless line. */
export function shownFile({ path, validUtf8 }: Pick<TreeFile, "path" | "validUtf8">): string {
  return inertText(showPath(path, { validUtf8 }), { maxGraphemes: 200 });
}

function entries(files: readonly TreeFile[]): string[] {
  return [...new Set(files.map(entry))].sort();
}

function entry({ path, previousPath, oldMode, newMode, oldBlob, newBlob }: TreeFile): string {
  return JSON.stringify([path, previousPath, oldMode, newMode, oldBlob, newBlob]);
}
