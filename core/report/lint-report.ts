import type { Finding } from "../findings/finding.ts";
import { jsonText } from "../json-text.ts";
import { inertJson, redactDeep } from "../untrusted/index.ts";
import type { HeadPlaces } from "./head-places.ts";
import { cell, code, prose, row } from "./markdown/words.ts";
import { count } from "./numbers.ts";
import { mostSevereFirst } from "./order.ts";
import type { Review } from "./review.ts";
import { findingWords } from "./rows.ts";
import { findings } from "./terminal/findings.ts";
import { paragraph } from "./terminal/layout.ts";
import { pageText } from "./terminal/page-text.ts";
import { openScreen, type TerminalOptions } from "./terminal/screen.ts";
import { plain, plainPath } from "./text.ts";
import { placeWords, writerWords } from "./words.ts";

/** What `countersign lint` found: in a change, or in files that stand in none. */
export interface LintReport {
  engine: Review["engine"];
  findings: Finding[];
  /** What was not looked at, and why. */
  notAnalysed: Review["notAnalysed"];
  /** Null for plain files. */
  change: {
    repository: Review["change"]["repository"];
    /** The commit at head. */
    head: string;
    places: HeadPlaces;
    incomplete: string[];
  } | null;
}

/**
 * As JSON: `{ findings: [{ rule, severity, path, line, endLine, … }], notAnalysed: [{ path, reason }] }`. Lines from 1; null
 * where a finding is about a file as a whole. Redacted.
 */
export function renderLintJson({ engine, findings: found, notAnalysed }: LintReport): string {
  const rows = mostSevereFirst(found).map(({ place, ...finding }) => ({
    rule: finding.rule,
    severity: finding.severity,
    path: "path" in place ? place.path : null,
    line: place.kind === "lines" ? place.start : null,
    endLine: place.kind === "lines" ? place.end : null,
    message: finding.message,
    help: finding.help,
    confidence: finding.confidence,
    severityReason: finding.severityReason,
    writer: finding.writer,
    fingerprint: finding.fingerprint,
    atBase: finding.atBase ?? false,
    toolSeverity: finding.toolSeverity ?? null,
    alsoReportedBy: finding.alsoReportedBy ?? [],
    waivedBy: finding.waivedBy,
  }));
  return inertJson(jsonText(redactDeep({ version: 1, engine, findings: rows, notAnalysed })));
}

/** For a terminal: each finding with what to do, then what was not looked at. Ends with a line break. */
export function renderLintTerminal(report: LintReport, options: TerminalOptions): string {
  const screen = openScreen(options);
  const skipped = report.notAnalysed.slice(0, mostSkipped).flatMap(({ path, reason }) =>
    paragraph(screen, 2, [
      { text: plainPath(path), style: "strong", max: 1_000 },
      { text: `  ${reason}`, max: 400 },
    ]),
  );
  const left = report.notAnalysed.length - mostSkipped;
  return pageText([
    ...(findingWords(report.findings) === null
      ? paragraph(screen, 0, [{ text: "No findings.", style: "good" }])
      : findings(screen, report, { most: 500, whole: "`--json`" })),
    ...(skipped.length === 0 ? [] : ["", screen.paint("caution", "Not analysed"), ...skipped]),
    ...(left > 0 ? paragraph(screen, 2, [{ text: `and ${count(left, "more file")}: see \`--json\`` }]) : []),
  ]);
}

const mostSkipped = 20;

/** As Markdown, for a comment or a job summary. */
export function renderLintMarkdown({ findings: found, notAnalysed }: LintReport): string {
  const all = mostSevereFirst(found);
  const total = findingWords(all);
  const helps = new Map(all.map(({ rule, help }) => [rule, help]));
  const head = ["| Severity | Where | What | Who wrote it |", "|---|---|---|---|"];
  const rows = all
    .slice(0, mostRows)
    .map(({ severity, place, rule, message, writer }) =>
      row(
        severity,
        code(placeWords(place), 300),
        `${code(rule)} ${cell(message)}`,
        writer === null ? "–" : cell(writerWords(writer)),
      ),
    );
  const more = all.length > mostRows ? [`… and ${count(all.length - mostRows, "more finding")}.`] : [];
  const skipped = notAnalysed.slice(0, mostSkipped).map(({ path, reason }) => `- ${code(path, 300)}: ${prose(reason)}`);
  return [
    ...(total === null ? ["### No findings"] : [`### Findings: ${total}`, "", ...head, ...rows, ...more, ""]),
    ...[...helps].map(([rule, help]) => `- ${code(rule)}: ${prose(help, 600)}`),
    ...(skipped.length === 0 ? [] : ["", "### Not analysed", "", ...skipped]),
    "",
  ].join("\n");
}

const mostRows = 200;

/** One line for a log: `3 errors, 1 notice in 812 files`. */
export function lintTotal({ findings: found }: LintReport): string {
  return plain(findingWords(found) ?? "no findings");
}
