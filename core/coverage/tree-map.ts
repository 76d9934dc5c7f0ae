import type { Change } from "../change/change.ts";
import type { FileLineMap, Hunk, LineMap } from "../change/line-map.ts";
import type { FileCoverage } from "./report.ts";

/** Where a file of one tree is in another, and where its lines are; null for a file or a line that is not there any more. */
export type TreeMap = (path: string) => { path: string; line: (line: number) => number | null } | null;

/** The same tree on both sides. */
export const sameTree: TreeMap = (path) => ({ path, line: sameLine });

/** Reads a diff between two trees as a map. A file that the diff does not list is the same in both. */
export function treeMap(files: readonly FileLineMap[]): TreeMap {
  const bySource = new Map(files.flatMap((file) => (file.from === null ? [] : [[file.from, file] as const])));
  const arrived = new Set(files.flatMap(({ from, to }) => (to === null || to === from ? [] : [to])));
  return (path) => {
    const file = bySource.get(path);
    if (file === undefined) return arrived.has(path) ? null : { path, line: sameLine };
    return file.to === null ? null : { path: file.to, line: lineMapper(file.hunks) };
  };
}

/** The change itself as a diff: merge base to head. */
export function changeAsDiff(change: Pick<Change, "files">): FileLineMap[] {
  return change.files.map(({ status, path, previousPath, hunks }) => ({
    from: status === "added" ? null : (previousPath ?? path),
    to: status === "deleted" ? null : path,
    hunks,
  }));
}

/** The line map from a tree to the head, named by its role or by its commit. */
export function findLineMap(maps: readonly LineMap[], role: string, commit: string, head: string): LineMap | undefined {
  return maps.find(({ from, to }) => (from === role || from === commit) && (to === "head" || to === head));
}

/** As `mapLineForward`, for many lines: the hunks are added up once, and each line is found by halving. */
export function lineMapper(hunks: readonly Hunk[]): (line: number) => number | null {
  let shift = 0;
  const steps = hunks.map((hunk) => {
    const step = { hunk, shift, after: hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart + hunk.oldLines };
    shift += hunk.newLines - hunk.oldLines;
    return step;
  });
  return (line) => {
    let low = 0;
    let high = steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (line < steps[middle]!.after) high = middle;
      else low = middle + 1;
    }
    const step = steps[low];
    if (step === undefined) return line + shift;
    return step.hunk.oldLines > 0 && line >= step.hunk.oldStart ? null : line + step.shift;
  };
}

/** A file's coverage in the lines of another tree. What stands on a line that is not there any more is dropped. */
export function moveFile(file: FileCoverage, path: string, line: (line: number) => number | null): FileCoverage {
  const numbers: number[] = [];
  const hits: number[] = [];
  file.lines.numbers.forEach((number, index) => {
    const moved = line(number);
    if (moved === null) return;
    numbers.push(moved);
    hits.push(file.lines.hits[index]!);
  });
  return {
    path,
    lines: { numbers, hits },
    branches: file.branches.flatMap((branch) => onLine(branch, line)),
    functions: file.functions.flatMap((declared) =>
      onLine(declared, line).map((moved) => ({ ...moved, endLine: lastLine(declared, line) })),
    ),
    regions: file.regions.flatMap((region) => {
      const [start, end] = [line(region.start), line(region.end)];
      return start === null || end === null ? [] : onLine({ ...region, start, end }, line);
    }),
  };
}

function onLine<T extends { line: number }>(point: T, line: (line: number) => number | null): T[] {
  const moved = line(point.line);
  return moved === null ? [] : [{ ...point, line: moved }];
}

/** Where a function ends now: its last line that is still there. */
function lastLine(
  declared: { line: number; endLine: number | null },
  line: (line: number) => number | null,
): number | null {
  if (declared.endLine === null) return null;
  // A thousand lines back is further than an edit of a function's end reaches.
  const first = Math.max(declared.line, declared.endLine - 1_000);
  for (let end = declared.endLine; end >= first; end--) {
    const moved = line(end);
    if (moved !== null) return moved;
  }
  return null;
}

function sameLine(line: number): number {
  return line;
}
