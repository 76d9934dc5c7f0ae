import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseCommit } from "../../core/change/parse-commit.ts";
import { logFormat, logReader, type LogEntry, type LoggedCommit } from "../../core/change/read-log.ts";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { readObjects } from "./read-blobs.ts";
import { isShallow, resolveCommit } from "./resolve-range.ts";
import { gitText, tryGit, type GitRepository } from "./run-git.ts";

/** Which commits are asked for. */
export interface HistoryRequest {
  /** `A..B`, or one name for all that it reaches; null for `HEAD`. */
  range: string | null;
  /** Seconds since 1970, inclusive, by the committer's date; null for no limit. */
  since: number | null;
  until: number | null;
  /** Whether lines are counted, for which git must compare the contents of files. */
  lines: boolean;
}

/** The commits that a request came to. */
export interface HistoryRange {
  repository: GitRepository;
  /** The newest commit, and the one whose history is left out. */
  head: string;
  excluded: string | null;
  since: number | null;
  until: number | null;
  lines: boolean;
  /** The oldest commits of a shallow clone, whose parents are not there; empty for a whole clone. */
  cut: ReadonlySet<string>;
  environment: Readonly<Record<string, string>>;
}

/** Resolves a request to commits. Throws a `Problem` for a name that is no commit, or a range of another kind. */
export async function resolveHistory(repository: GitRepository, request: HistoryRequest): Promise<HistoryRange> {
  const { from, to } = endsOf(request.range ?? "HEAD");
  const head = to === "HEAD" ? await headCommit(repository) : await resolveCommit(repository, to, rangeName);
  const excluded = from === null ? null : await resolveCommit(repository, from, rangeName);
  const { since, until, lines } = request;
  return { repository, head, excluded, since, until, lines, ...(await readCut(repository)) };
}

const rangeName = "A..B";

function endsOf(range: string): { from: string | null; to: string } {
  const at = range.indexOf("..");
  if (at === -1 && !range.startsWith("^")) return { from: null, to: range };
  const [from = "", to = "", ...more] = range.split("..");
  if (range.includes("...") || range.startsWith("^") || more.length > 0)
    throw new Problem(
      `${showPath(range)} is no range that is read here.`,
      "Write `A..B`, or one branch, tag or commit.",
    );
  return { from: from || "HEAD", to: to || "HEAD" };
}

