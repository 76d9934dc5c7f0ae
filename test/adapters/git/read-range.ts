import { readChange, type ReadChangeOptions } from "../../../adapters/git/read-change.ts";
import { resolveRange, type RangeRequest } from "../../../adapters/git/resolve-range.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
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

/** What a promise is rejected with; fails when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`expected a rejection, got ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
