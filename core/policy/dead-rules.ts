import type { Warning } from "./dated-warnings.ts";
import { canonicalJson } from "./digest.ts";
import { isNeverTrue } from "./expression/index.ts";
import { lieApart } from "./lie-apart.ts";
import type { Policy, PolicyRule, Require, RequirementKey, When } from "./policy.ts";
import { requirements } from "./requirements/index.ts";

/** A rule that stands in the file itself. */
export interface WrittenRule {
  rule: PolicyRule;
  /** Its place in the file. */
  index: number;
}

/**
 * Rules, and parts of them, that can never apply or never ask for anything (CS101), that are left with hardly any file
 * (CS112), that ask what is never known (CS113), and those that only repeat another (CS114). By what certainly excludes
 * each other, never by guessing; facts that were not read may still leave such a rule open.
 */
export function deadRules(written: readonly WrittenRule[], policy: Policy): Warning[] {
  const rest = written.flatMap(({ rule, index }) =>
    checks
      .flatMap((check) => check(rule, policy))
      .map(({ path, ...found }): Warning => ({ ...found, path: ["rules", index, ...path] })),
  );
  return [...rest, ...repetitions(written, policy)];
}

/** A warning whose path begins at the rule. */
type Check = (rule: PolicyRule, policy: Policy) => Warning[];

const checks: readonly Check[] = [
  asksOnlyOfAi,
  asksForItsCondition,
  ofWhen(neverTrue),
  ofWhen(withoutTier),
  ofWhen(humanAndAccepted),
  ofWhen(humanAndByTool),
  ofWhen(excludedFromProvenance),
  ofWhen(pathsBesideArea),
  withoutPullRequest,
];

function ofWhen(check: (when: When, policy: Policy) => Warning[]): Check {
  return ({ when }, policy) => (when === null ? [] : check(when, policy));
}

function asksOnlyOfAi({ when, require }: PolicyRule): Warning[] {
  const keys = Object.keys(requirements).filter(isRequirementKey);
  const idle = keys.filter((key) => isOnlyOfAi(key, require[key])).map((key) => `\`${key}\``);
  if (when?.ai !== false || idle.length === 0) return [];
  const [names, verb] = [idle.join(" and "), idle.length === 1 ? "asks" : "ask"];
  const what = `the rule applies to files that do not count as AI, and ${names} ${verb} only of what does`;
  return [{ code: "CS101", path: ["when"], what, fix: `Write \`ai: true\`, or remove ${names}.` }];
}

type Asked<K extends RequirementKey> = NonNullable<Require[K]>;

/** The same table, typed so that a key's requirement and its question go together. */
const table: { [K in RequirementKey]: { asksOnlyOfAi?: (asked: Asked<K>) => boolean } } = requirements;

function isOnlyOfAi<K extends RequirementKey>(key: K, asked: Require[K]): boolean {
  return asked !== null && table[key].asksOnlyOfAi?.(asked) === true;
}

function isRequirementKey(key: string): key is RequirementKey {
  return Object.hasOwn(requirements, key);
}

/** Where the one label is that brings the rule in, it need not be asked for. */
function asksForItsCondition({ when, require }: PolicyRule): Warning[] {
  const [label, ...others] = new Set((when?.labels ?? []).map((name) => name.toLowerCase()));
  if (label === undefined || others.length > 0) return [];
  if (require.labels?.every((name) => name.toLowerCase() === label) !== true) return [];
  const what = "the rule applies only where the label is there that it asks for";
  const fix = "Remove the condition, or ask for something else.";
  return [{ code: "CS101", path: ["require", "labels"], what, fix }];
}

function neverTrue(when: When): Warning[] {
  if (when.if === null || !isNeverTrue(when.if.source)) return [];
  const what = "the expression is false whatever the change is, so the rule never applies";
  return [{ code: "CS101", path: ["when", "if"], what, fix: "Ask something that can be true, or remove the rule." }];
}

function withoutTier({ tier, area }: When, { areas }: Policy): Warning[] {
  if (tier === null) return [];
  const ofTier = areas.filter((each) => tier.includes(each.tier));
  const path = ["when", "tier"];
  const tiers = tier.join(" or ");
  if (ofTier.length === 0) {
    const what = `the policy has no area of tier ${tiers}, so the rule never applies`;
    return [{ code: "CS101", path, what, fix: `Write \`tier: ${tier[0] ?? 1}\` in an area, or remove the condition.` }];
  }
  if (area === null || ofTier.some(({ name }) => area.includes(name))) return [];
  const what = `no area that the rule names is of tier ${tiers}, so only a file that lies in another area too meets both`;
  return [{ code: "CS112", path, what, fix: "Keep one of `area` and `tier`." }];
}

function humanAndAccepted({ ai, acceptance }: When): Warning[] {
  if (ai !== false || acceptance === null) return [];
  const what =
    "how a tool's work was accepted is known only of files that count as AI, and `ai: false` leaves them out";
  return [{ code: "CS101", path: ["when", "acceptance"], what, fix: "Keep one of `ai: false` and `acceptance`." }];
}

