import type { Commit } from "./change.ts";
import type { Hunk } from "./line-map.ts";
import type { LineOrigins } from "./line-origins.ts";

/** Lines `start` to `end`, inclusive, from 1. */
export interface Stretch {
  start: number;
  end: number;
}

/** The added lines at head that each commit brought; under null those that none of the change did. */
export function linesByCommit(origins: LineOrigins): Map<string | null, number> {
  const lines = new Map<string | null, number>();
  for (const stretches of origins.values()) {
    for (const { start, end, commit } of stretches) lines.set(commit, (lines.get(commit) ?? 0) + end - start + 1);
  }
  return lines;
}

/** Lines that each commit adds to its one parent; a merge's are its parents' as much as its own, and stay unknown. */
export function addedLinesByCommit(commits: readonly Commit[]): Map<string, number> {
  return new Map([...addedByCommit(commits)].map(([sha, files]) => [sha, sizeOf([...files.values()].flat())]));
}

/** The same, line by line: of each commit the stretches by path in its own tree, ascending and not overlapping. */
export function addedByCommit(commits: readonly Commit[]): Map<string, Map<string, Stretch[]>> {
  const single = commits.filter(({ diffs }) => diffs.length === 1);
  return new Map(
    single.map(({ sha, diffs }) => {
      const files = diffs.flatMap((diff) => diff.files);
      return [sha, new Map(files.map(({ to, hunks }) => [to ?? "", addedStretches(hunks)]))];
    }),
  );
}

/** Of each merge the lines at head that it brought itself, by path, as they stand in its own tree; ascending. */
export function ownLinesByMerge(commits: readonly Commit[], origins: LineOrigins): Map<string, Map<string, Stretch[]>> {
  const merges = new Map(
    commits.filter(({ parents }) => parents.length > 1).map(({ sha }) => [sha, new Map<string, Stretch[]>()]),
  );
  for (const { start, end, commit, path, line } of [...origins.values()].flat()) {
    const own = commit === null ? undefined : merges.get(commit);
    if (own === undefined || path === null || line === null) continue;
    const stretches = own.get(path) ?? [];
    stretches.push({ start: line, end: line + end - start });
    own.set(path, stretches);
  }
  for (const own of merges.values()) for (const stretches of own.values()) stretches.sort((a, b) => a.start - b.start);
  return merges;
}

function addedStretches(hunks: readonly Hunk[]): Stretch[] {
  return hunks
    .filter(({ newLines }) => newLines > 0)
    .map(({ newStart, newLines }) => ({ start: newStart, end: newStart + newLines - 1 }));
}

function sizeOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((lines, { start, end }) => lines + end - start + 1, 0);
}
