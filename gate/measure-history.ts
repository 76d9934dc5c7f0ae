import { readHistory, type HistoryRange } from "../adapters/git/read-history.ts";
import { readHistoryTraces } from "../adapters/git/read-history-traces.ts";
import { openNotes, type Notes } from "../adapters/git/read-notes.ts";
import { groupOf, type MeasuredCommit, type RuleMeasured } from "../core/calibration/index.ts";
import { patterns, type Pattern } from "../core/lint/index.ts";
import { historyJudge, type Attribution, type HistoryCommit } from "../core/provenance/index.ts";
import { measureCommits, type JudgedCommit } from "./measure-commits.ts";

/** What was measured, and what was left out of it. */
export interface MeasuredHistory {
  commits: MeasuredCommit[];
  read: {
    /** Commits that were read, merges left out. */
    commits: number;
    /** Whether the range holds more than were asked for. */
    isCut: boolean;
    /** The earliest and the latest committer's date, ISO 8601 in UTC; null without one. */
    first: string | null;
    last: string | null;
  };
  left: {
    /** Commits that add more lines of code than a person reads: imported, generated or moved. */
    large: number;
    /** The oldest commits of a shallow clone, whose parents are not there. */
    cut: number;
    /** Files of which some part was not looked at. */
    files: number;
  };
  /** Records beside the history that could not be read, in sentences of ours. */
  unread: string[];
}

export interface MeasureOptions {
  /** How many commits that are no merges, newest first. */
  maxCommits: number;
  rules: readonly RuleMeasured[];
  /** Hears how many of how many are done. */
  progress: (done: number, total: number) => void;
}

/**
 * What the lint rules find on the lines that each commit of a history adds, by who wrote the commit as `history` judges it.
 * Every commit is compared with its parent alone. Throws a `Problem` when the clone lacks contents of files.
 */
export async function measureHistory(range: HistoryRange, options: MeasureOptions): Promise<MeasuredHistory> {
  const { repository } = range;
  const notes = await openNotes(repository);
  const judged = await judgedCommits(range, notes, options.maxCommits);
  const whole = judged.commits.filter(({ commit }) => !range.cut.has(commit));
  const ids = options.rules.map(({ id }) => id);
  const measured = await measureCommits(repository, whole, ids, (done) => options.progress(done, whole.length));
  return {
    commits: measured.commits,
    read: { commits: judged.commits.length, isCut: judged.isCut, ...datesOf(judged.commits) },
    left: { large: measured.large, cut: judged.commits.length - whole.length, files: measured.unreadFiles },
    unread: notes.unlisted.map(({ ref, reason }) => `The records of ${ref} were not read: it ${reason}.`),
  };
}

/** The rules that the files of one commit tell of. */
export function measurableRules(): RuleMeasured[] {
  return patterns
    .filter((pattern) => !needsRepository(pattern))
    .map((pattern) => ({
      id: pattern.rule.id,
      severity: pattern.rule.severity,
      languages: readsAnyText(pattern) ? null : pattern.languages,
    }));
}

/** What these find depends on all other files as they were at each commit, which would have to be read for each. */
function needsRepository({ findCopies, findUnused }: Pattern): boolean {
  return (findCopies ?? findUnused) !== undefined;
}

function readsAnyText({ findInText, languages }: Pattern): boolean {
  return findInText !== undefined || languages.length === 0;
}

/** With the committer's date: ISO 8601 with the recorded offset, empty without one that can be read. */
type DatedCommit = JudgedCommit & { committedAt: string };

async function judgedCommits(
  range: HistoryRange,
  notes: Notes,
  most: number,
): Promise<{ commits: DatedCommit[]; isCut: boolean }> {
  const traces = await readHistoryTraces(range);
  const judge = historyJudge();
  const commits: DatedCommit[] = [];
  let isCut = false;
  await readHistory(range, async (entries) => {
    const found: ReadonlyMap<string, Attribution[]> = notes.refs.length === 0 ? new Map() : await notes.of(entries);
    for (const entry of entries) {
      const of = (records: ReadonlyMap<string, readonly Attribution[]> | null) => records?.get(entry.sha) ?? [];
      // A merge is judged too: it may declare for older commits.
      const commit = judge(entry, [...of(found), ...of(traces)]);
      if (entry.parents.length > 1) continue;
      isCut = commits.length === most;
      if (isCut) return false;
      commits.push(judgedCommit(commit));
    }
    return true;
  });
  return { commits, isCut };
}

function judgedCommit({ entry, provenance }: HistoryCommit): DatedCommit {
  const { sha, verdict, acceptance, agent, model } = provenance;
  const writer = { verdict, acceptance, agent, model, commit: sha, evidence: "commit" as const, session: null };
  const { committedAt, parents } = entry;
  return { commit: sha, parent: parents[0] ?? null, group: groupOf(writer), committedAt };
}

function datesOf(commits: readonly DatedCommit[]): { first: string | null; last: string | null } {
  const times = commits.map(({ committedAt }) => Date.parse(committedAt)).filter(Number.isFinite);
  const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString());
  const ascending = times.toSorted((a, b) => a - b);
  return { first: iso(ascending[0]), last: iso(ascending.at(-1)) };
}
