import { attributionSources, isByAgent, isByTool, noneOfEach, type Verdict } from "../../change/authorship.ts";
import type { LineCounts } from "../../change/read-log.ts";
import type { Attribution } from "../attribution/attribution.ts";
import { attributedCounts } from "../attribution/attribution-signals.ts";
import type { HistoryCommit } from "./history-commit.ts";
import type { LineShare } from "../attribution/line-shares.ts";
import type { PromptFamilies } from "./prompt-families.ts";
import type { CommitProvenance, Disagreement } from "../provenance.ts";
import { byName, spelledAlike, usualSpelling } from "../tools/spellings.ts";

/** Commits and added lines; `lines` is null when they were not counted. */
export interface Total {
  commits: number;
  lines: number | null;
}

export interface MonthTotal {
  /** `2026-01`, by the committer's date in UTC. */
  month: string;
  commits: Record<Verdict, number>;
  lines: Record<Verdict, number> | null;
}

/** What the tools' own records attest, beside what the commits themselves say. */
export interface RecordTotals {
  /** Commits with a record, by the tool that keeps it. */
  sources: { source: Attribution["source"]; commits: number }[];
  /** Commits whose records show lines by a tool: how many bear any mark of a tool, and how many in one of git's own trailers. */
  withAiLines: { commits: number; marked: number; inTrailers: number };
  /** Commits whose records were read whole and show no line by a tool. */
  withoutAiLines: { commits: number; marked: number; inTrailers: number };
  /** Commits whose records prove neither: some part could not be read, or the commit adds no line. */
  unproven: number;
  /** Commits whose words and records say different things. */
  disagreements: Record<Disagreement["kind"], number>;
}

/** The provenance of a whole history in numbers. */
export interface History {
  commits: {
    total: number;
    /** Git counts no lines of a merge. */
    merges: number;
    /** Commits whose lines are unknown for another reason: the edge of a shallow clone. */
    withoutLines: number;
    /** Commits without a date that can be read; they stand in no month. */
    undated: number;
    /** The earliest and the latest committer's date, ISO 8601 in UTC; null without one. */
    first: string | null;
    last: string | null;
  };
  lines: LineCounts | null;
  verdicts: Record<Verdict, Total>;
  /** Of commits and lines that a tool wrote, helped with or suggested; most commits first. Null is a tool without a known name. */
  tools: (Total & { agent: string | null })[];
  /** The same by model, in its most usual spelling: `Claude Opus 4.6` and `claude-opus-4-6` are one. */
  models: (Total & { model: string | null })[];
  /** Ascending, months without a commit included; where they span more than a century, left out. */
  months: MonthTotal[];
  /** Commits whose sources exclude each other. */
  conflicts: number;
  /** Null when the repository has no record of a kind that is read. */
  records: RecordTotals | null;
  /** Null when they were not asked for. */
  promptFamilies: PromptFamilies | null;
}

/** Sums up a history commit by commit, in memory that does not grow with their number. */
export interface HistoryTally {
  add(commit: HistoryCommit): void;
  result(): Omit<History, "promptFamilies">;
}

/** `lines` and `records` say whether lines are counted, and whether there are records to be found. */
export function historyTally(options: { lines: boolean; records: boolean }): HistoryTally {
  const sums = emptySums();
  return {
    add: (commit) => addCommit(sums, commit),
    result: () => ({
      commits: {
        ...sums.commits,
        withoutLines: options.lines ? sums.commits.withoutLines : 0,
        first: isoDate(sums.first),
        last: isoDate(sums.last),
      },
      lines: options.lines ? { ...sums.lines } : null,
      verdicts: totalsByVerdict(sums, options.lines),
      tools: byCommits(sums.tools, options.lines).map(({ name, ...total }) => ({ agent: name, ...total })),
      models: byCommits(sums.models, options.lines).map(({ name, ...total }) => ({ model: name, ...total })),
      months: allMonths(sums.months, options.lines),
      conflicts: sums.conflicts,
      records: options.records ? asRecordTotals(sums.records) : null,
    }),
  };
}

interface Sum {
  commits: number;
  lines: number;
}

interface NamedSum extends Sum {
  /** How often the name came in which spelling. */
  spellings: Map<string | null, number>;
}

