import { isSha } from "../../core/change/change.ts";
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
} from "../../core/provenance/index.ts";
import { listBlobs, UnlistedNotes } from "./list-notes.ts";
import { findNoteRefs, lookedFor, type NoteRef, type NoteSource } from "./note-refs.ts";
import { readObjects } from "./read-blobs.ts";
import { readTraceFiles } from "./read-traces.ts";
import type { GitRepository } from "./run-git.ts";

/** A commit whose records are asked for. Without its message those are not found that only the message points to (Entire). */
export interface CommitAsked {
  sha: string;
  message?: string;
}

/** The records beside a repository's history, listed once and read as they are asked for. */
export interface Notes {
  /** The attributions of these commits, by commit, in the order of the refs; commits without one are left out. */
  of(commits: readonly (string | CommitAsked)[]): Promise<Map<string, Attribution[]>>;
  /** Whether a note stands beside the commit. Entire's records are none: a commit's message points to them. */
  has(sha: string): boolean;
  /** The refs that hold records and could be listed, by name. */
  refs: string[];
  /** Refs that hold records and could not be listed, with the reason. */
  unlisted: { ref: string; reason: string }[];
}

/**
 * Every tool's record of lines about these commits: notes and Entire's checkpoints from the repository's refs, as attested,
 * and Agent Trace files of the head's tree, as claims. Absent when there is nothing to look into; an empty list when there
 * is, and it says nothing about these commits. Never fetches.
 */
export async function readAttributions(
  repository: GitRepository,
  commits: readonly Required<CommitAsked>[],
  head: string,
): Promise<Evidence<Attribution[]>> {
  const notes = await openNotes(repository);
  const shas = commits.map(({ sha }) => sha);
  const traces = await readTraceFiles(repository, shas, head);
  const [unlisted] = notes.unlisted;
  if (notes.refs.length === 0 && traces === null && unlisted !== undefined)
    return absent(`${unlisted.ref} ${unlisted.reason}`);
  if (notes.refs.length === 0 && traces === null)
    return absent(`no tool's record of lines was found: ${lookedFor} and .agent-trace hold none`);
  const read = await notes.of(commits);
  return present([...shas.flatMap((sha) => read.get(sha) ?? []), ...(traces ?? [])]);
}

/** Lists the notes of a repository. Reading them is left to `of`, in batches of whatever size the caller likes. */
export async function openNotes(repository: GitRepository): Promise<Notes> {
  const index: NoteIndex = { notes: new Map(), checkpoints: new Map() };
  const refs: string[] = [];
  const unlisted: Notes["unlisted"] = [];
  for (const ref of await findNoteRefs(repository)) {
    try {
      await listInto(index, repository, ref);
      refs.push(ref.name);
    } catch (error) {
      if (!(error instanceof UnlistedNotes)) throw error;
      unlisted.push({ ref: ref.name, reason: error.message });
    }
  }
  return {
    of: async (commits) => {
      const asked = commits.map((commit) => (typeof commit === "string" ? { sha: commit } : commit));
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

type ByCommit = Map<string, Attribution[]>;

interface NoteIndex {
  /** By the id of the commit. The same note in two refs stands here once. */
  notes: Map<string, StandingNote[]>;
  /** By the id of the checkpoint: the metadata of its sessions. */
  checkpoints: Map<string, { place: string; blobs: string[] }>;
}

interface StandingNote {
  source: NoteSource;
  place: string;
  blob: string;
}

async function listInto(index: NoteIndex, repository: GitRepository, ref: NoteRef): Promise<void> {
  const { name: place, id } = ref;
  if (ref.form === "note") addNote(index, ref.commit, { source: ref.source, place, blob: id });
  else if (ref.form === "checkpoints")
    await listBlobs(repository, id, (path, blob) => addSession(index, place, checkpointOf(path), blob));
  else {
    const { source } = ref;
    // Notes stand under the commit's id, in folders of two digits once there are many.
    await listBlobs(repository, id, (path, blob) => addNote(index, path.replaceAll("/", ""), { source, place, blob }));
  }
}

function addNote({ notes }: NoteIndex, sha: string, note: StandingNote): void {
  if (!isSha(sha)) return;
  const known = notes.get(sha);
  if (known === undefined) notes.set(sha, [note]);
  else if (!known.some(({ blob, source }) => blob === note.blob && source === note.source)) known.push(note);
}

/** Of refs that hold the same checkpoint the first counts: one is a copy of the other. */
function addSession({ checkpoints }: NoteIndex, place: string, id: string | null, blob: string): void {
  if (id === null) return;
  const known = checkpoints.get(id);
  if (known === undefined) checkpoints.set(id, { place, blobs: [blob] });
  else if (known.place === place) known.blobs.push(blob);
}

/** `<id[:2]>/<id[2:]>/<n>/metadata.json` is one session of a checkpoint. The file beside `<n>` only lists them. */
function checkpointOf(path: string): string | null {
  const [start = "", rest = "", session, file, ...more] = path.split("/");
  return session !== undefined && file === "metadata.json" && more.length === 0 ? start + rest : null;
}

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
