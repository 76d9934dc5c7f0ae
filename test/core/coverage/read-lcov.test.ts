import { describe, expect, test } from "vitest";
import { readLcov } from "../../../core/coverage/read-lcov.ts";
import { branch, bytes, file, fixture, lcovFiles } from "./samples.ts";

/** One section around the records under test. */
const section = (...records: string[]) => ["TN:", "SF:a.c", ...records, "end_of_record", ""].join("\n");

const plain = file("a.c", { 1: 5, 2: 0 });

describe("what is read", () => {
  test.each([
    { says: "lines with their hits", text: section("DA:1,5", "DA:2,0"), is: plain },
    { says: "a checksum behind the hits", text: section("DA:1,5,sRvS04X/sGRf4OCcIsu6Jg", "DA:2,0,x"), is: plain },
    { says: "CRLF line ends", text: section("DA:1,5", "DA:2,0").replaceAll("\n", "\r\n"), is: plain },
    { says: "a byte order mark", text: `\uFEFF${section("DA:1,5", "DA:2,0")}`, is: plain },
    { says: "comments and empty lines", text: `# made by lcov\n\n${section("DA:1,5", "#x", "", "DA:2,0")}`, is: plain },
    { says: "no line break at the end", text: section("DA:1,5", "DA:2,0").trimEnd(), is: plain },
    { says: "spaces at the end of a record", text: section("DA:1,5  ", "DA:2,0\t"), is: plain },
    { says: "lines in any order", text: section("DA:2,0", "DA:1,5"), is: plain },
    { says: "a line twice in a section: hits are added", text: section("DA:2,0", "DA:1,2", "DA:1,3"), is: plain },
    {
      says: "sums, versions and conditions are passed over",
      text: section(
        "VER:1a2b",
        "DA:1,5",
        "DA:2,0",
        "LF:99",
        "LH:98",
        "BRF:1",
        "BRH:1",
        "FNF:7",
        "FNH:7",
        "MCDC:2,2,t,1,0,a && b",
        "MCF:1",
        "MCH:1",
      ),
      is: plain,
    },
    { says: "a record of a later version is passed over", text: section("DA:1,5", "NEWREC:3,x", "DA:2,0"), is: plain },
    { says: "a kernel file", text: section("DA:1,5", "DA:2,0").replace("SF:", "KF:"), is: plain },
    { says: "a section without anything to run", text: section(), is: file("a.c", {}) },
    { says: "hits up to 2^53 - 1", text: section("DA:1,9007199254740991"), is: file("a.c", { 1: 9007199254740991 }) },
    { says: "hits beyond the fast path", text: section("DA:1,12345678901,x"), is: file("a.c", { 1: 12345678901 }) },
    { says: "line ten million", text: section("DA:10000000,1"), is: file("a.c", { 10000000: 1 }) },
  ])("$says", ({ text, is }) => expect(lcovFiles(text)).toEqual([is]));

  test("repeated sections of one file are one file, and tests add up", () => {
    const text = `${section("DA:1,2", "DA:2,0")}TN:other\nSF:a.c\nDA:1,3\nDA:7,1\nend_of_record\n${section("DA:2,0")}`;
    expect(lcovFiles(text)).toEqual([file("a.c", { 1: 5, 2: 0, 7: 1 })]);
  });

  test("files come sorted, whatever their order, and paths stay as written", () => {
    const text = ["C:\\work\\b.ts", "/abs/a.ts", "b c/ä.ts", "./a.ts"]
      .map((path) => `SF:${path}\nend_of_record\n`)
      .join("");
    expect(lcovFiles(text).map(({ path }) => path)).toEqual(["./a.ts", "/abs/a.ts", "C:\\work\\b.ts", "b c/ä.ts"]);
  });
});

