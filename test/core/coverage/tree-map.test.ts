import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mapLineForward, type Hunk } from "../../../core/change/line-map.ts";
import { AddedLines } from "../../../core/coverage/added-lines.ts";
import { lineMapper, moveFile, treeMap } from "../../../core/coverage/tree-map.ts";
import { branch, file } from "./samples.ts";

/** Hunks as git writes them: ascending, apart, and consistent on both sides. */
const hunks: fc.Arbitrary<Hunk[]> = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 5 }), removed: fc.nat(3), added: fc.nat(3) }), { maxLength: 8 })
  .map((edits) => {
    let [oldLine, newLine] = [0, 0];
    return edits
      .filter(({ removed, added }) => removed + added > 0)
      .map(({ gap, removed, added }) => {
        oldLine += gap;
        newLine += gap;
        const hunk = {
          oldStart: removed === 0 ? oldLine - 1 : oldLine,
          oldLines: removed,
          newStart: added === 0 ? newLine - 1 : newLine,
          newLines: added,
        };
        oldLine += removed;
        newLine += added;
        return hunk;
      });
  });

test("many lines are mapped as one line is", () => {
  fc.assert(
    fc.property(hunks, (all) => {
      const map = lineMapper(all);
      for (let line = 1; line <= 50; line++) expect(map(line)).toBe(mapLineForward(all, line));
    }),
  );
});

test("added lines are those that no old line becomes", () => {
  fc.assert(
    fc.property(hunks, (all) => {
      const map = lineMapper(all);
      // Enough old lines to reach the fiftieth new one whatever the hunks remove.
      const kept = new Set(Array.from({ length: 500 }, (_, index) => map(index + 1)));
      const added = new AddedLines(all);
      const lines = Array.from({ length: 50 }, (_, index) => index + 1).filter((line) => !kept.has(line));
      expect(Array.from({ length: 50 }, (_, index) => index + 1).filter((line) => added.has(line))).toEqual(lines);
      expect([...added.from(1, 50)]).toEqual(lines);
      expect([...added.from(7, 12)]).toEqual(lines.filter((line) => line >= 7 && line <= 12));
    }),
  );
});

describe("where a file of one tree is in another", () => {
  const map = treeMap([
    { from: "old.ts", to: "new.ts", hunks: [{ oldStart: 2, oldLines: 1, newStart: 2, newLines: 3 }] },
    { from: "gone.ts", to: null, hunks: [] },
    { from: null, to: "fresh.ts", hunks: [] },
    { from: "a.ts", to: "b.ts", hunks: [] },
    { from: null, to: "a.ts", hunks: [] },
  ]);
  test.each([
    { says: "a file that the diff does not list", path: "same.ts", is: "same.ts" },
    { says: "a rename", path: "old.ts", is: "new.ts" },
    { says: "a file that is gone", path: "gone.ts", is: null },
    { says: "a file that only the newer tree has", path: "fresh.ts", is: null },
    { says: "the place of a rename's target had nothing", path: "new.ts", is: null },
    { says: "a file that made way for a new one of its name", path: "a.ts", is: "b.ts" },
  ])("$says", ({ path, is }) => expect(map(path)?.path ?? null).toBe(is));

  test("lines move with the file; what stood on a removed line is dropped", () => {
    const place = map("old.ts")!;
    const before = file(
      "old.ts",
      { 1: 4, 2: 1, 3: 0 },
      {
        branches: [...branch(2, [1]), ...branch(3, [0])],
        functions: [
          { name: "f", line: 1, endLine: 3, hits: 4 },
          { name: "g", line: 2, endLine: 2, hits: 1 },
        ],
        regions: [
          { line: 3, start: 4, end: 6, hits: 0 },
          { line: 1, start: 2, end: 2, hits: 4 },
        ],
      },
    );
    expect(moveFile(before, place.path, place.line)).toEqual(
      file(
        "new.ts",
        { 1: 4, 5: 0 },
        {
          branches: branch(5, [0]),
          functions: [{ name: "f", line: 1, endLine: 5, hits: 4 }],
          regions: [{ line: 5, start: 6, end: 8, hits: 0 }],
        },
      ),
    );
  });

  test("a function whose last line was removed ends at the last that is left", () => {
    const line = lineMapper([{ oldStart: 4, oldLines: 2, newStart: 3, newLines: 0 }]);
    const before = file("a.ts", {}, { functions: [{ name: "f", line: 1, endLine: 5, hits: 1 }] });
    expect(moveFile(before, "a.ts", line).functions[0]?.endLine).toBe(3);
  });
});
