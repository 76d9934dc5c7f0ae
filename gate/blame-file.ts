import { readBlame, type BlamedFile } from "../adapters/git/read-blame.ts";
import { lacksContents, readObjects } from "../adapters/git/read-blobs.ts";
import { readAttributions } from "../adapters/git/read-notes.ts";
import type { GitRepository } from "../adapters/git/run-git.ts";
import type { LineOrigin } from "../core/change/line-origins.ts";
import { parseCommit } from "../core/change/parse-commit.ts";
import { absent } from "../core/evidence.ts";
import {
  authorship as authorshipOf,
  changeProvenance,
  provenanceTotals,
  type CommitWords,
  type PathLines,
} from "../core/provenance/index.ts";
import { blamedLines, type Blame } from "../core/report/index.ts";
import { redactDeep } from "../core/untrusted/index.ts";

/** Who wrote each line of one file, and the file itself, which only the person who asked sees. */
export interface BlameResult extends BlamedFile {
  blame: Blame;
}

/**
 * Says for every line of a file at a commit who wrote it: the commit that brought it, however old, is judged by its own
 * message, people and records, as one of a change is; of a branch or pull request nothing is known any more.
 * Throws a `Problem` for what is no text file.
 */
export async function blameFile(repository: GitRepository, rev: string, path: string): Promise<BlameResult> {
  const read = await readBlame(repository, rev, path);
  const origins = read.stretches.map(({ start, end, cut, ...from }): LineOrigin => {
    return cut ? { start, end, commit: null, path: null, line: null } : { start, end, ...from };
  });
  const commits = await readCommits(repository, [...new Set(origins.flatMap(({ commit }) => commit ?? []))]);
  const brought = linesBrought(origins);
  const traced = commits.map((commit) => ({ ...commit, added: brought.get(commit.sha) ?? [] }));
  const attributions = await readAttributions(repository, traced, rev);
  const marks = { branch: absent("a commit is on no branch"), pullRequest: absent("a commit is no pull request") };
  const provenance = changeProvenance({ commits, ...marks, attributions });
  const records = attributions.state === "present" ? attributions.value : [];
  const authorship = authorshipOf(new Map([[path, origins]]), provenance, records);
  const { lines, tools } = provenanceTotals(provenance.commits, authorship);
  const places = origins.map(({ path: originalPath, line: originalStart, ...origin }) => ({
    ...origin,
    originalPath,
    originalStart,
  }));
  const blame = { file: path, rev, lines: blamedLines(places, authorship.files.get(path)), totals: { lines, tools } };
  return { ...read, blame };
}

/** The lines that still stand, as each commit brought them. */
function linesBrought(origins: readonly LineOrigin[]): Map<string, PathLines[]> {
  const lines = new Map<string, PathLines[]>();
  for (const { start, end, commit, path, line } of origins) {
    if (commit === null || path === null || line === null) continue;
    const list = lines.get(commit) ?? [];
    list.push({ path, start: line, end: line + end - start });
    lines.set(commit, list);
  }
  // Lines that moved stand in another order than they were brought in.
  for (const list of lines.values()) list.sort((a, b) => a.start - b.start);
  return lines;
}

/** In the order in which they were committed: one commit's trailers may speak for an earlier one. */
async function readCommits(
  repository: GitRepository,
  ids: readonly string[],
): Promise<(CommitWords & { parents: string[] })[]> {
  const commits: (CommitWords & { parents: string[]; committedAt: string })[] = [];
  await readObjects(repository, ids, (sha, bytes) => {
    if (bytes === null) throw lacksContents();
    const { author, committer, message, committedAt, parents } = parseCommit(bytes);
    commits.push({ sha, parents, ...redactDeep({ author, committer, message }), committedAt });
  });
  return commits.sort((a, b) => Date.parse(a.committedAt) - Date.parse(b.committedAt));
}
