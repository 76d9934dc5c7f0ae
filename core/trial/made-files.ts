import { createHash } from "node:crypto";
import type { ChangedFile, FileMode, Sha } from "../change/change.ts";
import type { FileLineMap, Hunk } from "../change/line-map.ts";
import type { WrittenFile } from "./written/files.ts";

/** A changed file as a case makes it, at one moment of its history. */
export interface MadeFile {
  path: string;
  previousPath: string | null;
  isNew: boolean;
  deleted: boolean;
  kind: ChangedFile["kind"];
  oldMode: FileMode;
  newMode: FileMode;
  target: string | null;
  addedLines: number;
  deletedLines: number;
  /** The same content is the same blob. */
  content: string;
  /** How often its content was written. */
  version: number;
}

/** A git object id that is always the same for one name. */
export function madeSha(name: string): Sha {
  return createHash("sha1").update(name).digest("hex");
}

/**
 * The file after a push that writes it, and what each of `commits` commits did to its lines: the added lines stand together,
 * in the order of the commits, where the deleted ones stood. Null before means that the change did not touch the file yet.
 */
export function writeFile(
  before: MadeFile | null,
  written: WrittenFile,
  commits: number,
): { file: MadeFile; diffs: FileLineMap[] } {
  const start = before ?? startOf(written);
  const { additions, deletions } = linesOf(written, start);
  const from = start.path;
  let at = { ...start, path: written.path };
  const isGone = written.status === "deleted";
  const diffs = shares(additions, isGone ? 1 : commits).map((added, index): FileLineMap => {
    const deleted = index === 0 ? deletions : 0;
    const hunks = start.kind === "text" ? hunksOf(at, added, deleted, isGone) : [];
    at = { ...at, addedLines: isGone ? 0 : at.addedLines + added, deletedLines: at.deletedLines + deleted };
    const isNew = index === 0 && before === null && start.isNew;
    return { from: isNew ? null : index === 0 ? from : at.path, to: isGone ? null : at.path, hunks };
  });
  return { file: after(at, before, written, additions + deletions > 0 || before === null), diffs };
}

function startOf(written: WrittenFile): MadeFile {
  const kind = written.kind ?? "text";
  const newMode = written.mode ?? modeOf[kind];
  const previousPath = written.previous_path ?? null;
  return {
    path: previousPath ?? written.path,
    previousPath,
    isNew: written.status === "added",
    deleted: false,
    kind,
    oldMode: written.old_mode ?? newMode,
    newMode,
    target: written.target ?? null,
    addedLines: 0,
    deletedLines: 0,
    content: written.path,
    version: 0,
  };
}

const modeOf = { text: "100644", binary: "100644", symlink: "120000", submodule: "160000" } as const;

function linesOf(written: WrittenFile, { kind }: MadeFile): { additions: number; deletions: number } {
  if (kind !== "text") return { additions: 0, deletions: 0 };
  const isGone = written.status === "deleted";
  return { additions: written.additions ?? (isGone ? 0 : 1), deletions: written.deletions ?? (isGone ? 1 : 0) };
}

/** A number in as many whole parts, the first of which are the larger ones. */
function shares(number: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, index) => Math.floor((number + parts - 1 - index) / parts));
}

/** Against the file as the commit found it: the added lines come first, then what is left of the old ones. */
function hunksOf({ addedLines }: MadeFile, added: number, deleted: number, isGone: boolean): Hunk[] {
  if (isGone) return [{ oldStart: 1, oldLines: addedLines + deleted, newStart: 0, newLines: 0 }];
  if (added === 0 && deleted === 0) return [];
  const oldStart = deleted === 0 ? addedLines : addedLines + 1;
  const newStart = added === 0 ? addedLines : addedLines + 1;
  return [{ oldStart, oldLines: deleted, newStart, newLines: added }];
}

function after(at: MadeFile, before: MadeFile | null, written: WrittenFile, isWritten: boolean): MadeFile {
  const moved = written.previous_path !== undefined && before !== null && !before.isNew;
  const version = at.version + (isWritten ? 1 : 0);
  return {
    ...at,
    previousPath: moved ? (before.previousPath ?? before.path) : at.previousPath,
    deleted: written.status === "deleted",
    newMode: written.mode ?? at.newMode,
    target: written.target ?? at.target,
    content: written.content ?? (isWritten ? `${at.content} ${version}` : at.content),
    version,
  };
}

/** The file as it differs between the merge base and the head. */
export function changedFile(file: MadeFile): ChangedFile {
  const { path, previousPath, isNew, deleted, kind, addedLines, deletedLines } = file;
  const hunk = { oldStart: deletedLines === 0 ? 0 : 1, oldLines: deletedLines, newStart: 1, newLines: addedLines };
  return {
    path,
    previousPath,
    status: isNew ? "added" : deleted ? "deleted" : previousPath === null ? "modified" : "renamed",
    kind,
    oldMode: isNew ? null : file.oldMode,
    newMode: deleted ? null : file.newMode,
    oldBlob: isNew ? null : madeSha(`at the base: ${previousPath ?? path}`),
    newBlob: deleted ? null : madeSha(`content: ${file.content}`),
    symlinkTarget: kind === "symlink" && !deleted ? file.target : null,
    validUtf8: true,
    hunks: addedLines + deletedLines === 0 ? [] : [addedLines === 0 ? { ...hunk, newStart: 0 } : hunk],
    addedLines,
    deletedLines,
  };
}
