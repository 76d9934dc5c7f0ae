import type { Commit } from "../../core/change/change.ts";
import { absent, present, type Evidence } from "../../core/evidence.ts";
import { readRecord, verdictsOfNote, type EarlierVerdict } from "../../core/provenance/index.ts";
import { recordsUnreadable } from "../../core/review-notes.ts";
import { listBlobs, UnlistedNotes } from "./list-notes.ts";
import { readObjects } from "./read-blobs.ts";
import { tryGit, type GitRepository } from "./run-git.ts";

/** Where records of changes stand as notes: `git notes --ref ai-provenance show <commit>` prints one. */
export const recordRef = "refs/notes/ai-provenance";

/**
 * What the notes on these commits say of them: a squash keeps the verdict of the commits that it stands for. Absent when
 * the repository has no such notes, or none of those on these commits can be read. Never fetches.
 */
export async function readRecords(
  repository: GitRepository,
  commits: readonly Pick<Commit, "sha" | "parents">[],
): Promise<Evidence<EarlierVerdict[]>> {
  const notes = await listRecords(repository);
  if (typeof notes === "string") return absent(notes);
  const noted = commits.flatMap((commit) => (notes.get(commit.sha) ?? []).map((blob) => ({ commit, blob })));
  const said: EarlierVerdict[] = [];
  let unread = 0;
  let next = 0;
  await readObjects(
    repository,
    noted.map(({ blob }) => blob),
    (_id, bytes) => {
      const { commit } = noted[next++]!;
      const record =
        bytes === null || bytes.length > recordLimitBytes ? "too long" : readRecord(bytes.toString("utf8"));
      if (typeof record === "string") unread++;
      else said.push(...verdictsOfNote(commit, record));
    },
  );
  const isAllUnread = unread > 0 && unread === noted.length;
  return isAllUnread ? absent(recordsUnreadable) : present(said);
}

/** The text of the note on one commit, or null when there is none. */
export async function readRecordNote(repository: GitRepository, sha: string): Promise<string | null> {
  const notes = await listRecords(repository);
  const blob = typeof notes === "string" ? undefined : notes.get(sha)?.[0];
  if (blob === undefined) return null;
  const texts: string[] = [];
  await readObjects(repository, [blob], (_id, bytes) => void texts.push(bytes?.toString("utf8") ?? ""));
  return texts[0] ?? null;
}

/** More is no record: one of a hundred thousand lines by as many commits has some 40 MB. */
const recordLimitBytes = 64 * 1024 * 1024;

/** Blobs by the commit that they are notes on, or why there are none. Git spreads many notes over folders: `1a/2b…`. */
async function listRecords(repository: GitRepository): Promise<Map<string, string[]> | string> {
  const tree = await tryGit(repository, ["rev-parse", "--verify", "--quiet", `${recordRef}^{tree}`]);
  if (tree.code !== 0) return `the repository has no ${recordRef}`;
  const notes = new Map<string, string[]>();
  try {
    await listBlobs(repository, tree.stdout.toString("utf8").trim(), (path, blob) => {
      const commit = path.replaceAll("/", "");
      notes.set(commit, [...(notes.get(commit) ?? []), blob]);
    });
  } catch (error) {
    if (!(error instanceof UnlistedNotes)) throw error;
    return `${recordRef} ${error.message}`;
  }
  return notes;
}
