import * as z from "zod";
import { Change, Sha } from "./change/change.ts";
import { LineMap } from "./change/line-map.ts";
import { CoverageReport } from "./coverage/report.ts";
import { absent, evidenceSchema } from "./evidence.ts";
import { FunctionSpan } from "./change/function-span.ts";
import { NotAnalysed, RawFinding } from "./findings/finding.ts";
import { Attribution } from "./provenance/attribution/attribution.ts";
import { ReviewedTree } from "./change/tree-file.ts";
import { MergeGroupMember } from "./ownership/merge-group.ts";
import { People } from "./ownership/people.ts";
import { Instant } from "./instant.ts";
import { Check, CommitSignature, Override, PullRequestReview, VerifiedStatement } from "./ownership/review.ts";
import { EarlierVerdict, Ruling } from "./provenance/provenance.ts";

/** The version of this shape. A reader refuses a version that it does not know. */
export const factsVersion = 1;

/** For facts that were written before this was part of them. */
const notRead = absent("the version that read these facts did not read them");

/** A file of the repository's own rules, read at the base. Secrets are redacted; the line structure is kept. */
export const PolicyFile = z.strictObject({
  path: z.string(),
  /** The commit it was read at, or null for a file named on the command line. */
  commit: z.string().nullable(),
  text: z.string(),
});

/** What the platform says about the pull request. Only through an event or the API; git knows none of it. */
export const PullRequest = z.strictObject({
  number: z.int().positive(),
  author: z.string(),
  /** GitHub's account type: `User`, `Bot`, `Organization`. */
  authorType: z.string(),
  association: z.string(),
  /** The pull request's title and body, redacted. */
  title: z.string(),
  body: z.string(),
  draft: z.boolean(),
  fork: z.boolean(),
  labels: z.array(z.string()),
  /** The people at whose request an agent opened it: they approve nothing of it. */
  agentRequesters: z.array(z.string()).default([]),
});
export type PullRequest = z.infer<typeof PullRequest>;

/** Another repository's policy that the base's policy extends, or that an organisation sets for it. Secrets are redacted. */
export const WrittenFloor = z.strictObject({
  /** `owner/name` on the same host. */
  repo: z.string(),
  path: z.string(),
  /** The commit it was read at. */
  ref: Sha,
  text: z.string(),
});
export type WrittenFloor = z.infer<typeof WrittenFloor>;

/**
 * Everything read from outside for one change: plain JSON, enough to decide again without the repository.
 * Holds no source text and no secret. `check --save-facts` writes it, `check --facts` replays it.
 */
export const Facts = z.strictObject({
  version: z.literal(factsVersion),
  /** The UTC instant of reading, ISO 8601. Not part of the digest. */
  asOf: z.string(),
  engine: z.strictObject({ name: z.literal("countersign"), version: z.string() }),
  change: Change,
  /** The head branch's name, when there is one. */
  branch: evidenceSchema(z.string()),
  pullRequest: evidenceSchema(PullRequest),
  policy: evidenceSchema(PolicyFile),
  /** The pull request's own policy file when the change edits it: shown, never obeyed. */
  proposedPolicy: evidenceSchema(PolicyFile),
  codeowners: evidenceSchema(PolicyFile),
  coverage: z.strictObject({
    /** Of the tested tree. */
    head: evidenceSchema(CoverageReport),
    /** Of the baseline tree. */
    base: evidenceSchema(CoverageReport),
  }),
  /** `tested` → `head` and `baseline` → `head`, where those trees are not the same as head and merge base. */
  lineMaps: z.array(LineMap),
  /** What the analyses saw on the blobs, and what other tools reported of the files of the change. */
  rawFindings: z.array(RawFinding),
  /** What was not analysed, and why: never silence. */
  notAnalysed: z.array(NotAnalysed),
  /** The functions at head that the change touched, of files that were parsed. */
  functions: z.array(FunctionSpan).default([]),
  /** What looked for patterns in the code: a digest of its rules and grammars. Null: nothing did. */
  lintEngine: z.string().nullable().default(null),
  /** The tools' own records of who wrote which lines, for commits of the change. */
  attributions: evidenceSchema(z.array(Attribution)).default(notRead),
  /** What earlier readings of the same change showed. */
  earlier: evidenceSchema(z.array(EarlierVerdict)).default(notRead),
  /** What records of changes, which stand as notes beside commits of this one, say of them. */
  records: evidenceSchema(z.array(EarlierVerdict)).default(notRead),
  /** Which records of this change were not read, and why; left out when there are none. */
  unreadRecords: z.array(z.string()).optional(),
  /** Recorded decisions of people about the verdicts of commits. */
  rulings: evidenceSchema(z.array(Ruling)).default(notRead),
  /** Reserved for the records of coding-agent runs. */
  agentRuns: evidenceSchema(z.array(z.unknown())),
  /** The reviews of the pull request, in any order. */
  reviews: evidenceSchema(z.array(PullRequestReview)),
  /** When the base branch was last changed to another one, ISO 8601 in UTC; null: never. What was approved before was another change. */
  retargetedAt: Instant.nullable().default(null),
  /** The change as it was at commits that somebody reviewed or gave an override for. A commit that is gone is not listed. */
  reviewedTrees: z.array(ReviewedTree).default([]),
  people: evidenceSchema(People).default(notRead),
  /** Uses of break-glass. */
  overrides: evidenceSchema(z.array(Override)).default(notRead),
  /** Checks and statuses on the head, without our own. */
  checks: evidenceSchema(z.array(Check)).default(notRead),
  signatures: evidenceSchema(z.array(CommitSignature)).default(notRead),
  /** Signed statements about the head that were verified while reading. */
  statements: evidenceSchema(z.array(VerifiedStatement)).default(notRead),
  /** The pull requests of a merge group. */
  mergeGroup: evidenceSchema(z.array(MergeGroupMember)).default(notRead),
  /** Policies of other repositories: each judges beside the repository's own, whether that one names it or not. */
  floors: evidenceSchema(z.array(WrittenFloor)).default(notRead),
  /** Workflows at the base that run the gate: changing one needs a policy owner. */
  gateWorkflows: z.array(z.string()).default([]),
});
export type Facts = z.infer<typeof Facts>;
