import type { Change } from "../change/change.ts";
import type { ReviewedTree, TreeFile } from "../change/tree-file.ts";
import type { Evidence } from "../evidence.ts";
import type { Approvals } from "./approval.ts";
import type { MergeGroupMember } from "./merge-group.ts";
import type { People } from "./people.ts";
import type { CommitSignature, PullRequestReview } from "./review.ts";

/** What the approval machine is shown: plain data, all of it from the facts. */
export interface OwnershipFacts {
  change: Pick<Change, "event" | "repository" | "head" | "commits" | "incomplete"> & { files: readonly TreeFile[] };
  /** The commits of the change that touched a file, by its path at head. */
  commitsOfFile: ReadonlyMap<string, readonly string[]>;
  pullRequest: Evidence<{ author: string; authorType: string; agentRequesters: readonly string[]; draft: boolean }>;
  reviews: Evidence<readonly PullRequestReview[]>;
  reviewedTrees: readonly ReviewedTree[];
  /** What only a commit says of itself excludes people and opens nothing to others; a verified signature does. */
  signatures: Evidence<readonly CommitSignature[]>;
  people: Evidence<People>;
  codeowners: Evidence<{ path: string; text: string }>;
  mergeGroup: Evidence<readonly MergeGroupMember[]>;
}

/** The approval machine, over the facts of one change. */
export function approvalsOf(_facts: OwnershipFacts): Approvals {
  return {
    of: ({ area, count }) => ({
      area,
      state: "waiting",
      says: `reviews of ${area} were not read`,
      fix: null,
      have: 0,
      need: count,
      by: [],
      stale: [],
      changesRequestedBy: [],
      unsatisfiable: null,
      candidates: { users: [], teams: [] },
      groups: [],
      considered: [],
    }),
    isAmong: () => "unknown",
    sameContentAt: (_commit: string, _belongs: (file: TreeFile) => boolean) => "unknown",
    accountsOf: () => null,
    smallestSet: () => [],
  };
}
