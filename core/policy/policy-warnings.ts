import { cutTexts } from "./cut-texts.ts";
import { canonicalJson } from "./digest.ts";
import { deadRules, type WrittenRule } from "./dead-rules.ts";
import { literalStars } from "./literal-stars.ts";
import { isUndone, patternLists, type PatternList } from "./pattern-lists.ts";
import type { Area, Policy, PolicyRule } from "./policy.ts";
import type { FoundProblem, KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { asksOnlyForAsIs } from "./expression/index.ts";
import { knownTrailers } from "./requirements/trailers.ts";
import { nodeAt } from "./schema-problems.ts";
import { datedWarnings, type Warning } from "./dated-warnings.ts";
import { closest } from "./suggest.ts";
import { weakenedPresets } from "./weakened-presets.ts";

/**
 * What loads and is probably not meant, of what stands in the file itself: its presets are not its author's mistake.
 * @param root the document, for the places
 * @param asOf the instant by which dated parts have ended; left out, dates are not looked at
 */
export function policyWarnings(policy: Policy, root: YamlNode, { asOf }: { asOf?: string } = {}): FoundProblem[] {
  const rules = writtenRules(policy, root);
  const lists = patternLists(root);
  const found = [
    ...emptyPolicy(policy),
    ...rules.flatMap(({ rule, index }) => [...misspeltTrailers(rule, index), ...evadedBySilence(rule, index)]),
    ...deadRules(rules, policy),
    ...contradictions(rules, policy),
    ...unusedAreas(policy),
    ...smallPercentages(root),
    ...rootPatterns(lists),
    ...undoneLists(lists),
    ...cutTexts(root),
    ...literalStars(root),
    ...weakenedPresets(policy, root),
    ...datedWarnings(policy, rules, asOf ?? null),
  ];
  return found.flatMap(({ path, ...warning }) => {
    const node = nodeAt(root, path);
    if (node === null) return [];
    return [{ ...warning, path, offset: path.length === 2 && path[0] === "areas" ? node.keyOffset : node.offset }];
  });
}

function writtenRules({ rules }: Policy, root: YamlNode): WrittenRule[] {
  return rulePaths(root).flatMap((path, index) => {
    const id = nodeAt(root, [...path, "id"])?.value;
    const rule = rules.find((candidate) => candidate.id === id);
    return rule === undefined ? [] : [{ rule, index }];
  });
}

/** Boundaries and the policies of other repositories judge without a rule. */
function emptyPolicy({ rules, forbid, floors }: Policy): Warning[] {
  if (rules.length > 0 || forbid.length > 0 || floors.length > 0) return [];
  return [
    {
      code: "CS106",
      path: [],
      what: "the policy has no rules, so little can hold a change up",
      fix: "Write rules, or remove the file: then the built-in `observe` policy applies.",
    },
  ];
}

function misspeltTrailers({ require }: PolicyRule, index: number): Warning[] {
  return (require.trailers ?? []).flatMap((key, position): Warning[] => {
    const meant = closest(key, knownTrailers);
    if (meant === null || meant.toLowerCase() === key.toLowerCase()) return [];
    const what = `\`${key}\` is not a trailer that tools write`;
    return [
      {
        code: "CS107",
        path: ["rules", index, "require", "trailers", position],
        what,
        fix: `Did you mean \`${meant}\`?`,
      },
    ];
  });
}

/** Whoever takes over what a tool wrote as it came need not say so: an expression then sees `unstated`. */
function evadedBySilence({ when }: PolicyRule, index: number): Warning[] {
  if (when === null || when.if === null || !asksOnlyForAsIs(when.if.source)) return [];
  const what = 'it asks for "as-is", and a commit that does not say how it was taken over is "unstated"';
  const fix = 'Write `in ["as-is", "unstated"]`, or name `unstated` otherwise.';
  return [{ code: "CS110", path: ["rules", index, "when", "if"], what, fix }];
}

function contradictions(written: readonly WrittenRule[], { rules }: Policy): Warning[] {
  const asking = new Map(rules.filter(asksForAi).map((rule) => [canonicalJson(rule.when), rule]));
  return written.flatMap(({ rule, index }): Warning[] => {
    if (rule.require.disclosure?.includes("forbidden") !== true) return [];
    const other = asksForAi(rule) ? rule : asking.get(canonicalJson(rule.when));
    if (other === undefined) return [];
    const asks = other === rule ? "it asks" : `\`${other.id}\`, with the same conditions, asks`;
    const what = `the rule forbids what ${asks} to disclose`;
    return [{ code: "CS102", path: ["rules", index, "require", "disclosure"], what, fix: "Keep one of the two." }];
  });
}

function asksForAi({ require }: PolicyRule): boolean {
  return require.trailers !== null || require.disclosure?.includes("canonical") === true;
}

/** An area of tier 1 works without a rule: silence counts as AI there. */
function unusedAreas({ areas, rules }: Policy): Warning[] {
  if (rules.some(asksAboutEveryArea)) return [];
  const used = new Set(
    rules.flatMap(({ when, require }) => [...(when?.area ?? []), ...(require.owner_approval?.areas ?? [])]),
  );
  const unused = ({ name, undeclaredCountsAsAi }: Area) => !used.has(name) && !undeclaredCountsAsAi;
  return areas.filter(unused).map(({ name }) => {
    return {
      code: "CS103",
      path: ["areas", name],
      what: `no rule uses the area \`${name}\``,
      fix: "Use it in a rule's `when.area`, or keep it for the reports alone.",
    };
  });
}

/** Whether a rule asks about whatever area a file lies in, without naming one. */
function asksAboutEveryArea({ when, require }: PolicyRule): boolean {
  const approvals = require.owner_approval;
  const byTouchedArea = approvals !== null && approvals.areas === null && approvals.per === "area";
  const throughExpression = when?.if?.source.includes("area") === true;
  return byTouchedArea || when?.tier != null || require.coverage?.byArea === true || throughExpression;
}

function smallPercentages(root: YamlNode): Warning[] {
  return rulePaths(root).flatMap((rule) =>
    ["patch_lines", "patch_branches", "ai_lines"].flatMap((key): Warning[] => {
      const path = [...rule, "require", "coverage", key];
      const value = nodeAt(root, path)?.value;
      if (typeof value !== "number" || value <= 0 || value > 1) return [];
      return [
        {
          code: "CS104",
          path,
          what: `${value} is ${value} %, nearly nothing`,
          fix: `Write \`${key}: ${Math.round(value * 100)}\` for ${Math.round(value * 100)} %.`,
        },
      ];
    }),
  );
}

/** `*.md` looks like "every Markdown file", as in .gitignore. */
function rootPatterns(lists: readonly PatternList[]): Warning[] {
  return lists
    .filter(({ of }) => of !== "branches")
    .flatMap(({ path, patterns }) =>
      patterns.flatMap((pattern, index): Warning[] => {
        if (pattern.includes("/") || !pattern.includes("*") || pattern.includes("**")) return [];
        const fix = `Write "${pattern.startsWith("!") ? `!**/${pattern.slice(1)}` : `**/${pattern}`}" for every folder.`;
        const what = `"${pattern}" matches only at the root of the repository`;
        return [{ code: "CS105", path: [...path, index], what, fix }];
      }),
    );
}

/** Exclusions hold for exact paths, and never for links: names of branches have neither letters that look alike nor links. */
function undoneLists(lists: readonly PatternList[]): Warning[] {
  return lists.filter(isUndone).map(({ path, of }) => {
    const fix = "Remove the exclusions.";
    if (of === "branches") return { code: "CS101", path, what: "every branch is excluded again: none is left", fix };
    const what = "every pattern is excluded again, so only links and names that look alike are left";
    return { code: "CS112", path, what, fix };
  });
}

function rulePaths(root: YamlNode): KeyPath[] {
  return [...(nodeAt(root, ["rules"])?.entries.keys() ?? [])].map((index) => ["rules", index]);
}