describe("functions", () => {
  const called = (name: string, line: number, endLine: number | null, hits: number) => ({ name, line, endLine, hits });
  test.each([
    { says: "a line and a name", records: ["FN:3,main", "FNDA:2,main"], is: [called("main", 3, null, 2)] },
    { says: "an end line", records: ["FN:3,9,main", "FNDA:2,main"], is: [called("main", 3, 9, 2)] },
    {
      says: "a name with commas",
      records: ["FN:3,f(int, char)", "FNDA:2,f(int, char)"],
      is: [called("f(int, char)", 3, null, 2)],
    },
    {
      says: "an end line and a name with commas",
      records: ["FN:3,9,f(1,2)", "FNDA:2,f(1,2)"],
      is: [called("f(1,2)", 3, 9, 2)],
    },
    { says: "a name of digits is no end line", records: ["FN:3,9", "FNDA:2,9"], is: [called("9", 3, null, 2)] },
    { says: "an end before the start is none", records: ["FN:3,2,f", "FNDA:1,f"], is: [called("f", 3, null, 1)] },
    { says: "counts before declarations", records: ["FNDA:2,f", "FN:3,f"], is: [called("f", 3, null, 2)] },
    { says: "no count: not called", records: ["FN:3,f"], is: [called("f", 3, null, 0)] },
    { says: "a count without a declaration has no place", records: ["FNDA:2,f"], is: [] },
    {
      says: "two methods of one name are counted in order",
      records: ["FN:3,run", "FN:8,run", "FNDA:0,run", "FNDA:4,run"],
      is: [called("run", 3, null, 0), called("run", 8, null, 4)],
    },
    {
      says: "two methods of one name with one count: no one knows which, so both",
      records: ["FN:3,run", "FN:8,run", "FNDA:4,run"],
      is: [called("run", 3, null, 4), called("run", 8, null, 4)],
    },
    { says: "FNL and FNA of lcov 2.2", records: ["FNL:0,3,9", "FNA:0,2,main"], is: [called("main", 3, 9, 2)] },
    { says: "FNL without an end line", records: ["FNL:0,3", "FNA:0,2,main"], is: [called("main", 3, null, 2)] },
    {
      says: "aliases of one function add up under the first name",
      records: ["FNL:7,3,9", "FNA:7,2,f<int>", "FNA:7,3,f<char, int>"],
      is: [called("f<int>", 3, 9, 5)],
    },
  ])("$says", ({ records, is }) => expect(lcovFiles(section(...records))[0]?.functions).toEqual(is));
});

