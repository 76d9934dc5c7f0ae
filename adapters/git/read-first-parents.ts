import { gitText, type GitRepository } from "./run-git.ts";
import { resolveCommit } from "./resolve-range.ts";

/** One step of a branch's own line of history: what came in with one merge, or one commit that was put on it. */
export interface BranchStep {
  /** The commit on the branch, and its subject: untrusted. */
  commit: string;
  subject: string;
  /** What came in: the newest commit of it, and where the branch stood before. */
  head: string;
  base: string;
}

/**
 * The last steps of a branch, newest first, along first parents (git-log, `--first-parent`): what a merge of two brought,
 * else the commit itself. The first commit of a history changed nothing that was there, so it is no step.
 */
export async function readFirstParents(repository: GitRepository, name: string, last: number): Promise<BranchStep[]> {
  const tip = await resolveCommit(repository, name, "--head");
  const args = ["log", "--first-parent", `--max-count=${last}`, "-z", "--format=%H %P%n%s", "--end-of-options", tip];
  const records = (await gitText(repository, args)).split("\0").filter((record) => record.trim() !== "");
  return records.flatMap((record) => {
    const [ids = "", subject = ""] = record.split("\n");
    const [commit = "", base, second, third] = ids.trim().split(" ");
    if (base === undefined) return [];
    return [{ commit, subject, base, head: second !== undefined && third === undefined ? second : commit }];
  });
}
