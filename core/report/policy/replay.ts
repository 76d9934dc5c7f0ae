import type { DecisionState } from "../../policy/decision.ts";
import { count } from "../numbers.ts";
import { heading, paragraph, type Span } from "../terminal/layout.ts";
import { pageText } from "../terminal/page-text.ts";
import { openScreen, type Screen, type Style, type TerminalOptions } from "../terminal/screen.ts";
import { decisionStyles } from "./decision-words.ts";

/** What a new policy would make of changes that are known. Strings are untrusted until they are drawn. */
export interface ReplayReport {
  counts: Readonly<Record<ReplayKind | "total", number>>;
  changes: readonly ReportedChange[];
  /** What a reader must know of the reading. */
  notes: readonly string[];
}

export interface ReportedChange {
  name: string;
  changeId: string;
  kind: ReplayKind;
  before: DecisionState | null;
  after: DecisionState | null;
  rules: readonly string[];
  problem: string | null;
}

type ReplayKind = "newly-blocks" | "newly-undecided" | "newly-waits" | "newly-passes" | "same" | "not-judged";

/** The page of `countersign policy replay`: the numbers, then every change that comes out otherwise. */
export function renderReplay(report: ReplayReport, options: TerminalOptions): string {
  const screen = openScreen(options);
  return pageText([
    ...headlines(screen, report),
    ...listed.flatMap(({ kind, title }) => section(screen, report, kind, title)),
    ...report.notes.flatMap((note) => ["", ...paragraph(screen, 0, [{ text: `Note: ${note}`, max: 1_000 }])]),
  ]);
}

const listed = [
  { kind: "newly-blocks", title: "Newly blocked", says: "would newly block", style: "bad" },
  { kind: "newly-undecided", title: "Newly undecided", says: "would newly be undecided", style: "bad" },
  {
    kind: "newly-waits",
    title: "Newly waiting for an approval",
    says: "would newly need an approval",
    style: "caution",
  },
  { kind: "newly-passes", title: "Newly passing", says: "would newly pass", style: "good" },
  { kind: "not-judged", title: "Not judged", says: "could not be judged", style: "caution" },
] as const satisfies { kind: ReplayKind; title: string; says: string; style: Style }[];

/** `3 of 214 would newly block`. That nothing newly blocks is worth a line; of the other kinds only what there is. */
function headlines(screen: Screen, { counts }: ReplayReport): string[] {
  const lines = listed
    .filter(({ kind }) => counts[kind] > 0 || kind === "newly-blocks")
    .map(({ kind, says, style }): Span[] => {
      const text = `${counts[kind]} of ${counts.total} ${says}`;
      return [counts[kind] > 0 ? { text, style } : { text }];
    });
  const same: Span[] = [{ text: `${count(counts.same, "change")} would come out the same`, style: "quiet" }];
  return [...lines, same].flatMap((spans) => paragraph(screen, 0, spans));
}

function section(screen: Screen, { changes }: ReplayReport, kind: ReplayKind, title: string): string[] {
  const found = changes.filter((change) => change.kind === kind);
  if (found.length === 0) return [];
  return [...heading(screen, title), ...found.flatMap((change) => lines(screen, change))];
}

function lines(screen: Screen, { name, changeId, before, after, rules, problem }: ReportedChange): string[] {
  // An id without a place is two commits: the name tells those that are read from a repository.
  const hasPlace = changeId !== "" && !changeId.startsWith("local@");
  const id: Span[] = hasPlace ? [{ text: ` (${changeId})`, style: "quiet", max: 300 }] : [];
  const named = paragraph(screen, 2, [{ text: name, style: "strong", max: 200 }, ...id]);
  if (before === null || after === null)
    return [...named, ...paragraph(screen, 4, [{ text: problem ?? "", max: 600 }])];
  const spans: Span[] = [
    { text: before, style: decisionStyles[before] },
    { text: ` ${screen.signs.to} ` },
    { text: after, style: decisionStyles[after] },
    { text: rules.length === 0 ? "" : `: ${rules.join(", ")}`, max: 1_000 },
  ];
  return [...named, ...paragraph(screen, 4, spans)];
}
