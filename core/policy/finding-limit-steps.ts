import { severities, type Severity } from "../findings/finding.ts";
import { compareSeverity } from "../findings/index.ts";
import { atMost, shown, stepOfLimit, type Step } from "./direction.ts";
import type { FindingLimits } from "./requirements/findings.ts";

type Raises = FindingLimits["escalate"][number];

/** How limits on findings differ from others. */
export function stepsOfFindingLimits(before: FindingLimits, after: FindingLimits): Step[] {
  const rules = named(before.rules, after.rules).map(
    (rule) => [rule, ...pairOf(before.rules, after.rules, rule)] as const,
  );
  return [
    ...severities.flatMap((severity) =>
      stepOfLimit(`max_${severity}s`, atMost, before.most[severity], after.most[severity]),
    ),
    ...rules.flatMap(([rule, one, other]) => stepOfLimit(shown(rule), atMost, one?.most ?? null, other?.most ?? null)),
    ...named(before.escalate, after.escalate).flatMap((rule) => {
      const [one, other] = pairOf(before.escalate, after.escalate, rule);
      return writers.flatMap((writer) => stepOfRaise(rule, writer, [one, other], after));
    }),
  ];
}

/** Whether findings that weigh more can meet the limits: they leave a count that is limited for one that is not as much. */
export function movesOut(limits: Pick<FindingLimits, "most">): boolean {
  return severities.some((severity) => !isSafe(severity, limits));
}

/** Whether some findings weigh more on what people wrote. */
export function escalatesPeople({ escalate }: Pick<FindingLimits, "escalate">): boolean {
  return escalate.some(({ ai, human }) => human !== null && (ai === null || compareSeverity(human, ai) < 0));
}

const writers = ["ai", "human"] as const;

function stepOfRaise(
  rule: string,
  writer: (typeof writers)[number],
  [before, after]: readonly [Raises | undefined, Raises | undefined],
  limits: FindingLimits,
): Step[] {
  const [was, is] = [before?.[writer] ?? null, after?.[writer] ?? null];
  if (was === is) return [];
  const what = `${shown(rule)} at least ${is ?? "as it is"} (${writer}), which is ${was ?? "as it is"}`;
  const rises = was === null || (is !== null && compareSeverity(is, was) < 0);
  if (!rises || is === null) return [{ effect: "loosens", what }];
  return [{ effect: isSafe(is, limits) ? "tightens" : "changes", what }];
}

/** Whether a finding that comes to weigh so much can only count for more: none may be there, or none below is counted. */
function isSafe(severity: Severity, { most }: Pick<FindingLimits, "most">): boolean {
  const below = severities.filter((other) => compareSeverity(severity, other) < 0);
  return most[severity] === 0 || below.every((other) => most[other] === null);
}

function named(...lists: readonly (readonly { rule: string }[])[]): string[] {
  return [...new Set(lists.flatMap((list) => list.map(({ rule }) => rule)))].sort();
}

function pairOf<T extends { rule: string }>(before: readonly T[], after: readonly T[], rule: string) {
  const find = (list: readonly T[]) => list.find((entry) => entry.rule === rule);
  return [find(before), find(after)] as const;
}
