import type { Authorship, Verdict } from "../change/authorship.ts";
import type { Change, ChangedFile } from "../change/change.ts";
import type { CoverageReview } from "../coverage/coverage-review.ts";
import type { WriterCounts } from "../coverage/counts.ts";
import type { Evidence } from "../evidence.ts";
import type { FunctionSpan } from "../change/function-span.ts";
import type { Finding, NotAnalysed, RawFinding } from "../findings/finding.ts";
import type { Facts, PullRequest } from "../facts.ts";
import type { Approvals } from "../ownership/approval.ts";
import type { ChangeProvenance } from "../provenance/provenance.ts";

/** Everything a policy can ask about: the values of all signals for one change. */
export interface Subject {
  change: Change;
  /** When the facts were read, ISO 8601 in UTC: the only clock that a decision knows. */
  asOf: string;
  branch: Evidence<string>;
  pullRequest: Evidence<PullRequest>;
  /** The labels on the pull request; absent where no pull request was read. */
  labels: Evidence<readonly string[]>;
  provenance: ChangeProvenance;
  authorship: Authorship;
  coverage: CoverageReview;
  /** What the coverage of groups is summed from, so that every policy sums by what it counts as AI. */
  coverageByWriter: readonly WriterCounts[];
  /** What counts under the policy, weighed. */
  findings: readonly Finding[];
  /** Everything that was seen, of which every policy counts what it asks for. */
  seen: readonly RawFinding[];
  /** The functions that the change touched. */
  functions: readonly FunctionSpan[];
  /** The files, by path, that no analysis looked into, and why: findings and secrets in them are unknown. */
  notAnalysed: readonly NotAnalysed[];
  /** Who has approved what, asked by question. */
  approvals: Approvals;
  overrides: Facts["overrides"];
  checks: Facts["checks"];
  signatures: Facts["signatures"];
  statements: Facts["statements"];
  gateWorkflows: readonly string[];
  /** Where the policy that judges stands in the repository; null for the built-in one. */
  policyPath: string | null;
  /** One entry per changed file, in the order of `change.files`. */
  files: readonly SubjectFile[];
}

/** One changed file with what the signals say about it. */
export interface SubjectFile {
  file: ChangedFile;
  /** Every form of both its paths under which a sensitive pattern must match: tricks with names only tighten. */
  pathForms: readonly string[];
  /** Verdicts of the commits that touched it (through renames), and of its added lines, each once. */
  verdicts: readonly Verdict[];
  /** The commits of the change that touched it, in order. */
  commits: readonly string[];
}
