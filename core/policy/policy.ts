import type { Verdict } from "../change/authorship.ts";
import { inertText } from "../untrusted/index.ts";
import { conditions } from "./conditions/index.ts";
import type { Mode } from "./decision.ts";
import { resolveParts, type Resolved } from "./parts.ts";
import type { PathList } from "./path-list.ts";
import { requirements } from "./requirements/index.ts";
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
}

export interface PolicyRule {
  id: string;
  /** Inert. */
  title: string;
  /** Null for a rule that applies to every change. */
  when: When | null;
  require: Require;
  mode: Mode;
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
  };
  /** Sorted by name. */
  areas: readonly Area[];
  /** As written. */
  rules: readonly PolicyRule[];
}

/** Settles every default and spelling of a policy that has been checked. */
export function resolvePolicy(written: WrittenPolicy): Policy {
  const mode = written.mode ?? "enforce";
  const provenance = written.provenance ?? {};
  return {
    version: 1,
    mode,
    provenance: {
      countsAsAi: provenance.counts_as_ai ?? ["agent-authored", "agent-assisted"],
      detectedWithoutTrailer: provenance.detected_without_trailer ?? "warn",
      exclude: provenance.exclude ?? [],
    },
    areas: resolveAreas(written, provenance.sensitive_undeclared ?? null),
    rules: (written.rules ?? []).map((rule) => resolveRule(rule, mode)),
  };
}

function resolveAreas(written: WrittenPolicy, undeclared: "ai" | "human" | null): Area[] {
  return Object.entries(written.areas ?? {})
    .map(([name, { paths, tier = 2 }]) => {
      return { name, paths, tier, undeclaredCountsAsAi: undeclared === null ? tier === 1 : undeclared === "ai" };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

type WrittenRule = NonNullable<WrittenPolicy["rules"]>[number];

function resolveRule(rule: WrittenRule, mode: Mode): PolicyRule {
  const spaced = rule.id.replaceAll("-", " ");
  return {
    id: rule.id,
    title: inertText(rule.title ?? `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`, { maxGraphemes: 200 }),
    when: rule.when === undefined ? null : resolveWhen(rule.when),
    require: resolveRequire(rule.require),
    mode: rule.mode ?? mode,
    unmet: "block",
  };
}

/** Conditions as a person writes them, made whole. */
export function resolveWhen(written: NonNullable<WrittenRule["when"]>): When {
  return resolveParts<typeof written, When>(conditions, written);
}

/** Requirements as a person writes them, made whole. */
export function resolveRequire(written: WrittenRule["require"]): Require {
  return resolveParts<typeof written, Require>(requirements, written);
}
