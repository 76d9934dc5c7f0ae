import type { Owners } from "../ownership/approval.ts";
import { inertText } from "../untrusted/index.ts";
import { conditions } from "./conditions/index.ts";
import type { Mode } from "./decision.ts";
import { resolveParts } from "./parts.ts";
import type { Area, Policy, PolicyRule, Require, When } from "./policy.ts";
import { requirements } from "./requirements/index.ts";
import { titleOfId } from "./title-of-id.ts";
import { resolveForbid } from "./written/boundary.ts";
import { resolveBreakGlass, resolveWaiver } from "./written/exceptions.ts";
import { resolveLint } from "./written/lint.ts";
import { resolveOwners } from "./written/owners.ts";
import type { WrittenPolicy } from "./written-policy.ts";

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
    lint: resolveLint(written.lint ?? {}),
    labels: Object.fromEntries(
      Object.entries(written.labels ?? {}).flatMap(([key, label]) => (label === undefined ? [] : [[key, label]])),
    ),
    comment: written.comment !== false && written.comment !== "off",
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
    .map(([name, { paths = [], tier = 2, owners = "codeowners", fallback }]): Area => {
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
  return {
    id: rule.id,
    title: inertText(rule.title ?? titleOfId(rule.id), { maxGraphemes: 200 }),
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