async function headCommit(repository: GitRepository): Promise<string> {
  const { code, stdout } = await tryGit(repository, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (code === 0) return stdout.toString("utf8").trim();
  throw new Problem(
    "HEAD stands on no commit: the repository has none yet, or its branch is gone.",
    "Name a branch, tag or commit: `countersign history origin/main`.",
  );
}

/** What git knows of a shallow clone stands in a file beside the objects. */
async function readCut(repository: GitRepository): Promise<Pick<HistoryRange, "cut" | "environment">> {
  if (!(await isShallow(repository))) return { cut: new Set(), environment: {} };
  const path = resolve(repository.gitDir, await gitText(repository, ["rev-parse", "--git-path", "shallow"]));
  const cut = (await readFile(path, "latin1")).split("\n").filter(Boolean);
  return { cut: new Set(cut), environment: { GIT_SHALLOW_FILE: path } };
}

/** How many commits will be read; cheap, because nothing but commits is looked at. */
export async function countHistory(range: HistoryRange): Promise<number | null> {
  const { code, stdout } = await tryGit(range.repository, ["rev-list", "--count", ...revisions(range)], {
    objectsOnly: true,
    environment: range.environment,
  });
  return code === 0 ? Number(stdout.toString("utf8")) : null;
}

/**
 * Reads the commits in one `git log`, newest first, and hands them over in batches as they come; git waits meanwhile.
 * `take` returns false when it needs no more. Throws a `Problem` when the clone lacks what the counts need.
 */
export async function readHistory(
  range: HistoryRange,
  take: (entries: readonly LogEntry[]) => Promise<boolean>,
): Promise<void> {
  const reader = logReader({ lines: range.lines });
  const reading = { enough: false };
  let batch: LoggedCommit[] = [];
  let size = 0;
  const handOver = async (): Promise<void> => {
    const entries = batch;
    [batch, size] = [[], 0];
    if (entries.length > 0) reading.enough = !(await take(await asStored(range.repository, entries)));
  };
  const add = (entries: readonly LoggedCommit[]): void => {
    for (const entry of entries) {
      batch.push(range.cut.has(entry.sha) ? { ...entry, lines: null } : entry);
      size += entry.message.length;
    }
  };
  const { code, stderr } = await tryGit(range.repository, historyArguments(range), {
    objectsOnly: true,
    // Into a pipe git would write commit by commit.
    environment: { ...range.environment, GIT_FLUSH: "0" },
    timeoutMs: 0,
    consume: async (output) => {
      for await (const chunk of output) {
        add(reader.read(chunk));
        if (batch.length >= mostInBatch || size >= longestBatch) await handOver();
        if (reading.enough) return;
      }
    },
  });
  if (reading.enough) return;
  if (code !== 0) throw explain(stderr);
  add(reader.end());
  await handOver();
}

/** Enough that looking up their notes in one process pays, and few enough for the memory; in commits and characters. */
const mostInBatch = 500;
const longestBatch = 4_000_000;

/**
 * The commits with the words of their objects, as every other reader here takes them. Only those that name an encoding
 * need to be read again: git has turned them into UTF-8 by rules that hide text. One beyond the limit of objects stays git's.
 */
async function asStored(repository: GitRepository, entries: readonly LoggedCommit[]): Promise<readonly LogEntry[]> {
  const named = entries.filter(({ encoding }) => encoding !== "").map(({ sha }) => sha);
  if (named.length === 0) return entries;
  const stored = new Map<string, Pick<LogEntry, "author" | "committer" | "committedAt" | "message">>();
  let index = 0;
  await readObjects(repository, named, (_, bytes) => {
    const sha = named[index++]!;
    if (bytes === null) return;
    const { author, committer, committedAt, message } = parseCommit(bytes);
    stored.set(sha, { author, committer, committedAt, message });
  });
  return entries.map((entry) => ({ ...entry, ...stored.get(entry.sha) }));
}

/** The arguments of that `git log`: the bench runs the same beside it. */
export function historyArguments(range: Omit<HistoryRange, "repository" | "cut" | "environment">): string[] {
  const counts = range.lines ? countFlags : [];
  return ["log", "-z", "--no-color", "--encoding=UTF-8", `--format=${logFormat}`, ...counts, ...revisions(range)];
}

/** As in `diffFlags`: counts must not depend on anybody's configuration. */
const countFlags = [
  "--numstat",
  "--no-renames",
  "--diff-algorithm=myers",
  "--indent-heuristic",
  "--no-ext-diff",
  "--no-textconv",
  "--ignore-submodules=none",
];

/** Which commits a range is, as git takes it. */
export function revisions({
  head,
  excluded,
  since,
  until,
}: Pick<HistoryRange, "head" | "excluded" | "since" | "until">): string[] {
  return [
    ...(since === null ? [] : [`--max-age=${since}`]),
    ...(until === null ? [] : [`--min-age=${until}`]),
    head,
    ...(excluded === null ? [] : [`^${excluded}`]),
    "--",
  ];
}

function explain(stderr: string): Error {
  const lacks = ["unable to read", "unable to find", "bad object", "missing blob", "could not fetch", "Could not read"];
  if (lacks.some((sign) => stderr.includes(sign)))
    return new Problem(
      "This clone lacks some contents of its history, and reading never fetches.",
      "Leave out the counts of lines, which need the files: `--no-lines`. Or bring a partial clone's contents: `git fetch --refetch --no-filter`.",
    );
  return new Error(`git log failed: ${stderr.trim().slice(0, 2000)}`);
}