describe("branches", () => {
  test.each([
    { says: "numbered arms", records: ["BRDA:3,0,0,4", "BRDA:3,0,1,0"], is: branch(3, [4, 0]) },
    { says: "a dash: the line never ran", records: ["BRDA:3,0,0,-", "BRDA:3,0,1,-"], is: branch(3, [null, null]) },
    {
      says: "istanbul's blocks count through the file; a block is a position in its line",
      records: ["BRDA:3,17,0,4", "BRDA:3,17,1,0", "BRDA:3,18,0,1", "BRDA:8,19,0,2"],
      is: [...branch(3, [4, 0]), ...branch(3, [1], "1"), ...branch(8, [2])],
    },
    {
      says: "blocks out of order keep the order of the report",
      records: ["BRDA:8,5,0,2", "BRDA:3,9,0,1", "BRDA:3,4,0,7"],
      is: [...branch(3, [1]), ...branch(3, [7], "1"), ...branch(8, [2])],
    },
    {
      says: "exception and fall-through arms belong to their block",
      records: ["BRDA:3,f0,0,4", "BRDA:3,0,1,0", "BRDA:3,e0,2,0"],
      is: branch(3, [4, 0, 0]),
    },
    {
      says: "an unreachable arm holds its place and is not counted",
      records: ["BRDA:3,0,0,4", "BRDA:3,U0,1,0", "BRDA:3,eU0,2,0", "BRDA:3,0,3,1"],
      is: [branch(3, [4])[0]!, { ...branch(3, [1])[0]!, arm: "3" }],
    },
    { says: "arms with names", records: ["BRDA:3,0,enable,1", "BRDA:3,0,!enable,0"], is: branch(3, [1, 0]) },
    { says: "a name with commas", records: ["BRDA:3,0,f(a, b),1", "BRDA:3,0,!f(a, b),-"], is: branch(3, [1, null]) },
    { says: "a name of numbers and commas", records: ["BRDA:3,0,1,2,5", "BRDA:3,0,1,3,6"], is: branch(3, [5, 6]) },
    {
      says: "coverage.py's names hold a line, which no position does",
      records: ["BRDA:2,0,jump to line 4,1", "BRDA:2,0,jump to the function exit,0"],
      is: branch(2, [1, 0]),
    },
    {
      says: "an arm twice in a section: hits are added",
      records: ["BRDA:3,0,0,4", "BRDA:3,0,1,-", "BRDA:3,0,0,1", "BRDA:3,0,1,2"],
      is: branch(3, [5, 2]),
    },
    { says: "a block with a name", records: ["BRDA:3,if,0,4", "BRDA:3,if,1,0"], is: branch(3, [4, 0]) },
    {
      says: "Bazel's kind: not run, not taken, taken",
      records: ["BA:3,0", "BA:3,1", "BA:3,2"],
      is: branch(3, [null, 0, 1]),
    },
  ])("$says", ({ records, is }) => expect(lcovFiles(section(...records))[0]?.branches).toEqual(is));

  test("a version that adds a line above changes no block and no arm", () => {
    const names = (text: string) => lcovFiles(text)[0]!.branches.map(({ block, arm }) => `${block}.${arm}`);
    const before = section("BRDA:2,0,jump to line 3,1", "BRDA:2,0,jump to line 4,1", "BRDA:4,1,0,1");
    const after = section(
      "BRDA:1,0,jump to line 2,1",
      "BRDA:3,0,jump to line 4,1",
      "BRDA:3,0,jump to line 5,1",
      "BRDA:5,2,0,1",
    );
    expect(names(after).slice(1)).toEqual(names(before));
  });
});

