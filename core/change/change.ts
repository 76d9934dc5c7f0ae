import * as z from "zod";
import { FileLineMap, Hunk } from "./line-map.ts";

/** A git object id: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
export const Sha = z.string().check((ctx) => {
  if (!isSha(ctx.value))
    ctx.issues.push({ code: "custom", message: "expected a full git object id", input: ctx.value });
});
export type Sha = string;

/** A git file mode; `120000` is a symbolic link, `160000` a submodule. */
export const FileMode = z.enum(["100644", "100755", "100664", "120000", "160000"]);
export type FileMode = z.infer<typeof FileMode>;

/** Who git says wrote or committed something. Both parts are what the commit claims; neither is verified. */
export const Identity = z.strictObject({ name: z.string(), email: z.string() });
export type Identity = z.infer<typeof Identity>;

/**
 * What one commit did to one parent's tree. A merge lists with their hunks the files that differ from all its parents.
 * A file that it took whole is listed, without hunks, only against the parents before the first that has it so.
 */
export const ParentDiff = z.strictObject({
  /** Null for a root commit, which is compared with the empty tree. */
  parent: Sha.nullable(),
  files: z.array(FileLineMap),
});
export type ParentDiff = z.infer<typeof ParentDiff>;

/**
 * A stretch of lines that a commit adds and that stood, word for word, in lines which a commit of the change took away:
 * the same commit (a move), or an earlier one (what a revert brings back).
 */
export const Move = z.strictObject({
  /** The path in this commit's tree, and the first of the lines there, from 1. */
  path: z.string(),
  start: z.int().positive(),
  lines: z.int().positive(),
  /** Where they stood: in the tree of `parent`, against which `commit` took them away. */
  from: z.strictObject({
    commit: Sha,
    parent: Sha,
    path: z.string(),
    start: z.int().positive(),
  }),
});
export type Move = z.infer<typeof Move>;

/** One commit of the change, in the order parents before children. */
export const Commit = z.strictObject({
  sha: Sha,
  parents: z.array(Sha),
  author: Identity,
  committer: Identity,
  /** ISO 8601 with the author's offset. */
  authoredAt: z.string(),
  committedAt: z.string(),
  /** The message as git shows it (re-encoded to UTF-8, cut at a NUL), with secrets redacted. */
  message: z.string(),
  /** What is odd about the stored message: cut at NUL, unknown encoding, not UTF-8, over the size limit. */
  messageProblems: z.array(z.string()),
  /** One entry a parent, in git's order; a root commit has one with `parent: null`. */
  diffs: z.array(ParentDiff),
  /** Lines that it moved or brought back. Facts written before moves were read have none. */
  moves: z.array(Move).default([]),
});
export type Commit = z.infer<typeof Commit>;

/** One file that differs between merge base and head. A rename is one file with both its paths. */
export const ChangedFile = z.strictObject({
  /** The path at head; for a deleted file, its path at the merge base. Invalid UTF-8 bytes read `\xNN`. */
  path: z.string(),
  /** The path at the merge base when it is another one (a rename), else null. */
  previousPath: z.string().nullable(),
  status: z.enum(["added", "deleted", "modified", "renamed", "type-changed"]),
  kind: z.enum(["text", "binary", "symlink", "submodule"]),
  oldMode: FileMode.nullable(),
  newMode: FileMode.nullable(),
  oldBlob: Sha.nullable(),
  newBlob: Sha.nullable(),
  /** Where a symbolic link points at head, as stored. */
  symlinkTarget: z.string().nullable(),
  /**
   * Further paths, from the root, under which it is judged: where a link led at the merge base, and where it leads through
   * other links; `..` is any place outside of the repository. Left out when there is none.
   */
  alsoAt: z.array(z.string()).optional(),
  /** False when some byte of a path is not UTF-8. */
  validUtf8: z.boolean(),
  hunks: z.array(Hunk),
  /** Lines added and deleted as git counts them; 0 for binary files. */
  addedLines: z.int().nonnegative(),
  deletedLines: z.int().nonnegative(),
});
export type ChangedFile = z.infer<typeof ChangedFile>;

/** Where a repository lives. Absent for one without a remote. */
export const Repository = z.strictObject({ host: z.string(), owner: z.string(), name: z.string() });
export type Repository = z.infer<typeof Repository>;

/** A commit with the name under which it was asked for. */
export const Ref = z.strictObject({ name: z.string().nullable(), sha: Sha });
export type Ref = z.infer<typeof Ref>;

/** Everything git knows about what changed, from the merge base to the head. */
export const Change = z.strictObject({
  /** `<host>/<owner>/<repo>#<number>`, or `…@<merge base>..<head>` without a pull request. */
  id: z.string(),
  event: z.enum(["local", "pull_request", "merge_group", "push"]),
  repository: Repository.nullable(),
  base: Ref,
  head: Ref,
  mergeBase: Sha,
  /** The id of the commit that stands for uncommitted work (`--worktree`), which is then the head. */
  uncommitted: Sha.nullable(),
  /** Parents before children. */
  commits: z.array(Commit),
  /** Sorted by path, by code unit. */
  files: z.array(ChangedFile),
  /** Why this reading is not whole; an empty list says that it is. Never judged as if it were whole. */
  incomplete: z.array(z.string()),
});
export type Change = z.infer<typeof Change>;

/** Every path that a file has on either side: both count when paths are judged. */
export function touchedPaths(file: Pick<ChangedFile, "path" | "previousPath">): string[] {
  return file.previousPath === null ? [file.path] : [file.path, file.previousPath];
}

export function isSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
