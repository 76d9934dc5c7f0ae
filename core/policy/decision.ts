import * as z from "zod";
import { AreaApproval } from "../ownership/approval.ts";

/** What may happen to the change; later in the list weighs more when rules disagree. */
export const decisionStates = ["pass", "warn", "needs-approval", "block", "undecided"] as const;
/** One of them, as reports hold it. */
export const DecisionState = z.enum(decisionStates);
export type DecisionState = z.infer<typeof DecisionState>;

/** How much a rule that is not met weighs, the mildest first. */
export const modes = ["observe", "warn", "enforce"] as const;
/** One of them, as reports hold it. */
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
  /** `owner/name` of the floor that asks for it; null for the repository's own policy. */
  floor: z.string().nullable().default(null),
  /**
   * `waiting`, `stale`, `blocked` and `unsatisfiable` speak of approvals (docs/approvals.md); `waived` and `overridden`
   * pass for the time being, and are counted apart.
   */
  state: z.enum([
    ...(["not-applicable", "satisfied", "warned", "unsatisfied", "undecided"] as const),
    ...(["waiting", "stale", "blocked", "unsatisfiable", "waived", "overridden"] as const),
  ]),
  /** What it contributes to the decision in its mode. */
  decision: DecisionState,
  /** What it would contribute under `enforce`. */
  enforced: DecisionState,
  /** The files for which its conditions hold, sorted. */
  files: z.array(z.string()),
  reasons: z.array(Reason),
  /** Of a rule that asks for approvals: what became of each area's, sorted by area. */
  approvals: z.array(AreaApproval).default([]),
  /** The ids of the waivers that exempt something from this rule. */
  waivers: z.array(z.string()).default([]),
});
export type RuleResult = z.infer<typeof RuleResult>;

/** A written exception, as far as it bears on this change. */
export const WaiverUse = z.strictObject({
  id: z.string(),
  /** `owner/name` of the floor that it stands in; null for the repository's own policy. Two may have one id. */
  floor: z.string().nullable().default(null),
  /** The policy rule or the lint rule that it names. */
  rule: z.string().nullable(),
  finding: z.string().nullable(),
  owner: z.string(),
  reason: z.string(),
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  expires: z.string(),
  /** From 14 days before the end `ending`; afterwards `expired`, and it exempts nothing. */
  state: z.enum(["active", "ending", "expired"]),
  /** The files, or findings' places, that it exempts here; inert. */
  exempts: z.array(z.string()),
});
export type WaiverUse = z.infer<typeof WaiverUse>;

/** A use of break-glass that is in force. */
export const OverrideUse = z.strictObject({
  by: z.string(),
  reason: z.string(),
  /** ISO 8601, UTC: when it ends. */
  until: z.string(),
});
export type OverrideUse = z.infer<typeof OverrideUse>;

/** What may happen to the change, with everything that led there. */
export const Decision = z.strictObject({
  state: DecisionState,
  /** What the same facts would come to if every rule were enforced. */
  enforced: DecisionState,
  /** Why, in one or a few sentences, most important first. */
  summary: z.array(z.string()),
  rules: z.array(RuleResult),
  /** What to do next, most important first; empty when nothing needs doing. */
  nextSteps: z.array(z.string()),
  /** Exceptions that bear on the change, those that have ended too. */
  waivers: z.array(WaiverUse).default([]),
  /** Null unless somebody with the right to do so merges without what the policy asks for. */
  override: OverrideUse.nullable().default(null),
  /** The smallest set of people whose approval would settle every open area, when anyone can. */
  reviewers: z.array(z.strictObject({ user: z.string(), areas: z.array(z.string()) })).default([]),
  /**
   * The dated parts that were in force, sorted: `waiver <id>`, `enforce_after <rule>`, `override <id>`, those of a floor
   * with its name in front. All of the clock that the evaluation id covers.
   */
  inForce: z.array(z.string()).default([]),
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
  /** What decided: another version may decide the same facts otherwise. */
  engine: z.strictObject({ name: z.literal("countersign"), version: z.string() }),
  /** sha256 of engine, policy and facts: the evaluation id. */
  evaluationId: z.string(),
});
export type Decision = z.infer<typeof Decision>;
