import { expect, test } from "vitest";
import type { Finding, Place } from "../../../core/findings/finding.ts";
import { filterFindings, filterModes, type FilterMode } from "../../../core/findings/index.ts";

function finding(place: Place, atBase = false): Finding {
  return {
    ...{ rule: "swallowed-error", message: "m", identity: "i", severity: "error", severityReason: "r" },
    ...{ confidence: "high", help: "h", writer: null, fingerprint: "f", waivedBy: null },
    place,
    ...(atBase ? { atBase: true } : {}),
  };
}

function lines(path: string, start: number, end = start): Place {
  return { kind: "lines", path, start, end };
}

/** Lines 10 to 12 are new, of which 11 counts as AI; between 20 and 21 something was taken away. */
const scope = {
  files: [
    {
      path: "a.ts",
      hunks: [
        { oldStart: 9, oldLines: 0, newStart: 10, newLines: 3 },
        { oldStart: 18, oldLines: 2, newStart: 20, newLines: 0 },
      ],
    },
  ],
  functions: [{ path: "a.ts", name: "f", start: 5, end: 15 }],
  isAi: (_path: string, line: number) => line === 11,
};

const everywhere: readonly FilterMode[] = filterModes;
const rows: readonly { says: string; place: Place; atBase?: boolean; counts: readonly FilterMode[] }[] = [
  { says: "an added line by AI", place: lines("a.ts", 11), counts: everywhere },
  { says: "an added line by a person", place: lines("a.ts", 10), counts: everywhere.filter((mode) => mode !== "ai") },
  { says: "lines that end in an added one", place: lines("a.ts", 7, 11), counts: everywhere },
  {
    says: "a line just below",
    place: lines("a.ts", 14),
    counts: ["diff_context", "file", "nofilter", "function"],
  },
  { says: "a line of a touched function", place: lines("a.ts", 6), counts: ["file", "nofilter", "function"] },
  { says: "a line elsewhere in the file", place: lines("a.ts", 40), counts: ["file", "nofilter"] },
  {
    says: "lines around something that was taken away",
    place: lines("a.ts", 20, 21),
    counts: ["added", "diff_context", "file", "nofilter", "function"],
  },
  {
    says: "a line above something that was taken away",
    place: lines("a.ts", 20),
    counts: ["diff_context", "file", "nofilter"],
  },
  { says: "what the base has as well", place: lines("a.ts", 11), atBase: true, counts: ["file", "nofilter"] },
  { says: "a file of the change as a whole", place: { kind: "file", path: "a.ts" }, counts: everywhere },
  { says: "a file that the change does not touch", place: lines("b.ts", 1), counts: ["nofilter"] },
  { says: "the change as a whole", place: { kind: "change" }, counts: everywhere },
];

test.each(rows)("$says counts with its modes and no others", ({ place, atBase, counts }) => {
  const all = [finding(place, atBase)];
  expect(filterModes.filter((mode) => filterFindings(all, mode, scope).length === 1)).toEqual(
    filterModes.filter((mode) => counts.includes(mode)),
  );
});
