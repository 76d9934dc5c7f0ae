import { absent, present, type Evidence } from "../../core/evidence.ts";
import { Problem } from "../../core/problem.ts";
import { blobsOf, listNotes, type CommitAsked } from "./note-index.ts";
import {
  fetchInto,
  makeRepository,
  NotFetched,
  runInTime,
  whyNotFetched,
  type FetchBudget,
  type Server,
} from "./fetch-objects.ts";
import { findRecordRefs, recordRef, serverRefs, type RecordRefs } from "./note-refs.ts";
import { listRecords } from "./read-records.ts";
import type { Remote } from "./remote.ts";
import type { GitRepository } from "./run-git.ts";

/** How much may be fetched, and how long that may take altogether. */
export const notesBudget: FetchBudget = { bytes: 64_000_000, timeoutMs: 60_000 };

/**
 * Fetches the records that stand beside these commits on the server, of each tool whose records the repository lacks: the
 * trees of notes, then the notes of these commits alone, for a tree may stand beside gigabytes of them. They come into a git
 * directory of ours, which is returned: nothing of the repository changes. Null when there is nothing to fetch; absent,
 * with the reason, when it did not succeed, for a change can be judged without.
 * @param own the repository's refs, by whoever has read them already
 */
export async function fetchNotes(
  repository: GitRepository,
  remote: Remote,
  commits: readonly CommitAsked[],
  head: string,
  budget: FetchBudget = notesBudget,
  own?: RecordRefs,
): Promise<Evidence<GitRepository> | null> {
  try {
    const names = lackingRefs(own ?? (await findRecordRefs(repository)), head);
    const server = { remote, budget, deadline: AbortSignal.timeout(budget.timeoutMs) };
    const there = names.length === 0 ? [] : await askServer(repository, server, names);
    if (there.length === 0) return null;
    const fetched = await makeRepository(repository.objects.format);
    await fetchInto(
      fetched,
      server,
      there.map((name) => `+${name}:${name}`),
      ["--depth=1", "--filter=blob:none"],
    );
    const blobs = await wantedBlobs(fetched, commits, head);
    if (blobs.length > 0) await fetchInto(fetched, server, blobs, []);
    return present(fetched);
  } catch (error) {
    if (error instanceof NotFetched || error instanceof Problem)
      return absent(`${notesNotFetched}: ${whyNotFetched(error)}`);
    throw error;
  }
}

const notesNotFetched = "the notes beside the commits were not fetched";

/** A tool's records that are here already are those to be read: whoever fetched them chose which. */
function lackingRefs({ tools, records }: RecordRefs, head: string): string[] {
  const here = tools.filter(({ id }) => id !== head);
  const sources = new Set(here.map((ref) => (ref.form === "checkpoints" ? "entire" : ref.source)));
  const lacking = serverRefs.filter(({ source }) => !sources.has(source)).map(({ name }) => name);
  return records === null ? [...lacking, recordRef] : lacking;
}

/** Those of the names that the server has. */
async function askServer(repository: GitRepository, server: Server, names: readonly string[]): Promise<string[]> {
  const args = ["ls-remote", "--quiet", server.remote.url, ...names];
  const listed = await runInTime(repository, server, args, { objectsOnly: true });
  const there = new Set(listed.split("\n").map((line) => line.slice(line.indexOf("\t") + 1)));
  return names.filter((name) => there.has(name));
}

async function wantedBlobs(fetched: GitRepository, commits: readonly CommitAsked[], head: string): Promise<string[]> {
  const refs = await findRecordRefs(fetched);
  const { index } = await listNotes(fetched, head, refs);
  const records = await listRecords(fetched, refs);
  const ofRecords = records.state === "absent" ? [] : commits.flatMap(({ sha }) => records.value.get(sha) ?? []);
  return [...new Set([...blobsOf(index, commits), ...ofRecords])];
}
