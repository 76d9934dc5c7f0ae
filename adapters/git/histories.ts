import { remembering } from "./remembering.ts";
import { gitText, tryGit } from "./run-git.ts";

/** What two histories have in common, and what one has more. Whoever deepens a clone does so before asking. */

/** Where two histories parted, sorted, because git's own order depends on how it walks them. None: they share nothing. */
export const mergeBases = remembering(100, async (repository, one: string, other: string): Promise<string[]> => {
  const { code, stdout } = await tryGit(repository, ["merge-base", "--all", one, other]);
  return code === 0 ? stdout.toString("utf8").split("\n").filter(Boolean).sort() : [];
});

/** The commits that one history has more. */
export interface Ahead {
  /** Parents before children, so the head stands last. */
  commits: readonly string[];
  /** Whether one of them has no parent: it is a root, or stands at the edge of a shallow clone. */
  hasRoot: boolean;
}

/** The commits that the head has and the base lacks. */
export const commitsAhead = remembering(1, async (repository, base: string, head: string): Promise<Ahead> => {
  const listed = await gitText(repository, ["rev-list", "--topo-order", "--reverse", "--parents", head, `^${base}`]);
  const lines = listed === "" ? [] : listed.split("\n");
  const commits = lines.map((line) => line.slice(0, head.length));
  return { commits, hasRoot: lines.some((line, index) => line.length === commits[index]?.length) };
});
