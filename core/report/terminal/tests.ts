import type { FileCoverageChange } from "../../coverage/coverage-review.ts";
import type { Ratio } from "../../coverage/report.ts";
import { count, grouped, lineRanges, ofTotal, points } from "../numbers.ts";
import { filesByUncovered } from "../order.ts";
import type { Review } from "../review.ts";
import { newPaths } from "../rows.ts";
import { plainPath } from "../text.ts";
import { linesPercent } from "../words.ts";
import { bar, heading, paragraph, table, type Column, type Span } from "./layout.ts";
import type { Screen } from "./screen.ts";

/** What the tests reached of the added lines, and what changed in each file and in the whole project. */
export function tests(screen: Screen, review: Review): string[] {
  return [
    ...heading(screen, "What the tests reach"),
    ...patch(screen, review),
    ...files(screen, review),
    ...unmeasured(screen, review),
  ];
}

const patchColumns: Column[] = [{ title: "" }, { title: "", optional: true }, { title: "", cut: "end", least: 36 }];

function patch(screen: Screen, review: Review): string[] {
  const { patch, unmeasured } = review.coverage;
  if (patch.state === "absent") return unknown(screen, `What the tests reach is unknown: ${patch.reason}.`);
  const none = unmeasured.length === 0 ? "none that can run" : "unknown";
  const rows = [
    measured(screen, "added lines", patch.value.lines, none),
    measured(screen, "added branches", patch.value.branches, none),
    measured(screen, "added functions", patch.value.functions, none),
    ...project(screen, review),
  ];
  return [...table(screen, 2, patchColumns, rows), ...baseline(screen, review)];
}

/** `none` is said of 0 of 0. */
function measured(screen: Screen, name: string, ratio: Ratio, none: string): Span[] {
  const style = ratio.covered === ratio.total ? "good" : "caution";
  const drawn = ratio.total === 0 ? "" : bar(screen, ratio, 20);
  return [{ text: name }, { text: drawn, style }, { text: ofTotal(ratio) ?? none, max: 60 }];
}

function project(screen: Screen, review: Review): Span[][] {
  const { before, after, delta } = review.coverage.project;
  if (after.state === "absent") return [];
  const step = delta.state === "present" && delta.value.lines !== null ? ` (${points(delta.value.lines)} points)` : "";
  const was = before.state === "present" ? `before ${linesPercent(before)}${step}` : "before unknown";
  const drawn = after.value.lines.total === 0 ? "" : bar(screen, after.value.lines, 20);
  return [[{ text: "project lines" }, { text: drawn, style: "quiet" }, { text: `${linesPercent(after)}, ${was}` }]];
}

/** How far before and after can be compared; nothing to say when they can. */
function baseline(screen: Screen, { coverage }: Review): string[] {
  const { quality, reason } = coverage.baseline;
  const { delta } = coverage.project;
  if (quality === "exact" && delta.state === "present") return [];
  const text = quality === "exact" && delta.state === "absent" ? delta.reason : reason;
  return unknown(screen, `Baseline ${quality}: ${text}.`);
}

function unknown(screen: Screen, text: string): string[] {
  return paragraph(screen, 2, [{ text, max: 600 }], { text: screen.signs.unknown, style: "caution" });
}

const fileColumns: Column[] = [
  { title: "file", cut: "start" },
  { title: "before", align: "right", optional: true },
  { title: "after", align: "right" },
  { title: "added, run", align: "right", optional: true },
  { title: "added, never run", cut: "end" },
];

const mostFiles = 15;

function files(screen: Screen, review: Review): string[] {
  const all = filesByUncovered(review);
  if (all.length === 0) return [];
  const fresh = newPaths(review);
  const rows = all.slice(0, mostFiles).map((file) => fileRow(file, fresh.has(file.path)));
  const left = all.length - mostFiles;
  const more = `${screen.signs.more} and ${count(left, "more file")}: see report.json`;
  return [
    "",
    ...table(screen, 2, fileColumns, rows),
    ...(left > 0 ? paragraph(screen, 2, [{ text: more, style: "quiet" }]) : []),
  ];
}

function fileRow(file: FileCoverageChange, isNew: boolean): Span[] {
  const { covered, total } = file.patch.lines;
  const lost = file.lostLines.length > 0 ? `lost ${lineRanges(file.lostLines, 2)}` : "";
  const uncovered = lineRanges(file.uncoveredAddedLines, 4);
  return [
    { text: plainPath(file.path), max: 1_000 },
    { text: isNew ? "new" : linesPercent(file.before) },
    { text: linesPercent(file.after) },
    { text: total === 0 ? "–" : `${grouped(covered)} of ${grouped(total)}` },
    { text: [uncovered, lost].filter((part) => part !== "").join("; "), style: "caution" },
  ];
}

function unmeasured(screen: Screen, review: Review): string[] {
  const { unmeasured, patch } = review.coverage;
  if (unmeasured.length === 0 || patch.state === "absent") return [];
  const named = unmeasured.slice(0, 5).map(plainPath).join(", ");
  const more = unmeasured.length > 5 ? ` and ${grouped(unmeasured.length - 5)} more` : "";
  return ["", ...unknown(screen, `No coverage report measures ${named}${more}.`)];
}
