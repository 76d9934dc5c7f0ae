import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeProblem } from "../../../core/coverage/problem.ts";
import { readCoverage } from "../../../core/coverage/read-coverage.ts";
import { nearlyLcov } from "./arbitraries.ts";
import { bytes, fixture } from "./samples.ts";
import { cpuTime } from "../../cpu-time.ts";

describe("the format is found by content, whatever the file's name", () => {
  test.each([
    {
      says: "lcov under a JSON name",
      name: "after/lcov.info",
      as: "coverage-final.json",
      format: "lcov",
      instrumenter: "lcov",
      files: 4,
    },
    {
      says: "istanbul JSON under an lcov name",
      name: "after/coverage-final.json",
      as: "lcov.info",
      format: "istanbul",
      instrumenter: "istanbul",
      files: 4,
    },
    {
      says: "V8 in istanbul's shape",
      name: "after-v8/coverage-final.json",
      as: "x",
      format: "istanbul",
      instrumenter: "v8",
      files: 4,
    },
    {
      says: "lcov 2.5 with a test name first",
      name: "lcov-2/lcov.info",
      as: "x",
      format: "lcov",
      instrumenter: "lcov",
      files: 1,
    },
    {
      says: "coverage.py's lcov, which begins with SF",
      name: "coverage-py/lcov.info",
      as: "x",
      format: "lcov",
      instrumenter: "lcov",
      files: 2,
    },
  ])("$says", ({ name, as, format, instrumenter, files }) => {
    const result = readCoverage(fixture(name), as);
    expect(result).toMatchObject({ ok: true, raw: { source: as, format, instrumenter } });
    if (result.ok) expect(result.raw.files).toHaveLength(files);
  });

  test.each([
    { says: "an lcov with a byte order mark", text: "\uFEFFTN:\nSF:a.c\nend_of_record\n", format: "lcov" },
    { says: "an lcov that begins with a comment", text: "#made by geninfo\nSF:a.c\nend_of_record\n", format: "lcov" },
    {
      says: "an lcov that begins with more comments than are looked at",
      text: `${"# comment\n".repeat(1_000)}SF:a.c\nend_of_record\n`,
      format: "lcov",
    },
    { says: "an lcov of no file", text: "TN:\n", format: "lcov" },
    {
      says: "a JSON map with a byte order mark",
      text: `\uFEFF {"a.ts": {"path": "a.ts", "statementMap": {}, "s": {}, "fnMap": {}, "f": {}, "branchMap": {}, "b": {}}}`,
      format: "istanbul",
    },
  ])("$says", ({ text, format }) =>
    expect(readCoverage(bytes(text), "x")).toMatchObject({ ok: true, raw: { format } }),
  );
});

describe("what is not read is named, with the way to something that is", () => {
  const xml = '<?xml version="1.0"?>\n';
  test.each([
    {
      text: `${xml}<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">\n<coverage>`,
      name: "Cobertura XML",
      how: "lcov",
    },
    { text: `${xml}<coverage line-rate="0.5" branch-rate="0">`, name: "Cobertura XML", how: "xml2lcov" },
    {
      text: `${xml}<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="x">`,
      name: "JaCoCo XML",
      how: "converter",
    },
    { text: `${xml}<coverage generated="1700000000" clover="3.2.0">`, name: "Clover XML", how: "lcov" },
    { text: `${xml}<CoverageSession xmlns:xsd="x">`, name: "OpenCover XML", how: "CoverletOutputFormat=lcov" },
    { text: "mode: atomic\ngithub.com/x/y/a.go:1.2,3.4 1 1\n", name: "a Go cover profile", how: "gcov2lcov" },
    {
      text: '{"type": "llvm.coverage.json.export", "data": []}',
      name: "llvm-cov JSON",
      how: "llvm-cov export -format=lcov",
    },
    { text: '{"meta": {"version": "7"}, "files": {}, "totals": {}}', name: "coverage.py JSON", how: "coverage lcov" },
    { text: '{"meta": {"simplecov_version": "0.22"}, "coverage": {}}', name: "SimpleCov JSON", how: "LcovFormatter" },
    {
      text: '{"RSpec": {"coverage": {"a.rb": {"lines": [1]}}, "timestamp": 1}}',
      name: "SimpleCov's result set",
      how: "LcovFormatter",
    },
    {
      text: '{"total": {"lines": {"total": 1, "pct": 100}}}',
      name: "istanbul's json-summary",
      how: "coverage-final.json",
    },
    {
      text: '{"result": [{"scriptId": "1", "url": "file:///a", "functions": []}]}',
      name: "V8's raw coverage",
      how: "c8 report",
    },
    { text: '{"app.dll": {"a.cs": {}}}', name: "coverlet JSON", how: "lcov" },
    { text: "        -:    0:Source:a.c\n", name: "gcov's text", how: "geninfo" },
    { text: "\x1f\x8b\x08\x00", name: "a gzip archive", how: "unpack", latin1: true },
    { text: "PK\x03\x04", name: "a zip archive", how: "unpack" },
    { text: "SQLite format 3\0", name: "coverage.py's data file", how: "coverage lcov" },
  ])("$name", ({ text, name, how, latin1 }) => {
    const result = readCoverage(latin1 === true ? Buffer.from(text, "latin1") : bytes(text), "report");
    expect(result).toMatchObject({
      ok: false,
      problem: { what: `it looks like ${name}, which this version does not read` },
    });
    if (!result.ok) expect(result.problem.fix).toContain(how);
  });

  test.each([
    { file: "coverage-py/cobertura.xml", name: "Cobertura XML" },
    { file: "coverage-py/coverage.json", name: "coverage.py JSON" },
  ])("the real $file", ({ file, name }) => {
    expect(readCoverage(fixture(file), file)).toMatchObject({
      ok: false,
      problem: { what: expect.stringContaining(name) },
    });
  });
});