describe("row 58: a hostile or broken report is refused with its line and the reason", () => {
  const count = "the count is not a whole number from 0 to 9,007,199,254,740,991";
  const line = "the line number is not a whole number from 1 to 10,000,000";
  const fields = "the record is cut short or has a field that is not its own";
  const record = "this is not an lcov record";
  test.each([
    {
      says: "cut off in a section",
      text: "SF:a.c\nDA:1,1\n",
      at: 2,
      what: "the file ends inside the section of a.c: its `end_of_record` is missing",
    },
    { says: "cut off in a record", text: "SF:a.c\nDA:1", at: 2, what: fields },
    { says: "cut off in end_of_record", text: "SF:a.c\nDA:1,1\nend_of_rec", at: 3, what: record },
    { says: "more behind end_of_record", text: "SF:a.c\nend_of_records\n", at: 2, what: fields },
    { says: "negative hits", text: section("DA:1,1", "DA:2,-1"), at: 4, what: count },
    { says: "hits that are a fraction", text: section("DA:1,1.5"), at: 3, what: count },
    { says: "hits of 1e308", text: section("DA:1,1e308"), at: 3, what: count },
    { says: "hits of gcov's =====", text: section("DA:1,====="), at: 3, what: count },
    { says: "hits that wrapped below zero", text: section("DA:1,18446744073709551615"), at: 3, what: count },
    { says: "hits just too large", text: section("DA:1,9007199254740992"), at: 3, what: count },
    { says: "no hits", text: section("DA:1,"), at: 3, what: count },
    { says: "line 0", text: section("DA:0,1"), at: 3, what: line },
    { says: "a negative line", text: section("DA:-3,1"), at: 3, what: line },
    { says: "a line beyond ten million", text: section("DA:10000001,1"), at: 3, what: line },
    { says: "a branch on line 0", text: section("BRDA:0,0,0,1"), at: 3, what: line },
    { says: "a branch with negative hits", text: section("BRDA:1,0,0,-1"), at: 3, what: count },
    { says: "a branch without hits", text: section("BRDA:1,0,0"), at: 3, what: fields },
    { says: "a branch cut short", text: section("BRDA:1,0"), at: 3, what: fields },
    { says: "a branch that would go on in the next line", text: section("BRDA:1,x", "DA:1,1"), at: 3, what: fields },
    { says: "a function on line 0", text: section("FN:0,f"), at: 3, what: line },
    { says: "a function that ends on line 0", text: section("FN:1,0,f"), at: 3, what: line },
    { says: "a function's count below zero", text: section("FNDA:-1,f"), at: 3, what: count },
    { says: "a function group on line 0", text: section("FNL:0,0"), at: 3, what: line },
    {
      says: "an alias of no function",
      text: section("FNA:4,1,f"),
      at: 3,
      what: "an FNA record has an index that no FNL record has",
    },
    { says: "a Bazel branch of 3", text: section("BA:1,3"), at: 3, what: "the branch of a BA record is not 0, 1 or 2" },
    { says: "a section without a file", text: "SF:\nend_of_record\n", at: 1, what: "an SF record names no file" },
    {
      says: "a path longer than any file's",
      text: `SF:${"x/".repeat(3_000)}a.c\nend_of_record\n`,
      at: 1,
      what: "an SF record has a path longer than 4,096 characters",
    },
    {
      says: "a section in a section",
      text: "SF:a.c\nSF:b.c\nend_of_record\n",
      at: 2,
      what: "a section begins before the one above has its `end_of_record`",
    },
    {
      says: "a record before any section",
      text: "DA:1,1\n",
      at: 1,
      what: "this record stands outside a section; a section begins with `SF:`",
    },
    {
      says: "an end before any section",
      text: "TN:\nend_of_record\n",
      at: 2,
      what: "this record stands outside a section; a section begins with `SF:`",
    },
    { says: "something else entirely", text: "<html>\n", at: 1, what: record },
    { says: "a control character for a tag", text: section("D\u0000A:1,1"), at: 3, what: record },
  ])("$says", ({ text, at, what }) => {
    const reading = readLcov(bytes(text), "x.info");
    expect(reading).toMatchObject({ ok: false, problem: { source: "x.info", line: at, what } });
  });

  test("the reason quotes nothing of the file but its path, and that inert", () => {
    const reading = readLcov(bytes("SF:a\u001b[31m.c\nDA:1,secret\n"), "x.info");
    expect(JSON.stringify(reading)).not.toContain("secret");
    const cut = readLcov(bytes("SF:a\u001b[31m.c\n"), "x.info");
    expect(cut).toMatchObject({ problem: { what: expect.stringContaining('"a\\u{1b}[31m.c"') } });
  });
});

describe("real reports", () => {
  test("lcov 1 and lcov 2 say the same of one C program", () => {
    const [old] = lcovFiles(fixture("lcov-1/lcov.info"));
    const [late] = lcovFiles(fixture("lcov-2/lcov.info"));
    expect(old?.lines).toEqual({ numbers: [3, 5, 8, 10, 11, 12, 15, 17, 18], hits: [1, 1, 1, 1, 1, 0, 1, 1, 1] });
    expect(late?.lines).toEqual(old?.lines);
    expect(late?.branches).toEqual(old?.branches);
    expect(old?.branches).toEqual(branch(10, [1, 0, 1, 0]));
    expect(old?.functions).toEqual([
      { name: "half", line: 3, endLine: null, hits: 1 },
      { name: "price", line: 8, endLine: null, hits: 1 },
      { name: "main", line: 15, endLine: null, hits: 1 },
    ]);
    expect(late?.functions.map(({ endLine }) => endLine)).toEqual([6, 13, 19]);
  });

  test("coverage.py's lcov, with end lines and arms named by where they jump", () => {
    const [price] = lcovFiles(fixture("coverage-py/lcov.info"));
    expect(price?.branches).toEqual([...branch(2, [1, 1]), ...branch(4, [1, 1]), ...branch(5, [1, 0])]);
    expect(price?.functions).toEqual([
      { name: "price", line: 1, endLine: 10, hits: 1 },
      { name: "unused", line: 13, endLine: 14, hits: 0 },
    ]);
  });
});
