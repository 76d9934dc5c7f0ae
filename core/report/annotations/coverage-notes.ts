import type { FileCoverageChange, FunctionChange } from "../../coverage/coverage-review.ts";
import type { Place } from "../../findings/finding.ts";
import { inDiff, type HeadPlaces } from "../head-places.ts";
import { lineRanges } from "../numbers.ts";
import { untestedStates } from "../order.ts";
import type { Review } from "../review.ts";
import { functionWords } from "../words.ts";
import type { Note } from "./neighbours.ts";

/**
 * Notices for added code that no test runs, by function where one is known: first the functions that no test calls, each
 * as one, then what is left of the lines. A function about which a finding speaks already has no second note.
 */
export function coverageNotes(review: Review, places: HeadPlaces): Note[] {
  if (review.coverage.patch.state === "absent") return [];
  const named = new Set(review.findings.map(({ place, identity }) => key(place, identity)));
  return review.coverage.files.flatMap((file) => {
    const untested = file.functions.filter((change) => untestedStates.has(change.state));
    const fresh = untested.filter(
      (change) => !named.has(key({ kind: "lines", path: file.path, start: change.line, end: 0 }, change.name)),
    );
    const rest = file.uncoveredAddedLines.filter((line) => !untested.some((change) => contains(change, line)));
    return [
      ...fresh.map((change) => functionNote(file, change, places)),
      ...stretches(rest).map((lines) => linesNote(file, lines, places)),
    ];
  });
}

const title = "not reached by tests";

function functionNote(file: FileCoverageChange, change: FunctionChange, places: HeadPlaces): Note {
  const end = change.endLine ?? change.line;
  return {
    level: "notice",
    place: inDiff(places, { kind: "lines", path: file.path, start: change.line, end }),
    title: `${change.name}: ${title}`,
    says: [`${functionWords(change)}.`],
    closing: ["Add a test that calls it."],
  };
}

function linesNote(file: FileCoverageChange, lines: readonly number[], places: HeadPlaces): Note {
  const start = lines[0] ?? 1;
  const inside = innermost(file.functions, start);
  const where = inside === undefined ? "" : `${inside.name}: `;
  const no = inside === undefined ? "No" : "no";
  return {
    level: "notice",
    place: inDiff(places, { kind: "lines", path: file.path, start, end: lines.at(-1) ?? start }),
    title: `${where}${title}`,
    says: [`${where}${no} test runs ${lines.length === 1 ? "line" : "lines"} ${lineRanges(lines, 20)}.`],
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
  const around = functions.filter((change) => contains(change, line));
  return around.reduce<FunctionChange | undefined>(
    (best, change) => (best === undefined || change.line > best.line ? change : best),
    undefined,
  );
}

function contains({ line: start, endLine }: FunctionChange, line: number): boolean {
  return line >= start && line <= (endLine ?? start);
}

function key(place: Place, name: string): string {
  return place.kind === "lines" ? JSON.stringify([place.path, place.start, name]) : "";
}
