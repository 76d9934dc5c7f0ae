import { acceptances, isByAgent, type Acceptance } from "../change/authorship.ts";
import type { Evidence } from "../evidence.ts";
import type { Attribution } from "./attribution/attribution.ts";
import { attributionSignals } from "./attribution/attribution-signals.ts";
import { changeSignals, type ChangeMarks } from "./signals/change-signals.ts";
import {
  judgeCommit,
  readCommit,
  type CommitEvidence,
  type CommitWords,
  type SpokenCommit,
} from "./commit-provenance.ts";
import { disagreements, isContradiction, type KnownLines } from "./attribution/disagreements.ts";
import { earlierSignals, type EarlierSignals } from "./earlier.ts";
import { knownBots, type PlatformWord } from "./known-bot.ts";
import { eachOnce } from "./signals/message-signals.ts";
import type { CommitProvenance, Disagreement, EarlierVerdict, JudgedChange, Ruling, Signal } from "./provenance.ts";
import { blockSignals, noteSignals, type RecordSignals } from "./record/record-signals.ts";
import { remediationsOf } from "./trailers/remediation.ts";
import { rulingsByCommit } from "./rulings.ts";
import { sessionsOfAttributions } from "./signals/sessions.ts";

/** What the verdict on a whole change is made from. What is left out was not read. */
export interface ProvenanceInput extends ChangeMarks, KnownLines, Omit<PlatformWord, "pullRequest"> {
  /** Parents before children. */
  commits: readonly (CommitWords & { authoredAt?: string })[];
  /** Tools' records of commits; those of other commits are left alone. */
  attributions?: Evidence<readonly Attribution[]>;
  /** What earlier readings of the same change showed. */
  earlier?: Evidence<readonly EarlierVerdict[]>;
  /** What notes with records of changes say of its commits. */
  records?: Evidence<readonly EarlierVerdict[]>;
  /** Recorded decisions of people, each bound to a commit. */
  rulings?: Evidence<readonly Ruling[]>;
  /** The lines at head that each commit brought, by which earlier readings know a commit again. */
  linesByCommit?: ReadonlyMap<string | null, number>;
}

/** Who or what wrote the change, commit by commit. Lines are counted once it is known who wrote each one. */
export function changeProvenance(input: ProvenanceInput): JudgedChange {
  const backed = knownBots(input);
  const spoken = input.commits.map((commit) => backed(readCommit(commit)));
  const beside = evidenceBeside(input, spoken);
  const signals = beside.ofChange;
  const commits = spoken.map((commit) => judgeCommit(commit, signals, beside.ofCommit(commit.sha)));
  return { commits, signals, disagreements: beside.disagreements, acceptance: acceptanceOfChange(commits) };
}

interface EvidenceBeside {
  /** What speaks of the change as a whole, from wherever. */
  ofChange: Signal[];
  ofCommit: (sha: string) => CommitEvidence;
  disagreements: Disagreement[];
}

/** Everything that speaks of commits and does not stand in them. */
function evidenceBeside(input: ProvenanceInput, spoken: readonly SpokenCommit[]): EvidenceBeside {
  const attributions = valueOf(input.attributions);
  const records = Map.groupBy(attributions, ({ commit }) => commit);
  const recorded = recordSignals(input, new Set(spoken.map(({ sha }) => sha)));
  const declared = remediationsOf(spoken);
  const rulings = rulingsByCommit(valueOf(input.rulings));
  const declaredFor = spoken.map(({ sha, signals }) => ({
    sha,
    signals: [...signals, ...(declared.get(sha)?.signals ?? [])],
  }));
  const found = disagreements(declaredFor, attributions, input);
  const contradicted = new Set(found.filter(isContradiction).map(({ commit }) => commit));
  const nowOf = (sha: string) => [
    ...(declared.get(sha)?.signals ?? []),
    ...attributionSignals(records.get(sha) ?? [], input.addedByCommit?.get(sha)),
    ...recorded.flatMap(({ byCommit }) => byCommit.get(sha) ?? []),
  ];
  const ofChange = [...changeSignals(input), ...recorded.flatMap((each) => each.ofChange)];
  const earlier = earlierOf(input, (sha, own) => [...own, ...nowOf(sha), ...ofChange], spoken);
  return {
    ofChange: eachOnce([...ofChange, ...earlier.ofChange]),
    disagreements: found,
    ofCommit: (sha) => ({
      signals: [...nowOf(sha), ...(earlier.byCommit.get(sha) ?? [])],
      remediations: declared.get(sha)?.remediations ?? [],
      sessions: sessionsOfAttributions(records.get(sha) ?? []),
      ruling: rulings.get(sha) ?? null,
      contradicted: contradicted.has(sha),
    }),
  };
}

/** What earlier readings showed, beside what each commit shows now. */
function earlierOf(
  input: ProvenanceInput,
  nowOf: (sha: string, own: readonly Signal[]) => Signal[],
  spoken: readonly SpokenCommit[],
): EarlierSignals {
  const earlier = valueOf(input.earlier);
  if (earlier.length === 0) return { byCommit: new Map(), ofChange: [] };
  const shown = spoken.map(({ sha, signals }, index) => ({
    sha,
    signals: nowOf(sha, signals),
    authoredAt: input.commits[index]?.authoredAt,
    addedLines: input.linesByCommit?.get(sha) ?? 0,
  }));
  return earlierSignals(earlier, shown);
}

/** Records of the change: the blocks of the pull request's body, and notes. */
function recordSignals({ pullRequest, records }: ProvenanceInput, commits: ReadonlySet<string>): RecordSignals[] {
  const body = pullRequest.state === "present" ? pullRequest.value.body : "";
  return [blockSignals(body, commits), noteSignals(valueOf(records), commits)];
}

function valueOf<T>(evidence: Evidence<readonly T[]> | undefined): readonly T[] {
  return evidence?.state === "present" ? evidence.value : [];
}

/**
 * The strictest acceptance among commits that tools wrote or helped to write. One that says nothing weighs as taken
 * as it came; when none says anything, nothing is made up: `unstated`.
 */
export function acceptanceOfChange(commits: readonly CommitProvenance[]): Acceptance {
  const stated = commits.filter(({ verdict }) => isByAgent(verdict)).map(({ acceptance }) => acceptance);
  if (stated.every((acceptance) => acceptance === "unstated")) return "unstated";
  const weighed = stated.map((acceptance): Acceptance => (acceptance === "unstated" ? "as-is" : acceptance));
  return acceptances.find((acceptance) => weighed.includes(acceptance)) ?? "unstated";
}
