import { readChange, type ReadChangeOptions } from "../../../adapters/git/read-change.ts";
import { resolveRange, type RangeRequest } from "../../../adapters/git/resolve-range.ts";
import { openRepository, type GitRepository } from "../../../adapters/git/run-git.ts";
import type { Change } from "../../../core/change/change.ts";

/** Reads a change as a door does: finds the repository, resolves the range, reads everything. */
export async function readRange(
  path: string,
  request: Partial<RangeRequest> = {},
  options: ReadChangeOptions = {},
): Promise<Change> {
  const repository = await openRepository(path);
  const range = await resolveRange(repository, { event: "local", base: null, head: null, workTree: false, ...request });
  return readChange(range, options);
}

/** Reads the change from one commit to a later one, by their ids: for many readings of one repository. */
export async function readBetween(
  repository: GitRepository,
  base: string,
  head: string,
  options: ReadChangeOptions = {},
): Promise<Change> {
  const ref = (sha: string) => ({ name: null, sha });
  const range = { repository, event: "local" as const, mergeBases: 1, uncommitted: null, branch: null };
  return readChange({ ...range, base: ref(base), head: ref(head), mergeBase: base }, options);
}

/** What a promise is rejected with; fails when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`expected a rejection, got ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
