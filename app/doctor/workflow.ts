import { parseDocument } from "yaml";
import * as z from "zod";
import { runsGate } from "../../core/ownership/index.ts";

/** What of a workflow decides whether and how the gate runs. */
export interface Workflow {
  /** Each event with its filters. */
  on: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  jobs: readonly WorkflowJob[];
}

export interface WorkflowJob {
  id: string;
  /** What its check run is called. */
  checkName: string;
  condition: string | null;
  needs: readonly string[];
  continuesOnError: boolean;
  steps: readonly WorkflowStep[];
  /** Whether it runs the gate: itself, or by a workflow or action that says so in its name. */
  runsGate: boolean;
}

export interface WorkflowStep {
  uses: string;
  /** The `ref` that a checkout is given. */
  ref: string;
  condition: string | null;
  continuesOnError: boolean;
  runsGate: boolean;
}

/** A workflow's text as far as it can be read; null when it is none. Nothing in it is evaluated. */
export function parseWorkflow(text: string): Workflow | null {
  if (text.length > longest) return null;
  const read = Written.safeParse(dataOf(text));
  return read.success ? { on: eventsOf(read.data.on), jobs: Object.entries(read.data.jobs).map(jobOf) } : null;
}

/** Plain data; null for what is no document, or would grow without end by its aliases. */
function dataOf(text: string): unknown {
  try {
    const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
    return document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
}

/** In characters: GitHub's own limit of a workflow file is 512 kB. */
const longest = 512 * 1024;

const Condition = z.union([z.string(), z.boolean(), z.number()]).transform(String).nullable().default(null);
const Flag = z
  .unknown()
  .optional()
  .transform((value) => value !== undefined && value !== null && value !== false && value !== "false");
const Step = z.looseObject({
  uses: z.string().default(""),
  run: z.string().default(""),
  with: z.record(z.string(), z.unknown()).nullish(),
  if: Condition,
  "continue-on-error": Flag,
});
const Names = z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]);
const Job = z.looseObject({
  name: z.string().optional(),
  uses: z.string().default(""),
  if: Condition,
  needs: Names,
  "continue-on-error": Flag,
  steps: z.array(Step).default([]),
});
const Filters = z.record(z.string(), z.unknown()).nullable();
const Written = z.looseObject({
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.union([Filters, z.array(z.unknown())]))]),
  jobs: z.record(z.string(), Job),
});

function eventsOf(on: z.infer<typeof Written>["on"]): Workflow["on"] {
  if (typeof on === "string") return new Map([[on, {}]]);
  if (Array.isArray(on)) return new Map(on.map((event) => [event, {}]));
  return new Map(Object.entries(on).map(([event, filters]) => [event, Array.isArray(filters) ? {} : (filters ?? {})]));
}

function jobOf([id, job]: [string, z.infer<typeof Job>]): WorkflowJob {
  const steps = job.steps.map(stepOf);
  return {
    ...{ id, checkName: job.name ?? id, condition: job.if, needs: job.needs, steps },
    continuesOnError: job["continue-on-error"],
    runsGate: runsGate(job.uses) || steps.some((step) => step.runsGate),
  };
}

function stepOf({
  uses,
  run,
  with: inputs,
  if: condition,
  "continue-on-error": continuesOnError,
}: z.infer<typeof Step>): WorkflowStep {
  const ref = inputs?.["ref"];
  return {
    uses,
    ref: typeof ref === "string" ? ref : "",
    condition,
    continuesOnError,
    runsGate: runsGate(`${uses}\n${run}`),
  };
}
