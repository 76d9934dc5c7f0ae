import type { Reason, RuleResult } from "../../policy/decision.ts";
import { ruleName } from "../approval-rows.ts";
import { count } from "../numbers.ts";
import { sortedRules } from "../order.ts";
import { reasonTree } from "../reason-tree.ts";
import type { Review } from "../review.ts";
import { plainPath, shortSha } from "../text.ts";
import { consequence } from "../words.ts";
import { heading, paragraph, type Span } from "./layout.ts";
import type { Screen, Style } from "./screen.ts";

/** Every rule of the policy, with its reasons: those that ask for something first. */
export function policy(screen: Screen, review: Review): string[] {
  const { open, excepted, holding, others } = sortedRules(review);
  return [
    ...heading(screen, "Policy"),
    ...source(screen, review),
    ...[...open, ...excepted, ...holding].flatMap((rule) => ruleLines(screen, rule, reasonTree(review, rule))),
    ...notApplying(screen, others),
  ];
}

function source(screen: Screen, { decision }: Review): string[] {
  const { source, path, commit, mode } = decision.policy;
  if (source === "default") return paragraph(screen, 2, [{ text: "No policy file was found, so `observe` applies." }]);
  const at = commit === null ? "" : ` at ${shortSha(commit)}`;
  const local = source === "local" ? " (named on the command line)" : "";
  const file = path === null ? "the policy" : plainPath(path);
  return paragraph(screen, 2, [{ text: `${file}${at}${local}, mode ${mode}`, style: "quiet", max: 1_000 }]);
}

function ruleLines(screen: Screen, rule: RuleResult, reasons: readonly Reason[]): string[] {
  const says: Span[] = [
    { text: ruleName(rule), style: "strong", max: 200 },
    { text: `  ${consequence(rule)}`, style: ruleStyle(rule) },
  ];
  const title = rule.title === "" || rule.title === rule.id ? [] : paragraph(screen, 4, [{ text: rule.title }]);
  return [
    ...paragraph(screen, 2, says, { text: screen.signs[ruleSign(rule)], style: ruleStyle(rule) }),
    ...title,
    ...reasonLines(screen, reasons, 4, deepest),
  ];
}

function ruleSign({ state }: RuleResult): "yes" | "no" | "unknown" | "warn" {
  if (state === "satisfied" || state === "not-applicable") return "yes";
  if (state === "waived" || state === "overridden") return "warn";
  return unknownStates.includes(state) ? "unknown" : "no";
}

const unknownStates: readonly RuleResult["state"][] = ["undecided", "waiting", "stale", "unsatisfiable"];

function ruleStyle(rule: RuleResult): Style {
  if (rule.state === "satisfied") return "good";
  return rule.decision === "block" || rule.decision === "undecided" ? "bad" : "caution";
}

/** How deep a tree is drawn, and how many reasons of one level; report.json has all of them. */
const deepest = 6;
const mostReasons = 10;

const stateSigns = { yes: "yes", no: "no", unknown: "unknown" } as const;
const stateStyles = { yes: "good", no: "bad", unknown: "caution" } as const;

/** A tree of reasons, each with its fix below it, to this depth. */
export function reasonLines(screen: Screen, reasons: readonly Reason[], indent: number, depth: number): string[] {
  if (depth === 0) return [];
  const shown = reasons.slice(0, mostReasons).flatMap((reason) => [
    ...paragraph(screen, indent, [{ text: reason.says, max: 600 }], {
      text: screen.signs[stateSigns[reason.state]],
      style: stateStyles[reason.state],
    }),
    ...fixLines(screen, reason, indent + 2),
    ...reasonLines(screen, reason.reasons, indent + 2, depth - 1),
  ]);
  const left = reasons.length - mostReasons;
  const more = `${screen.signs.more} and ${count(left, "more reason")}: see report.json`;
  return [...shown, ...(left > 0 ? paragraph(screen, indent, [{ text: more, style: "quiet" }]) : [])];
}

function fixLines(screen: Screen, { fix }: Reason, indent: number): string[] {
  if (fix === null) return [];
  return paragraph(screen, indent, [{ text: fix, max: 600 }], { text: screen.signs.to, style: "strong" });
}

function notApplying(screen: Screen, rules: readonly RuleResult[]): string[] {
  if (rules.length === 0) return [];
  const named = rules.slice(0, 8).map(ruleName);
  const more = rules.length > 8 ? ` and ${rules.length - 8} more` : "";
  const verb = rules.length === 1 ? "does" : "do";
  const text = `${count(rules.length, "rule")} ${verb} not apply: ${named.join(", ")}${more}`;
  return paragraph(screen, 2, [{ text, style: "quiet" }], { text: screen.signs.dash, style: "quiet" });
}
