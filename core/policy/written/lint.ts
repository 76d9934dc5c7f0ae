import * as z from "zod";
import { Severity } from "../../findings/finding.ts";
import { filterModes, type FilterMode } from "../../findings/index.ts";
import { worded } from "../wording.ts";

/** What a policy says of the lint rules. */
export interface LintSettings {
  filter: FilterMode;
  /** Sorted by rule. */
  severity: readonly RuleSeverity[];
}

/** Other severities of a lint rule than its own; null: as the rule has it. */
export interface RuleSeverity {
  rule: string;
  /** What it finds does not count, and is not reported. */
  ignored: boolean;
  human: Severity | null;
  aiEdited: Severity | null;
  aiAsIs: Severity | null;
}

const severityOf = (whose: string) =>
  worded(Severity, { says: `The severity of ${whose}.`, expects: "error, warning or notice", example: "warning" });

const each = worded(
  z
    .strictObject({
      human: severityOf("what a person wrote, or nobody is known to have written").optional(),
      ai_edited: severityOf("what a tool wrote and a person edited").optional(),
      ai_as_is: severityOf("what a tool wrote and nobody edited").optional(),
    })
    .refine((written) => Object.values(written).some((value) => value !== undefined), {
      params: { code: "CS011", what: "no severity is given", fix: "Write `{ ai_as_is: error }`." },
    }),
  {
    says: "A severity each by who wrote the line. What is left out stays as the rule has it.",
    expects: "a mapping with `human`, `ai_edited` or `ai_as_is`",
    example: { human: "notice", ai_edited: "warning", ai_as_is: "error" },
  },
  { minProperties: 1 },
);

const severity = worded(
  z.union([
    worded(z.enum(["error", "warning", "notice", "ignore"]), {
      says: "One severity whoever wrote the line; `ignore` reports nothing of it.",
      expects: "error, warning, notice or ignore",
      example: "warning",
      no: "ignore",
    }),
    each,
  ]),
  {
    says: "How much this lint rule's findings weigh: a severity, one each by who wrote the line, or `ignore`.",
    expects: "error, warning, notice or ignore, or a mapping with `human`, `ai_edited` and `ai_as_is`",
    example: "warning",
  },
);

/** How findings in code are taken. */
export const lintSchema = worded(
  z.strictObject({
    filter: worded(z.enum(filterModes), {
      says: "Which findings in code count: on lines that the change adds or between which it takes some away (`added`), within three lines of those (`diff_context`), in functions that it touches (`function`), on added lines that count as AI (`ai`); with what was there before, in its files (`file`), or wherever any are known (`nofilter`). Default: `added`.",
      expects: "one of added, diff_context, file, nofilter, function, ai",
      example: "added",
    }).optional(),
    severity: worded(z.record(z.string(), severity), {
      says: "Severities of lint rules other than their own, by the rule's name. Findings of credentials keep theirs.",
      expects: "a mapping from lint rules to severities",
      example: {
        "complex-function": { human: "notice", ai_edited: "warning", ai_as_is: "error" },
        "type-escape": "ignore",
      },
    }).optional(),
  }),
  {
    says: "What lint rules find, and what it weighs, before any rule of this policy asks.",
    expects: "a mapping with `filter` or `severity`",
    example: { filter: "added", severity: { "type-escape": "notice" } },
  },
);
/** As a person writes it. */
export type WrittenLint = z.infer<typeof lintSchema>;

/** With every default. */
export function resolveLint(written: WrittenLint): LintSettings {
  const severities = Object.entries(written.severity ?? {}).map(([rule, value]) => ({ rule, ...whole(value) }));
  return { filter: written.filter ?? "added", severity: severities.sort((a, b) => (a.rule < b.rule ? -1 : 1)) };
}

type WrittenSeverity = NonNullable<WrittenLint["severity"]>[string];

function whole(written: WrittenSeverity): Omit<RuleSeverity, "rule"> {
  if (written === "ignore") return { ignored: true, human: null, aiEdited: null, aiAsIs: null };
  if (typeof written === "string") return { ignored: false, human: written, aiEdited: written, aiAsIs: written };
  const { human = null, ai_edited: aiEdited = null, ai_as_is: aiAsIs = null } = written;
  return { ignored: false, human, aiEdited, aiAsIs };
}
