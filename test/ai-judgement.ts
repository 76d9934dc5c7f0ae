import type { AiAnswer, AiJudgement } from "../core/change/ai-judgement.ts";
import type { Verdict } from "../core/change/authorship.ts";

/** A policy without areas: what counts is in the list, and nothing else does. */
export function countingAsAi(
  list: readonly Verdict[] = ["agent-authored", "agent-assisted"],
  ofCommit: (sha: string) => AiAnswer = () => "no",
): AiJudgement {
  return { ofLine: (_path, { verdict }) => (list.includes(verdict) ? "verdict" : "no"), ofCommit };
}
