import type { Change } from "../change/change.ts";
import { linkedFiles } from "../change/linked-files.ts";
import type { ReviewedTree, TreeFile } from "../change/tree-file.ts";
import { mapEvidence, type Evidence } from "../evidence.ts";
import type { ApprovalRequest, Approvals, AreaApproval } from "./approval.ts";
import { areaApproval } from "./area-approval.ts";
import { judgeArea, type Viewpoint } from "./area-state.ts";
import { commitAccounts } from "./commit-accounts.ts";
import { membershipOf } from "./membership.ts";
import { mergeGroupApproval } from "./merge-group-approval.ts";
import type { MergeGroupMember } from "./merge-group.ts";
import { commitsOfMember } from "./merge-group-commits.ts";
import { refsOf } from "./owner-refs.ts";
import { codeOwners, type CodeOwners } from "./owners-of-files.ts";
import { indexPeople, type PeopleIndex } from "./people-index.ts";
import type { People } from "./people.ts";
import type { CommitSignature, PullRequestReview } from "./review.ts";
import { changedSince, seenContent, type SeenContent } from "./seen-content.ts";
import { smallestReviewerSet } from "./smallest-reviewer-set.ts";

/** What the approval machine is shown: plain data, all of it from the facts. */
export interface OwnershipFacts {
  change: Pick<Change, "event" | "repository" | "head" | "commits" | "incomplete"> & { files: readonly TreeFile[] };
  /** The commits of the change that touched a file, by its path at head. */
  commitsOfFile: ReadonlyMap<string, readonly string[]>;
  pullRequest: Evidence<{ author: string; authorType: string; agentRequesters: readonly string[]; draft: boolean }>;
  reviews: Evidence<readonly PullRequestReview[]>;
  /** When the base branch was last changed to another one; null: never. */
  retargetedAt: string | null;
  reviewedTrees: readonly ReviewedTree[];
  /** What only a commit says of itself excludes people and opens nothing to others; a verified signature does. */
  signatures: Evidence<readonly CommitSignature[]>;
  people: Evidence<People>;
  codeowners: Evidence<{ path: string; text: string }>;
  mergeGroup: Evidence<readonly MergeGroupMember[]>;
}

/** The approval machine, over the facts of one change. docs/approvals.md says what it does and why. */
export function approvalsOf(given: OwnershipFacts): Approvals {
  const facts = withLinkedFiles(given);
  const { change } = facts;
  const known = readKnown(facts);
  return {
    of: (request) => {
      const [unread] = change.incomplete;
      if (unread !== undefined) return notWhole(request, unread);
      if (change.event !== "merge_group") return areaApproval(request, judgeArea(request, viewpointOf(facts, known)));
      return mergeGroupApproval(request, known.content.files, facts.mergeGroup, (member) =>
        areaApproval(request, judgeArea(request, memberViewpoint(member, facts, known))),
      );
    },
    isAmong: (login, owners) => membershipOf(login, refsOf(owners), known.people).state,
    sameContentAt: (look, belongs) => {
      const changed = changedSince(look, belongs, known.content);
      return changed === "unknown" ? "unknown" : changed === null ? "yes" : "no";
    },
    accountsOf: (commit) => {
      const accounts = known.accountsOf(commit);
      return accounts === null || accounts.unread ? null : accounts.logins;
    },
    smallestSet: (open) => smallestReviewerSet(open, facts.people.state === "present" ? facts.people.value.load : []),
  };
}

/** What links of one tree lead to belongs to where they stand, in that tree: a link that was approved says nothing of it. */
function withLinkedFiles(facts: OwnershipFacts): OwnershipFacts {
  const linked = <Tree extends { files: readonly TreeFile[] }>(tree: Tree): Tree => ({
    ...tree,
    files: linkedFiles(tree.files),
  });
  return {
    ...facts,
    change: linked(facts.change),
    reviewedTrees: facts.reviewedTrees.map(linked),
    mergeGroup: mapEvidence(facts.mergeGroup, (members) => members.map(linked)),
  };
}

/** What does not depend on the area. */
interface Known {
  content: SeenContent;
  people: PeopleIndex;
  owners: CodeOwners;
  accountsOf: Viewpoint["writing"]["accountsOf"];
}

function readKnown(facts: OwnershipFacts): Known {
  const { change, reviewedTrees, retargetedAt, people, codeowners, signatures } = facts;
  const index = indexPeople(people, change.repository?.owner ?? null);
  const signed = signatures.state === "present" ? signatures.value : [];
  const verified = new Set(signed.filter((one) => one.verified).map(({ commit }) => commit));
  const host = change.repository?.host ?? null;
  const accounts = new Map(
    change.commits.map((commit) => [commit.sha, commitAccounts(commit, index, host, verified.has(commit.sha))]),
  );
  return {
    content: seenContent(change.head.sha, change.files, reviewedTrees, retargetedAt),
    people: index,
    owners: codeOwners(codeowners),
    accountsOf: (commit) => accounts.get(commit) ?? null,
  };
}

function viewpointOf({ pullRequest, commitsOfFile, reviews }: OwnershipFacts, known: Known): Viewpoint {
  const { content, people, owners, accountsOf } = known;
  const commitsOf = (path: string) => commitsOfFile.get(path) ?? null;
  return { writing: { pullRequest, commitsOf, accountsOf }, reviews, content, people, owners };
}

/** A pull request of a merge group, at its own head; who wrote it is read from the group's commits. */
function memberViewpoint(member: MergeGroupMember, facts: OwnershipFacts, known: Known): Viewpoint {
  const { people, owners, accountsOf } = known;
  const own = commitsOfMember(member.head, facts.change.commits);
  const commitsOf = (path: string) => {
    const commits = facts.commitsOfFile.get(path) ?? null;
    return own === null || commits === null ? commits : commits.filter((sha) => own.has(sha));
  };
  return {
    writing: { pullRequest: { state: "present", value: member }, commitsOf, accountsOf },
    reviews: { state: "present", value: member.reviews },
    content: seenContent(member.head, member.files, facts.reviewedTrees, member.retargetedAt ?? null),
    ...{ people, owners },
  };
}

/** Nothing is said of part of a change. */
function notWhole({ area, count }: ApprovalRequest, unread: string): AreaApproval {
  const says = `${area} could not be judged: ${unread}`;
  return {
    ...{ area, state: "error", says, fix: "Read the change again.", have: 0, need: count, unsatisfiable: null },
    ...{ by: [], stale: [], changesRequestedBy: [], candidates: { users: [], teams: [] }, groups: [], considered: [] },
  };
}
