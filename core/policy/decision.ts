import { z } from "zod";

/** What may happen to the change; later in the list weighs more when rules disagree. */
export const decisionStates = ["pass", "warn", "needs-approval", "block", "undecided"] as const;
export const DecisionState = z.enum(decisionStates);
export type DecisionState = z.infer<typeof DecisionState>;

export const modes = ["observe", "warn", "enforce"] as const;
export const Mode = z.enum(modes);
export type Mode = z.infer<typeof Mode>;

/** One step of the explanation: what was asked, whether it held, and why. */
export interface Reason {
  /** A sentence for people. Untrusted parts are inert already. */
  says: string;
  state: "yes" | "no" | "unknown";
  /** What to do, when something can be done. */
  fix: string | null;
  reasons: Reason[];
}
export const Reason: z.ZodType<Reason> = z.strictObject({
  says: z.string(),
  state: z.enum(["yes", "no", "unknown"]),
  fix: z.string().nullable(),
  get reasons() {
    return z.array(Reason);
  },
});

/** What one policy rule came to. */
export const RuleResult = z.strictObject({
  id: z.string(),
  title: z.string(),
  mode: Mode,
  state: z.enum(["not-applicable", "satisfied", "warned", "unsatisfied", "waiting", "undecided"]),
  /** What it contributes to the decision in its mode. */
  decision: DecisionState,
  /** What it would contribute under `enforce`. */
  enforced: DecisionState,
  /** The files for which its conditions hold, sorted. */
  files: z.array(z.string()),
  reasons: z.array(Reason),
});
export type RuleResult = z.infer<typeof RuleResult>;

export const Decision = z.strictObject({
  state: DecisionState,
  /** What the same facts would come to if every rule were enforced. */
  enforced: DecisionState,
  /** Why, in one or a few sentences, most important first. */
  summary: z.array(z.string()),
  rules: z.array(RuleResult),
  /** What to do next, most important first; empty when nothing needs doing. */
  nextSteps: z.array(z.string()),
  policy: z.strictObject({
    /** `repository`: the file at the base; `local`: named on the command line; `default`: none was found, `observe` applies. */
    source: z.enum(["repository", "local", "default"]),
    path: z.string().nullable(),
    commit: z.string().nullable(),
    mode: Mode,
    /** sha256 of the resolved policy. */
    digest: z.string(),
  }),
  /** sha256 of the facts without `asOf`. */
  factsDigest: z.string(),
  /** sha256 of engine, policy and facts: the evaluation id. */
  evaluationId: z.string(),
});
export type Decision = z.infer<typeof Decision>;
