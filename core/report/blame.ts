import { verdicts, type Authorship, type Writer } from "../change/authorship.ts";
import { jsonText } from "../json-text.ts";
import type { ChangeProvenance } from "../provenance/provenance.ts";
import { inertJson, redact, redactDeep, withoutWorkflowCommands } from "../untrusted/index.ts";
import { count, grouped, percent } from "./numbers.ts";
import { verdictStyles } from "./terminal/authorship.ts";
import { heading, paragraph, table, type Column, type Span } from "./terminal/layout.ts";
import { byTool } from "./terminal/provenance.ts";
import { openScreen, type Screen, type TerminalOptions } from "./terminal/screen.ts";
import { plainPath, shortSha } from "./text.ts";

/** Lines `start` to `end` (inclusive, from 1) of one file, where they come from, and who wrote them. */
export interface BlamedLines extends Pick<Writer, "verdict" | "agent" | "model" | "evidence" | "session"> {
  start: number;
  end: number;
  /** Null when it is not known which commit brought them: a shallow clone ends before it. */
  commit: string | null;
  /** Their path in that commit's tree, and the first of the lines there. */
  originalPath: string | null;
  originalStart: number | null;
}

/** Who wrote each line of one file. */
export interface Blame {
  file: string;
  /** The commit whose tree was read, in full. */
  rev: string;
  lines: BlamedLines[];
  totals: Pick<ChangeProvenance["totals"], "lines" | "tools">;
}

/** The origins of a file's lines beside their writers: cut wherever either changes. */
export function blamedLines(
  origins: readonly Pick<BlamedLines, "start" | "end" | "commit" | "originalPath" | "originalStart">[],
  written: ReturnType<Authorship["files"]["get"]> = [],
): BlamedLines[] {
  let next = 0;
  return origins.flatMap((origin) => {
    const lines: BlamedLines[] = [];
    while (next < written.length && written[next]!.end < origin.start) next += 1;
    for (let at = next; at < written.length && written[at]!.start <= origin.end; at += 1) {
      const { writer, ...part } = written[at]!;
      const start = Math.max(part.start, origin.start);
      const { verdict, agent, model, evidence, session } = writer;
      const originalStart = origin.originalStart === null ? null : origin.originalStart + start - origin.start;
      const place = { commit: origin.commit, originalPath: origin.originalPath, originalStart };
      lines.push({ start, end: Math.min(part.end, origin.end), ...place, verdict, agent, model, evidence, session });
    }
    return lines;
  });
}

/** As JSON, without the text of the lines: redacted, a line break at the end. */
export function renderBlameJson(blame: Blame): string {
  return inertJson(jsonText(redactDeep(blame)));
}

/**
 * The file for a terminal: each line behind a gutter that says, where it changes, who wrote it and how we know; then the
 * sums. `text` are the lines of the file, untrusted: they come out as harmless text without secrets.
 */
export function renderBlame(blame: Blame, text: readonly string[], options: TerminalOptions): string {
  const screen = openScreen(options);
  const lines = [
    ...paragraph(screen, 0, [{ text: plainPath(blame.file), style: "strong", max: 1_000 }, { text: at(blame) }]),
    "",
    ...gutter(screen, blame, withoutSecrets(text)),
    ...sums(screen, blame),
  ];
  return `${lines.map(withoutWorkflowCommands).join("\n")}\n`;
}

function at({ rev, lines }: Blame): string {
  return ` at ${shortSha(rev)}, ${count(lines.at(-1)?.end ?? 0, "line")}`;
}

/** A private key goes over many lines, and is only known as a whole; where lines fall together with it, each is looked at alone. */
function withoutSecrets(text: readonly string[]): readonly string[] {
  const redacted = redact(text.join("\n")).split("\n");
  return redacted.length === text.length ? redacted : text.map((line) => redact(line));
}

const gutterColumns: Column[] = [
  { title: "verdict" },
  { title: "tool", cut: "end", givesFirst: true },
  { title: "model", optional: true },
  { title: "evidence", optional: true },
  { title: "commit" },
  { title: "line", align: "right" },
  { title: "text", cut: "end", least: 40 },
];

/** The gutter speaks on the first line of a stretch; on the next ones it is empty. */
function gutter(screen: Screen, { lines }: Blame, text: readonly string[]): string[] {
  const rows = lines.flatMap((stretch) =>
    Array.from({ length: stretch.end - stretch.start + 1 }, (_, index): Span[] => [
      ...(index === 0 ? said(screen, stretch) : silence),
      { text: String(stretch.start + index), style: "quiet" },
      { text: (text[stretch.start + index - 1] ?? "").replaceAll("\t", "    "), max: 400 },
    ]),
  );
  return rows.length === 0 ? ["  (no lines)"] : table(screen, 0, gutterColumns, rows);
}

const silence: Span[] = Array.from({ length: 5 }, () => ({ text: "" }));

function said(screen: Screen, { verdict, agent, model, evidence, commit }: BlamedLines): Span[] {
  return [
    { text: verdict, style: verdictStyles[verdict] },
    { text: agent ?? "", max: 60 },
    { text: model ?? "", max: 60 },
    { text: evidence === "none" ? "" : evidence, style: "quiet" },
    { text: commit === null ? screen.signs.unknown : commit.slice(0, 7), style: "quiet" },
  ];
}

/** Names come from closed lists, so a file has not many tools; there is no other report to look into. */
const mostTools = 500;

const sumColumns: Column[] = [
  { title: "verdict" },
  { title: "lines", align: "right" },
  { title: "share", align: "right" },
];

function sums(screen: Screen, { totals }: Blame): string[] {
  const total = verdicts.reduce((sum, verdict) => sum + totals.lines[verdict], 0);
  const rows = verdicts
    .filter((verdict) => totals.lines[verdict] > 0)
    .map((verdict): Span[] => [
      { text: verdict, style: verdictStyles[verdict] },
      { text: grouped(totals.lines[verdict]) },
      { text: percent({ covered: totals.lines[verdict], total }) ?? "" },
    ]);
  if (rows.length === 0) return [];
  return [
    ...heading(screen, "Who wrote it"),
    ...table(screen, 2, sumColumns, rows),
    ...byTool(screen, totals.tools, mostTools),
  ];
}
