import { verdicts, type Verdict } from "../change/authorship.ts";
import type { Commit } from "../change/change.ts";
import { identitySignals } from "./identity-signals.ts";
import { eachOnce, readMessage } from "./message-signals.ts";
import type { CommitProvenance, Signal } from "./provenance.ts";
import { acceptanceOf } from "./vocabulary.ts";

/** The parts of a commit that say who wrote it. */
export type CommitWords = Pick<Commit, "sha" | "author" | "committer" | "message">;

/**
 * Who or what wrote one commit: the strongest verdict that any signal gives, its own or one of `others` (those of the
 * whole change, of notes, of an attestation). No signal lowers: a declaration that no tool was used makes a commit
 * `human` only where nothing stronger speaks, and is a `conflict` beside an agent's mark.
 */
export function commitProvenance(commit: CommitWords, others: readonly Signal[]): CommitProvenance {
  const { sha, message } = commit;
  const { reading, signals: said } = readMessage(message, sha);
  const signals = eachOnce([...identitySignals(commit, sha), ...said]);
  const all = [...signals, ...others];
  const trailers = reading.trailers.map(({ key, value }) => ({ key, value }));
  const verdict = strongestVerdict(all);
  return {
    sha,
    verdict,
    acceptance: acceptanceOf(trailers),
    ...writerNames(verdict, all),
    conflict: isConflict(all),
    trailers,
    signals,
    remediations: [],
    sessions: [],
    ruling: null,
  };
}

/** The first of `verdicts` that a signal gives; `undeclared` when none does. */
export function strongestVerdict(signals: readonly Signal[]): Verdict {
  return verdicts.find((verdict) => signals.some((signal) => signal.verdict === verdict)) ?? "undeclared";
}

/** True when somebody says that no tool was used and a tool's mark says otherwise. */
export function isConflict(signals: readonly Signal[]): boolean {
  const denies = signals.some(({ kind, verdict }) => kind === "declaration" && !isAgentMark(verdict));
  return denies && signals.some(({ verdict }) => isAgentMark(verdict));
}

/** The agent and model that the best evidence for the verdict names: attested before claimed, identity before words. */
export function writerNames(
  verdict: Verdict,
  signals: readonly Signal[],
): { agent: string | null; model: string | null } {
  const isAi = verdict === "agent-authored" || verdict === "agent-assisted";
  const speaksOf: readonly Verdict[] = isAi ? ["agent-authored", "agent-assisted"] : [verdict];
  const ranked = signals.filter((signal) => speaksOf.includes(signal.verdict)).toSorted((a, b) => rank(a) - rank(b));
  const agent = ranked.find((signal) => signal.agent !== null)?.agent ?? null;
  const sameAgent = ranked.find((signal) => signal.model !== null && signal.agent === agent);
  return { agent, model: (sameAgent ?? ranked.find((signal) => signal.model !== null))?.model ?? null };
}

function isAgentMark(verdict: Verdict): boolean {
  return verdict === "agent-authored" || verdict === "agent-assisted" || verdict === "suggestion";
}

const strengths: readonly Signal["strength"][] = ["attested", "platform", "claim"];
const classes: readonly Signal["class"][] = ["identity", "trailer", "embedded"];

/** Lower is better: by verdict, then strength, then class; a signal of the commit itself before one of the change. */
function rank({ verdict, strength, class: kind, place }: Signal): number {
  const ofChange = place.commit === null ? 1 : 0;
  return verdicts.indexOf(verdict) * 1_000 + ofChange * 100 + strengths.indexOf(strength) * 10 + classes.indexOf(kind);
}
