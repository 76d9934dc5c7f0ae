import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readIstanbul } from "../../../core/coverage/read-istanbul.ts";
import { FileCoverage } from "../../../core/coverage/report.ts";
import { branch, file, fixture } from "./samples.ts";

interface Range {
  start: { line?: number | null; column?: number | null };
  end: { line?: number | null; column?: number | null };
}

const at = (line: number, column = 0, endLine = line, endColumn: number | null = 9): Range => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});

/** An entry of the map: statements as `[range, hits]`, and what else is given. */
function entry(statements: [Range, number][], rest: Record<string, unknown> = {}) {
  return {
    path: "/repo/a.ts",
    statementMap: Object.fromEntries(statements.map(([range], index) => [index, range])),
    s: Object.fromEntries(statements.map(([, hits], index) => [index, hits])),
    fnMap: {},
    f: {},
    branchMap: {},
    b: {},
    ...rest,
  };
}

function read(...entries: unknown[]) {
  return readIstanbul(
    Object.fromEntries(entries.map((each, index) => [`/repo/${index}.ts`, each])),
    "coverage-final.json",
  );
}

function readFiles(...entries: unknown[]): FileCoverage[] {
  const reading = read(...entries);
  if (!reading.ok) throw new Error(reading.problem.what);
  return reading.value.files;
}

describe("lines", () => {
  test.each([
    {
      says: "a statement counts on the line where it begins",
      is: { 1: 2, 4: 0 },
      of: [
        entry([
          [at(1, 0, 3), 2],
          [at(4), 0],
        ]),
      ],
    },
    {
      says: "of two on a line the one with more hits counts",
      is: { 1: 7 },
      of: [
        entry([
          [at(1), 0],
          [at(1, 5), 7],
        ]),
      ],
    },
    { says: "an end column of null is the end of the line", is: { 1: 2 }, of: [entry([[at(1, 0, 1, null), 2]])] },
    { says: "jest puts the coverage under data", is: { 1: 2 }, of: [{ data: entry([[at(1), 2]]) }] },
    {
      says: "hits without a statement have no place",
      is: { 1: 2 },
      of: [entry([[at(1), 2]], { s: { 0: 2, 1: 5, 99: 1 } })],
    },
    { says: "nothing to run", is: {}, of: [entry([])] },
    {
      says: "two entries of one path are united",
      is: { 1: 3, 5: 1 },
      of: [
        entry([[at(1), 2]]),
        entry([
          [at(1), 1],
          [at(5), 1],
        ]),
      ],
    },
  ])("$says", ({ is, of }) =>
    expect(readFiles(...of)).toEqual([expect.objectContaining({ lines: file("", is).lines })]),
  );

  test("two statements with one place are one line that ran, also when its shards are merged", () => {
    const twice = entry([
      [at(1), 1],
      [at(1), 0],
    ]);
    expect(readFiles(twice, twice)[0]?.lines).toEqual({ numbers: [1], hits: [2] });
  });

  test("a new statement inside old code that ran keeps its own hits", () => {
    const outer = entry([[at(1, 0, 9), 10]]);
    const inner = entry([
      [at(1, 0, 9), 10],
      [at(4), 0],
    ]);
    expect(readFiles(outer, inner)[0]?.lines).toEqual({ numbers: [1, 4], hits: [20, 0] });
  });
});

