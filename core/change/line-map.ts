import * as z from "zod";

/**
 * One hunk of a `-U0` diff, as git counts it: `@@ -oldStart,oldLines +newStart,newLines @@`.
 * Lines are numbered from 1. With 0 lines on a side, the start is the line *before* the place (git's rule).
 */
export const Hunk = z.strictObject({
  oldStart: z.int().nonnegative(),
  oldLines: z.int().nonnegative(),
  newStart: z.int().nonnegative(),
  newLines: z.int().nonnegative(),
});
export type Hunk = z.infer<typeof Hunk>;

/** How one file's lines went from one tree to another. `from` is null for a file that is new, `to` for one that is gone. */
export const FileLineMap = z.strictObject({
  from: z.string().nullable(),
  to: z.string().nullable(),
  hunks: z.array(Hunk),
});
export type FileLineMap = z.infer<typeof FileLineMap>;

/** How lines went from one tree to another. A file that is not listed is the same in both. */
export const LineMap = z.strictObject({ from: z.string(), to: z.string(), files: z.array(FileLineMap) });
export type LineMap = z.infer<typeof LineMap>;

/** The line's number in the newer file, or null when the line was removed or rewritten. Lines from 1. */
export function mapLineForward(hunks: readonly Hunk[], line: number): number | null {
  let shift = 0;
  for (const hunk of hunks) {
    const firstAfter = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart + hunk.oldLines;
    if (line < firstAfter) return hunk.oldLines > 0 && line >= hunk.oldStart ? null : line + shift;
    shift += hunk.newLines - hunk.oldLines;
  }
  return line + shift;
}

/** The line's number in the older file, or null when the line was added. Lines from 1. */
export function mapLineBackward(hunks: readonly Hunk[], line: number): number | null {
  return mapLineForward(hunks.map(invertHunk), line);
}

/** The same map, read from the newer tree to the older. */
export function invertLineMap(map: LineMap): LineMap {
  return {
    from: map.to,
    to: map.from,
    files: map.files.map((file) => ({ from: file.to, to: file.from, hunks: file.hunks.map(invertHunk) })),
  };
}

/** The numbers of the lines that a diff adds, ascending. */
export function addedLines(hunks: readonly Hunk[]): number[] {
  return hunks.flatMap((hunk) => Array.from({ length: hunk.newLines }, (_, offset) => hunk.newStart + offset));
}

/** Far above what git counts in one file, and far below where sums lose their exactness. */
export const mostLines = 2 ** 31;

/** Whether these can be the hunks of one diff: from line 1 on, ascending on both sides, none over another. */
export function areInOrder(hunks: readonly Hunk[]): boolean {
  let oldEnd = 0;
  let newEnd = 0;
  return hunks.every(({ oldStart, oldLines, newStart, newLines }) => {
    const oldFirst = firstLine(oldStart, oldLines);
    const newFirst = firstLine(newStart, newLines);
    const fits = oldFirst > oldEnd && newFirst > newEnd;
    oldEnd = oldFirst + oldLines - 1;
    newEnd = newFirst + newLines - 1;
    return fits && oldEnd < mostLines && newEnd < mostLines;
  });
}

/** With 0 lines on a side, the start is the line before the place. */
function firstLine(start: number, lines: number): number {
  return lines === 0 ? start + 1 : start;
}

function invertHunk(hunk: Hunk): Hunk {
  return { oldStart: hunk.newStart, oldLines: hunk.newLines, newStart: hunk.oldStart, newLines: hunk.oldLines };
}