describe("row 58: hostile files are refused with the reason", () => {
  test.each([
    { says: "nothing", text: "", what: "the file is empty" },
    { says: "white space", text: " \n\t\r\n", what: "the file is empty" },
    { says: "a map of no file", text: " {} ", what: "the file is empty" },
    { says: "an unknown text", text: "coverage: 100%\n", what: "it is in no coverage format that this version reads" },
    { says: "a list", text: "[]", what: "it is in no coverage format that this version reads" },
    {
      says: "an object of something else",
      text: '{"name": "x"}',
      what: "it is in no coverage format that this version reads",
    },
    { says: "JSON cut off", text: '{"a.ts": {"path": "a.ts", "statementMap"', what: "it is not valid JSON" },
    { says: "JSON that is not UTF-8", text: '{"\xff": 1}', what: "it is not valid JSON" },
    {
      says: "JSON 101 deep",
      text: `{"a": ${"[".repeat(100)}${"]".repeat(100)}}`,
      what: "the JSON is nested more than 100 deep",
    },
    { says: "a list five million deep", text: "[".repeat(5_000_000), what: "the JSON is nested more than 100 deep" },
    {
      says: "an XML bomb, of which no entity is read",
      text: '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><lolz>&b;</lolz>',
      what: "it is in no coverage format that this version reads",
    },
    {
      says: "an external entity",
      text: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
      what: "it is in no coverage format that this version reads",
    },
  ])("$says", ({ text, what }) => {
    const spent = cpuTime();
    expect(readCoverage(Buffer.from(text, "latin1"), "x")).toMatchObject({ ok: false, problem: { source: "x", what } });
    expect(spent()).toBeLessThan(5_000);
  });

  test("depth inside a string is no depth", () => {
    expect(readCoverage(bytes(`{"${"[".repeat(500)}\\"": {"statementMap": {}, "s": {}}}`), "x")).toMatchObject({
      problem: { what: expect.stringContaining("it has no `fnMap`") },
    });
  });

  test.each([
    { says: "lcov", text: "TN:\nSF:a.c\nend_of_record\n" },
    { says: "JSON", text: `{"a": ${" ".repeat(30)}1}` },
  ])("$says larger than the limit", ({ text }) => {
    expect(readCoverage(bytes(text), "x", { lcov: 20, json: 20 })).toMatchObject({
      ok: false,
      problem: { what: "the file is larger than 0 MB" },
    });
  });
});

test("a key of a megabyte is shown in part", () => {
  const result = readCoverage(bytes(`{"${"e\u0301".repeat(500_000)}": {"statementMap": 1, "s": 1}}`), "x");
  expect(result.ok ? "" : result.problem.what.length).toBeLessThan(5_000);
});

test("a problem is one inert line with its place, what is wrong and what to do", () => {
  const result = readCoverage(bytes("SF:a.c\nDA:1,-1\nend_of_record\n"), "cov\n::error::x/lcov.info");
  expect(result.ok ? "" : describeProblem(result.problem)).toBe(
    '"cov\\n::error::x/lcov.info":2: the count is not a whole number from 0 to 9,007,199,254,740,991. Write the report again; with gcc, `-fprofile-update=atomic` keeps counts of parallel tests whole.',
  );
});

test("any bytes: read or refused, never thrown", () => {
  const jsonText = fc.json({ maxDepth: 4 }).map(bytes);
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), nearlyLcov, jsonText), (input) => {
      const result = readCoverage(input, "x");
      if (!result.ok) expect(describeProblem(result.problem)).not.toContain("\n");
    }),
    { numRuns: 300 },
  );
});