interface MonthSum {
  commits: Record<Verdict, number>;
  lines: Record<Verdict, number>;
}

type RecordSums = Omit<RecordTotals, "sources"> & { sources: Map<Attribution["source"], number> };

interface Sums {
  commits: { total: number; merges: number; withoutLines: number; undated: number };
  first: number;
  last: number;
  lines: LineCounts;
  verdicts: MonthSum;
  tools: Map<string | null, NamedSum>;
  models: Map<string | null, NamedSum>;
  /** By years × 12 + month. */
  months: Map<number, MonthSum>;
  /** The month of the last commit that had one. */
  open: OpenMonth;
  conflicts: number;
  records: RecordSums;
}

interface OpenMonth {
  /** Milliseconds since 1970; `to` is the first that is not in it. */
  from: number;
  to: number;
  sum: MonthSum;
}

function emptySums(): Sums {
  return {
    commits: { total: 0, merges: 0, withoutLines: 0, undated: 0 },
    first: Infinity,
    last: -Infinity,
    lines: { added: 0, deleted: 0 },
    verdicts: noMonth(),
    tools: new Map(),
    models: new Map(),
    months: new Map(),
    open: { from: Infinity, to: -Infinity, sum: noMonth() },
    conflicts: 0,
    records: {
      sources: new Map(),
      withAiLines: { commits: 0, marked: 0, inTrailers: 0 },
      withoutAiLines: { commits: 0, marked: 0, inTrailers: 0 },
      unproven: 0,
      disagreements: { "attested-not-declared": 0, "declared-not-attested": 0, "denied-but-attested": 0 },
    },
  };
}

function noMonth(): MonthSum {
  return { commits: noneOfEach(), lines: noneOfEach() };
}

function addCommit(sums: Sums, commit: HistoryCommit): void {
  const { entry, provenance, shares } = commit;
  sums.commits.total += 1;
  if (entry.parents.length > 1) sums.commits.merges += 1;
  else if (entry.lines === null) sums.commits.withoutLines += 1;
  sums.lines.added += entry.lines?.added ?? 0;
  sums.lines.deleted += entry.lines?.deleted ?? 0;
  if (provenance.conflict) sums.conflicts += 1;
  addVerdicts(sums.verdicts, provenance.verdict, shares);
  const month = monthOf(sums, entry.committedAt);
  if (month !== null) addVerdicts(month, provenance.verdict, shares);
  addNames(sums, provenance, shares);
  addRecords(sums.records, commit);
}

function addVerdicts(sum: MonthSum, verdict: Verdict, shares: readonly LineShare[]): void {
  sum.commits[verdict] += 1;
  for (const share of shares) sum.lines[share.verdict] += share.lines;
}

/** The sums of the month of a date, which also moves first and last; null for a date that nobody can place. */
function monthOf(sums: Sums, committedAt: string): MonthSum | null {
  const at = Date.parse(committedAt);
  const open = sums.open.from <= at && at < sums.open.to ? sums.open : openMonth(sums, at);
  if (open === null) {
    sums.commits.undated += 1;
    return null;
  }
  if (at < sums.first) sums.first = at;
  if (at > sums.last) sums.last = at;
  return open.sum;
}

/** Neighbours in a history are mostly of one month, so that it is kept at hand. */
function openMonth(sums: Sums, at: number): OpenMonth | null {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const number = year * 12 + month;
  if (!(number >= 0 && number < lastMonth)) return null;
  const sum = sums.months.get(number) ?? noMonth();
  sums.months.set(number, sum);
  // Two digits of a year would mean 19xx to `Date.UTC`.
  const startOf = (each: number): number => new Date(0).setUTCFullYear(year, each, 1);
  sums.open = { from: startOf(month), to: startOf(month + 1), sum };
  return sums.open;
}

/** Years with more than four digits are no dates of work. */
const lastMonth = 10_000 * 12;

function isoDate(at: number): string | null {
  return Number.isFinite(at) ? new Date(at).toISOString() : null;
}

