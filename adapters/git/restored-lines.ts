import type { Move } from "../../core/change/change.ts";
import { moveFinder } from "../../core/change/find-moves.ts";
import { Problem } from "../../core/problem.ts";
import { fileLineMap } from "./changed-file.ts";
import { readDiffs } from "./diff-tree.ts";
import type { BlamedStretch, BlameRequest, ShallowEdge } from "./blamed-stretch.ts";
import { tryGit, type GitRepository } from "./run-git.ts";

/** How much is looked into: commits of the file's own history, runs of `git blame`, and times that a line came back. */
export const restoredLimits = { commits: 2_000, blames: 100, rounds: 20 };

/**
 * Blamed lines with those that a commit only brought back, or moved, given to who wrote them. `git blame` ends at a revert
 * of a revert; `check` does not, and here the same finder goes through the file's own history: where a blamed commit
 * added lines that it or an ancestor had taken away, blame goes on from the tree that they were taken from.
 * `isWhole` is false when some of this was not looked into: beyond the limits, or for contents that the clone lacks.
 */
export async function writersOfRestored(
  repository: GitRepository,
  edge: ShallowEdge,
  { commit, path }: Pick<BlameRequest, "commit" | "path">,
  blamed: readonly BlamedStretch[],
  blame: (request: BlameRequest) => Promise<BlamedStretch[]>,
  limits: typeof restoredLimits = restoredLimits,
): Promise<{ stretches: BlamedStretch[]; isWhole: boolean }> {
  const paths = [...new Set([path, ...blamed.map((stretch) => stretch.path)])];
  const history = await listCommits(repository, edge, commit, paths, limits.commits);
  const moves = history.commits.length < 3 ? noMoves : await findMoves(repository, edge, history.commits, paths);
  let { isWhole } = history;
  if (moves === null) return { stretches: [...blamed], isWhole: false };
  let stretches = [...blamed];
  let left = limits.blames;
  for (let round = 0; round < limits.rounds; round += 1) {
    const parts = stretches.flatMap((stretch) => partsOf(stretch, moves.get(stretch.commit) ?? []));
    const requests = requestsFor(parts);
    if (requests.length === 0) return { stretches, isWhole };
    if (requests.length > left || round === limits.rounds - 1) isWhole = false;
    const older = new Map<string, BlamedStretch[]>();
    for (const request of requests.slice(0, left)) older.set(keyOf(request), await blame(request));
    left = Math.max(0, left - requests.length);
    stretches = joined(parts.flatMap((part) => resolved(part, older)));
    if (left === 0) return { stretches, isWhole: false };
  }
  return { stretches, isWhole };
}

const noMoves: ReadonlyMap<string, Move[]> = new Map();

interface FileCommit {
  sha: string;
  /** As git rewrites them: the nearest ancestors that touch the file, whose trees have the same file as the real parents'. */
  parents: string[];
}

/** The commits that touch the paths, parents before children; beyond the limit the newest. */
async function listCommits(
  repository: GitRepository,
  { environment }: ShallowEdge,
  commit: string,
  paths: readonly string[],
  limit: number,
): Promise<{ commits: FileCommit[]; isWhole: boolean }> {
  // Merges that say nothing of the file would fill the limit; branches of which nothing is left hold what was taken away.
  const flags = ["--topo-order", "--reverse", "--simplify-merges", "--parents", `--max-count=${limit + 1}`];
  const args = ["rev-list", ...flags, commit, "--", ...paths];
  const { code, stdout } = await tryGit(repository, args, { objectsOnly: true, environment });
  if (code !== 0) return { commits: [], isWhole: false };
  const lines = stdout.toString("latin1").split("\n").filter(Boolean);
  const commits = lines.map((line) => line.split(" ")).map(([sha = "", ...parents]) => ({ sha, parents }));
  return { commits: commits.slice(-limit), isWhole: commits.length <= limit };
}

