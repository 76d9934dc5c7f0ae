import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addedLines,
  invertLineMap,
  mapLineBackward,
  mapLineForward,
  type Hunk,
  type LineMap,
} from "../../../core/change/line-map.ts";

const replaced: Hunk = { oldStart: 3, oldLines: 2, newStart: 3, newLines: 4 };
const inserted: Hunk = { oldStart: 2, oldLines: 0, newStart: 3, newLines: 2 };
const removed: Hunk = { oldStart: 2, oldLines: 3, newStart: 1, newLines: 0 };
const onTop: Hunk = { oldStart: 0, oldLines: 0, newStart: 1, newLines: 5 };

describe("a line of the older file in the newer", () => {
  test.each([
    { says: "without hunks every line stays", hunks: [], line: 7, to: 7 },
    { says: "a line before a hunk stays", hunks: [replaced], line: 2, to: 2 },
    { says: "the first rewritten line is gone", hunks: [replaced], line: 3, to: null },
    { says: "the last rewritten line is gone", hunks: [replaced], line: 4, to: null },
    { says: "the line after a longer text moves down", hunks: [replaced], line: 5, to: 7 },
    { says: "the line before an insertion stays", hunks: [inserted], line: 2, to: 2 },
    { says: "the line after an insertion moves down", hunks: [inserted], line: 3, to: 5 },
    { says: "the line before a removal stays", hunks: [removed], line: 1, to: 1 },
    { says: "a removed line is gone", hunks: [removed], line: 2, to: null },
    { says: "the line after a removal moves up", hunks: [removed], line: 5, to: 2 },
    { says: "an insertion on top moves the first line", hunks: [onTop], line: 1, to: 6 },
  ])("$says", ({ hunks, line, to }) => expect(mapLineForward(hunks, line)).toBe(to));
});

describe("a line of the newer file in the older", () => {
  test.each([
    { says: "an added line has no origin", hunks: [inserted], line: 3, to: null },
    { says: "the line after an insertion was further up", hunks: [inserted], line: 5, to: 3 },
    { says: "the line at the place of a removal was further down", hunks: [removed], line: 2, to: 5 },
    { says: "the first line under an insertion on top was the first", hunks: [onTop], line: 6, to: 1 },
  ])("$says", ({ hunks, line, to }) => expect(mapLineBackward(hunks, line)).toBe(to));
});

/** What happened to each old line, and what was written before it or at the end. */
const edits = fc.array(fc.constantFrom<"keep" | "delete" | "insert">("keep", "keep", "delete", "insert"), {
  maxLength: 40,
});

test("lines map as in a model that edits them one by one", () => {
  fc.assert(
    fc.property(edits, (script) => {
      const { hunks, forward, backward } = playEdits(script);
      for (const [line, to] of forward) expect(mapLineForward(hunks, line)).toBe(to);
      for (const [line, to] of backward) expect(mapLineBackward(hunks, line)).toBe(to);
      expect(addedLines(hunks)).toEqual([...backward].filter(([, from]) => from === null).map(([line]) => line));
    }),
    { numRuns: 300 },
  );
});

test("turning a map around twice gives it back, and once maps the other way", () => {
  fc.assert(
    fc.property(edits, (script) => {
      const { hunks, backward } = playEdits(script);
      const map: LineMap = { from: "base", to: "head", files: [{ from: "old.ts", to: "new.ts", hunks }] };
      const inverse = invertLineMap(map);
      expect(invertLineMap(inverse)).toEqual(map);
      expect(inverse).toMatchObject({ from: "head", to: "base", files: [{ from: "new.ts", to: "old.ts" }] });
      for (const [line, to] of backward) expect(mapLineForward(inverse.files[0]!.hunks, line)).toBe(to);
    }),
    { numRuns: 100 },
  );
});

/** Walks through both files side by side: the slow way to know where a line went. */
function playEdits(script: readonly ("keep" | "delete" | "insert")[]) {
  const forward = new Map<number, number | null>();
  const backward = new Map<number, number | null>();
  const hunks: Hunk[] = [];
  let hunk: { oldLines: number; newLines: number } = { oldLines: 0, newLines: 0 };
  let oldLine = 1;
  let newLine = 1;
  const endHunk = () => {
    const { oldLines, newLines } = hunk;
    const oldStart = oldLines === 0 ? oldLine - 1 : oldLine - oldLines;
    const newStart = newLines === 0 ? newLine - 1 : newLine - newLines;
    if (oldLines + newLines > 0) hunks.push({ oldStart, oldLines, newStart, newLines });
    hunk = { oldLines: 0, newLines: 0 };
  };
  for (const edit of [...script, "keep" as const]) {
    if (edit === "keep") {
      endHunk();
      forward.set(oldLine, newLine);
      backward.set(newLine, oldLine);
      oldLine += 1;
      newLine += 1;
    } else if (edit === "delete") {
      forward.set(oldLine, null);
      hunk.oldLines += 1;
      oldLine += 1;
    } else {
      backward.set(newLine, null);
      hunk.newLines += 1;
      newLine += 1;
    }
  }
  return { hunks, forward, backward };
}
