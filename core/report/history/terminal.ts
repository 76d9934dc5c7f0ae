import { isByTool, verdicts, type Verdict } from "../../change/authorship.ts";
import type { PromptFamily, RecordTotals, Total } from "../../provenance/index.ts";
import { withoutWorkflowCommands } from "../../untrusted/index.ts";
import { count, grouped, ofTotal, percent } from "../numbers.ts";
import { bar, heading, paragraph, table, type Column, type Span } from "../terminal/layout.ts";
import { openScreen, type Screen, type Style, type TerminalOptions } from "../terminal/screen.ts";
import { plain, shortSha } from "../text.ts";
import type { HistoryDocument } from "./document.ts";
import { periodsOf, type Period } from "./periods.ts";

/**
 * A history as tables with small bars, for a terminal or a file. Ends with a line break. The words of commits stand
 * nowhere in it, but for the range that was asked for: tools and models are names of closed lists.
 */
export function renderHistory(document: HistoryDocument, options: TerminalOptions): string {
  const screen = openScreen(options);
  const sections = [headline, byVerdict, byTool, byModel, byPeriod, records, promptFamilies, notes];
  return withoutWorkflowCommands(`${sections.flatMap((section) => section(screen, document)).join("\n")}\n`);
}

type Section = (screen: Screen, document: HistoryDocument) => string[];

const headline: Section = (screen, document) => {
  const { range, commits, lines } = document;
  const dates = commits.first === null ? "" : `, ${commits.first.slice(0, 10)} to ${(commits.last ?? "").slice(0, 10)}`;
  const merges = commits.merges === 0 ? "" : `, ${count(commits.merges, "merge")} among them`;
  const added = lines === null ? "" : `; ${count(lines.added, "added line")}, ${grouped(lines.deleted)} deleted`;
  const asked: Span[] = [{ text: `History of ${plain(range.asked)}`, style: "strong" }];
  return [
    ...paragraph(screen, 0, [...asked, { text: ` at ${shortSha(range.head)}`, style: "quiet" }]),
    ...paragraph(screen, 0, [{ text: `${count(commits.total, "commit")}${merges}${dates}${added}` }]),
    ...(commits.total === 0 ? [] : paragraph(screen, 0, [{ text: `By tools: ${byTools(document)}`, style: "ai" }])),
  ];
};

/** What tools wrote, helped with or suggested, in one line. */
function byTools(document: HistoryDocument): string {
  const tools = verdicts.filter(isByTool).map((verdict) => document.verdicts[verdict]);
  const commits = { covered: tools.reduce((sum, each) => sum + each.commits, 0), total: document.commits.total };
  const lines = { covered: tools.reduce((sum, each) => sum + (each.lines ?? 0), 0), total: document.lines?.added ?? 0 };
  const inLines = lines.total === 0 ? "" : `, and ${ofTotal(lines, "added lines")}`;
  return `${ofTotal(commits, "commits")}${inLines}; what left no trace is not among them`;
}

const barCells = 12;

function countColumns(title: string): Column[] {
  return [
    { title, cut: "end", least: 14 },
    { title: "commits", align: "right" },
    { title: "", align: "right", optional: true },
    { title: "", optional: true },
    { title: "added lines", align: "right", optional: true },
    { title: "", align: "right", optional: true },
    { title: "", optional: true },
  ];
}

/** A name, its commits and lines, each with its share of all. */
function countRow(screen: Screen, name: Span, total: Total, all: Total, style: Style): Span[] {
  return [
    name,
    ...shareCells(screen, total.commits, all.commits, style),
    ...shareCells(screen, total.lines, all.lines, style),
  ];
}

function shareCells(screen: Screen, covered: number | null, total: number | null, style: Style): Span[] {
  if (covered === null || total === null) return [{ text: "" }, { text: "" }, { text: "" }];
  const ratio = { covered: Math.min(covered, total), total };
  return [
    { text: grouped(covered) },
    { text: percent(ratio) ?? "", style: "quiet" },
    { text: bar(screen, ratio, total === 0 ? 0 : barCells), style },
  ];
}

