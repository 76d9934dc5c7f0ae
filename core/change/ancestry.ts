import type { Commit } from "./change.ts";

/** Whether the commit at place `older` of the list is an ancestor of the one at place `newer`. None is its own. */
export type IsAncestor = (older: number, newer: number) => boolean;

/**
 * Reachability among commits that are listed parents before children. Worked out at the first question: one bit for each
 * pair, which is 6 MB for ten thousand commits.
 */
export function ancestry(commits: readonly Pick<Commit, "sha" | "parents">[]): IsAncestor {
  let rows: readonly Uint32Array[] | null = null;
  return (older, newer) => {
    rows ??= ancestorRows(commits);
    return (((rows[newer]?.[older >>> 5] ?? 0) >>> (older & 31)) & 1) === 1;
  };
}

function ancestorRows(commits: readonly Pick<Commit, "sha" | "parents">[]): Uint32Array[] {
  const places = new Map<string, number>();
  const rows: Uint32Array[] = [];
  for (const [place, { sha, parents }] of commits.entries()) {
    const row = new Uint32Array((place >>> 5) + 1);
    for (const parent of parents.flatMap((name) => places.get(name) ?? [])) {
      for (const [word, bits] of rows[parent]!.entries()) row[word]! |= bits;
      row[parent >>> 5]! |= 1 << (parent & 31);
    }
    places.set(sha, place);
    rows.push(row);
  }
  return rows;
}