describe("branches and functions", () => {
  const point = (line: number, arms: number, rest: object = {}) => ({
    type: "if",
    loc: at(line, 2),
    locations: Array.from({ length: arms }, () => at(line, 2)),
    ...rest,
  });
  const typed = (arms: FileCoverage["branches"]) => arms.map((arm) => ({ ...arm, column: 2, type: "if" }));

  test.each([
    { says: "arms by index", branchMap: { 0: point(3, 2) }, b: { 0: [4, 0] }, is: typed(branch(3, [4, 0])) },
    {
      says: "an else that is not there has no location",
      branchMap: { 0: point(3, 2, { locations: [at(3, 2), { start: {}, end: {} }] }) },
      b: { 0: [4, 0] },
      is: typed(branch(3, [4, 0])),
    },
    {
      says: "points of a line are numbered in the line",
      branchMap: { 7: point(3, 1), 8: point(3, 1), 9: point(5, 1) },
      b: { 7: [1], 8: [2], 9: [3] },
      is: typed([...branch(3, [1]), ...branch(3, [2], "1"), ...branch(5, [3])]),
    },
    {
      says: "more counts than locations: every arm counts",
      branchMap: { 0: point(3, 2) },
      b: { 0: [1, 0, 7] },
      is: typed(branch(3, [1, 0, 7])),
    },
    {
      says: "without loc the point's own line is its place",
      branchMap: { 0: { line: 3, locations: [] } },
      b: { 0: [1] },
      is: branch(3, [1]),
    },
    {
      says: "without loc and line the first arm is",
      branchMap: { 0: { type: "if", locations: [at(3, 2)] } },
      b: { 0: [1] },
      is: typed(branch(3, [1])),
    },
    {
      says: "a column that no file has is none",
      branchMap: { 0: point(3, 1, { loc: at(3, 1e300) }), 1: point(3, 1, { loc: at(3, -1) }) },
      b: { 0: [1], 1: [2] },
      is: [...branch(3, [1]), ...branch(3, [2], "1")].map((arm) => ({ ...arm, type: "if" })),
    },
  ])("$says", ({ branchMap, b, is }) => expect(readFiles(entry([], { branchMap, b }))[0]?.branches).toEqual(is));

  test.each([
    {
      says: "the line of the declaration and of the body's end",
      place: { name: "f", decl: at(2), loc: at(3, 0, 9), line: 3 },
      is: { name: "f", line: 2, endLine: 9, hits: 4 },
    },
    {
      says: "no declaration: its line",
      place: { name: "f", loc: at(3, 0, 9), line: 2 },
      is: { name: "f", line: 2, endLine: 9, hits: 4 },
    },
    {
      says: "neither: where the body begins",
      place: { name: "f", loc: at(3, 0, 9) },
      is: { name: "f", line: 3, endLine: 9, hits: 4 },
    },
    { says: "no name", place: { loc: at(3, 0, 9) }, is: { name: "", line: 3, endLine: 9, hits: 4 } },
    {
      says: "no end",
      place: { name: "f", loc: { start: { line: 3 }, end: {} } },
      is: { name: "f", line: 3, endLine: null, hits: 4 },
    },
  ])("a function: $says", ({ place, is }) => {
    expect(readFiles(entry([], { fnMap: { 0: place }, f: { 0: 4 } }))[0]?.functions).toEqual([is]);
  });
});

