import { tryGit, type GitRepository } from "./run-git.ts";

/** How many entries of one tree are looked at: the largest known tree of notes has some ten thousand. */
export const mostEntries = 2_000_000;

/** Thrown when a tree of notes holds more than anybody writes, or cannot be listed. The message completes "refs/notes/ai ". */
export class UnlistedNotes extends Error {}

/** Hands over each file of a tree, at any depth, by its path and the id of its blob: one pass, whatever its size. */
export async function listBlobs(
  repository: GitRepository,
  tree: string,
  take: (path: string, blob: string) => void,
  limit: number = mostEntries,
): Promise<void> {
  let rest = "";
  let count = 0;
  const result = await tryGit(repository, ["ls-tree", "-r", "-z", "--full-tree", tree], {
    objectsOnly: true,
    onOutput: (chunk) => {
      const entries = (rest + chunk.toString("latin1")).split("\0");
      rest = entries.pop() ?? "";
      count += entries.length;
      if (count > limit) throw new UnlistedNotes(`holds more than ${limit} entries`);
      for (const entry of entries) takeEntry(entry, take);
    },
  });
  if (result.code !== 0) throw new UnlistedNotes("could not be listed: this clone lacks its contents");
}

/** `<mode> <type> <id>`, a tab, the path. */
function takeEntry(entry: string, take: (path: string, blob: string) => void): void {
  const tab = entry.indexOf("\t");
  const [mode, type, id] = entry.slice(0, tab).split(" ");
  if (type === "blob" && mode !== "120000" && id !== undefined) take(entry.slice(tab + 1), id);
}
