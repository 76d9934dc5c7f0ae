import * as z from "zod";
import type { TreeFile } from "../change/tree-file.ts";

/** Whose approval an area needs, and what became of it. Terms are those of docs/approvals.md. */

/** People by login and teams as `org/team`. E-mail owners of CODEOWNERS stand among the users as written, and are resolved by `People.accounts`. */
export interface Owners {
  users: readonly string[];
  teams: readonly string[];
}

/** Whose approval a rule may refuse to count. */
export const exclusions = ["author", "committers", "agent_requester"] as const;
/** One of them, as facts and reports hold it. */
export const Exclusion = z.enum(exclusions);
export type Exclusion = z.infer<typeof Exclusion>;

/** What makes an approval stale. */
export const staleWhen = ["push", "owned_diff_changes", "never"] as const;
/** One of them, as facts and reports hold it. */
export const StaleWhen = z.enum(staleWhen);
export type StaleWhen = z.infer<typeof StaleWhen>;

/** What a rule asks of one area. */
export interface ApprovalRequest {
  /** The area's name for people. */
  area: string;
  /**
   * Whether a file belongs to what must be approved: the area as the policy of now draws it. No other condition of a rule
   * narrows it: what an approver saw then is compared with what is there now, and who wrote it is not known of then.
   */
  belongs: (file: TreeFile) => boolean;
  /**
   * Who may approve. `codeowners`: each file by the owners that CODEOWNERS gives it, so that files of different owners need
   * each of them. `anyone`: whoever can push and is not excluded. A list: one owner of any of these, for all files at once.
   */
  owners: Owners | "codeowners" | "anyone" | readonly (Owners | "codeowners")[];
  /** Who else may, in this order, when nobody above is eligible; null where nobody is named. */
  fallback: Owners | null;
  defaultOwners: Owners | null;
  /** Whether, when nobody above is eligible, whoever can push and is not excluded may. False unless given. */
  orAnyone?: boolean;
  /** How many different people, at least 1. */
  count: number;
  /** Who may not approve. The author never may, listed or not. */
  exclude: readonly Exclusion[];
  staleWhen: StaleWhen;
}

/** Why an approval counts or not. */
export const approvalReasons = [
  "counts",
  "superseded",
  "dismissed",
  "not-an-approval",
  "changes-requested",
  "not-a-person",
  "cannot-push",
  "push-right-not-read",
  "author",
  "author-not-read",
  "committer",
  "committers-not-read",
  "agent-requester",
  "not-an-owner",
  "team-not-read",
  "owner-not-read",
  "commit-unknown",
  "stale",
] as const;

/** One review that was considered for one area. */
export const ConsideredReview = z.strictObject({
  user: z.string(),
  review: z.string(),
  reason: z.enum(approvalReasons),
  /** The reason as a sentence for people; untrusted parts are inert. */
  says: z.string(),
  /** For a stale one: the files that are not what they were, inert. */
  files: z.array(z.string()),
});
export type ConsideredReview = z.infer<typeof ConsideredReview>;

/** Where an area stands with its approvals. */
export const areaStates = [
  "n/a",
  "satisfied",
  "waived",
  "overridden",
  "waiting",
  "stale",
  "unsatisfiable",
  "blocked",
  "error",
] as const;
/** One of them, as reports hold it. */
export const AreaState = z.enum(areaStates);
export type AreaState = z.infer<typeof AreaState>;

/** The questions about people that a policy asks, answered from the facts of one change. Pure. */
export interface Approvals {
  /** What became of the approval that an area needs. */
  of: (request: ApprovalRequest) => AreaApproval;
  /** Whether a login is one of these people, by name or as a member of a team; `unknown` where a team was not read. */
  isAmong: (login: string, owners: Owners) => "yes" | "no" | "unknown";
  /**
   * Whether what stands at the head now, of the files that belong, is what somebody saw who looked at a commit at some
   * instant; `unknown` when that was not read.
   */
  sameContentAt: (
    look: { commit: string; at: string },
    belongs: (file: TreeFile) => boolean,
  ) => "yes" | "no" | "unknown";
  /** The accounts behind a commit of the change: author, committer and co-authors, lower case, sorted; null when not read. */
  accountsOf: (commit: string) => readonly string[] | null;
  /**
   * The smallest set of people whose approvals would settle these areas, those with least to do first; each with the areas
   * they would approve. Empty when nobody is known to be able to.
   */
  smallestSet: (open: readonly AreaApproval[]) => { user: string; areas: string[] }[];
}

/** The owners that some of an area's files have in common: each such group needs its own approvals. */
export const OwnerGroup = z.strictObject({
  /** As written, sorted; none where whoever can push may approve. */
  owners: z.array(z.string()),
  have: z.int().nonnegative(),
  need: z.int().positive(),
  /** Who can approve it now and has not, sorted. */
  candidates: z.array(z.string()),
});
export type OwnerGroup = z.infer<typeof OwnerGroup>;

/** What became of one area's approval. */
export const AreaApproval = z.strictObject({
  area: z.string(),
  state: AreaState,
  /** One sentence. Untrusted parts are inert. */
  says: z.string(),
  /** What to do, when somebody can do something. */
  fix: z.string().nullable(),
  /** How many approvals count, and how many are asked for: of different people within each owner group, summed over the groups. */
  have: z.int().nonnegative(),
  need: z.int().positive(),
  /** Who approved, who is stale, who asks for changes: logins, sorted. */
  by: z.array(z.string()),
  stale: z.array(z.string()),
  changesRequestedBy: z.array(z.string()),
  /**
   * For `unsatisfiable`: whether nobody is eligible (a person can unblock: needs-approval) or the configuration is broken
   * (undecided). Null in every other state.
   */
  unsatisfiable: z.enum(["no-eligible-owner", "configuration"]).nullable(),
  /** Who can approve it now, sorted; people of teams that were read, and the teams that were not. */
  candidates: z.strictObject({ users: z.array(z.string()), teams: z.array(z.string()) }),
  /** The same by owner group, where files of the area have different owners. */
  groups: z.array(OwnerGroup).default([]),
  /** Every review that was looked at, with why it counts or not, in the order of submission. */
  considered: z.array(ConsideredReview),
});
export type AreaApproval = z.infer<typeof AreaApproval>;
