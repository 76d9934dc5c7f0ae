import { remembering } from "./remembering.ts";
import { gitText, tryGit } from "./run-git.ts";

/** What two histories have in common, and what one has more. Whoever deepens a clone does so before asking. */

/** Where two histories parted, sorted, because git's own order depends on how it walks them. None: they share nothing. */
export const mergeBases = remembering(100, async (repository, one: string, other: string): Promise<string[]> => {
  const { code, stdout } = await tryGit(repository, ["merge-base", "--all", one, other]);
  return code === 0 ? stdout.toString("utf8").split("\n").filter(Boolean).sort() : [];
});

/** A commit and the parents that it has here: at the edge of a shallow clone none. */
export interface ListedCommit {
  sha: string;
  parents: string[];
}

/** The commits that the head has and the base lacks, parents before children. */
export const commitsBetween = remembering(1, async (repository, base: string, head: string): Promise<ListedCommit[]> => {
  const args = ["rev-list", "--topo-order", "--reverse", "--parents", head, `^${base}`];
  const listed = await gitText(repository, args);
  const commits = listed === "" ? [] : listed.split("\n").map(asCommit);
  // The head is nobody's parent here, so it stands last: a list that ends with another one was cut.
  if (commits.length > 0 && commits.at(-1)?.sha !== head) throw new Error("git's list of commits does not end with the head");
  return commits;
});

function asCommit(line: string): ListedCommit {
  const [sha = "", ...parents] = line.split(" ");
  return { sha, parents };
}