/** What is excluded from provenance counts as AI nowhere, whatever its verdict: such a rule may be meant for it. */
function humanAndByTool({ ai, verdict, area, tier }: When, { provenance }: Policy): Warning[] {
  const { countsAsAi, countsAsCode, exclude } = provenance;
  if (ai !== false || verdict === null || exclude.length > 0) return [];
  if (!verdict.every((each) => countsAsAi.includes(each))) return [];
  const path = ["when", "verdict"];
  const fix = "Keep one of `ai: false` and `verdict`.";
  const [verb, which] = verdict.length === 1 ? ["counts", "it"] : ["count", "them"];
  const counts = `${verdict.join(" and ")} ${verb} as AI, and \`ai: false\` leaves ${which} out`;
  const left = Object.entries(countsAsCode).flatMap(([kind, isCode]) => (isCode ? [] : [kind]));
  if (left.length === 0 || area !== null || tier !== null) return [{ code: "CS101", path, what: counts, fix }];
  const what = `${counts}, so only files are left that do not count as code (${left.join(", ")})`;
  return [{ code: "CS112", path, what, fix }];
}

/** A file is in the area or matches the paths by either of its paths, so a rename from one to the other meets both. */
function pathsBesideArea({ paths, area }: When, { areas }: Policy): Warning[] {
  if (paths === null || area === null) return [];
  const ofAreas = areas.filter(({ name }) => area.includes(name)).flatMap((each) => each.paths);
  if (!lieApart(paths, ofAreas)) return [];
  const what =
    "no pattern of `paths` can match in the area, so only a rename between the two, a link or a name that looks alike meets both";
  return [{ code: "CS112", path: ["when", "paths"], what, fix: "Keep one of `area` and `paths`." }];
}

/** By the letter of the patterns only: whether two patterns can meet is not worth guessing. */
function excludedFromProvenance({ ai, paths, area }: When, { areas, provenance: { exclude } }: Policy): Warning[] {
  const written = paths?.filter((pattern) => !pattern.startsWith("!")) ?? [];
  const inAreas = areas.filter(({ name }) => area?.includes(name) === true).flatMap((each) => each.paths);
  const all = written.length > 0 ? written : inAreas.filter((pattern) => !pattern.startsWith("!"));
  const excluded = new Set(exclude);
  const isExcluded = all.length > 0 && all.every((pattern) => excluded.has(pattern));
  if (ai !== true || !(isExcluded || excluded.has("**"))) return [];
  const named = isExcluded ? "every pattern of this rule" : "every file";
  const what = `\`provenance.exclude\` names ${named}, so of its files only links and names that look alike count as AI`;
  const fix = "Remove the patterns from `provenance.exclude`, or the rule.";
  return [{ code: "CS112", path: ["when"], what, fix }];
}

const ofPullRequests = ["draft", "labels", "author", "association", "fork"] as const;

/** The Action reads no pull request for these events: docs/action.md. */
const withoutOne = { push: "a push", merge_group: "a merge group" };

function withoutPullRequest({ when, require }: PolicyRule): Warning[] {
  const events = when?.event ?? [];
  const without = events.flatMap((event) => (event === "push" || event === "merge_group" ? [withoutOne[event]] : []));
  if (when === null || events.length === 0 || without.length < events.length) return [];
  const paths = [
    ...ofPullRequests.flatMap((key) => (when[key] === null ? [] : [["when", key]])),
    ...(require.labels === null ? [] : [["require", "labels"]]),
  ];
  const where = `${without.join(" and ")} ${without.length === 1 ? "is" : "are"}`;
  return paths.map((path) => {
    const what = `${where} read without a pull request, so this is never known there: what is not met ends as \`undecided\``;
    return { code: "CS113", path, what, fix: "Add `pull_request` to `event`, or remove this." };
  });
}

/** The stricter one decides anyway. One that a waiver names is another rule. */
function repetitions(written: readonly WrittenRule[], { rules, waivers }: Policy): Warning[] {
  const waived = new Set(waivers.map(({ rule }) => rule));
  const places = new Map(written.map(({ rule, index }) => [rule, index]));
  const alike = Map.groupBy(
    rules.filter(({ id }) => !waived.has(id)),
    ({ when, require }) => canonicalJson({ when, require }),
  );
  return [...alike.values()].flatMap(([first, ...others]) =>
    others.flatMap((rule): Warning[] => {
      const index = places.get(rule);
      if (first === undefined || index === undefined) return [];
      const what = `the rule asks what \`${first.id}\` asks, under the same conditions`;
      const fix =
        rule.mode === first.mode
          ? "Remove one of the two."
          : "Remove one of the two; as long as both stand, the stricter mode decides.";
      return [{ code: "CS114", path: ["rules", index], what, fix }];
    }),
  );
}
