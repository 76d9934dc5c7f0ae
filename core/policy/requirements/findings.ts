import * as z from "zod";
import { isAi, type AiJudgement } from "../../change/ai-judgement.ts";
import { Severity, severities, type Finding } from "../../findings/finding.ts";
import { compareSeverity, isOtherToolRule } from "../../findings/index.ts";
import { inertText } from "../../untrusted/index.ts";
import { escalatesPeople, movesOut, stepsOfFindingLimits } from "../finding-limit-steps.ts";
import { findingsIn, notAnalysedIn, placeWords } from "../findings-in-scope.ts";
import { few, missed, satisfied } from "../reasons.ts";
import type { Scope } from "../judged.ts";
import type { Requirement } from "../requirement.ts";
import { countSchema } from "../schemas.ts";
import { worded } from "../wording.ts";
import { spend } from "../work.ts";

const most = (kind: string) =>
  countSchema({ says: `At most this many findings of ${kind}.`, expects: "a whole number from 0", example: 0 });

const least = (whose: string) =>
  worded(Severity, {
    says: `The least severity of this lint rule's findings${whose}.`,
    expects: "error, warning or notice",
    example: "error",
  });

const escalation = worded(
  z.union([
    least(""),
    worded(
      z
        .strictObject({
          ai: least(" on what counts as AI").optional(),
          human: least(" on anything else").optional(),
        })
        .refine(({ ai, human }) => ai !== undefined || human !== undefined, {
          params: { code: "CS011", what: "no severity is given", fix: "Write `{ ai: error }`." },
        }),
      {
        says: "The least severity by who wrote the line. Where that is not known, the more severe of the two.",
        expects: "a mapping with `ai` or `human`",
        example: { ai: "error", human: "warning" },
      },
      { minProperties: 1 },
    ),
  ]),
  {
    says: "The least severity of this lint rule's findings, or one each for what counts as AI and for the rest.",
    expects: "error, warning or notice, or a mapping with `ai` and `human`",
    example: "error",
  },
);

const schema = worded(
  z
    .strictObject({
      max_errors: most("severity `error`").optional(),
      max_warnings: most("severity `warning`").optional(),
      max_notices: most("severity `notice`").optional(),
      rules: worded(z.record(z.string(), most("this lint rule, whatever their severity")), {
        says: "How many findings of single lint rules there may be, by the rule's name.",
        expects: "a mapping from lint rules to whole numbers",
        example: { "detected-without-trailer": 0 },
      }).optional(),
      escalate: worded(z.record(z.string(), escalation), {
        says: "Lint rules whose findings weigh at least this much here, by the rule's name, and if need be by who wrote the line. It only raises.",
        expects: "a mapping from lint rules to severities, or to mappings with `ai` and `human`",
        example: { "detected-without-trailer": "error" },
      }).optional(),
    })
    .refine(hasLimit, {
      params: { code: "CS011", what: "no limit is given", fix: "Write `findings: { max_errors: 0 }`." },
    }),
  {
    says: "How many findings there may be on the files for which the rule holds, on their commits, and on the change as a whole.",
    expects: "a mapping with limits",
    example: { max_errors: 0 },
  },
  { anyOf: ["max_errors", "max_warnings", "max_notices", "rules"].map((key) => ({ required: [key] })) },
);

/** How many findings there may be: of each severity, null where no limit was written, and of single lint rules. */
export interface FindingLimits {
  most: Record<Severity, number | null>;
  rules: readonly { rule: string; most: number }[];
  /** Only raises, by who wrote the line; null raises nothing. */
  escalate: readonly { rule: string; ai: Severity | null; human: Severity | null }[];
}

