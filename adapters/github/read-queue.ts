import * as z from "zod";
import { Sha } from "../../core/change/change.ts";
import { NotTold, type GitHub } from "./client.ts";

/** One pull request in a merge queue, as the name of its branch tells it. */
export interface QueueEntry {
  number: number;
  /** The commit that it was put on: the branch's tip, or the end of the entry before. */
  onto: string;
}

/** An entry with the commit that it ends at. */
export interface EndingEntry extends QueueEntry {
  sha: string;
}

/**
 * The entries of a branch's merge queue that have a branch of their own now. Throws `NotTold`. GitHub makes these branches
 * and lets anybody who may push make others of such names: what an entry says is a claim, and what its pull request brings
 * must still be what the group holds.
 * https://docs.github.com/en/rest/git/refs#list-matching-references
 */
export async function readQueue(github: GitHub, branch: string): Promise<EndingEntry[]> {
  const refs = await github.list(
    "GET /repos/{owner}/{repo}/git/matching-refs/{ref}",
    { ref: `heads/${folderOf(branch)}` },
    { shape: z.array(Ref), items: (page) => page, key: ({ ref }) => ref, inOneAnswer: true },
  );
  return refs.flatMap(({ ref, object }) => {
    const entry = ref.startsWith(heads) ? entryOf(ref.slice(heads.length), branch) : null;
    return entry === null ? [] : [{ ...entry, sha: object.sha }];
  });
}

/** The one entry that ends at a commit; null when none does. Where two claim it, one of them is no entry of GitHub's. */
export function entryEnding(queue: readonly EndingEntry[], sha: string): EndingEntry | null {
  const [entry, ...others] = queue.filter((each) => each.sha === sha);
  if (others.length === 0) return entry ?? null;
  throw new NotTold(`more than one branch of the queue ends at ${sha.slice(0, 12)}`);
}

/** What `gh-readonly-queue/<branch>/pr-<number>-<sha>` tells; null for any other name. */
export function entryOf(name: string, branch: string): QueueEntry | null {
  if (!name.startsWith(folderOf(branch))) return null;
  const [word, number = "", onto, ...rest] = name.slice(folderOf(branch).length).split("-");
  const known = Sha.safeParse(onto);
  if (word !== "pr" || !/^[1-9][0-9]{0,9}$/.test(number) || !known.success || rest.length > 0) return null;
  return { number: Number(number), onto: known.data };
}

const heads = "refs/heads/";

const Ref = z.object({ ref: z.string(), object: z.object({ sha: Sha }) });

function folderOf(branch: string): string {
  return `gh-readonly-queue/${branch}/`;
}