const byVerdict: Section = (screen, document) => {
  const rows = verdicts.map((verdict) => {
    const style = isByTool(verdict) ? "ai" : "quiet";
    return countRow(screen, { text: verdict }, document.verdicts[verdict], allOf(document), style);
  });
  return [
    ...heading(screen, "Who or what wrote it"),
    ...table(screen, 2, countColumns("verdict"), rows),
    ...conflicts(screen, document),
  ];
};

function conflicts(screen: Screen, { conflicts }: HistoryDocument): string[] {
  if (conflicts === 0) return [];
  const text = `In ${count(conflicts, "commit")} sources exclude each other: \`AI-Assisted: no\` beside a tool's mark, or marks that a record contradicts.`;
  return paragraph(screen, 2, [{ text }], { text: screen.signs.warn, style: "caution" });
}

function allOf({ commits, lines }: HistoryDocument): Total {
  return { commits: commits.total, lines: lines?.added ?? null };
}

const mostNames = 20;

const byTool: Section = (screen, document) => {
  const named = document.tools.map(({ agent, ...total }) => ({ name: agent ?? "a tool we do not know", ...total }));
  return nameTable(screen, document, "tool", named);
};

const byModel: Section = (screen, document) => {
  const named = document.models.map(({ model, ...total }) => ({ name: model ?? "no model named", ...total }));
  return nameTable(screen, document, "model", named);
};

function nameTable(
  screen: Screen,
  document: HistoryDocument,
  what: string,
  named: readonly (Total & { name: string })[],
): string[] {
  if (named.length === 0) return [];
  const shown = named.slice(0, mostNames);
  const rows = shown.map((each) => countRow(screen, { text: each.name, max: 60 }, each, allOf(document), "ai"));
  const left = named.length - shown.length;
  const more = `${screen.signs.more} and ${count(left, what)} more: \`--json\` has them all`;
  return [
    ...heading(screen, `By ${what}`),
    ...table(screen, 2, countColumns(what), rows),
    ...(left > 0 ? paragraph(screen, 2, [{ text: more, style: "quiet" }]) : []),
  ];
}

const byPeriod: Section = (screen, { months, lines }) => {
  const { unit, periods } = periodsOf(months);
  if (periods.length === 0) return [];
  const joined = unit === "month" ? "" : `, ${count(months.length, "month")} joined`;
  const columns: Column[] = [
    { title: unit, cut: "end", least: 7 },
    { title: "commits", align: "right" },
    { title: "by tools", align: "right" },
    { title: "", align: "right", optional: true },
    { title: "", optional: true },
    ...(lines === null
      ? []
      : ([
          { title: "added lines", align: "right", optional: true },
          { title: "by tools", align: "right", optional: true },
          { title: "", align: "right", optional: true },
          { title: "", optional: true },
        ] satisfies Column[])),
  ];
  return [
    ...heading(screen, `By ${unit}${joined}`),
    ...table(
      screen,
      2,
      columns,
      periods.map((period) => periodRow(screen, period)),
    ),
  ];
};

function periodRow(screen: Screen, { name, commits, lines }: Period): Span[] {
  const cells = (counts: Record<Verdict, number>): Span[] => {
    const total = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
    const byTools = verdicts.filter(isByTool).reduce((sum, verdict) => sum + counts[verdict], 0);
    return [{ text: grouped(total) }, ...shareCells(screen, byTools, total, "ai")];
  };
  return [{ text: name }, ...cells(commits), ...(lines === null ? [] : cells(lines))];
}

const records: Section = (screen, { records }) => {
  if (records === null) return [];
  const kept = records.sources.map(({ source, commits }) => `${source} ${grouped(commits)}`).join(", ");
  return [
    ...heading(screen, "Declared and attested"),
    ...paragraph(screen, 2, [{ text: `Commits with a record: ${kept || "none in this range"}` }]),
    ...(kept === "" ? [] : table(screen, 2, recordColumns, recordRows(screen, records))),
  ];
};

