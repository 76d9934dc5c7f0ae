import { z } from "zod";
import { Severity, severities, type Finding } from "../../findings/finding.ts";
import { inertText } from "../../untrusted/index.ts";
import { commitEvents } from "../condition.ts";
import { findingsIn, notAnalysedIn, placeWords } from "../findings-in-scope.ts";
import { few, missed, satisfied } from "../reasons.ts";
import type { Requirement } from "../requirement.ts";
import { countSchema } from "../schemas.ts";
import { worded } from "../wording.ts";

const most = (severity: string) =>
  countSchema({
    says: `At most this many findings of severity ${severity}.`,
    expects: "a whole number",
    example: 0,
  }).optional();

const schema = worded(
  z
    .strictObject({
      max_errors: most("`error`"),
      max_warnings: most("`warning`"),
      max_notices: most("`notice`"),
      escalate: worded(
        z.record(
          z.string(),
          worded(Severity, {
            says: "The least severity of this lint rule's findings.",
            expects: "error, warning or notice",
            example: "error",
          }),
        ),
        {
          says: "Lint rules whose findings weigh at least this much here, by the rule's name. It only raises.",
          expects: "a mapping from lint rules to severities",
          example: { "detected-without-trailer": "error" },
        },
      ).optional(),
    })
    .refine(hasLimit, {
      params: { code: "CS011", what: "no limit is given", fix: "Write `findings: { max_errors: 0 }`." },
    }),
  {
    says: "How many findings there may be on the files for which the rule holds, on their commits, and on the change as a whole.",
    expects: "a mapping with limits",
    example: { max_errors: 0 },
  },
  { anyOf: ["max_errors", "max_warnings", "max_notices"].map((key) => ({ required: [key] })) },
);

/** How many findings of each severity there may be, null where no limit was written; `escalate` only raises. */
export interface FindingLimits {
  most: Record<Severity, number | null>;
  escalate: readonly { rule: string; severity: Severity }[];
}

/** Asks for few enough findings. */
export const findings: Requirement<z.infer<typeof schema>, FindingLimits> = {
  schema,
  facts: ["findings", "notAnalysed", "change", "files"],
  events: [...commitEvents, "report"],
  resolve: ({ max_errors, max_warnings, max_notices, escalate }) => ({
    most: { error: max_errors ?? null, warning: max_warnings ?? null, notice: max_notices ?? null },
    escalate: Object.entries(escalate ?? {})
      .map(([rule, severity]) => ({ rule, severity }))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1)),
  }),
  check: (limits, scope) => {
    const found = findingsIn(scope);
    const counted = found.filter(({ waivedBy }) => waivedBy === null);
    const weighed = counted.map((finding) => ({ finding, severity: weigh(finding, limits) }));
    const reasons = severities.flatMap((severity) => {
      const limit = limits.most[severity];
      const these = weighed.filter((one) => one.severity === severity);
      return limit === null || these.length <= limit ? [] : [tooMany(severity, limit, these)];
    });
    if (reasons.length === 0)
      return (
        notAnalysedIn(scope) ??
        satisfied(`the findings are within the limits: ${weighed.length} in all${waived(found)}`)
      );
    return missed(
      "there are too many findings",
      reasons.map(({ fix }) => fix).join(" "),
      reasons.map((reason) => ({ ...reason, fix: null })),
    );
  },
};

/** What is exempt is said where the rest is counted. */
function waived(found: readonly Finding[]): string {
  const ids = found.flatMap(({ waivedBy }) => waivedBy ?? []);
  return ids.length === 0 ? "" : `, and ${ids.length} exempt by waiver ${[...new Set(ids)].sort().join(", ")}`;
}

function hasLimit(written: Record<string, unknown>): boolean {
  return Object.entries(written).some(([key, value]) => key !== "escalate" && value !== undefined);
}

function weigh(finding: Finding, { escalate }: FindingLimits): Severity {
  const raised = escalate.find(({ rule }) => rule === finding.rule)?.severity ?? finding.severity;
  return severities.indexOf(raised) < severities.indexOf(finding.severity) ? raised : finding.severity;
}

interface Weighed {
  finding: Finding;
  severity: Severity;
}

function tooMany(severity: Severity, limit: number, found: readonly Weighed[]) {
  const says = `findings of severity ${severity}: ${found.length}, and at most ${limit} may be there`;
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
