import type { IsAncestor } from "./ancestry.ts";
import { mapLineForward, type FileLineMap, type Hunk } from "./line-map.ts";
import type { RemovedHunk } from "./removed-lines.ts";

/** Remembers the edits of files that lines were taken from, to say whether lines come back where they stood. */
export interface Places {
  /** From here on the edits of this file are remembered. */
  watch(path: string): void;
  /** What a commit did to a file. Commits come parents before children. */
  edited(commit: number, file: FileLineMap): void;
  /**
   * Whether a hunk of `commit` in the same file stands where the removed one stood: the line before or behind it is the
   * same, wherever edits between the two commits have shifted it to.
   */
  isSame(removed: RemovedHunk, commit: number, hunk: Hunk): boolean;
}

/** `hunks` is null where a rename brought another file to the path, or took it away. */
interface Edit {
  commit: number;
  hunks: readonly Hunk[] | null;
}

export function places(isAncestor: IsAncestor): Places {
  const edits = new Map<string, Edit[]>();
  return {
    watch(path) {
      if (!edits.has(path)) edits.set(path, []);
    },
    edited(commit, { from, to, hunks }) {
      const isRename = from !== null && to !== null && from !== to;
      for (const path of new Set([from, to]))
        if (path !== null) edits.get(path)?.push({ commit, hunks: isRename ? null : hunks });
    },
    isSame(removed, commit, hunk) {
      const between = editsBetween(edits.get(removed.path) ?? [], removed.commit, commit, isAncestor);
      if (between === null) return false;
      const [before, behind] = neighbours(removed.hunk.newStart, removed.hunk.newLines);
      const [beforeNow, behindNow] = neighbours(hunk.oldStart, hunk.oldLines);
      return follow(between, before) === beforeNow || follow(between, behind) === behindNow;
    },
  };
}

/** Most hunks that are followed: beyond them a place counts as another one. */
const mostHunks = 400;

/** Null when they cannot be followed, or are too many. */
function editsBetween(
  edits: readonly Edit[],
  older: number,
  newer: number,
  isAncestor: IsAncestor,
): (readonly Hunk[])[] | null {
  const between: (readonly Hunk[])[] = [];
  let left = mostHunks;
  for (let index = edits.length - 1; index >= 0; index -= 1) {
    const { commit, hunks } = edits[index]!;
    if (commit <= older) break;
    if (--left < 0) return null;
    if (!isAncestor(older, commit) || !isAncestor(commit, newer)) continue;
    if (hunks === null || (left -= hunks.length) < 0) return null;
    between.push(hunks);
  }
  return between.reverse();
}

/** The lines before and behind a side of a hunk, which with 0 lines names the line before it. */
function neighbours(start: number, lines: number): [number, number] {
  const before = lines === 0 ? start : start - 1;
  return [before, before + lines + 1];
}

function follow(edits: readonly (readonly Hunk[])[], line: number): number | null {
  let now: number | null = line;
  for (const hunks of edits) if (now !== null) now = mapLineForward(hunks, now);
  return now;
}
