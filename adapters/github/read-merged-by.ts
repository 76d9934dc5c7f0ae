import * as z from "zod";
import type { InstallationClient, NamedRepository } from "./installation.ts";

/** A pull request that a commit on a branch came by. */
export interface MergedPull {
  number: number;
  /** Its head when it was merged. */
  head: string;
  base: string;
  /** What the merge left on the base. */
  commit: string | null;
}

/** The merged pull requests that GitHub associates with a commit. Throws `NotTold`. */
export async function readMergedBy(
  client: InstallationClient,
  { owner, name }: Pick<NamedRepository, "owner" | "name">,
  sha: string,
): Promise<MergedPull[]> {
  const route = "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls";
  const all = await client
    .repository(owner, name, "read")
    .list(route, { commit_sha: sha }, { shape: z.array(Pull), items: (page) => page, key: ({ number }) => number });
  return all
    .filter(({ merged_at }) => merged_at !== null)
    .map(({ number, head, base, merge_commit_sha: commit }) => ({ number, head: head.sha, base: base.ref, commit }));
}

const Pull = z.object({
  number: z.int(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string() }),
});