/** A commit counts for every tool that wrote lines of it; one without such lines, for the tool that it names. */
function addNames(sums: Sums, provenance: CommitProvenance, shares: readonly LineShare[]): void {
  if (shares.length < 2 && !isByTool(provenance.verdict) && !shares.some(({ verdict }) => isByTool(verdict))) return;
  const byTool = shares.filter(({ verdict, lines }) => isByTool(verdict) && lines > 0);
  const wrote = byTool.length > 0 ? byTool : isByTool(provenance.verdict) ? [{ ...provenance, lines: 0 }] : [];
  addTo(
    sums.tools,
    wrote.map(({ agent, lines }) => ({ name: agent, lines })),
  );
  addTo(
    sums.models,
    wrote.map(({ model, lines }) => ({ name: model, lines })),
  );
}

function addTo(totals: Map<string | null, NamedSum>, named: readonly { name: string | null; lines: number }[]): void {
  for (const [key, same] of Map.groupBy(named, ({ name }) => spelledAlike(name))) {
    const sum = totals.get(key) ?? { commits: 0, lines: 0, spellings: new Map<string | null, number>() };
    const name = same[0]?.name ?? null;
    sum.commits += 1;
    sum.lines += same.reduce((lines, each) => lines + each.lines, 0);
    sum.spellings.set(name, (sum.spellings.get(name) ?? 0) + 1);
    totals.set(key, sum);
  }
}

function addRecords(sums: RecordSums, { entry, provenance, attributions, disagreements }: HistoryCommit): void {
  if (attributions.length === 0) return;
  for (const source of new Set(attributions.map((each) => each.source)))
    sums.sources.set(source, (sums.sources.get(source) ?? 0) + 1);
  for (const kind of new Set(disagreements.map((each) => each.kind))) sums.disagreements[kind] += 1;
  const attests = attributions.some((each) => attributedCounts(each).aiLines > 0);
  const isWhole = attributions.every(({ unread }) => unread.length === 0) && entry.lines?.added !== 0;
  if (!attests && !isWhole) return void (sums.unproven += 1);
  const sum = attests ? sums.withAiLines : sums.withoutAiLines;
  sum.commits += 1;
  const marks = provenance.signals.filter((signal) => signal.class !== "note" && isByAgent(signal.verdict));
  if (marks.length > 0) sum.marked += 1;
  if (marks.some((signal) => signal.class === "trailer")) sum.inTrailers += 1;
}

function asRecordTotals({ sources, ...sums }: RecordSums): RecordTotals {
  const counted = attributionSources.flatMap((source) => {
    const commits = sources.get(source);
    return commits === undefined ? [] : [{ source, commits }];
  });
  return { sources: counted, ...sums };
}

function totalsByVerdict({ verdicts: sum }: Sums, lines: boolean): Record<Verdict, Total> {
  const total = (verdict: Verdict): Total => ({
    commits: sum.commits[verdict],
    lines: lines ? sum.lines[verdict] : null,
  });
  return {
    "agent-authored": total("agent-authored"),
    "agent-assisted": total("agent-assisted"),
    suggestion: total("suggestion"),
    automation: total("automation"),
    human: total("human"),
    undeclared: total("undeclared"),
  };
}

/** Most commits first, then most lines, then by name; what has no name comes last. */
function byCommits(totals: ReadonlyMap<string | null, NamedSum>, lines: boolean): (Total & { name: string | null })[] {
  const sorted = [...totals.values()]
    .map((sum) => ({ ...sum, name: usualSpelling(sum.spellings) }))
    .toSorted((a, b) => b.commits - a.commits || b.lines - a.lines || byName(a.name, b.name));
  return sorted.map((sum) => ({ name: sum.name, commits: sum.commits, lines: lines ? sum.lines : null }));
}

/** More months than these come from odd dates, not from work. */
const mostMonths = 1_200;

function allMonths(months: ReadonlyMap<number, MonthSum>, lines: boolean): MonthTotal[] {
  const seen = [...months.keys()].toSorted((a, b) => a - b);
  const first = seen[0] ?? 0;
  const span = (seen.at(-1) ?? -1) - first + 1;
  const shown = span <= mostMonths ? Array.from({ length: span }, (_, index) => first + index) : seen;
  return shown.map((number) => {
    const sum = months.get(number) ?? noMonth();
    return { month: monthName(number), commits: sum.commits, lines: lines ? sum.lines : null };
  });
}

function monthName(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}
