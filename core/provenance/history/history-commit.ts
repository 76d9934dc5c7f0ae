import type { LogEntry } from "../../change/read-log.ts";
import type { Attribution } from "../attribution/attribution.ts";
import { attributionSignals } from "../attribution/attribution-signals.ts";
import {
  judgeCommit,
  nothingBeside,
  readCommit,
  type CommitEvidence,
  type SpokenCommit,
} from "../commit-provenance.ts";
import { declaredWriter } from "../declared-writer.ts";
import { disagreements, isContradiction } from "../attribution/disagreements.ts";
import { isCommitId } from "../trailers/grammars.ts";
import { lineShares, type LineShare } from "../attribution/line-shares.ts";
import type { CommitProvenance, Disagreement } from "../provenance.ts";
import { remediationsOf, type Remediation } from "../trailers/remediation.ts";
import { sessionsOfAttributions } from "../signals/sessions.ts";

/** One commit of a history, judged. */
export interface HistoryCommit {
  entry: LogEntry;
  /** By its own marks, by the records, and by what later commits declare for it. */
  provenance: CommitProvenance;
  attributions: readonly Attribution[];
  disagreements: readonly Disagreement[];
  /** Its added lines by who wrote them; empty where lines are not known. */
  shares: readonly LineShare[];
}

/**
 * Judges the commits of a history one by one, newest first, so that a declaration for an earlier commit is known when
 * that one comes. Which commits were one change is not known here: a declaration counts for any older commit.
 */
export function historyJudge(): (entry: LogEntry, attributions: readonly Attribution[]) => HistoryCommit {
  const later = new Declarations();
  return (entry, attributions) => {
    const spoken = readCommit(entry);
    const declared = later.of(spoken);
    later.add(spoken);
    const found = disagreementsOf(entry, spoken, declared, attributions);
    const provenance = judgeCommit(spoken, [], evidence(declared, attributions, found));
    return { entry, provenance, attributions, disagreements: found, shares: sharesOf(entry, provenance, attributions) };
  };
}

function sharesOf(
  { lines }: LogEntry,
  provenance: CommitProvenance,
  attributions: readonly Attribution[],
): readonly LineShare[] {
  if (lines === null || lines.added === 0) return none;
  if (attributions.length > 0) return lineShares(lines.added, declaredWriter(provenance, []), attributions);
  const { verdict, agent, model } = provenance;
  return [{ verdict, agent, model, lines: lines.added }];
}

const none: readonly never[] = [];

function disagreementsOf(
  { sha, parents, lines }: LogEntry,
  spoken: SpokenCommit,
  declared: Remediation | null,
  attributions: readonly Attribution[],
): readonly Disagreement[] {
  if (attributions.length === 0) return none;
  const said = [{ sha, signals: [...spoken.signals, ...(declared?.signals ?? [])] }];
  // Git counts no lines of a merge, and which are its own is not known here.
  if (parents.length > 1) return disagreements(said, attributions, { ownLinesByMerge: new Map([[sha, new Map()]]) });
  return disagreements(said, attributions, {
    addedLinesByCommit: lines === null ? new Map() : new Map([[sha, lines.added]]),
  });
}

function evidence(
  declared: Remediation | null,
  attributions: readonly Attribution[],
  found: readonly Disagreement[],
): CommitEvidence {
  if (declared === null && attributions.length === 0) return nothingBeside;
  return {
    signals: [...(declared?.signals ?? []), ...attributionSignals(attributions, undefined)],
    remediations: declared?.remediations ?? [],
    sessions: sessionsOfAttributions(attributions),
    ruling: null,
    contradicted: found.some(isContradiction),
  };
}

/** Commits with an `AI-Declares`, until the commits they name have come. */
class Declarations {
  readonly #byStart = new Map<string, SpokenCommit[]>();

  add(commit: SpokenCommit): void {
    for (const { key, value } of commit.trailers) {
      if (key.toLowerCase() !== "ai-declares" || !isCommitId(value)) continue;
      const start = value.toLowerCase().slice(0, shortestId);
      const waiting = this.#byStart.get(start) ?? [];
      if (this.#byStart.size < mostWaiting && waiting.length < mostForOne)
        this.#byStart.set(start, [commit, ...waiting]);
    }
  }

  /** What was declared for the commit. */
  of(commit: SpokenCommit): Remediation | null {
    if (this.#byStart.size === 0) return null;
    const waiting = this.#byStart.get(commit.sha.slice(0, shortestId));
    return waiting === undefined ? null : (remediationsOf([commit, ...waiting]).get(commit.sha) ?? null);
  }
}

const shortestId = 12;
const mostWaiting = 10_000;
const mostForOne = 20;
