import type { Verdict } from "../../change/authorship.ts";
import { grouped, ofTotal, percent } from "../numbers.ts";
import type { CommitProvenance } from "../../provenance/provenance.ts";
import type { Review } from "../review.ts";
import { verdictRows } from "../rows.ts";
import { shortSha } from "../text.ts";
import { toolWords, verdictMeanings } from "../words.ts";
import { bar, heading, paragraph, table, type Column, type Span } from "./layout.ts";
import { byTool, declaredVersusAttested, more, sessions } from "./provenance.ts";
import type { Screen, Style } from "./screen.ts";

/** Who wrote how much, and which commits say so. */
export function authorship(screen: Screen, review: Review): string[] {
  if (review.change.commits.length === 0) return [];
  return [
    ...heading(screen, "Who wrote it"),
    ...byVerdict(screen, review),
    ...byTool(screen, review.provenance.totals.tools),
    "",
    ...byCommit(screen, review),
    ...sessions(screen, review),
    ...declaredVersusAttested(screen, review),
  ];
}

/** Colour by how much a tool had to do with it. */
export const verdictStyles: Record<Verdict, Style> = {
  "agent-authored": "ai",
  "agent-assisted": "ai",
  suggestion: "ai",
  automation: "quiet",
  human: "good",
  undeclared: "caution",
};

const verdictColumns: Column[] = [
  { title: "verdict" },
  { title: "commits", align: "right", optional: true },
  { title: "added lines", align: "right" },
  { title: "", optional: true },
  { title: "share", align: "right", optional: true },
  { title: "reached by tests", cut: "end" },
  { title: "meaning", optional: true },
];

function byVerdict(screen: Screen, review: Review): string[] {
  const nothingKnown = review.coverage.patch.state === "absent" ? "" : "unknown";
  const rows = verdictRows(review).map((row): Span[] => [
    { text: row.verdict, style: verdictStyles[row.verdict] },
    { text: grouped(row.commits) },
    { text: grouped(row.lines) },
    { text: row.share.total === 0 ? "" : bar(screen, row.share, barCells(screen)), style: verdictStyles[row.verdict] },
    { text: percent(row.share) ?? "" },
    { text: row.tests === null ? nothingKnown : (ofTotal(row.tests) ?? "nothing to run") },
    { text: verdictMeanings[row.verdict], style: "quiet" },
  ]);
  return table(screen, 2, verdictColumns, rows);
}

/** A bar that leaves room for the words beside it, or none. */
function barCells(screen: Screen): number {
  return screen.width < 76 ? 0 : Math.min(24, screen.width - 66);
}

const mostCommits = 30;

const commitColumns: Column[] = [
  { title: "commit" },
  { title: "verdict" },
  { title: "tool", cut: "end", givesFirst: true, optional: true },
  { title: "lines", align: "right", optional: true },
  { title: "subject", cut: "end" },
];

function byCommit(screen: Screen, review: Review): string[] {
  const { commits, uncommitted } = review.change;
  const provenance = new Map(review.provenance.commits.map((commit) => [commit.sha, commit]));
  const rows = commits.slice(0, mostCommits).map((commit): Span[] => {
    const known = provenance.get(commit.sha);
    const verdict = known?.verdict ?? "undeclared";
    return [
      { text: commit.sha === uncommitted ? "(work)" : shortSha(commit.sha), style: "quiet" },
      { text: `${verdict}${known?.conflict === true ? " !" : ""}`, style: verdictStyles[verdict] },
      { text: toolText(screen, known), max: 60 },
      { text: grouped(commit.addedLines) },
      { text: commit.subject, max: 200 },
    ];
  });
  return [
    ...table(screen, 2, commitColumns, rows),
    ...more(screen, commits.length - rows.length, "commit"),
    ...conflicts(screen, review),
  ];
}

/** A model's name takes room that the subject needs more. */
function toolText(screen: Screen, commit: CommitProvenance | undefined): string {
  if (commit === undefined) return "";
  return (screen.width < 110 ? commit.agent : null) ?? toolWords(commit) ?? "";
}

function conflicts(screen: Screen, review: Review): string[] {
  if (!review.provenance.commits.some((commit) => commit.conflict)) return [];
  const text = "The marks on this commit contradict each other; the strongest counts.";
  return ["", ...paragraph(screen, 2, [{ text, style: "quiet" }], { text: "!", style: "caution" })];
}
