import type { DecisionState, Reason, RuleResult } from "../../policy/decision.ts";
import { atAGlance } from "../glance.ts";
import { sortedRules } from "../order.ts";
import { reasonTree } from "../reason-tree.ts";
import type { Review } from "../review.ts";
import { consequence, decisionWords } from "../words.ts";
import { whole, type Part } from "./page.ts";
import { code, details, prose } from "./words.ts";

const signs: Record<DecisionState, string> = {
  pass: "✅",
  warn: "⚠️",
  "needs-approval": "✋",
  block: "❌",
  undecided: "❔",
};

/** The decision, why, and the answer in four lines. */
export function decision(review: Review): Part[] {
  return [...headline(review), ...reasons(review)];
}

/** The decision in a word. */
export function headline({ decision: { state } }: Review): Part[] {
  return [whole(`## ${signs[state]} ${decisionWords[state]}`)];
}

/** Why, and the answer in four lines. */
export function reasons(review: Review): Part[] {
  const { state, enforced, summary } = review.decision;
  const why = summary.slice(0, 10).map((text) => `${summary.length > 1 ? "- " : ""}${prose(text, 600)}`);
  const observed =
    state === enforced ? [] : [`> With every rule enforced: **${decisionWords[enforced].toLowerCase()}**.`];
  const glance = atAGlance(review).map(({ label, text }) => `- **${label}:** ${prose(text, 600)}`);
  return [
    ...(why.length === 0 ? [] : [whole(why.join("\n"))]),
    ...observed.map(whole),
    ...incomplete(review),
    whole(glance.join("\n")),
  ];
}

/** A reading that is not whole must be seen before anything that was concluded from it. */
function incomplete({ change }: Review): Part[] {
  if (change.incomplete.length === 0) return [];
  const rows = change.incomplete.slice(0, 20).map((text) => `- ${prose(text)}`);
  return [
    {
      kind: "rows",
      head: "**The change could not be read in full:**\n",
      rows,
      omitted: change.incomplete.length - rows.length,
      foot: null,
      noun: "reason",
    },
  ];
}

/** What to do, most important first. */
export function nextSteps({ decision }: Review): Part[] {
  if (decision.nextSteps.length === 0) return [];
  const rows = decision.nextSteps.slice(0, 50).map((text, index) => `${index + 1}. ${prose(text, 1_500)}`);
  return [
    {
      kind: "rows",
      head: "### What to do\n",
      rows,
      omitted: decision.nextSteps.length - rows.length,
      foot: null,
      noun: "step",
    },
  ];
}

/** The rules with their reasons: those that are not met first, those that do not apply last. */
export function rules(review: Review): Part[] {
  const { open, excepted, holding, others } = sortedRules(review);
  const all = [...open, ...excepted, ...holding, ...others];
  if (all.length === 0) return [];
  const rows = all.slice(0, mostRules).map((rule) => ruleItem(review, rule));
  return [{ kind: "rows", ...details("Policy rules", ""), rows, omitted: all.length - rows.length, noun: "rule" }];
}

const mostRules = 200;
const mostReasons = 20;
const deepest = 6;

const ruleSigns: Record<RuleResult["state"], string> = {
  satisfied: "✓",
  "not-applicable": "–",
  unsatisfied: "✗",
  warned: "✗",
  blocked: "✗",
  undecided: "?",
  waiting: "?",
  stale: "?",
  unsatisfiable: "?",
  waived: "!",
  overridden: "!",
};

function ruleItem(review: Review, rule: RuleResult): string {
  const from = rule.floor === null ? "" : ` of ${code(rule.floor)}`;
  const title = rule.title === "" || rule.title === rule.id ? "" : `: ${prose(rule.title)}`;
  return [
    `- ${ruleSigns[rule.state]} ${code(rule.id)}${from} **${prose(consequence(rule))}**${title}`,
    ...reasonItems(reasonTree(review, rule), 1),
  ].join("\n");
}

const stateSigns: Record<Reason["state"], string> = { yes: "✓", no: "✗", unknown: "?" };

function reasonItems(reasons: readonly Reason[], depth: number): string[] {
  if (depth > deepest) return [];
  const indent = "  ".repeat(depth);
  const items = reasons
    .slice(0, mostReasons)
    .flatMap(({ says, state, fix, reasons: inner }) => [
      `${indent}- ${stateSigns[state]} ${prose(says, 600)}${fix !== null ? ` → ${prose(fix, 600)}` : ""}`,
      ...reasonItems(inner, depth + 1),
    ]);
  const left = reasons.length - mostReasons;
  return left > 0 ? [...items, `${indent}- … ${left} more, see \`report.json\``] : items;
}
