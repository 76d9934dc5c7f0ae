import type { Verdict } from "../change/authorship.ts";
import type { conditions } from "./conditions/index.ts";
import type { Owners } from "../ownership/approval.ts";
import type { Mode } from "./decision.ts";
import type { Resolved } from "./parts.ts";
import type { PathList } from "./path-list.ts";
import type { LintSettings } from "./written/lint.ts";
import type { requirements } from "./requirements/index.ts";

/** A key of `when`. */
export type ConditionKey = keyof typeof conditions;
/** A key of `require`. */
export type RequirementKey = keyof typeof requirements;

/** What a rule asks of a file or a change; null for a condition that it does not have. */
export type When = Resolved<typeof conditions>;

/** What evidence a rule asks for; null for a requirement that it does not have. */
export type Require = Resolved<typeof requirements>;

/** A named set of paths with who must approve them. */
export interface Area {
  name: string;
  paths: PathList;
  tier: 1 | 2 | 3;
  /** Whether commits that say nothing count as AI where they touch it. */
  undeclaredCountsAsAi: boolean;
  owners: Owners | "codeowners";
  /** Who may approve when no owner can; null where nobody is named. */
  fallback: Owners | null;
}

/** A written exception. It names either a rule of this policy or a lint rule. */
export interface Waiver {
  id: string;
  rule: string | null;
  finding: string | null;
  /** Null: every file. */
  paths: PathList | null;
  reason: string;
  owner: string;
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  expires: string;
}

/** Who may merge without what the policy asks for, and for how long an override holds. */
export interface BreakGlass {
  who: Owners;
  maxAgeMs: number;
}

/** What agents may not propose at all; an empty list means any. */
export interface Boundary {
  agents: readonly string[];
  /** Patterns for the base branch. */
  branches: readonly string[];
  paths: PathList;
  kinds: readonly string[];
}

/** One rule, with every default settled. */
export interface PolicyRule {
  id: string;
  /** Inert. */
  title: string;
  /** Null for a rule that applies to every change. */
  when: When | null;
  require: Require;
  mode: Mode;
  /** From this day on (`YYYY-MM-DD`, midnight UTC) the mode is `enforce`; null: never by itself. */
  enforceAfter: string | null;
  /** What it comes to under `enforce` when it is not met. Written rules block. */
  unmet: "block" | "warn";
}

/** A policy made whole: every default is in its place. Plain data; its digest is that of its canonical JSON. */
export interface Policy {
  version: 1;
  mode: Mode;
  provenance: {
    countsAsAi: readonly Verdict[];
    detectedWithoutTrailer: "allow" | "warn" | "block";
    exclude: PathList;
    /** Kinds of files whose changes count when AI is asked about; by `core/policy/file-kinds.ts`. */
    countsAsCode: { tests: boolean; iac: boolean; migrations: boolean; generated: boolean };
  };
  /** Sorted by name. */
  areas: readonly Area[];
  /** As written. */
  rules: readonly PolicyRule[];
  /** What agents may not propose, whatever the rules say. */
  forbid: readonly Boundary[];
  waivers: readonly Waiver[];
  breakGlass: BreakGlass | null;
  /** Who approves changes to the policy itself; null: the code owners of the files, else the default owners, else anyone who can push. */
  policyOwners: Owners | null;
  defaultOwners: Owners | null;
  /** Unverified facts that may loosen a verdict. */
  accept: readonly "claimed"[];
  /** What lint rules find, and what it weighs. */
  lint: LintSettings;
  /** What the App writes to a pull request. */
  labels: Readonly<Record<string, string>>;
  comment: boolean;
  /** Floors: each judges beside this policy, by its own settings, and the strictest decides. */
  floors: readonly Floor[];
}

/** A policy of another repository that this one may only tighten. */
export interface Floor {
  /** `owner/name`. */
  repo: string;
  path: string;
  /** The commit it was read at. */
  ref: string;
  policy: Policy;
}