/** What each commit brought back or moved; null when the clone lacks what would tell. A merge is left out, as in `check`. */
async function findMoves(
  repository: GitRepository,
  edge: ShallowEdge,
  commits: readonly FileCommit[],
  paths: readonly string[],
): Promise<ReadonlyMap<string, Move[]> | null> {
  const finder = moveFinder(commits);
  const moves = new Map<string, Move[]>();
  const pairs = commits
    .filter(({ sha, parents }) => parents.length < 2 && !edge.commits.has(sha))
    .map(({ sha, parents }) => ({ commit: sha, parent: parents[0] ?? null }));
  try {
    await readDiffs(
      repository,
      pairs,
      ({ commit, parent }, files) => void moves.set(commit, finder.finish(commit, parent, files.map(fileLineMap))),
      {
        onCounts: (_pair, files) =>
          finder.begin(
            files.reduce((sum, { addedLines }) => sum + (addedLines ?? 0), 0),
            files.reduce((sum, { deletedLines }) => sum + (deletedLines ?? 0), 0),
          ),
        onAddedLine: (_pair, _file, _line, text) => finder.added(text),
        onRemovedLine: (_pair, _file, _line, text) => finder.removed(text),
      },
      paths,
    );
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
  return moves;
}

/** Lines of one stretch, and where they stood before the blamed commit brought them back; null where it wrote them. */
interface Part {
  stretch: BlamedStretch;
  from: { commit: string; path: string; start: number } | null;
}

/** Cuts a stretch where moves begin and end; moves ascend by path and line. */
function partsOf(stretch: BlamedStretch, moves: readonly Move[]): Part[] {
  const parts: Part[] = [];
  const last = stretch.line + stretch.end - stretch.start;
  let line = stretch.line;
  const cut = (end: number, from: Part["from"]): void => {
    if (end < line) return;
    const start = stretch.start + line - stretch.line;
    parts.push({ stretch: { ...stretch, start, end: start + end - line, line }, from });
    line = end + 1;
  };
  for (const { path, start, lines, from } of moves) {
    if (path !== stretch.path || start + lines <= line || start > last) continue;
    cut(start - 1, null);
    const source = { commit: from.parent, path: from.path, start: from.start + line - start };
    cut(Math.min(last, start + lines - 1), source);
  }
  cut(last, null);
  return parts;
}

/** What must be blamed further back, each file of each tree once. */
function requestsFor(parts: readonly Part[]): BlameRequest[] {
  const requests = new Map<string, BlameRequest & { lines: { start: number; end: number }[] }>();
  for (const { stretch, from } of parts) {
    if (from === null) continue;
    const request = requests.get(keyOf(from)) ?? { commit: from.commit, path: from.path, lines: [] };
    request.lines.push({ start: from.start, end: from.start + stretch.end - stretch.start });
    requests.set(keyOf(from), request);
  }
  return [...requests.values()];
}

function keyOf({ commit, path }: Pick<BlameRequest, "commit" | "path">): string {
  return `${commit} ${path}`;
}

function resolved({ stretch, from }: Part, older: ReadonlyMap<string, readonly BlamedStretch[]>): BlamedStretch[] {
  const found = from === null ? undefined : older.get(keyOf(from));
  if (from === null || found === undefined) return [stretch];
  const last = from.start + stretch.end - stretch.start;
  return found.flatMap((each) => {
    const start = Math.max(from.start, each.start);
    const end = Math.min(last, each.end);
    if (start > end) return [];
    const here = stretch.start - from.start;
    return [{ ...each, start: start + here, end: end + here, line: each.line + start - each.start }];
  });
}

function joined(stretches: readonly BlamedStretch[]): BlamedStretch[] {
  const all: BlamedStretch[] = [];
  for (const stretch of stretches) {
    const last = all.at(-1);
    const isSame = last?.commit === stretch.commit && last.path === stretch.path;
    if (isSame && last.line + stretch.start - last.start === stretch.line) last.end = stretch.end;
    else all.push({ ...stretch });
  }
  return all;
}
