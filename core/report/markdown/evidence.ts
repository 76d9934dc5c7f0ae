import type { FileCoverageChange } from "../../coverage/coverage-review.ts";
import { aiCommits } from "../ai-counts.ts";
import { grouped, lineRanges, ofTotal, percent, points } from "../numbers.ts";
import { filesByUncovered } from "../order.ts";
import type { Review } from "../review.ts";
import { aiLines, aiTests, newPaths, verdictRows } from "../rows.ts";
import { linesPercent } from "../words.ts";
import { whole, type Part } from "./page.ts";
import { toolRows } from "./provenance.ts";
import { path, prose, row } from "./words.ts";

/** Who wrote how much, and how much of that the tests reach. */
export function authorship(review: Review): Part[] {
  const rows = verdictRows(review).map((found) =>
    row(
      found.verdict,
      grouped(found.commits),
      grouped(found.lines),
      percent(found.share) ?? "–",
      found.tests === null ? "unknown" : (ofTotal(found.tests) ?? "nothing to run"),
    ),
  );
  if (rows.length === 0) return [];
  const head = ["| Verdict | Commits | Added lines | Share | Reached by tests |", "|---|--:|--:|--:|--:|"];
  return [whole(["### Who wrote it", "", ...head, ...rows, aiRow(review)].join("\n")), ...toolRows(review)];
}

function aiRow(review: Review): string {
  const lines = aiLines(review);
  const tests = aiTests(review);
  const reached = tests === null ? "unknown" : (ofTotal(tests) ?? "nothing to run");
  const cells = [grouped(aiCommits(review)), grouped(lines.covered), percent(lines) ?? "–", reached];
  return row("**counts as AI**", ...cells.map((text) => `**${text}**`));
}

/** What the tests reach, of the change and of each file. */
export function tests(review: Review): Part[] {
  return [whole(["### What the tests reach", "", ...sentences(review)].join("\n")), ...files(review)];
}

function sentences(review: Review): string[] {
  const { patch, project, unmeasured } = review.coverage;
  if (patch.state === "absent") return [`Unknown: ${prose(patch.reason)}.`];
  const none = unmeasured.length === 0 ? "none" : "unknown";
  const kinds = [
    `lines ${ofTotal(patch.value.lines) ?? (unmeasured.length === 0 ? "none that can run" : none)}`,
    `branches ${ofTotal(patch.value.branches) ?? none}`,
    `functions ${ofTotal(patch.value.functions) ?? none}`,
  ];
  const added = [`- Of what was added: ${kinds.join(", ")}`, ...notMeasured(unmeasured)];
  if (project.after.state === "absent") return added;
  const { delta } = project;
  const step = delta.state === "present" && delta.value.lines !== null ? ` (${points(delta.value.lines)} points)` : "";
  const was = project.before.state === "present" ? `before ${linesPercent(project.before)}${step}` : "before unknown";
  return [...added, `- The whole project's lines: ${linesPercent(project.after)}, ${was}`, ...baseline(review)];
}

function notMeasured(unmeasured: readonly string[]): string[] {
  if (unmeasured.length === 0) return [];
  const more = unmeasured.length > 5 ? ` and ${grouped(unmeasured.length - 5)} more` : "";
  return [`- No coverage report measures ${unmeasured.slice(0, 5).map(path).join(", ")}${more}`];
}

/** How far before and after can be compared; nothing to say when they can. */
function baseline({ coverage }: Review): string[] {
  const { quality, reason } = coverage.baseline;
  const { delta } = coverage.project;
  if (quality === "exact" && delta.state === "present") return [];
  const text = quality === "exact" && delta.state === "absent" ? delta.reason : reason;
  return [`- Baseline ${quality}: ${prose(text)}`];
}

const mostRows = 100;

function files(review: Review): Part[] {
  const all = filesByUncovered(review);
  if (all.length === 0) return [];
  const fresh = newPaths(review);
  const rows = all.slice(0, mostRows).map((file) => fileRow(file, fresh.has(file.path)));
  const head = ["| File | Before | After | Added, run | Added, never run |", "|---|--:|--:|--:|---|"].join("\n");
  return [{ kind: "rows", head, rows, omitted: all.length - rows.length, foot: null, noun: "file" }];
}

function fileRow(file: FileCoverageChange, isNew: boolean): string {
  const { covered, total } = file.patch.lines;
  const never = lineRanges(file.uncoveredAddedLines, 8);
  const lost = file.lostLines.length > 0 ? `lost ${lineRanges(file.lostLines, 4)}` : "";
  return row(
    path(file.path),
    isNew ? "new" : linesPercent(file.before),
    linesPercent(file.after),
    total === 0 ? "–" : `${grouped(covered)} of ${grouped(total)}`,
    [never, lost].filter((text) => text !== "").join("; ") || "–",
  );
}
