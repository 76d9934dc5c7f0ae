import type { Finding } from "../../findings/finding.ts";
import { mostSevereFirst } from "../order.ts";
import type { Review } from "../review.ts";
import { findingWords } from "../rows.ts";
import { placeWords, writerWords } from "../words.ts";
import type { Part } from "./page.ts";
import { cell, code, prose, row } from "./words.ts";

const mostFindings = 100;

/** The most severe findings as a table, and below it what to do about each rule that found something. */
export function findings(review: Review): Part[] {
  const all = mostSevereFirst(review.findings);
  const total = findingWords(all);
  if (total === null) return [];
  const shown = all.slice(0, mostFindings);
  const head = [`### Findings: ${total}`, "", "| Severity | Where | What | Who wrote it |", "|---|---|---|---|"].join(
    "\n",
  );
  const rows = shown.map((finding) => findingRow(finding));
  return [
    { kind: "rows", head, rows, omitted: all.length - rows.length, foot: null, noun: "finding" },
    { kind: "rows", head: "", rows: helpItems(shown), omitted: 0, foot: null, noun: "rule" },
  ];
}

function findingRow(finding: Finding): string {
  return row(
    finding.severity,
    code(placeWords(finding.place), 300),
    `${code(finding.rule)} ${cell(finding.message)}${waived(finding)}`,
    finding.writer === null ? "–" : cell(writerWords(finding.writer)),
  );
}

function waived({ waivedBy }: Finding): string {
  return waivedBy === null ? "" : ` (waived: ${code(waivedBy, 100)})`;
}

/** Each rule's help once, in the order in which the table shows the rules. */
function helpItems(findings: readonly Finding[]): string[] {
  const helps = new Map(findings.map((finding) => [finding.rule, finding.help]));
  return [...helps].map(([rule, help]) => `- ${code(rule)}: ${prose(help, 600)}`);
}
