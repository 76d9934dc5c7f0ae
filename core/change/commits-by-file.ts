import type { Change, Commit } from "./change.ts";
import { touchedPaths } from "./change.ts";
import type { FileLineMap } from "./line-map.ts";

/**
 * Which commits of the change touched each file, parents before children, by path at head: under every name that the
 * file had inside the change. A merge counts only for files that differ from all its parents, which are its own work.
 */
export function commitsByFile(change: Pick<Change, "commits" | "files">): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, Set<string>>();
  const touched = new Map<string, string[]>(change.files.map((file) => [file.path, []]));
  for (const file of change.files) for (const path of touchedPaths(file)) addName(names, path, file.path);
  for (const commit of change.commits.toReversed()) {
    const seen = new Set<string>();
    for (const { from, to } of ownFiles(commit)) {
      const files = new Set([...(names.get(to ?? "") ?? []), ...(names.get(from ?? "") ?? [])]);
      // Older commits know the file by the name it had before this one.
      if (from !== null && from !== to) for (const file of files) addName(names, from, file);
      for (const file of files) seen.add(file);
    }
    for (const file of seen) touched.get(file)?.push(commit.sha);
  }
  for (const commits of touched.values()) commits.reverse();
  return touched;
}

function addName(names: Map<string, Set<string>>, name: string, file: string): void {
  const files = names.get(name);
  if (files === undefined) names.set(name, new Set([file]));
  else files.add(file);
}

function ownFiles(commit: Commit): FileLineMap[] {
  const [first, ...others] = commit.diffs;
  const elsewhere = others.map((diff) => new Set(diff.files.map((file) => file.to ?? file.from)));
  return (first?.files ?? []).filter((file) => elsewhere.every((paths) => paths.has(file.to ?? file.from)));
}
