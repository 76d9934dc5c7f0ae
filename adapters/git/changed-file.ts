import { FileMode, type ChangedFile } from "../../core/change/change.ts";
import type { FileLineMap } from "../../core/change/line-map.ts";
import { readPath } from "../../core/change/path-name.ts";
import type { DiffFile } from "../../core/change/read-diff.ts";

/** A file of the diff as the core speaks of it. Where a link points is read later. */
export function changedFile(file: DiffFile): ChangedFile {
  const { path, validUtf8 } = readPath(file.path);
  const previous = file.previousPath === null ? null : readPath(file.previousPath);
  const kind = fileKind(file);
  const isBinary = kind === "binary";
  return {
    path,
    previousPath: previous?.path ?? null,
    status: fileStatus(file.status),
    kind,
    oldMode: fileMode(file.oldMode),
    newMode: fileMode(file.newMode),
    oldBlob: isZero(file.oldBlob) ? null : file.oldBlob,
    newBlob: isZero(file.newBlob) ? null : file.newBlob,
    symlinkTarget: null,
    validUtf8: validUtf8 && (previous?.validUtf8 ?? true),
    hunks: isBinary ? [] : file.hunks,
    addedLines: isBinary ? 0 : (file.addedLines ?? 0),
    deletedLines: isBinary ? 0 : (file.deletedLines ?? 0),
  };
}

/** How a file's lines went from the older tree to the newer. */
export function fileLineMap(file: DiffFile): FileLineMap {
  const path = readPath(file.path).path;
  const from = file.status === "A" ? null : file.previousPath === null ? path : readPath(file.previousPath).path;
  return { from, to: file.status === "D" ? null : path, hunks: file.hunks };
}

function fileKind(file: DiffFile): ChangedFile["kind"] {
  const mode = file.newMode === noMode ? file.oldMode : file.newMode;
  if (mode === "120000") return "symlink";
  if (mode === "160000") return "submodule";
  return file.addedLines === null ? "binary" : "text";
}

const noMode = "000000";

function fileMode(mode: string): FileMode | null {
  return mode === noMode ? null : FileMode.parse(mode);
}

function fileStatus(status: string): ChangedFile["status"] {
  switch (status[0]) {
    case "A":
      return "added";
    case "D":
      return "deleted";
    case "R":
      return "renamed";
    case "T":
      return "type-changed";
    case "M":
      return "modified";
    default:
      throw new Error(`git's diff has a status of an unknown kind: ${status.slice(0, 4)}`);
  }
}

function isZero(id: string): boolean {
  return /^0+$/.test(id);
}
