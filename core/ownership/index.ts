export {
  AreaApproval,
  areaStates,
  Exclusion,
  exclusions,
  StaleWhen,
  staleWhen,
  type ApprovalRequest,
  type Approvals,
  type AreaState,
  type Owners,
} from "./approval.ts";
export { MergeGroupMember } from "./merge-group.ts";
export { People } from "./people.ts";
export { Check, CommitSignature, Override, PullRequestReview, reviewStates, VerifiedStatement } from "./review.ts";
export { approvalsOf, type OwnershipFacts } from "./approvals.ts";
export {
  factsAt,
  recordEvent,
  snapshotOf,
  type EventLog,
  type Happened,
  type PlatformEvent,
  type Snapshot,
} from "./events.ts";
export {
  codeownersLimitBytes,
  codeownersPlaces,
  couldDecide,
  diagnoseCodeowners,
  diagnoseNotAFile,
  matchOwners,
  ownersBroader,
  ownerText,
  parseCodeowners,
  problemsThatCouldDecide,
  type CodeownersFile,
  type CodeownersLine,
  type CodeownersOwner,
  type CodeownersProblem,
  type CodeownersSurroundings,
  type Diagnosis,
  type OwnersMatch,
} from "./codeowners/index.ts";
export { differingFiles, fingerprint } from "./fingerprint.ts";
export { addressesOf } from "./commit-accounts.ts";
export { commitSigners } from "./commit-signers.ts";
export { commitsOfMember } from "./merge-group-commits.ts";
export { coAuthorEmails } from "./co-authors.ts";
export { actionFiles, gateWorkflows, runsGate, usedPaths } from "./gate-workflow.ts";
export { codeownersNotAFile, codeownersTooLarge } from "./codeowners-reasons.ts";
export { teamsOwning, usersOwning } from "./owners-of-files.ts";
export { tooFewCouldApprove, type PossibleWorld, type TooFew } from "./could-approve.ts";
