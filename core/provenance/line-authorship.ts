import {
  isByTool,
  verdicts,
  type Authorship,
  type Verdict,
  type Writer,
  type WrittenLines,
} from "../change/authorship.ts";
import type { LineOrigin, LineOrigins } from "../change/line-origins.ts";
import { attributionIndex, type AttributionIndex, type LineRecord } from "./attribution/attribution-index.ts";
import { verdictOfRecord, type Attribution } from "./attribution/attribution.ts";
import { strongestVerdict, writerNames } from "./commit-provenance.ts";
import { declaredWriter } from "./declared-writer.ts";
import type { CommitProvenance, JudgedChange, Signal } from "./provenance.ts";

/**
 * Who wrote each added line: the stronger of what the commit that brought it says without the tools' records, and of
 * what a record says of that very line. So a record raises lines and lowers none, and an untracked line of a recorded
 * commit stays what the commit says. Lines that no commit of the change brought have what the change as a whole says.
 * Together the stretches are exactly the added lines; neighbours with one writer are one stretch.
 */
export function authorship(
  origins: LineOrigins,
  provenance: JudgedChange,
  attributions: readonly Attribution[],
): Authorship {
  const records = attributionIndex(withoutRuled(attributions, provenance));
  const recorded = sessionsIn(attributions);
  const writers = new Map<string | null, Writer>(
    provenance.commits.map((commit) => [commit.sha, writerOfCommit(commit, provenance.signals, recorded)]),
  );
  const unknown = writerOfNoCommit(provenance);
  const written = (origin: LineOrigin) => attested(origin, writers.get(origin.commit) ?? unknown, records);
  return { files: new Map([...origins].map(([path, stretches]) => [path, joined(stretches.flatMap(written))])) };
}

function sessionsIn(attributions: readonly Attribution[]): ReadonlySet<string | null> {
  const ofLines = attributions.flatMap(({ files }) =>
    files.flatMap(({ lines }) => lines.map(({ session }) => session)),
  );
  return new Set([...ofLines, ...attributions.map(({ totals }) => totals?.session ?? null)]);
}

/** A person's ruling on a commit is stronger than what records say of its lines. */
function withoutRuled(attributions: readonly Attribution[], { commits }: JudgedChange): readonly Attribution[] {
  const ruled = new Set(commits.filter(({ ruling }) => ruling !== null).map(({ sha }) => sha));
  return ruled.size === 0 ? attributions : attributions.filter(({ commit }) => !ruled.has(commit));
}

/** What counts for a line of the commit that no record names. The session of a record is of other lines. */
function writerOfCommit(
  commit: CommitProvenance,
  changeSignals: readonly Signal[],
  recorded: ReadonlySet<string | null>,
): Writer {
  const { sha, acceptance, ruling, sessions, signals } = commit;
  const writer = declaredWriter(commit, changeSignals);
  const isOwn = ruling !== null || signals.some(({ kind, verdict }) => kind !== "note" && verdict === writer.verdict);
  const [first, ...others] = isByTool(writer.verdict) ? sessions.filter((session) => !recorded.has(session)) : [];
  // Of several, nobody can say which one wrote a line.
  const session = first === undefined || others.length > 0 ? null : first;
  return { ...writer, acceptance, commit: sha, evidence: evidenceOf(writer.verdict, isOwn), session };
}

function evidenceOf(verdict: Verdict, isOwn: boolean): Writer["evidence"] {
  if (isOwn) return "commit";
  return verdict === "undeclared" ? "none" : "change";
}

function writerOfNoCommit({ signals }: JudgedChange): Writer {
  const verdict = strongestVerdict(signals);
  const evidence = evidenceOf(verdict, false);
  return { verdict, acceptance: "unstated", ...writerNames(verdict, signals), commit: null, evidence, session: null };
}

/** One stretch of a commit's lines, cut where a record begins or ends to say something. */
function attested(
  { start, end, commit, path, line }: LineOrigin,
  writer: Writer,
  records: AttributionIndex,
): WrittenLines[] {
  const whole = [{ start, end, writer }];
  if (commit === null || path === null || line === null) return whole;
  const found = records.over(commit, path, line, line + end - start);
  if (found.length === 0) return whole;
  const toHead = start - line;
  return found.map((part) => ({
    start: part.start + toHead,
    end: part.end + toHead,
    writer: part.record === null ? writer : strongerWriter(writer, part.record),
  }));
}

/** The commit's own word, or the record's where that is stronger, or as strong and says more of the tool. */
function strongerWriter(declared: Writer, record: LineRecord): Writer {
  const verdict = verdictOfRecord[record.by];
  const raise = verdicts.indexOf(declared.verdict) - verdicts.indexOf(verdict);
  const names = record.agent !== null || (record.model !== null && declared.agent === null);
  if (raise < 0 || (raise === 0 && !names)) return declared;
  const isSameTool = record.agent !== null && record.agent === declared.agent;
  return {
    verdict,
    acceptance: record.by === "mixed" && declared.acceptance === "unstated" ? "edited" : declared.acceptance,
    agent: record.agent,
    model: record.model ?? (isSameTool ? declared.model : null),
    commit: declared.commit,
    evidence: record.source,
    session: record.session ?? (isSameTool ? declared.session : null),
  };
}

/** Neighbours that have one writer as one stretch. */
function joined(stretches: readonly WrittenLines[]): WrittenLines[] {
  const whole: WrittenLines[] = [];
  for (const stretch of stretches) {
    const last = whole.at(-1);
    if (last?.end === stretch.start - 1 && isSame(last.writer, stretch.writer)) last.end = stretch.end;
    else whole.push({ ...stretch });
  }
  return whole;
}

function isSame(a: Writer, b: Writer): boolean {
  return (
    a === b ||
    (a.verdict === b.verdict &&
      a.acceptance === b.acceptance &&
      a.agent === b.agent &&
      a.model === b.model &&
      a.commit === b.commit &&
      a.evidence === b.evidence &&
      a.session === b.session)
  );
}
