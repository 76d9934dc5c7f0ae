import { writeFacts } from "../core/facts-file.ts";
import { renderJson, renderSarif, renderSummary, summaryLimits } from "../core/report/index.ts";
import { allLintRules } from "../core/rules.ts";
import type { GateResult } from "./run-gate.ts";

/** One file of the report folder. */
export interface Document {
  name: "report.json" | "summary.md" | "report.sarif" | "facts.json";
  text: string;
}

/** The report folder's files, each a pure function of the result. Nothing in them needs hiding. */
export function documents({ facts, review }: GateResult): Document[] {
  return [
    { name: "report.json", text: renderJson(review) },
    { name: "summary.md", text: renderSummary(review, { maxBytes: summaryLimits.step }) },
    { name: "report.sarif", text: renderSarif(review, allLintRules) },
    { name: "facts.json", text: writeFacts(facts) },
  ];
}