/** Asks for few enough findings. */
export const findings: Requirement<z.infer<typeof schema>, FindingLimits> = {
  schema,
  facts: ["provenance", "findings", "notAnalysed", "files.file", "files.pathForms", "files.commits"],
  resolve: ({ max_errors, max_warnings, max_notices, rules, escalate }) => ({
    most: { error: max_errors ?? null, warning: max_warnings ?? null, notice: max_notices ?? null },
    rules: byName(rules ?? {}).map(([rule, limit]) => ({ rule, most: limit })),
    escalate: byName(escalate ?? {}).map(([rule, written]) => ({
      rule,
      ...(typeof written === "string"
        ? { ai: written, human: written }
        : { ai: written.ai ?? null, human: written.human ?? null }),
    })),
  }),
  compare: stepsOfFindingLimits,
  mayEase: (limits) => movesOut(limits) || escalatesPeople(limits),
  check: (limits, scope) => {
    const found = findingsIn(scope);
    const counted = found.filter(({ waivedBy }) => waivedBy === null);
    spend(scope.change.work, stepsOfFinding * found.length);
    const raise = raising(limits, scope);
    const weighed = counted.map((finding) => ({ finding, severity: raise(finding) }));
    const bySeverity = severities.flatMap((severity) => {
      const limit = limits.most[severity];
      const these = weighed.filter((one) => one.severity === severity);
      return limit === null || these.length <= limit ? [] : [tooMany(`severity ${severity}`, limit, these)];
    });
    const named = Map.groupBy(weighed, ({ finding }) => finding.rule);
    const byRule = limits.rules.flatMap(({ rule, most: limit }) => {
      const these = named.get(rule) ?? [];
      return these.length <= limit ? [] : [tooMany(rule, limit, these)];
    });
    const reasons = [...bySeverity, ...byRule];
    if (reasons.length === 0)
      return (
        notAnalysedIn(scope, { withTools: asksTools(limits) }) ??
        satisfied(`the findings are within the limits: ${weighed.length} in all${waived(found)}`)
      );
    return missed(
      "there are too many findings",
      reasons.map(({ fix }) => fix).join(" "),
      reasons.map((reason) => ({ ...reason, fix: null })),
    );
  },
};

/** Whether what another tool finds can be too much. */
function asksTools({ most, rules }: FindingLimits): boolean {
  return severities.some((severity) => most[severity] !== null) || rules.some(({ rule }) => isOtherToolRule(rule));
}

/** What is exempt is said where the rest is counted. */
function waived(found: readonly Finding[]): string {
  const ids = found.flatMap(({ waivedBy }) => waivedBy ?? []);
  return ids.length === 0 ? "" : `, and ${ids.length} exempt by waiver ${[...new Set(ids)].sort().join(", ")}`;
}

function hasLimit(written: Record<string, unknown>): boolean {
  return Object.entries(written).some(([key, value]) => key !== "escalate" && value !== undefined);
}

/** Weighing, sorting and telling one takes as long as comparing so many characters. */
const stepsOfFinding = 30;

type Escalation = FindingLimits["escalate"][number];

/** What a finding weighs here. A lint rule has at most one entry. */
function raising({ escalate }: FindingLimits, scope: Scope): (finding: Finding) => Severity {
  if (escalate.length === 0) return ({ severity }) => severity;
  const byRule = new Map(escalate.map((entry) => [entry.rule, entry]));
  spend(scope.change.work, escalate.length);
  return (finding) => {
    const entry = byRule.get(finding.rule);
    const raised = entry === undefined ? [] : raisedTo(entry, finding, scope.change.ai);
    return [finding.severity, ...raised].sort(compareSeverity)[0] ?? finding.severity;
  };
}

/** Where nobody is known to have written it, both hold: the more severe counts. */
function raisedTo({ ai, human }: Escalation, { place, writer }: Finding, judgement: AiJudgement): Severity[] {
  if (writer === null) return [ai, human].filter((severity) => severity !== null);
  const answer =
    "path" in place
      ? judgement.ofLine(place.path, writer)
      : place.kind === "commit"
        ? judgement.ofCommit(place.sha)
        : "no";
  return [isAi(answer) ? ai : human].filter((severity) => severity !== null);
}

function byName<T>(written: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Weighed {
  finding: Finding;
  severity: Severity;
}

function tooMany(kind: string, limit: number, found: readonly Weighed[]) {
  const says = `findings of ${kind}: ${found.length}, and at most ${limit} may be there`;
  const reasons = few(
    found.map((weighed) => ({ says: describe(weighed), state: "no" as const, fix: null, reasons: [] })),
  );
  const first = found[0]?.finding;
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : "";
  const fix =
    first === undefined ? null : `Mend ${first.rule} at ${placeWords(first.place)}${more}: ${inertText(first.help)}`;
  return { says, state: "no" as const, fix, reasons };
}

function describe({ finding, severity }: Weighed): string {
  const raised = severity === finding.severity ? "" : ` (raised to ${severity} by this rule)`;
  return `${finding.rule} at ${placeWords(finding.place)}: ${inertText(finding.message)}${raised}`;
}
