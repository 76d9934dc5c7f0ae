import * as z from "zod";
import type { Writer } from "./authorship.ts";

/**
 * Why something counts as AI under a policy. `verdict`: the policy lists what the evidence says of it. `silence`: nobody
 * declared it, and an area counts silence as AI. `claim`: a claim alone says that a person or a tool without AI wrote it,
 * or that AI only suggested it, and the area takes that for silence.
 */
export const aiReasons = ["verdict", "silence", "claim"] as const;
export type AiReason = (typeof aiReasons)[number];

/** Whether something counts as AI: why, or why not. `left-out`: the policy leaves its file out of provenance, whoever wrote it. */
export const AiAnswer = z.enum([...aiReasons, "no", "left-out"]);
export type AiAnswer = z.infer<typeof AiAnswer>;

/** What a report says beside the verdict: why something counts, or does not, against the list of verdicts that count. */
export const NotByVerdict = AiAnswer.exclude(["verdict", "no"]);
export type NotByVerdict = z.infer<typeof NotByVerdict>;

/** The one question that everything else asks: does this count as AI under this policy. Filled by the policy. */
export interface AiJudgement {
  /** Of a line of a file at head. */
  ofLine: (path: string, writer: Writer) => AiAnswer;
  /** Of a commit, by the files of the change that it touched. */
  ofCommit: (sha: string) => AiAnswer;
}

/** Whether the answer is yes. */
export function isAi(answer: AiAnswer): answer is AiReason {
  return answer !== "no" && answer !== "left-out";
}
