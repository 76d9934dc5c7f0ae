import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalFile, mergeFiles } from "../../../core/coverage/merge-files.ts";
import type { FileCoverage } from "../../../core/coverage/report.ts";
import { anyFile } from "./arbitraries.ts";
import { branch, file } from "./samples.ts";
import { cpuTime } from "../../cpu-time.ts";

const declared = (name: string, line: number, hits: number, endLine: number | null = null) => ({
  name,
  line,
  endLine,
  hits,
});

describe("shards of one file", () => {
  test.each([
    {
      says: "hits of a line are added",
      of: [
        { 1: 2, 3: 0 },
        { 1: 1, 3: 0, 9: 4 },
      ],
      is: { 1: 3, 3: 0, 9: 4 },
    },
    { says: "no higher than 2^53 - 1", of: [{ 1: 9007199254740991 }, { 1: 5 }], is: { 1: 9007199254740991 } },
    { says: "a line that one shard does not list keeps the other's hits", of: [{ 4: 1 }, {}], is: { 4: 1 } },
  ])("$says", ({ of, is }) => {
    const [first, ...rest] = of.map((hits) => file("a.ts", hits));
    expect(mergeFiles([first!, ...rest])).toEqual(file("a.ts", is));
  });

  test.each([
    { says: "arms by place", of: [branch(3, [1, 0]), branch(3, [0, 2])], is: branch(3, [1, 2]) },
    { says: "an arm more in one shard", of: [branch(3, [1, 0]), branch(3, [1, 0, 7])], is: branch(3, [2, 0, 7]) },
    {
      says: "a line that never ran in one shard",
      of: [branch(3, [null, null]), branch(3, [0, 2])],
      is: branch(3, [0, 2]),
    },
    { says: "a line that never ran in both", of: [branch(3, [null]), branch(3, [null])], is: branch(3, [null]) },
    {
      says: "blocks of ten and more come in order",
      of: [branch(3, [1], "10"), branch(3, [1], "9")],
      is: [...branch(3, [1], "9"), ...branch(3, [1], "10")],
    },
  ])("branches: $says", ({ of, is }) => {
    const [first, ...rest] = of.map((branches) => file("a.ts", {}, { branches }));
    expect(mergeFiles([first!, ...rest]).branches).toEqual(is);
  });

  test("functions by name and line; the end that one shard knows is kept", () => {
    const one = file("a.ts", {}, { functions: [declared("f", 1, 2), declared("f", 9, 0)] });
    const two = file("a.ts", {}, { functions: [declared("f", 1, 3, 7), declared("g", 1, 1)] });
    expect(mergeFiles([one, two]).functions).toEqual([
      declared("f", 1, 5, 7),
      declared("g", 1, 1),
      declared("f", 9, 0),
    ]);
  });
});

describe("row 61: the order of the shards does not show", () => {
  const three = fc.tuple(anyFile(), anyFile(), anyFile());

  test("commutative and associative, in any bracket", () => {
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        const all = mergeFiles([a, b, c]);
        expect(mergeFiles([c, a, b])).toEqual(all);
        expect(mergeFiles([b, a, c])).toEqual(all);
        expect(mergeFiles([mergeFiles([a, b]), c])).toEqual(all);
        expect(mergeFiles([a, mergeFiles([b, c])])).toEqual(all);
      }),
    );
  });

  test("idempotent on what is covered, and nothing changes its inputs", () => {
    const covered = (of: FileCoverage) => ({
      lines: of.lines.numbers.filter((_, index) => of.lines.hits[index]! > 0),
      arms: of.branches.filter(({ hits }) => (hits ?? 0) > 0).map(({ line, block, arm }) => `${line}.${block}.${arm}`),
      functions: of.functions.filter(({ hits }) => hits > 0).map(({ name, line }) => `${name} ${line}`),
    });
    fc.assert(
      fc.property(three, (files) => {
        const before = structuredClone(files);
        const merged = mergeFiles(files);
        expect(files).toEqual(before);
        expect(covered(mergeFiles([merged, merged]))).toEqual(covered(merged));
        expect(mergeFiles([files[0]])).toEqual(files[0]);
      }),
    );
  });

  test("a shard without anything changes nothing", () => {
    fc.assert(
      fc.property(anyFile(), (a) => {
        expect(mergeFiles([file("a.ts", {}), a])).toEqual(a);
      }),
    );
  });

  test("canonical is canonical: the same facts in any order", () => {
    fc.assert(
      fc.property(anyFile(), (a) => {
        const reversed = {
          ...a,
          lines: { numbers: a.lines.numbers.toReversed(), hits: a.lines.hits.toReversed() },
          branches: a.branches.toReversed(),
          functions: a.functions.toReversed(),
          regions: a.regions.toReversed(),
        };
        expect(canonicalFile(reversed)).toEqual(a);
      }),
    );
  });
});

test("twenty thousand sections of one file are merged in seconds", () => {
  const big = file("a.ts", Object.fromEntries(Array.from({ length: 5_000 }, (_, line) => [line + 1, 1])));
  const small = Array.from({ length: 20_000 }, (_, index) => file("a.ts", { [(index % 5_000) + 1]: 1 }));
  const spent = cpuTime();
  expect(mergeFiles([big, ...small]).lines.hits.reduce((a, b) => a + b)).toBe(25_000);
  expect(spent()).toBeLessThan(5_000);
});
