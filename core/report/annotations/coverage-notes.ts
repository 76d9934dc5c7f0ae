import type { FileCoverageChange, FunctionChange } from "../../coverage/coverage-review.ts";
import { inDiff, type HeadPlaces } from "../head-places.ts";
import { lineRanges } from "../numbers.ts";
import type { Review } from "../review.ts";
import type { Note } from "./neighbours.ts";

/**
 * Notices for added lines that no test runs, each with the function it stands in. Functions that no test calls at all
 * are findings, with who wrote them and a severity of their own: their lines are not told twice.
 */
export function coverageNotes(review: Review, places: HeadPlaces): Note[] {
  if (review.coverage.patch.state === "absent") return [];
  return review.coverage.files.flatMap((file) => {
    const uncalled = file.functions.filter(({ state }) => state === "new-uncalled" || state === "changed-uncalled");
    const rest = file.uncoveredAddedLines.filter((line) => !uncalled.some((change) => contains(change, line)));
    return stretches(rest).map((lines) => linesNote(file, lines, places));
  });
}

function linesNote(file: FileCoverageChange, lines: readonly number[], places: HeadPlaces): Note {
  const start = lines[0] ?? 1;
  const numbers = `${lines.length === 1 ? "line" : "lines"} ${lineRanges(lines, 20)}`;
  const inside = innermost(file.functions, start);
  return {
    level: "notice",
    place: inDiff(places, { kind: "lines", path: file.path, start, end: lines.at(-1) ?? start }),
    title: "not reached by tests",
    says: [inside === undefined ? `No test runs ${numbers}.` : `${inside.name}: no test runs ${numbers}.`],
    closing: [],
  };
}

/** Lines of which none is more than three after the one before: a brace or a comment between them is no news. */
function stretches(lines: readonly number[]): number[][] {
  const found: number[][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && line - before <= 3) last.push(line);
    else found.push([line]);
  }
  return found;
}

function innermost(functions: readonly FunctionChange[], line: number): FunctionChange | undefined {
  const around = functions.filter((change) => contains(change, line) && change.name !== "(anonymous)");
  return around.reduce<FunctionChange | undefined>(
    (best, change) => (best === undefined || change.line > best.line ? change : best),
    undefined,
  );
}

function contains({ line: start, endLine }: FunctionChange, line: number): boolean {
  return line >= start && line <= (endLine ?? start);
}
