import type { z } from "zod";
import type { Fact } from "./answer-events.ts";
import type { AreaApproval } from "../ownership/approval.ts";
import type { Reason } from "./decision.ts";
import type { Scope } from "./judged.ts";
import type { Compare } from "./direction.ts";
import type { FoundProblem } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";

/**
 * What came of a requirement. `warned`: not met, and the policy says that this is only worth a warning. `waiting`: a
 * person must act. `undecided`: the evidence to decide is missing, and the policy has no word on that.
 */
export interface Outcome {
  state: "satisfied" | "warned" | "unsatisfied" | "waiting" | "undecided";
  reason: Reason;
  /** Of a requirement that asks for approvals: what became of each area's. */
  approvals?: readonly AreaApproval[];
}

/**
 * One key of `require`: the evidence that a rule asks for. Its file is named after the key and holds all there is to
 * know about it. Missing evidence never satisfies a requirement.
 */
export interface Requirement<Written, Asked> {
  readonly schema: z.ZodType<Written>;
  /** What its outcome depends on; `answer-events.ts` says after which events that may be another. */
  readonly facts: readonly Fact[];
  readonly resolve: (written: Written) => Asked;
  /** Whether another question is met by more or by less. */
  readonly compare: Compare<Asked>;
  /**
   * Whether a rule of more files, or of more that counts as AI, may meet it where one of less does not: it asks for a share,
   * say. Left out: never.
   */
  readonly mayEase?: (asked: Asked) => boolean;
  /** Whether it asks nothing of files that do not count as AI. Left out: it asks of every file. */
  readonly asksOnlyOfAi?: (asked: Asked) => boolean;
  /** What is wrong with a value that its schema accepts; as in `Condition`. */
  readonly problems?: (at: YamlNode) => readonly FoundProblem[];
  readonly check: (asked: Asked, scope: Scope) => Outcome;
}
