import { pathBelow, readReportPath, type ReportPath } from "./report-path.ts";
import { endsOf, TreeIndex } from "./tree-index.ts";

export interface PathMatches {
  /** Path as the report writes it → path in the tree. */
  matched: ReadonlyMap<string, string>;
  /** Sorted by code unit. */
  unmatched: string[];
}

/**
 * Finds for each path of one report the file of the tree that it means. A report is written in one folder, maybe on
 * another machine, so its paths are read together:
 * - a path below `repositoryRoot` is that file or none;
 * - a relative path is relative to the root, or to the one folder of the tree that fits all of them, or the end of
 *   exactly one path of the tree;
 * - of any other path the longest end that is a file of the tree counts, unless most paths show that the repository
 *   begins further left: `/app/node_modules/x/index.js` is not `index.js` when `/app/src/a.ts` is `src/a.ts`.
 * Whatever fits two files, or leads out of its folder with `..`, stays unmatched.
 */
export function matchPaths(paths: readonly string[], tree: TreeIndex, repositoryRoot: string | null): PathMatches {
  const matched = new Map<string, string>();
  const root = repositoryRoot === null ? null : (readReportPath(repositoryRoot)?.path ?? null);
  const relative: ReportPath[] = [];
  const foreign: ReportPath[] = [];
  for (const written of paths) {
    const read = readReportPath(written);
    if (read === null) continue;
    // Backslashes are part of the name when the tree has the very same name.
    if (written.includes("\\") && tree.find(written) !== undefined) matched.set(written, written);
    else if (!read.absolute) relative.push(read);
    else {
      const below = root === null ? undefined : pathBelow(root, read.path);
      if (below === undefined) foreign.push(read);
      else setFound(matched, written, tree.find(below));
    }
  }
  const unknown = matchRelative(relative, tree, matched);
  matchByEnd([...foreign, ...unknown], tree, matched);
  return { matched, unmatched: paths.filter((path) => !matched.has(path)).sort() };
}

/** Matches what it can, and gives back the paths that no path of the tree ends with. */
function matchRelative(paths: readonly ReportPath[], tree: TreeIndex, matched: Map<string, string>): ReportPath[] {
  const atRoot = paths.map(({ path }) => tree.find(path));
  if (!atRoot.includes(undefined)) {
    // Nearly every report: no need to know how the paths of the tree end.
    paths.forEach(({ written }, index) => setFound(matched, written, atRoot[index]));
    return [];
  }
  const candidates = paths.map((path) => ({ path, files: tree.endingWith(path.path) }));
  const possible = candidates.filter(({ files }) => files.length > 0);
  const folder = commonFolder(possible, tree);
  for (const { path, files } of possible) {
    const only = files.length === 1 ? files[0] : undefined;
    const file = folder === undefined ? (tree.find(path.path) ?? only) : tree.find(folder + path.path);
    setFound(matched, path.written, file);
  }
  return candidates.filter(({ files }) => files.length === 0).map(({ path }) => path);
}

type Candidate = { path: ReportPath; files: readonly string[] };

/** The one folder (`""` or ending in `/`) below which every path is a file; the root comes first. */
function commonFolder(candidates: readonly Candidate[], tree: TreeIndex): string | undefined {
  const fewest = candidates.toSorted((a, b) => a.files.length - b.files.length)[0];
  if (fewest === undefined) return undefined;
  const folders = ["", ...fewest.files.map((file) => folderOf(file, fewest.path.path))];
  const fitting = [...new Set(folders)].filter((folder) =>
    candidates.every(({ path }) => tree.find(folder + path.path) !== undefined),
  );
  return fitting.length === 1 || fitting[0] === "" ? fitting[0] : undefined;
}

function folderOf(file: string, end: string): string {
  // By segments, for the same name may be longer in its decomposed form.
  const depth = file.split("/").length - end.split("/").length;
  return file
    .split("/")
    .slice(0, depth)
    .map((segment) => `${segment}/`)
    .join("");
}

function matchByEnd(paths: readonly ReportPath[], tree: TreeIndex, matched: Map<string, string>): void {
  const found = paths.flatMap((path) => {
    const end = endsOf(path.path).find((candidate) => tree.find(candidate) !== undefined);
    return end === undefined ? [] : [{ path, end, start: path.path.slice(0, path.path.length - end.length) }];
  });
  const votes = new Map<string, number>();
  for (const { start } of found) votes.set(start, (votes.get(start) ?? 0) + 1);
  const most = [...votes.values()].reduce((a, b) => Math.max(a, b), 0);
  for (const { path, end, start } of found) {
    // A bare file name says little: it counts only where most paths begin.
    const likely = end.includes("/") || votes.get(start) === most;
    if (likely && !beginsFurtherLeft(start, votes)) setFound(matched, path.written, tree.find(end));
  }
}

/** Whether a folder around `start` is the start of at least as many paths. */
function beginsFurtherLeft(start: string, votes: ReadonlyMap<string, number>): boolean {
  const own = votes.get(start) ?? 0;
  return startsAround(start).some((outer) => (votes.get(outer) ?? 0) >= own);
}

/** `a/b/c/` → `a/b/`, `a/`, ``: no more than 64. */
function startsAround(start: string): string[] {
  const starts: string[] = [];
  let outer = start;
  while (outer !== "" && starts.length < 64) {
    outer = outer.slice(0, outer.lastIndexOf("/", outer.length - 2) + 1);
    starts.push(outer);
  }
  return starts;
}

function setFound(matched: Map<string, string>, written: string, file: string | undefined): void {
  if (file !== undefined) matched.set(written, file);
}
