import type { AiJudgement } from "../change/ai-judgement.ts";
import type { Verdict } from "../change/authorship.ts";
import type { Commit } from "../change/change.ts";
import type { TreeFile } from "../change/tree-file.ts";
import type { CommitProvenance, Trailer } from "../provenance/provenance.ts";
import type { Policy } from "./policy.ts";
import type { LintSettings } from "./written/lint.ts";
import type { Subject, SubjectFile } from "./subject.ts";
import type { Work } from "./work.ts";

/** What conditions and requirements are shown: the subject, with what the policy makes of its files and commits. */

/** The answer to one question, with the sentence that explains it. `unknown` is never taken for yes. */
export interface Answer {
  state: "yes" | "no" | "unknown";
  /** Untrusted parts are inert. */
  says: string;
  /** Of an `unknown` one: the question itself cannot be worked out (an expression divides by zero); no evidence would help. */
  failed?: true;
}

/** A changed file with what the policy makes of it. */
export interface JudgedFile {
  subject: SubjectFile;
  /** Its path, inert. */
  shown: string;
  /** The names of the areas that it touches, sorted. */
  areas: readonly string[];
  /** Whether one of them is of tier 1. */
  sensitive: boolean;
  /** Whether `provenance.exclude` names it. */
  excluded: boolean;
  /**
   * Whether a line or commit with this verdict counts as AI in this file. `commit`, where it is known: one that is human
   * only by its own word counts as one that says nothing, unless the policy accepts claims.
   */
  countsAsAi: (verdict: Verdict, commit?: string | null) => boolean;
  /** Whether it counts as AI only because commits say of themselves that they are human, and the policy accepts no claim. */
  aiByClaim: boolean;
  /** Whether the file counts as AI-assisted. */
  ai: Answer;
}

/** A commit with what the policy makes of it. */
export interface JudgedCommit {
  commit: Commit;
  provenance: CommitProvenance;
  /** Whether it counts as AI for the files in question, whatever it claims of itself. */
  countsAsAi: boolean;
  /** Whether it counts as AI there only because it claims to be human, and the policy accepts no claim. It has said what there is to say. */
  countsByClaim: boolean;
  /** Whether nothing is asked of it: of these files it touched only such as `provenance.exclude` names, or it only merges. */
  exempt: boolean;
}

/** The trailers that speak for a commit: its own, and those that later commits of the change declare for it. */
export function trailersFor({ trailers, remediations }: CommitProvenance): readonly Trailer[] {
  return [...trailers, ...remediations.flatMap((remediation) => remediation.trailers)];
}

/** The change as rules see it. */
export interface JudgedChange {
  subject: Subject;
  files: readonly JudgedFile[];
  /** What counts as AI, line by line and commit by commit. */
  ai: AiJudgement;
  vocabulary: Vocabulary;
  /** `provenance.counts_as_ai`. */
  aiVerdicts: readonly Verdict[];
  /** Whether `accept` holds `claimed`. */
  acceptsClaims: boolean;
  /** What approvals are asked by, and how labels are called. */
  policy: Pick<Policy, "areas" | "defaultOwners" | "policyOwners" | "labels">;
  /** What this decision may still do: matching and expressions count against it. */
  work: Work;
}

/** What a rule asks about: the files for which its conditions hold, and the commits that touched them. */
export interface Scope {
  change: JudgedChange;
  files: readonly JudgedFile[];
  commits: readonly JudgedCommit[];
  /** True when the rule narrows the change to some of its files. */
  narrowed: boolean;
  /** Of a rule with a waiver: whether a file, as it is or was at some commit of the change, is none of what it asks about. */
  isExempt?: (file: TreeFile) => boolean;
  /** The areas that the rule's `when` names; null when it names none. */
  namedAreas: readonly string[] | null;
}

/** What the policy must know from other rooms, handed over as functions. All are pure and take untrusted text. */
export interface Vocabulary {
  /** What is wrong with a trailer's value by the grammar of its key, as the end of a sentence; null when it is fine or free. */
  trailerProblem: (key: string, value: string) => string | null;
  /** The display name of the agent that `Name <mail>` is known to belong to, or null. */
  agentIdentity: (identity: string) => string | null;
  /** Whether a lint rule reports credential-shaped text. */
  isSecretRule: (rule: string) => boolean;
  /** Whether two names, as a policy and as evidence write them, are those of one agent. */
  sameAgent: (name: string, other: string) => boolean;
  /** The subject weighed for a policy by what counts as AI under it: findings by its settings, and coverage by group. */
  weighedBy: (subject: Subject, ai: AiJudgement, lint: LintSettings) => Subject;
}
