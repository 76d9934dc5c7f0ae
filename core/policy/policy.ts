import type { Verdict } from "../change/authorship.ts";
import { inertText } from "../untrusted/index.ts";
import { conditions } from "./conditions/index.ts";
import type { Owners } from "../ownership/approval.ts";
import type { Mode } from "./decision.ts";
import { resolveParts, type Resolved } from "./parts.ts";
import type { PathList } from "./path-list.ts";
import { requirements } from "./requirements/index.ts";
import { resolveForbid } from "./written/boundary.ts";
import { resolveBreakGlass, resolveWaiver } from "./written/exceptions.ts";
import { resolveOwners } from "./written/owners.ts";
import type { WrittenPolicy } from "./written-policy.ts";

export type ConditionKey = keyof typeof conditions;
export type RequirementKey = keyof typeof requirements;

/** What a rule asks of a file or a change; null for a condition that it does not have. */
export type When = Resolved<typeof conditions>;

/** What evidence a rule asks for; null for a requirement that it does not have. */
export type Require = Resolved<typeof requirements>;

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
  /** What the App writes to a pull request. */
  labels: Readonly<Record<string, string>>;
  comment: boolean;
  /** Baselines: each judges beside this policy, by its own settings, and the strictest decides. */
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

/** Settles every default and spelling of a policy that has been checked. Floors come with the loader. */
export function resolvePolicy(written: WrittenPolicy): Policy {
  const mode = written.mode ?? "enforce";
  return {
    version: 1,
    mode,
    provenance: resolveProvenance(written.provenance ?? {}),
    areas: resolveAreas(written, written.provenance?.sensitive_undeclared ?? null),
    rules: (written.rules ?? []).map((rule) => resolveRule(rule, mode)),
    forbid: written.forbid === undefined ? [] : resolveForbid(written.forbid),
    waivers: (written.waivers ?? []).map(resolveWaiver),
    breakGlass: written.break_glass === undefined ? null : resolveBreakGlass(written.break_glass),
    policyOwners: ownersOrNull(written.policy_owners),
    defaultOwners: ownersOrNull(written.default_owners),
    accept: [...new Set(written.accept)],
    labels: Object.fromEntries(
      Object.entries(written.labels ?? {}).flatMap(([key, label]) => (label === undefined ? [] : [[key, label]])),
    ),
    comment: written.comment ?? true,
    floors: [],
  };
}

function resolveProvenance(written: NonNullable<WrittenPolicy["provenance"]>): Policy["provenance"] {
  const { tests = true, iac = true, migrations = true, generated = false } = written.counts_as_code ?? {};
  return {
    countsAsAi: written.counts_as_ai ?? ["agent-authored", "agent-assisted"],
    detectedWithoutTrailer: written.detected_without_trailer ?? "warn",
    exclude: written.exclude ?? [],
    countsAsCode: { tests, iac, migrations, generated },
  };
}

function resolveAreas(written: WrittenPolicy, undeclared: "ai" | "human" | null): Area[] {
  return Object.entries(written.areas ?? {})
    .map(([name, { paths, tier = 2, owners = "codeowners", fallback }]): Area => {
      const undeclaredCountsAsAi = undeclared === null ? tier === 1 : undeclared === "ai";
      const who = owners === "codeowners" ? owners : resolveOwners(owners);
      return { name, paths, tier, undeclaredCountsAsAi, owners: who, fallback: ownersOrNull(fallback) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function ownersOrNull(written: WrittenPolicy["default_owners"]): Owners | null {
  return written === undefined ? null : resolveOwners(written);
}

type WrittenRule = NonNullable<WrittenPolicy["rules"]>[number];
type WrittenRequire = NonNullable<WrittenRule["require"]>;

function resolveRule(rule: WrittenRule, mode: Mode): PolicyRule {
  const spaced = rule.id.replaceAll("-", " ");
  return {
    id: rule.id,
    title: inertText(rule.title ?? `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`, { maxGraphemes: 200 }),
    when: rule.when === undefined ? null : resolveWhen(rule.when),
    require: resolveRequire(withForbid(rule)),
    mode: rule.mode ?? mode,
    enforceAfter: rule.enforce_after ?? null,
    unmet: "block",
  };
}

/** `forbid` beside `require` is the same as inside it. */
function withForbid({ require = {}, forbid }: WrittenRule): WrittenRequire {
  const boundaries = [require.forbid ?? [], forbid ?? []].flat();
  return boundaries.length === 0 ? require : { ...require, forbid: boundaries };
}

/** Conditions as a person writes them, made whole. */
export function resolveWhen(written: NonNullable<WrittenRule["when"]>): When {
  return resolveParts<typeof written, When>(conditions, written);
}

/** Requirements as a person writes them, made whole. */
export function resolveRequire(written: WrittenRequire): Require {
  return resolveParts<typeof written, Require>(requirements, written);
}