describe("row 58: a hostile or broken map is refused with the file and the reason", () => {
  const one = entry([[at(1), 1]]);
  const count = "has no count, or one that is not a whole number from 0 to 9,007,199,254,740,991";
  const place = "has no place, or one that no file has";
  test.each([
    { says: "an entry that is a number", of: 4, what: "it is not an object" },
    { says: "an entry that is a list", of: [one], what: "it is not an object" },
    { says: "no path", of: { ...one, path: undefined }, what: "it has no `path`" },
    { says: "an empty path", of: { ...one, path: "" }, what: "it has no `path`" },
    { says: "a path that is a number", of: { ...one, path: 3 }, what: "it has no `path`" },
    {
      says: "a path longer than any file's",
      of: { ...one, path: "x".repeat(5_000) },
      what: "its `path` is longer than 4,096 characters",
    },
    { says: "no branches at all", of: { ...one, b: undefined }, what: "it has no `b`" },
    { says: "a statement map that is a list", of: { ...one, statementMap: [at(1)] }, what: "it has no `statementMap`" },
    { says: "negative hits", of: entry([[at(1), -1]]), what: `statement 0 ${count}` },
    { says: "hits that are a fraction", of: entry([[at(1), 1.5]]), what: `statement 0 ${count}` },
    { says: "hits of 1e308", of: entry([[at(1), 1e308]]), what: `statement 0 ${count}` },
    { says: "hits that were NaN", of: { ...one, s: { 0: null } }, what: `statement 0 ${count}` },
    { says: "hits that are text", of: { ...one, s: { 0: "7" } }, what: `statement 0 ${count}` },
    { says: "a statement without hits", of: { ...one, s: {} }, what: `statement 0 ${count}` },
    { says: "line 0", of: entry([[at(0), 1]]), what: `statement 0 ${place}` },
    { says: "line 1.5", of: entry([[at(1.5), 1]]), what: `statement 0 ${place}` },
    { says: "a line beyond ten million", of: entry([[at(10_000_001), 1]]), what: `statement 0 ${place}` },
    { says: "a statement without a start", of: entry([[{ start: {}, end: {} }, 1]]), what: `statement 0 ${place}` },
    { says: "a statement that is null", of: { ...one, statementMap: { 0: null } }, what: `statement 0 ${place}` },
    {
      says: "a function without a place",
      of: { ...one, fnMap: { 3: { name: "f" } }, f: { 3: 1 } },
      what: `function 3 ${place}`,
    },
    {
      says: "a function's name that is an object",
      of: { ...one, fnMap: { 3: { name: {}, loc: at(1) } }, f: { 3: 1 } },
      what: `function 3 ${place}`,
    },
    {
      says: "a function without a count",
      of: { ...one, fnMap: { 3: { name: "f", loc: at(1) } } },
      what: `function 3 ${count}`,
    },
    {
      says: "a branch with fewer counts than arms",
      of: { ...one, branchMap: { 2: { loc: at(1), locations: [at(1), at(1)] } }, b: { 2: [1] } },
      what: `branch 2 ${count}`,
    },
    {
      says: "a branch with a count that is null",
      of: { ...one, branchMap: { 2: { loc: at(1), locations: [at(1)] } }, b: { 2: [null] } },
      what: `branch 2 ${count}`,
    },
    {
      says: "a branch without any line",
      of: { ...one, branchMap: { 2: { locations: [{ start: {}, end: {} }] } }, b: { 2: [1] } },
      what: `branch 2 ${place}`,
    },
    {
      says: "a key that is no number",
      of: { ...one, statementMap: { "x\u001b[31m": null } },
      what: `statement (its key is no number) ${place}`,
    },
  ])("$says", ({ of, what }) => {
    expect(read(of)).toMatchObject({ ok: false, problem: { what: `/repo/0.ts: ${what}` } });
  });

  test("keys such as __proto__ and constructor are only keys", () => {
    const json = `{"__proto__": ${JSON.stringify(one)}, "constructor": {"path": "b.ts", "statementMap": {"__proto__": ${JSON.stringify(at(2))}},
      "s": {"__proto__": 3, "toString": 1}, "fnMap": {}, "f": {"__proto__": 1}, "branchMap": {}, "b": {"constructor": [1]}}}`;
    const reading = readIstanbul(JSON.parse(json) as Record<string, unknown>, "x");
    expect(reading).toMatchObject({ ok: true });
    if (reading.ok)
      expect(reading.value.files.map(({ path, lines }) => [path, lines.numbers, lines.hits])).toEqual([
        ["/repo/a.ts", [1], [1]],
        ["b.ts", [2], [3]],
      ]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("the instrumenter is told by its marks", () => {
  test.each([
    { says: "istanbul through a bundler leaves none", rest: {}, is: "istanbul" },
    { says: "istanbul itself", rest: { hash: "x", _coverageSchema: "1a1c" }, is: "istanbul" },
    { says: "nyc's stub for a file that no test loads", rest: { all: true, hash: "x" }, is: "istanbul" },
    { says: "v8-to-istanbul", rest: { all: false }, is: "v8" },
    { says: "ast-v8-to-istanbul", rest: { meta: { lastBranch: 0 } }, is: "v8" },
  ])("$says: $is", ({ rest, is }) => {
    expect(read(entry([[at(1), 1]], rest))).toMatchObject({ ok: true, value: { instrumenter: is } });
  });

  test.each([
    { name: "after/coverage-final.json", is: "istanbul" },
    { name: "after-v8/coverage-final.json", is: "v8" },
  ])("the real report $name", ({ name, is }) => {
    const json = JSON.parse(new TextDecoder().decode(fixture(name))) as Record<string, unknown>;
    expect(readIstanbul(json, name)).toMatchObject({ ok: true, value: { instrumenter: is } });
  });
});

test("what is read is not changed", () => {
  const json = JSON.parse(new TextDecoder().decode(fixture("after/coverage-final.json"))) as Record<string, unknown>;
  const before = structuredClone(json);
  readIstanbul(json, "x");
  expect(json).toEqual(before);
});

test("any JSON in the place of any part: read or refused, never thrown", () => {
  const parts = ["path", "statementMap", "s", "fnMap", "f", "branchMap", "b"];
  const place = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constant({ 0: at(1) }),
    fc.constant({ 0: [1] }),
    fc.constant({ 0: 1 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...parts), place, fc.constantFrom(...parts), place, (first, a, second, b) => {
      const of = { ...entry([[at(1), 1]]), [first]: a, [second]: b };
      const reading = readIstanbul({ "a.ts": of }, "x");
      if (reading.ok)
        for (const file of reading.value.files) expect(FileCoverage.safeParse(file).error).toBeUndefined();
      else expect(reading.problem.what).toContain("a.ts: ");
    }),
    { numRuns: 300 },
  );
});
