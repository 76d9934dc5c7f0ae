import type { DecisionState, Reason, RuleResult } from "../../policy/decision.ts";
import { atAGlance } from "../glance.ts";
import { sortedRules } from "../order.ts";
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
  const { state, enforced, summary } = review.decision;
  const why = summary.slice(0, 10).map((text) => prose(text, 600));
  const observed =
    state === enforced ? [] : [`> With every rule enforced: **${decisionWords[enforced].toLowerCase()}**.`];
  const glance = atAGlance(review).map(({ label, text }) => `- **${label}:** ${prose(text, 600)}`);
  return [
    whole(`## ${signs[state]} ${decisionWords[state]}`),
    ...why.map(whole),
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
  const rows = decision.nextSteps.slice(0, 50).map((text, index) => `${index + 1}. ${prose(text, 600)}`);
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

/** The rules that are not met, each with its tree of reasons. */
export function openRules(review: Review): Part[] {
  const { open } = sortedRules(review);
  if (open.length === 0) return [];
  const rows = open.slice(0, 100).map((rule) => ruleItem(rule));
  return [
    {
      kind: "rows",
      head: "### Rules that are not met\n",
      rows,
      omitted: open.length - rows.length,
      foot: null,
      noun: "rule",
    },
  ];
}

/** The rules that hold or do not apply: for who wants to know that they were asked. */
export function otherRules(review: Review): Part[] {
  const { holding, others } = sortedRules(review);
  const all = [...holding, ...others];
  if (all.length === 0) return [];
  const rows = all.slice(0, 100).map((rule) => ruleItem(rule));
  return [
    {
      kind: "rows",
      ...details("Rules that hold or do not apply", ""),
      rows,
      omitted: all.length - rows.length,
      noun: "rule",
    },
  ];
}

const mostReasons = 20;
const deepest = 6;

function ruleItem(rule: RuleResult): string {
  const sign =
    rule.state === "satisfied"
      ? "✓"
      : rule.state === "not-applicable"
        ? "–"
        : rule.state === "unsatisfied" || rule.state === "warned"
          ? "✗"
          : "?";
  const title = rule.title === "" || rule.title === rule.id ? "" : `: ${prose(rule.title)}`;
  return [`- ${sign} ${code(rule.id)} **${consequence(rule)}**${title}`, ...reasonItems(rule.reasons, 1)].join("\n");
}

const stateSigns: Record<Reason["state"], string> = { yes: "✓", no: "✗", unknown: "?" };

function reasonItems(reasons: readonly Reason[], depth: number): string[] {
  if (depth > deepest) return [];
  const indent = "  ".repeat(depth);
  const items = reasons
    .slice(0, mostReasons)
    .flatMap(({ says, state, fix, reasons: inner }) => [
      `${indent}- ${stateSigns[state]} ${prose(says, 600)}${fix !== null && state !== "yes" ? ` → ${prose(fix, 600)}` : ""}`,
      ...reasonItems(inner, depth + 1),
    ]);
  const left = reasons.length - mostReasons;
  return left > 0 ? [...items, `${indent}- … ${left} more, see \`report.json\``] : items;
}