const recordColumns: Column[] = [
  { title: "", cut: "end", least: 20 },
  { title: "commits", align: "right" },
  { title: "", align: "right" },
  { title: "", optional: true },
];

function recordRows(screen: Screen, records: RecordTotals): Span[][] {
  const { withAiLines, withoutAiLines, disagreements } = records;
  const of = (name: string, part: number, all: number, style: Style = "ai"): Span[] => [
    { text: name },
    ...shareCells(screen, part, all, style),
  ];
  const alone = (name: string, commits: number): Span[] => [{ text: name }, { text: grouped(commits) }];
  return [
    alone("records show lines by a tool", withAiLines.commits),
    of("  and a mark of a tool says so", withAiLines.marked, withAiLines.commits),
    of("  and one of git's trailers does", withAiLines.inTrailers, withAiLines.commits),
    of("  and nothing declares it", disagreements["attested-not-declared"], withAiLines.commits, "caution"),
    of("  and `AI-Assisted: no` denies it", disagreements["denied-but-attested"], withAiLines.commits, "caution"),
    alone("records show no line by a tool", withoutAiLines.commits),
    of("  and a mark of a tool is there", withoutAiLines.marked, withoutAiLines.commits, "caution"),
    ...(records.unproven > 0 ? [alone("records prove neither", records.unproven)] : []),
  ];
}

const mostFamilies = 20;

const familyColumns: Column[] = [
  { title: "prompt" },
  { title: "commits", align: "right" },
  { title: "reverted", align: "right" },
  { title: "", align: "right", optional: true },
  { title: "added lines", align: "right", optional: true },
  { title: "first", optional: true },
  { title: "last", optional: true },
  { title: "tools", cut: "end" },
];

const promptFamilies: Section = (screen, { promptFamilies }) => {
  if (promptFamilies === null) return [];
  const { families, once } = promptFamilies;
  const shown = families.slice(0, mostFamilies);
  const none = `No prompt's fingerprint comes more than once; ${grouped(once)} come once.`;
  const left = families.length - shown.length;
  const rest = `${left > 0 ? `and ${count(left, "prompt")} more (\`--json\` has them all); ` : ""}${grouped(once)} come once`;
  return [
    ...heading(screen, "Prompts that come again"),
    ...(shown.length === 0
      ? paragraph(screen, 2, [{ text: none, style: "quiet" }])
      : [
          ...table(screen, 2, familyColumns, shown.map(familyRow)),
          ...paragraph(screen, 2, [{ text: rest, style: "quiet" }]),
        ]),
  ];
};

/** The first digits are enough to find it in `--json` or with `git log --grep`. */
function familyRow({ fingerprint, commits, reverted, lines, first, last, agents, models }: PromptFamily): Span[] {
  const digest = fingerprint.slice(fingerprint.lastIndexOf(":") + 1);
  return [
    { text: digest.slice(0, 12) },
    { text: grouped(commits) },
    { text: grouped(reverted), style: reverted > 0 ? "caution" : "quiet" },
    { text: percent({ covered: reverted, total: commits }) ?? "", style: "quiet" },
    { text: lines === null ? "" : grouped(lines) },
    { text: first?.slice(0, 10) ?? "" },
    { text: last?.slice(0, 10) ?? "" },
    { text: [...agents, ...models].join(", "), max: 200 },
  ];
}

const notes: Section = (screen, document) => {
  const undeclared = document.verdicts.undeclared.commits;
  const silent =
    undeclared > 0 ? ["`undeclared` says that nothing was declared or found, not that a person wrote it."] : [];
  return [
    "",
    ...[...document.notes, ...silent].flatMap((text) =>
      paragraph(screen, 2, [{ text }], { text: screen.signs.bullet, style: "quiet" }),
    ),
  ];
};
