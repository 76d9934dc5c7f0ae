import { writeFacts } from "../core/facts-file.ts";
import { renderJson, renderRecord, renderSarif, renderSummary, summaryLimits } from "../core/report/index.ts";
import { allLintRules } from "../core/rules.ts";
import { recordOf } from "./record.ts";
import type { GateResult } from "./run-gate.ts";

/** One file of the report folder. */
export interface Document {
  name: "report.json" | "summary.md" | "report.sarif" | "facts.json" | "record.json";
  text: string;
}

/**
 * The report folder's files, each a pure function of the result; the record also names the workflow run that the
 * environment tells of. Nothing in them needs hiding.
 */
export function documents(result: GateResult, environment: Parameters<typeof recordOf>[1] = {}): Document[] {
  const { facts, review } = result;
  return [
    { name: "report.json", text: renderJson(review) },
    { name: "summary.md", text: renderSummary(review, { maxBytes: summaryLimits.step }) },
    { name: "report.sarif", text: renderSarif(review, allLintRules) },
    { name: "facts.json", text: writeFacts(facts) },
    { name: "record.json", text: renderRecord(recordOf(result, environment)) },
  ];
}
