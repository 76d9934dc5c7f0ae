import * as z from "zod";
import { checkCoverage, type CoverageLimits } from "../coverage-check.ts";
import { atLeast, atMost, stepOfLimit, stepOfWord, type Step } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { countSchema, percentSchema } from "../schemas.ts";
import { worded } from "../wording.ts";

const percent = (says: string, example: number) =>
  percentSchema({ says, expects: "a number from 0 to 100", example }).optional();

const limitKeys = ["patch_lines", "patch_branches", "ai_lines", "project_delta", "untested_functions"] as const;

const schema = worded(
  z
    .strictObject({
      patch_lines: percent("Of the added lines that can run, at least this percentage was run by a test.", 80),
      patch_branches: percent("Of the branches on added lines, at least this percentage was taken by a test.", 70),
      ai_lines: percent(
        "Of the added lines that count as AI and can run, at least this percentage was run by a test.",
        90,
      ),
      project_delta: worded(z.number().min(-100).max(100), {
        says: "The line coverage of the whole project changes by at least this many percentage points; -0.1 lets it fall by a tenth.",
        expects: "a number from -100 to 100, in percentage points",
        example: -0.1,
      }).optional(),
      untested_functions: countSchema({
        says: "At most this many functions that are new or changed were entered by no test.",
        expects: "a whole number from 0",
        example: 0,
      }).optional(),
      per: worded(z.enum(["change", "area"]), {
        says: "`area`: the limits on what was added hold for each area that the rule's files touch by itself, and for the files in none. `change`: for all of them together. Default: `change`.",
        expects: "`change` or `area`",
        example: "area",
      }).optional(),
      no_report: worded(z.enum(["block", "warn"]), {
        says: "What missing evidence comes to: no report, no baseline, a file that no report measures. Default: `block`, which is a warning where the rule's mode is not `enforce`. It never passes.",
        expects: "`block` or `warn`",
        example: "block",
      }).optional(),
    })
    .refine(hasLimit, {
      params: { code: "CS011", what: "no limit is given", fix: "Write `coverage: { patch_lines: 80 }`." },
    }),
  {
    says: "What the tests must have reached of the files for which the rule holds; `project_delta` is about the whole project.",
    expects: "a mapping with limits",
    example: { patch_lines: 80 },
  },
  { anyOf: limitKeys.map((key) => ({ required: [key] })) },
);

/** Asks what the tests ran of the added lines. */
export const coverage: Requirement<z.infer<typeof schema>, CoverageLimits> = {
  schema,
  facts: ["provenance", "authorship", "coverage", "notAnalysed", "files.file", "files.pathForms"],
  resolve: (written) => ({
    patchLines: ratio(written.patch_lines),
    patchBranches: ratio(written.patch_branches),
    aiLines: ratio(written.ai_lines),
    projectDelta: ratio(written.project_delta),
    untestedFunctions: written.untested_functions ?? null,
    byArea: written.per === "area",
    noReport: written.no_report ?? "block",
  }),
  compare: (before, after) => [
    ...limitSteps(before, after),
    ...stepsOfPer(before, after),
    ...stepOfWord("no_report", ["warn", "block"], before.noReport, after.noReport),
  ],
  mayEase: hasShare,
  check: checkCoverage,
};

function hasLimit(written: Partial<Record<(typeof limitKeys)[number], unknown>>): boolean {
  return limitKeys.some((key) => written[key] !== undefined);
}

function ratio(percentage: number | undefined): number | null {
  return percentage === undefined ? null : percentage / 100;
}

const percentUnit = 0.01;

function limitSteps(before: CoverageLimits, after: CoverageLimits): Step[] {
  return [
    ...stepOfLimit("patch_lines", atLeast, before.patchLines, after.patchLines, percentUnit),
    ...stepOfLimit("patch_branches", atLeast, before.patchBranches, after.patchBranches, percentUnit),
    ...stepOfLimit("ai_lines", atLeast, before.aiLines, after.aiLines, percentUnit),
    ...stepOfLimit("project_delta", atLeast, before.projectDelta, after.projectDelta, percentUnit),
    ...stepOfLimit("untested_functions", atMost, before.untestedFunctions, after.untestedFunctions),
  ];
}

/**
 * A share that each area reaches is not always one that all of them reach together: a file in two areas counts in both. And
 * a number of functions for each area is more in all.
 */
function stepsOfPer(before: CoverageLimits, after: CoverageLimits): Step[] {
  if (before.byArea === after.byArea) return [];
  const asksShares = [before, after].some(hasShare);
  const allowsSome = [before, after].some(({ untestedFunctions }) => (untestedFunctions ?? 0) > 0);
  if (!asksShares && !allowsSome) return [];
  const toArea = allowsSome ? "loosens" : "changes";
  const toChange = asksShares ? "loosens" : "tightens";
  return [{ effect: after.byArea ? toArea : toChange, what: `per ${after.byArea ? "area" : "change"}` }];
}

/** Whether a share is asked for: more files may reach together what fewer did not. */
function hasShare({ patchLines, patchBranches, aiLines }: CoverageLimits): boolean {
  return [patchLines, patchBranches, aiLines].some((limit) => limit !== null && limit > 0 && limit < 1);
}
