import { absent, present, type Evidence } from "../../core/evidence.ts";
import {
  entireCheckpoints,
  readEntire,
  readEntireSession,
  readGitAi,
  readQwenCode,
  readWhogitit,
  unreadRecord,
  type Attribution,
  type EntireReading,
  type RecordPlace,
  type TracedCommit,
} from "../../core/provenance/index.ts";
import { listNotes, type CommitAsked, type NoteIndex, type UnlistedRef } from "./note-index.ts";
import { findRecordRefs, lookedFor, type NoteSource, type RecordRefs } from "./note-refs.ts";
import { readObjects } from "./read-blobs.ts";
import { readTraceFiles } from "./read-traces.ts";
import type { GitRepository } from "./run-git.ts";

/** The records beside a repository's history, listed once and read as they are asked for. */
export interface Notes {
  /** The attributions of these commits, by commit, in the order of the refs; commits without one are left out. */
  of(commits: readonly (string | CommitAsked)[]): Promise<Map<string, Attribution[]>>;
  /** Whether a note stands beside the commit. Entire's records are none: a commit's message points to them. */
  has(sha: string): boolean;
  /** The refs that hold records and could be listed, by name. */
  refs: string[];
  /** Refs that hold records and could not be listed. */
  unlisted: UnlistedRef[];
}

/**
 * Every tool's record of lines about these commits: notes and Entire's checkpoints from the repository's refs, as attested,
 * and Agent Trace files of the head's tree, as claims. Absent when there is nothing to look into; an empty list when there
 * is, and it says nothing about these commits. Never fetches; `fetched` is what was.
 * @param own the repository's refs, by whoever has read them already
 */
export async function readAttributions(
  repository: GitRepository,
  commits: readonly (Required<CommitAsked> & Partial<TracedCommit>)[],
  head: string,
  fetched: Evidence<GitRepository> | null = null,
  own?: RecordRefs,
): Promise<Evidence<Attribution[]>> {
  const opened = [await openNotes(repository, head, own)];
  if (fetched?.state === "present") opened.push(await openNotes(fetched.value, head));
  const unlistedRefs = opened.flatMap(({ unlisted }) => unlisted);
  const shas = commits.map(({ sha }) => sha);
  // Records in the tree speak only of lines that a commit is known to have added.
  const traced = commits.map((commit) => ({ parents: [], added: [], ...commit }));
  const traces = await readTraceFiles(repository, traced, head);
  if (opened.every(({ refs }) => refs.length === 0) && traces === null) {
    const [unlisted] = unlistedRefs;
    if (fetched?.state === "absent") return fetched;
    if (unlisted !== undefined) return absent(`${unlisted.ref} ${unlisted.reason}`);
    return absent(`no tool's record of lines was found: ${lookedFor} and .agent-trace hold none`);
  }
  const read = await Promise.all(opened.map((notes) => notes.of(commits)));
  const unread = unlistedRefs.map(({ ref, source }) =>
    unreadRecord({ commit: head, place: ref, strength: "attested" }, source, "a ref that could not be listed"),
  );
  return present([...shas.flatMap((sha) => read.flatMap((each) => each.get(sha) ?? [])), ...(traces ?? []), ...unread]);
}

/**
 * Lists the notes of a repository. Reading them is left to `of`, in batches of whatever size the caller likes. A ref that
 * stands at `head` is passed over: a fork's branch may be called like Entire's, and was then checked out here.
 * @param own the repository's refs, by whoever has read them already
 */
export async function openNotes(repository: GitRepository, head?: string, own?: RecordRefs): Promise<Notes> {
  const { index, refs, unlisted } = await listNotes(repository, head, own ?? (await findRecordRefs(repository)));
  return {
    of: async (commits) => {
      const asked = uniqueCommits(commits);
      const read: ByCommit = new Map();
      await readStandingNotes(repository, index, asked, read);
      await readCheckpoints(repository, index, asked, read);
      return read;
    },
    has: (sha) => index.notes.has(sha),
    refs,
    unlisted,
  };
}

function uniqueCommits(commits: readonly (string | CommitAsked)[]): CommitAsked[] {
  const asked = commits.map((commit) => (typeof commit === "string" ? { sha: commit } : commit));
  return [...new Map(asked.map((commit) => [commit.sha, commit])).values()];
}

type ByCommit = Map<string, Attribution[]>;

async function readStandingNotes(
  repository: GitRepository,
  { notes }: NoteIndex,
  commits: readonly CommitAsked[],
  into: ByCommit,
): Promise<void> {
  const wanted = commits.flatMap(({ sha }) => (notes.get(sha) ?? []).map((note) => ({ sha, ...note })));
  const blobs = wanted.map(({ blob }) => blob);
  let index = 0;
  await readObjects(repository, blobs, (_, bytes) => {
    const { sha, place, source } = wanted[index++]!;
    const at: RecordPlace = { commit: sha, place, strength: "attested" };
    const attribution = bytes === null ? unreadRecord(at, source, missing) : readers[source](bytes, at);
    into.set(sha, [...(into.get(sha) ?? []), attribution]);
  });
}

const readers: Readonly<Record<NoteSource, (bytes: Uint8Array, at: RecordPlace) => Attribution>> = {
  "git-ai": readGitAi,
  "qwen-code": readQwenCode,
  whogitit: readWhogitit,
};

const missing = "contents that this clone lacks, or that are larger than 64 MB";

async function readCheckpoints(
  repository: GitRepository,
  { checkpoints }: NoteIndex,
  commits: readonly CommitAsked[],
  into: ByCommit,
): Promise<void> {
  if (checkpoints.size === 0) return;
  const named = commits.map(({ sha, message = "" }) => {
    const found = entireCheckpoints(message).map((id) => checkpoints.get(id) ?? null);
    return { sha, found };
  });
  const blobs = new Set(named.flatMap(({ found }) => found.flatMap((checkpoint) => checkpoint?.blobs ?? [])));
  const sessions = new Map<string, EntireReading>();
  await readObjects(repository, [...blobs], (blob, bytes) => {
    sessions.set(blob, bytes === null ? { unread: missing } : readEntireSession(bytes));
  });
  for (const { sha, found } of named) {
    const place = found.find((checkpoint) => checkpoint !== null)?.place;
    if (place === undefined) continue;
    const read = found.map((checkpoint) => ({
      sessions: (checkpoint?.blobs ?? []).map((blob) => sessions.get(blob) ?? { unread: missing }),
    }));
    const attribution = readEntire(read, { commit: sha, place, strength: "attested" });
    into.set(sha, [...(into.get(sha) ?? []), attribution]);
  }
}
