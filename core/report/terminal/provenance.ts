import type { ToolTotal } from "../../provenance/provenance.ts";
import { count, grouped } from "../numbers.ts";
import { disagreementRows, sessionRows } from "../provenance-rows.ts";
import type { Review } from "../review.ts";
import { shortSha } from "../text.ts";
import { toolWords } from "../words.ts";
import { heading, paragraph, table, type Column, type Span } from "./layout.ts";
import type { Screen } from "./screen.ts";

const mostTools = 8;

const toolColumns: Column[] = [
  { title: "tool", cut: "end" },
  { title: "model", cut: "end" },
  { title: "commits", align: "right", optional: true },
  { title: "added lines", align: "right" },
];

/** Commits and lines by tool and model: `most` rows of them. */
export function byTool(screen: Screen, all: readonly ToolTotal[], most = mostTools): string[] {
  const rows = all
    .slice(0, most)
    .map(({ agent, model, commits, lines }): Span[] => [
      { text: agent ?? "not named", style: agent === null ? "quiet" : "ai", max: 60 },
      { text: model ?? screen.signs.dash, max: 60 },
      { text: grouped(commits) },
      { text: grouped(lines) },
    ]);
  if (rows.length === 0) return [];
  return ["", ...table(screen, 2, toolColumns, rows), ...more(screen, all.length - rows.length, "tool")];
}

const mostDisagreements = 10;

const disagreementColumns: Column[] = [
  { title: "commit" },
  { title: "declared", cut: "end" },
  { title: "attested", cut: "end" },
];

/** Commits whose trailers and whose records say different things. */
export function declaredVersusAttested(screen: Screen, review: Review): string[] {
  const all = disagreementRows(review);
  if (all.length === 0) return [];
  const rows = all.slice(0, mostDisagreements).map(({ commit, declared, attested }): Span[] => [
    { text: shortSha(commit), style: "quiet" },
    { text: declared, max: 100 },
    { text: attested, max: 200 },
  ]);
  return [
    ...heading(screen, "Declared versus attested"),
    ...table(screen, 2, disagreementColumns, rows),
    ...more(screen, all.length - rows.length, "commit"),
  ];
}

const mostSessions = 10;

const sessionColumns: Column[] = [
  { title: "session", cut: "end", least: 20 },
  { title: "tool", cut: "end", givesFirst: true },
  { title: "files", align: "right", optional: true },
  { title: "added lines", align: "right" },
];

/** The tools' own ids or addresses of their sessions, most lines first. */
export function sessions(screen: Screen, review: Review): string[] {
  const all = sessionRows(review);
  if (all.length === 0) return [];
  const rows = all
    .slice(0, mostSessions)
    .map(({ session, agent, model, files, lines }): Span[] => [
      { text: session, max: 160 },
      { text: toolWords({ verdict: "agent-assisted", agent, model }) ?? "", max: 60 },
      { text: grouped(files) },
      { text: grouped(lines) },
    ]);
  return ["", ...table(screen, 2, sessionColumns, rows), ...more(screen, all.length - rows.length, "session")];
}

/** Says how many rows are left out, if any. */
export function more(screen: Screen, left: number, noun: string): string[] {
  if (left <= 0) return [];
  const text = `${screen.signs.more} and ${count(left, `more ${noun}`)}: see report.json`;
  return paragraph(screen, 2, [{ text, style: "quiet" }]);
}
