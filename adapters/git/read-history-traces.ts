import { isSha } from "../../core/change/change.ts";
import { recordSplitter } from "../../core/change/split-records.ts";
import {
  saysNothing,
  tracedCommit,
  tracedRevisions,
  type Attribution,
  type TracedCommit,
} from "../../core/provenance/index.ts";
import { fileLineMap } from "./changed-file.ts";
import { readDiffs } from "./diff-tree.ts";
import { readObjects } from "./read-blobs.ts";
import { revisions, type HistoryRange } from "./read-history.ts";
import { listTraceFiles, readTraceFiles } from "./read-traces.ts";
import { tryGit } from "./run-git.ts";

/**
 * What the Agent Trace files of the newest commit's tree say of the commits of a history, by commit, as `check` reads them:
 * only the commits that a record names, and those made on them, are compared with their parents. Null when the tree has no
 * such file. Throws a `Problem` when the clone lacks the contents that the comparison needs.
 */
export async function readHistoryTraces(range: HistoryRange): Promise<Map<string, Attribution[]> | null> {
  const named = await namedRevisions(range);
  if (named === null) return null;
  const commits = await withAddedLines(range, await findNamed(range, named));
  const read = (await readTraceFiles(range.repository, commits, range.head)) ?? [];
  // A record of a commit that is not in the range is no news here.
  return Map.groupBy(
    read.filter((attribution) => !saysNothing(attribution)),
    ({ commit }) => commit,
  );
}

/** The beginnings of the ids that the records name; null when there is no file of records. */
async function namedRevisions({ repository, head }: HistoryRange): Promise<ReadonlySet<string> | null> {
  const files = await listTraceFiles(repository, head);
  if (files.length === 0) return null;
  const named = new Set<string>();
  const blobs = files.map(({ blob }) => blob);
  await readObjects(repository, blobs, (_, bytes) => {
    for (const start of bytes === null ? [] : tracedRevisions(bytes)) if (named.size < mostNamed) named.add(start);
  });
  return named;
}

/** Records of one file are limited by its size; this is for all of them. */
const mostNamed = 100_000;

type Named = Pick<TracedCommit, "sha" | "parents">;

/** The commits of the range that are named, or whose parent is: in one pass over the ids alone. */
async function findNamed(range: HistoryRange, named: ReadonlySet<string>): Promise<Named[]> {
  const found: Named[] = [];
  if (named.size === 0) return found;
  const isNamed = (sha: string): boolean => named.has(sha.slice(0, shortestRevision));
  const splitter = recordSplitter(
    () => "newline",
    (record) => {
      const [sha = "", ...parents] = record.toString("latin1").split(" ");
      if (isSha(sha) && found.length < mostNamed && [sha, ...parents].some(isNamed)) found.push({ sha, parents });
    },
  );
  const { code } = await tryGit(range.repository, ["rev-list", "--parents", ...revisions(range)], {
    objectsOnly: true,
    environment: range.environment,
    onOutput: (chunk) => splitter.write(chunk),
  });
  splitter.end();
  return code === 0 ? found : [];
}

const shortestRevision = 12;

/** A merge's own lines are not asked for, and those of a cut commit are not known. */
async function withAddedLines({ repository, cut }: HistoryRange, commits: readonly Named[]): Promise<TracedCommit[]> {
  const pairs = commits
    .filter(({ sha, parents }) => parents.length < 2 && !cut.has(sha))
    .map(({ sha, parents }) => ({ commit: sha, parent: parents[0] ?? null }));
  const traced: TracedCommit[] = [];
  await readDiffs(repository, pairs, ({ commit, parent }, files) => {
    const parents = parent === null ? [] : [parent];
    traced.push(tracedCommit({ sha: commit, parents, diffs: [{ parent, files: files.map(fileLineMap) }] }));
  });
  return traced;
}
