import { isSha } from "../../core/change/change.ts";
import { entireCheckpoints, type Attribution } from "../../core/provenance/index.ts";
import { listBlobs, UnlistedNotes } from "./list-notes.ts";
import { type NoteRef, type NoteSource, type RecordRefs } from "./note-refs.ts";
import type { GitRepository } from "./run-git.ts";

/** A commit whose records are asked for. Without its message those are not found that only the message points to (Entire). */
export interface CommitAsked {
  sha: string;
  message?: string;
}

/** Where the records of a repository are, by what they are found by. */
export interface NoteIndex {
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

/** A ref that holds records and could not be listed. The reason completes a sentence that begins with the ref. */
export interface UnlistedRef {
  ref: string;
  source: Attribution["source"];
  reason: string;
}

/** Lists every ref that holds records, except one that stands at `head`: that is the change, and no record beside it. */
export async function listNotes(
  repository: GitRepository,
  head: string | undefined,
  { tools }: RecordRefs,
): Promise<{ index: NoteIndex; refs: string[]; unlisted: UnlistedRef[] }> {
  const index: NoteIndex = { notes: new Map(), checkpoints: new Map() };
  const refs: string[] = [];
  const unlisted: UnlistedRef[] = [];
  for (const ref of tools) {
    if (ref.id === head) continue;
    try {
      await listInto(index, repository, ref);
      refs.push(ref.name);
    } catch (error) {
      if (!(error instanceof UnlistedNotes)) throw error;
      const source = ref.form === "checkpoints" ? "entire" : ref.source;
      unlisted.push({ ref: ref.name, source, reason: error.message });
    }
  }
  return { index, refs, unlisted };
}

/** The blobs that hold the records of these commits. */
export function blobsOf({ notes, checkpoints }: NoteIndex, commits: readonly CommitAsked[]): string[] {
  return commits.flatMap(({ sha, message = "" }) => [
    ...(notes.get(sha) ?? []).map(({ blob }) => blob),
    ...entireCheckpoints(message).flatMap((id) => checkpoints.get(id)?.blobs ?? []),
  ]);
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
