import { isByAgent, isByTool, verdicts, type Verdict } from "../change/authorship.ts";
import type { Commit } from "../change/change.ts";
import { identitySignals } from "./signals/identity-signals.ts";
import { eachOnce, readMessage } from "./signals/message-signals.ts";
import { strengths, type CommitProvenance, type Ruling, type Signal } from "./provenance.ts";
import { eachSession, sessionsOfMessage } from "./signals/sessions.ts";
import { acceptanceOf } from "./trailers/vocabulary.ts";

/** The parts of a commit that say who wrote it. */
export type CommitWords = Pick<Commit, "sha" | "author" | "committer" | "message">;

/** What a commit says itself, before anything else is asked. */
export type SpokenCommit = Pick<CommitProvenance, "sha" | "trailers" | "signals" | "sessions">;

/** What stands beside a commit and speaks of it: records, earlier readings, later commits, a person's decision. */
export interface CommitEvidence {
  /** They raise this commit alone, and are listed with its own. */
  signals: readonly Signal[];
  remediations: CommitProvenance["remediations"];
  sessions: readonly string[];
  ruling: Ruling | null;
  /** A record and the commit's own words exclude each other. */
  contradicted: boolean;
}

/**
 * Who or what wrote one commit: the strongest verdict that any signal gives, its own, one of `beside`, or one of `others`
 * (those of the whole change). No signal lowers: a declaration that no tool was used makes a commit `human` only where
 * nothing stronger speaks, and is a `conflict` beside an agent's mark. Only a ruling lowers; it also settles the conflict.
 */
export function commitProvenance(
  commit: CommitWords,
  others: readonly Signal[],
  beside: CommitEvidence = nothingBeside,
): CommitProvenance {
  return judgeCommit(readCommit(commit), others, beside);
}

export const nothingBeside: CommitEvidence = {
  signals: [],
  remediations: [],
  sessions: [],
  ruling: null,
  contradicted: false,
};

/** The commit's own words, read once. */
export function readCommit(commit: CommitWords): SpokenCommit {
  const read = readMessage(commit.message, commit.sha);
  const identities = identitySignals(commit, commit.sha);
  const signals = identities.length === 0 ? read.signals : eachOnce([...identities, ...read.signals]);
  const trailers = read.reading.trailers.map(({ key, value }) => ({ key, value }));
  return { sha: commit.sha, trailers, signals, sessions: sessionsOfMessage({ ...read, signals }) };
}

/** The verdict on a commit whose words were read. */
export function judgeCommit(
  spoken: SpokenCommit,
  others: readonly Signal[],
  { signals: besides, remediations, sessions, ruling, contradicted }: CommitEvidence,
): CommitProvenance {
  const signals = besides.length === 0 ? spoken.signals : eachOnce([...spoken.signals, ...besides]);
  const all = others.length === 0 ? signals : [...signals, ...others];
  const verdict = ruling?.verdict ?? strongestVerdict(all);
  const declared = remediations.flatMap(({ trailers }) => trailers);
  return {
    sha: spoken.sha,
    verdict,
    acceptance: acceptanceOf(declared.length === 0 ? spoken.trailers : [...spoken.trailers, ...declared]),
    ...writerNames(verdict, all),
    conflict: ruling === null && (contradicted || isConflict(all)),
    trailers: spoken.trailers,
    signals,
    remediations,
    sessions: sessions.length === 0 ? spoken.sessions : eachSession([...spoken.sessions, ...sessions]),
    ruling,
  };
}

/** The first of `verdicts` that a signal gives; `undeclared` when none does. */
export function strongestVerdict(signals: readonly Signal[]): Verdict {
  return verdicts.find((verdict) => signals.some((signal) => signal.verdict === verdict)) ?? "undeclared";
}

/** True when somebody says that no tool was used and a tool's mark says otherwise. */
export function isConflict(signals: readonly Signal[]): boolean {
  return signals.some(denies) && signals.some((signal) => isByTool(signal.verdict) && !isOfGoneCommit(signal));
}

/** True for `AI-Assisted: no`, wherever it stands. */
export function denies(signal: Signal): boolean {
  if (signal.kind === "remediation") return signal.verdict === "human";
  return signal.kind === "declaration" && !isByTool(signal.verdict);
}

/** The agent and model that the best evidence for the verdict names: attested before claimed, identity before words. */
export function writerNames(
  verdict: Verdict,
  signals: readonly Signal[],
): { agent: string | null; model: string | null } {
  if (signals.length === 0) return { agent: null, model: null };
  const speaksOfIt = (given: Verdict) => given === verdict || (isByAgent(verdict) && isByAgent(given));
  const ranked = signals.filter((signal) => speaksOfIt(signal.verdict)).toSorted((a, b) => rank(a) - rank(b));
  const agent = ranked.find((signal) => signal.agent !== null)?.agent ?? null;
  const models = ranked.filter((signal) => signal.model !== null);
  // Another tool's model is not this one's; a mark without a tool may speak of any.
  const found = models.find((signal) => signal.agent === agent) ?? models.find((signal) => signal.agent === null);
  return { agent, model: found?.model ?? null };
}

/** A commit that is gone raises those that stay, and contradicts none of them: it may have been another one's. */
function isOfGoneCommit({ kind, place }: Signal): boolean {
  return kind === "earlier" && place.commit === null;
}

const classes: readonly Signal["class"][] = ["identity", "trailer", "embedded", "note"];

/** Lower is better: by verdict, then strength, then class; a signal of the commit itself before one of the change. */
function rank({ verdict, strength, class: kind, place }: Signal): number {
  const ofChange = place.commit === null ? 1 : 0;
  return verdicts.indexOf(verdict) * 1_000 + ofChange * 100 + strengths.indexOf(strength) * 10 + classes.indexOf(kind);
}
