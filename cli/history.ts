import { Command } from "commander";
import { resolve } from "node:path";
import { countHistory, readHistory, resolveHistory, type HistoryRange } from "../adapters/git/read-history.ts";
import { readHistoryTraces } from "../adapters/git/read-history-traces.ts";
import { openNotes, type Notes } from "../adapters/git/read-notes.ts";
import { openRepository } from "../adapters/git/run-git.ts";
import { Problem } from "../core/problem.ts";
import {
  historyJudge,
  historyTally,
  promptFamilies,
  type Attribution,
  type HistoryCommit,
} from "../core/provenance/index.ts";
import { historyDocument, historyLine, renderHistory, renderHistoryJson } from "../core/report/index.ts";
import { showPath } from "../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import { readInstant } from "./dates.ts";
import type { Io } from "./io.ts";
import { terminalOptions } from "./print-review.ts";
import { progressBar } from "./progress.ts";

interface HistoryOptions {
  repo?: string;
  since?: string;
  until?: string;
  ndjson?: boolean;
  json?: boolean;
  promptFamilies?: boolean;
  lines: boolean;
}

/** `countersign history`: who or what wrote a whole history, commit by commit or in sum. */
export function historyCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("history")
    .description("show who or what wrote a whole history: by verdict, tool, model and month")
    .argument("[range]", "A..B, or one branch, tag or commit (default: HEAD)")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--since <date>", "only commits from this date on, by the committer's date")
    .option("--until <date>", "only commits up to this date")
    .option("--ndjson", "print one line of JSON per commit, newest first")
    .option("--json", "print the sums as JSON")
    .option("--prompt-families", "group commits by the fingerprints of their prompts")
    .option("--no-lines", "count no lines: much faster, and enough for a clone without contents of files")
    .addHelpText("after", examples)
    .action(async (range: string | undefined, options: HistoryOptions) => {
      refuseContradictions(options);
      const history = await openHistory(range, options, io);
      if (options.ndjson) await printLines(history, io);
      else await printSums(history, options, io);
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign history
  countersign history --since 2026-01 --json
  countersign history v1.0..v2.0 --ndjson --no-lines`;

function refuseContradictions({ json, ndjson, promptFamilies }: HistoryOptions): void {
  if (!ndjson || (!json && !promptFamilies)) return;
  const [flag, is] = json ? ["--json", "prints sums"] : ["--prompt-families", "is a sum over commits"];
  throw new Problem(`${flag} ${is} and --ndjson prints single commits.`, "Leave out one of the two.");
}

interface OpenHistory {
  asked: string;
  range: HistoryRange;
  notes: Notes;
  /** What files of the newest commit's tree say, by commit; null when there are none. */
  traces: ReadonlyMap<string, readonly Attribution[]> | null;
  /** What was not read, in sentences of ours. */
  unread: string[];
}

async function openHistory(asked: string | undefined, options: HistoryOptions, io: Io): Promise<OpenHistory> {
  const now = io.now();
  const since = options.since === undefined ? null : readInstant(options.since, "--since", "begins", now);
  const until = options.until === undefined ? null : readInstant(options.until, "--until", "ends", now);
  refuseEmptyStretch(since, until, now);
  const repository = await openRepository(resolve(io.cwd, options.repo ?? "."));
  const range = await resolveHistory(repository, { range: asked ?? null, since, until, lines: options.lines });
  if (range.cut.size > 0) io.stderr(`note: ${shallow}\n`);
  const notes = await openNotes(repository);
  const unlisted = notes.unlisted.map(({ ref, reason }) => `The records of ${ref} were not read: it ${reason}.`);
  const { traces, unread } = await openTraces(range);
  return { asked: asked ?? "HEAD", range, notes, traces, unread: [...unlisted, ...unread] };
}

/** Which lines a commit added stands in contents, which whoever leaves out the counts may not have. */
async function openTraces(range: HistoryRange): Promise<Pick<OpenHistory, "traces" | "unread">> {
  try {
    return { traces: await readHistoryTraces(range), unread: [] };
  } catch (error) {
    if (range.lines || !(error instanceof Problem)) throw error;
    return { traces: null, unread: ["The records in .agent-trace were not read: this clone lacks contents of files."] };
  }
}

const shallow =
  "this clone is shallow: its history is cut, and what is older is not read. `git fetch --unshallow` brings it.";

function refuseEmptyStretch(since: number | null, until: number | null, now: Date): void {
  if (since !== null && since * 1000 > now.getTime())
    throw new Problem("--since names a date in the future, from which there is no commit.", "Name an earlier date.");
  if (since !== null && until !== null && since > until)
    throw new Problem("--since names a later date than --until, so no commit is between them.", "Swap the two.");
}

/**
 * Reads and judges every commit, one by one, so that none stays in memory for the sake of the next; `batchDone` is told
 * how many there were, now and then, and says whether more are needed.
 */
async function eachCommit(
  { range, notes, traces }: OpenHistory,
  take: (commit: HistoryCommit) => void,
  batchDone: (seen: number) => Promise<boolean>,
): Promise<number> {
  const judge = historyJudge();
  let seen = 0;
  await readHistory(range, async (entries) => {
    // Records that only a message points to are found by it.
    const found = notes.refs.length === 0 ? noRecords : await notes.of(entries);
    for (const entry of entries) {
      const noted = found.get(entry.sha) ?? none;
      const traced = traces?.get(entry.sha) ?? none;
      take(judge(entry, traced.length === 0 ? noted : [...noted, ...traced]));
    }
    return batchDone((seen += entries.length));
  });
  return seen;
}

const noRecords: Awaited<ReturnType<Notes["of"]>> = new Map();
const none: readonly never[] = [];

async function printLines(history: OpenHistory, io: Io): Promise<void> {
  const progress = await openProgress(history, io, io.terminal === null);
  let lines: string[] = [];
  const seen = await eachCommit(
    history,
    (commit) => lines.push(historyLine(commit)),
    (done) => {
      io.stdout(lines.join(""));
      lines = [];
      progress.at(done);
      return io.drained();
    },
  ).finally(progress.clear);
  if (seen === 0) io.stderr(`note: ${emptyRange(history)}\n`);
}

async function printSums(history: OpenHistory, options: HistoryOptions, io: Io): Promise<void> {
  const { asked, range, notes, traces, unread } = history;
  const progress = await openProgress(history, io, true);
  const tally = historyTally({ lines: range.lines, records: notes.refs.length > 0 || traces !== null });
  const families = options.promptFamilies ? promptFamilies() : null;
  const seen = await eachCommit(
    history,
    (commit) => {
      tally.add(commit);
      families?.add(commit);
    },
    (done) => {
      progress.at(done);
      return Promise.resolve(true);
    },
  ).finally(progress.clear);
  if (seen === 0) io.stderr(`note: ${emptyRange(history)}\n`);
  const read = { asked, head: range.head, excluded: range.excluded, ...datesOf(range), shallow: range.cut.size > 0 };
  const document = historyDocument({ ...tally.result(), promptFamilies: families?.result() ?? null }, read, unread);
  io.stdout(options.json ? renderHistoryJson(document) : renderHistory(document, terminalOptions(io)));
}

async function openProgress({ range }: OpenHistory, io: Io, shown: boolean): Promise<ReturnType<typeof progressBar>> {
  const errorTerminal = shown ? io.errorTerminal : null;
  const total = errorTerminal === null ? null : await countHistory(range);
  return progressBar({ ...io, errorTerminal }, "commits", total);
}

function datesOf({ since, until }: HistoryRange): { since: string | null; until: string | null } {
  const iso = (seconds: number | null): string | null =>
    seconds === null ? null : new Date(seconds * 1000).toISOString();
  return { since: iso(since), until: iso(until) };
}

/** No mistake: a script that asks what came since the last release may find nothing. */
function emptyRange({ asked, range }: OpenHistory): string {
  const dated = range.since !== null || range.until !== null;
  return `there is no commit in ${showPath(asked)}${dated ? " between the dates given" : ""}.`;
}
