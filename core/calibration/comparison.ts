import type { LintRule } from "../findings/index.ts";
import type { Language } from "../syntax/index.ts";
import { designEffect, sumsOf, type Sums } from "./clustering.ts";
import { poissonInterval, ratioInterval, ratioTest, type Found, type Interval } from "./intervals.ts";
import { isAiGroup, type MeasuredCommit } from "./measured-commit.ts";

/** A lint rule as it is measured. */
export interface RuleMeasured extends Pick<LintRule, "id" | "severity"> {
  /** Whose lines it is measured against; null: those of all. */
  languages: readonly Language[] | null;
}

/** So many findings in so many lines of so many commits. */
export interface Rate {
  /** Those that add a line of code. */
  commits: number;
  lines: number;
  findings: number;
  /** Findings per 1,000 lines; null without a line. */
  perThousand: number | null;
  /** Its exact 95 % interval if each finding came by itself; null without a line. */
  exact: Interval | null;
  /** As many times fewer findings are these worth, because those of one commit come together; from 1. */
  widening: number;
  /** The interval of so many fewer. This is the one to read. */
  interval: Interval | null;
}

/**
 * What two rates say together. `too-little`: they are not compared; `no-difference`: they cannot be told apart; else the
 * rate of AI is `higher` or `lower`.
 */
export type Answer = "too-little" | "no-difference" | "higher" | "lower";

/** AI, as it came and edited, beside everything else. */
export interface Comparison {
  ai: Rate;
  others: Rate;
  answer: Answer;
  /** Rate of AI over rate of the others; null where there is none to divide by, or too little to compare. */
  ratio: number | null;
  /** Its 95 % interval; null with too little to compare. */
  interval: Interval | null;
  /** Two-sided; null with too little to compare. For a rule after Holm's correction over all rules that were compared. */
  pValue: number | null;
}

/** Below these nothing is compared. */
export const least = {
  /** Added lines of code on each side. */
  lines: 2_000,
  /** Commits that add code, on each side. */
  commits: 20,
  /** Findings, on both sides together: none beside many is an answer too. */
  findings: 10,
} as const;

/** AI beside the rest, by one rule in the lines of its languages; null: by all rules in all lines. */
export function compare(commits: readonly MeasuredCommit[], rule: RuleMeasured | null): Comparison {
  const ai = sumsIn(commits, ({ group }) => isAiGroup(group), rule);
  const others = sumsIn(commits, ({ group }) => !isAiGroup(group), rule);
  const rates = { ai: rateOf(ai), others: rateOf(others) };
  const isTooLittle =
    [ai, others].some((side) => side.lines < least.lines || side.commits < least.commits) ||
    ai.findings + others.findings < least.findings;
  if (isTooLittle) return { ...rates, answer: "too-little", ratio: null, interval: null, pValue: null };
  const effects = [designEffect(ai), designEffect(others)] as const;
  // A side without a finding shows nothing of how they come: as on the other side, then.
  const first = worth(ai, effects[0] ?? effects[1] ?? 1);
  const second = worth(others, effects[1] ?? effects[0] ?? 1);
  const ratio = others.findings === 0 ? null : ai.findings / ai.lines / (others.findings / others.lines);
  const pValue = ratioTest(first, second);
  const answer = answerOf(pValue, rates);
  return { ...rates, answer, ratio, interval: ratioInterval(first, second), pValue };
}

/**
 * The same rate, seen in as much less as findings that come together are worth less (E. L. Korn and B. I. Graubard, Survey
 * Methodology 24, 1998: the exact interval of an effective sample size).
 */
function worth({ findings, lines }: Sums, effect: number): Found {
  return { count: findings / effect, size: lines / effect };
}

/** What a p-value says of two rates. */
export function answerOf(pValue: number, { ai, others }: Pick<Comparison, "ai" | "others">): Answer {
  if (pValue >= 0.05) return "no-difference";
  return (ai.perThousand ?? 0) > (others.perThousand ?? 0) ? "higher" : "lower";
}

/** The commits that are in, added up; by all rules or by one. */
export function sumsIn(
  commits: readonly MeasuredCommit[],
  isIn: (commit: MeasuredCommit) => boolean,
  rule: RuleMeasured | null,
): Sums {
  return sumsOf(
    commits.filter(isIn).map(({ lines, findings }) => ({
      lines: added(Object.entries(lines).map(([language, some]) => (reads(rule, language) ? some : 0))),
      findings: rule === null ? added([...findings.values()]) : (findings.get(rule.id) ?? 0),
    })),
  );
}

function reads(rule: RuleMeasured | null, language: string): boolean {
  return rule?.languages?.some((each) => each === language) ?? true;
}

function added(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The rate that sums come to. */
export function rateOf(sums: Sums): Rate {
  const { commits, lines, findings } = sums;
  const widening = designEffect(sums) ?? 1;
  const counts = { commits, lines, findings, widening };
  if (lines === 0) return { ...counts, perThousand: null, exact: null, interval: null };
  const per = (count: number) => (count * 1000) / lines;
  const scaled = ({ low, high }: Interval, by: number): Interval => ({ low: per(low * by), high: per(high * by) });
  return {
    ...counts,
    perThousand: per(findings),
    exact: scaled(poissonInterval(findings), 1),
    interval: scaled(poissonInterval(findings / widening), widening),
  };
}
