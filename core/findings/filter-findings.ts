import type { ChangedFile } from "../change/change.ts";
import type { FunctionSpan } from "../change/function-span.ts";
import { touches } from "../change/touched-lines.ts";
import type { Finding } from "./finding.ts";

/**
 * Which findings of a change's files count. The first four are reviewdog's names and mean what they mean there: on lines
 * that the change added or between which it took some away; on those and the lines around; in its files; all there are.
 * `function`: in a function that the change touched. `ai`: on lines that it added and that count as AI.
 */
export const filterModes = ["added", "diff_context", "file", "nofilter", "function", "ai"] as const;
export type FilterMode = (typeof filterModes)[number];

/** What a filter looks at, beside the findings. */
export interface FilterScope {
  files: readonly Pick<ChangedFile, "path" | "hunks">[];
  functions: readonly FunctionSpan[];
  /** Whether a line that the change added counts as AI. */
  isAi: (path: string, line: number) => boolean;
}

/** How many lines around a hunk `diff_context` takes, as a diff shows them. */
export const contextLines = 3;

/**
 * The findings that count. What the base shows as well counts with `file` and `nofilter` alone; a finding about a whole
 * file of the change, a commit or the change always counts.
 */
export function filterFindings(findings: readonly Finding[], mode: FilterMode, scope: FilterScope): Finding[] {
  if (mode === "nofilter") return [...findings];
  const files = new Map(scope.files.map((file) => [file.path, file]));
  const functions = Map.groupBy(scope.functions, ({ path }) => path);
  return findings.filter(({ place, atBase }) => {
    if (place.kind === "commit" || place.kind === "change") return true;
    const file = files.get(place.path);
    if (file === undefined) return false;
    if (mode === "file") return true;
    if (atBase) return false;
    if (place.kind === "file") return true;
    const { start, end } = place;
    switch (mode) {
      case "added":
        return touches(file.hunks, start, end);
      case "diff_context":
        return touches(file.hunks, start, end, contextLines);
      case "function":
        return (
          touches(file.hunks, start, end) ||
          (functions.get(place.path) ?? []).some((span) => span.start <= start && span.end >= end)
        );
      case "ai":
        return addedWithin(file, start, end).some((line) => scope.isAi(file.path, line));
    }
  });
}

/** The lines between two that the change added. */
function addedWithin({ hunks }: Pick<ChangedFile, "hunks">, start: number, end: number): number[] {
  return hunks.flatMap(({ newStart, newLines }) => {
    const from = Math.max(newStart, start);
    const to = Math.min(newStart + newLines - 1, end);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  });
}
