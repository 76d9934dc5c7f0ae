import type { FileCoverageData, Range } from "istanbul-lib-coverage";
import type { Region } from "./merge-files.ts";

/**
 * The lines on which statements go on. Istanbul's ranges nest: a block's range holds its statements, and a declaration's
 * the body of the function in it. Only a statement without another one directly inside it runs as one; the bodies of
 * functions inside it are cut out. Linear after sorting.
 */
export function statementRegions(data: Pick<FileCoverageData, "statementMap" | "fnMap" | "s">): Region[] {
  const statements = Object.entries(data.statementMap).map(([key, range]) => span(range, data.s[key] ?? 0));
  if (!statements.some((found) => found !== null && found.end > found.start)) return [];
  const bodies = Object.values(data.fnMap).map(({ loc }) => span(loc, null));
  const spans = [...bodies, ...statements].filter((found) => found !== null).sort(outerFirst);
  nest(spans);
  return spans.flatMap(regionsOf);
}

/** A statement, or the body of a function. */
interface Span {
  start: number;
  startColumn: number;
  end: number;
  endColumn: number;
  /** Null for the body of a function. */
  hits: number | null;
  /** Whether another statement stands directly inside. */
  compound: boolean;
  /** Bodies of functions directly inside, in order. */
  bodies: Span[];
}

function span(range: Range, hits: number | null): Span | null {
  const start = known(range.start.line);
  const end = known(range.end.line);
  if (start === null || end === null || end < start) return null;
  const startColumn = known(range.start.column) ?? 0;
  // A column that is null means the end of the line.
  const endColumn = known(range.end.column) ?? Infinity;
  return { start, startColumn, end, endColumn, hits, compound: false, bodies: [] };
}

/** The types of the library promise a number; files hold null, and nothing at all. */
function known(value: number | null | undefined): number | null {
  return value ?? null;
}

/** Outer before inner. Of the same range, the body comes first: an arrow's body is its one statement. */
function outerFirst(first: Span, second: Span): number {
  return (
    first.start - second.start ||
    first.startColumn - second.startColumn ||
    second.end - first.end ||
    (second.endColumn === first.endColumn ? 0 : second.endColumn - first.endColumn) ||
    Number(first.hits !== null) - Number(second.hits !== null)
  );
}

function nest(spans: readonly Span[]): void {
  const open: Span[] = [];
  for (const inner of spans) {
    while (open.length > 0 && !holds(open.at(-1)!, inner)) open.pop();
    const outer = open.at(-1);
    if (outer !== undefined && outer.hits !== null) {
      if (inner.hits === null) outer.bodies.push(inner);
      else outer.compound = true;
    }
    open.push(inner);
  }
}

function holds(outer: Span, inner: Span): boolean {
  return inner.end < outer.end || (inner.end === outer.end && inner.endColumn <= outer.endColumn);
}

/** The lines after the first, without those that are inside a body: its first line may still belong to the statement. */
function regionsOf({ start: line, end, hits, compound, bodies }: Span): Region[] {
  if (hits === null || compound || end === line) return [];
  const regions: Region[] = [];
  let start = line + 1;
  for (const body of bodies) {
    if (body.start >= start) regions.push({ line, start, end: body.start, hits });
    start = Math.max(start, body.end + 1);
  }
  if (start <= end) regions.push({ line, start, end, hits });
  return regions;
}
