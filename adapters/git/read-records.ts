import type { Commit } from "../../core/change/change.ts";
import { absent, present, type Evidence } from "../../core/evidence.ts";
import { readRecord, verdictsOfNote, type EarlierVerdict } from "../../core/provenance/index.ts";
import { listBlobs, UnlistedNotes } from "./list-notes.ts";
import { findRecordRefs, recordRef, type RecordRefs } from "./note-refs.ts";
import { readObjects } from "./read-blobs.ts";
import { tryGit, type GitRepository } from "./run-git.ts";

/** What notes on the commits of a change say, and which of them say nothing because they cannot be read. */
export interface RecordsRead {
  /** Absent when there are no such notes, or none can be read. */
  records: Evidence<EarlierVerdict[]>;
  /** One part of a sentence for each trouble: silence would look like there were no records. */
  unread: string[];
}

/**
 * What the notes on these commits say of them: a squash keeps the verdict of the commits that it stands for. They are the
 * repository's own, or else those that were `fetched`. Never fetches.
 * @param own the repository's refs, by whoever has read them already
 */
export async function readRecords(
  repository: GitRepository,
  commits: readonly Pick<Commit, "sha" | "parents">[],
  fetched: Evidence<GitRepository> | null = null,
  own?: RecordRefs,
): Promise<RecordsRead> {
  const failure = fetched?.state === "absent" ? [fetched.reason] : [];
  const { from, notes } = await findRecords(repository, fetched, own);
  if (notes.state === "absent") {
    const unread = [...failure, ...(notes.reason === noRecords ? [] : [notes.reason])];
    return { records: absent(unread[0] ?? notes.reason), unread };
  }
  const noted = commits.flatMap((commit) => (notes.value.get(commit.sha) ?? []).map((blob) => ({ commit, blob })));
  const said: EarlierVerdict[] = [];
  let unread = 0;
  let next = 0;
  await readObjects(
    from,
    noted.map(({ blob }) => blob),
    (_id, bytes) => {
      const { commit } = noted[next++]!;
      const record =
        bytes === null || bytes.length > recordLimitBytes ? "too long" : readRecord(bytes.toString("utf8"));
      if (typeof record === "string") unread++;
      else said.push(...verdictsOfNote(commit, record));
    },
  );
  if (unread === 0) return { records: present(said), unread: failure };
  const reason = `${unread} of ${noted.length} notes in ${recordRef} on commits of the change are no records`;
  const records = unread === noted.length ? absent(reason) : present(said);
  return { records, unread: [...failure, reason] };
}

async function findRecords(
  repository: GitRepository,
  fetched: Evidence<GitRepository> | null,
  refs: RecordRefs | undefined,
) {
  const own = await listRecords(repository, refs);
  const isOwn = own.state === "present" || own.reason !== noRecords || fetched?.state !== "present";
  return isOwn ? { from: repository, notes: own } : { from: fetched.value, notes: await listRecords(fetched.value) };
}

/** The text of the note on one commit, or null when there is none. */
export async function readRecordNote(repository: GitRepository, sha: string): Promise<string | null> {
  const notes = await listRecords(repository);
  const blob = notes.state === "absent" ? undefined : notes.value.get(sha)?.[0];
  if (blob === undefined) return null;
  const texts: string[] = [];
  await readObjects(repository, [blob], (_id, bytes) => void texts.push(bytes?.toString("utf8") ?? ""));
  return texts[0] ?? null;
}

/** More is no record: one of a hundred thousand lines by as many commits has some 40 MB. */
const recordLimitBytes = 64 * 1024 * 1024;

const noRecords = `the repository has no ${recordRef}`;

/** Blobs by the commit that they are notes on, or why there are none. Git spreads many notes over folders: `1a/2b…`. */
export async function listRecords(
  repository: GitRepository,
  refs?: RecordRefs,
): Promise<Evidence<Map<string, string[]>>> {
  const { records: tip } = refs ?? (await findRecordRefs(repository));
  if (tip === null) return absent(noRecords);
  const notes = new Map<string, string[]>();
  try {
    await listBlobs(repository, tip, (path, blob) => {
      const commit = path.replaceAll("/", "");
      notes.set(commit, [...(notes.get(commit) ?? []), blob]);
    });
  } catch (error) {
    if (!(error instanceof UnlistedNotes)) throw error;
    if (!(await hasTree(repository, tip))) return absent(noRecords);
    return absent(`${recordRef} ${error.message}`);
  }
  return present(notes);
}

/** What else a ref may stand at holds no notes. */
async function hasTree(repository: GitRepository, tip: string): Promise<boolean> {
  return (await tryGit(repository, ["cat-file", "-e", `${tip}^{tree}`], { objectsOnly: true })).code === 0;
}
