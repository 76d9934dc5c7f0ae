import { isObject } from "./istanbul-shape.ts";

/** A coverage format that people have and that is not read: what to call it, and how to get one that is. */
export interface OtherFormat {
  name: string;
  how: string;
}

/** The format that the first bytes of a file give away, or null. `head` is text; a few thousand characters are enough. */
export function otherFormatOf(head: string): OtherFormat | null {
  return textFormats.find(({ is }) => is(head.trimStart())) ?? null;
}

/** The format that parsed JSON gives away, or null. */
export function otherJsonFormatOf(json: unknown): OtherFormat | null {
  return isObject(json) ? (jsonFormats.find(({ is }) => is(json)) ?? null) : null;
}

const fromPython = "`coverage lcov` writes `coverage.lcov` from the same run";
const fromRuby = "with the gem simplecov-lcov, `SimpleCov.formatter = SimpleCov::Formatter::LcovFormatter` writes lcov";
const fromLlvm = "`llvm-cov export -format=lcov` writes lcov from the same profile";
const fromVitest = "add the reporter `json` (`coverage-final.json`) or `lcov`";
const fromDotnet = "with coverlet, `/p:CoverletOutputFormat=lcov` writes lcov";

const textFormats: (OtherFormat & { is: (head: string) => boolean })[] = [
  { name: "a gzip archive", how: "unpack it first", is: (head) => head.startsWith("\x1f\x8b") },
  { name: "a zip archive", how: "unpack it first", is: (head) => head.startsWith("PK\x03\x04") },
  {
    name: "coverage.py's data file",
    how: fromPython,
    is: (head) => head.startsWith("SQLite format 3\0"),
  },
  {
    name: "a Go cover profile",
    how: "the tool gcov2lcov turns it into lcov",
    is: (head) => /^mode: (set|count|atomic)\b/.test(head),
  },
  {
    name: "JaCoCo XML",
    how: "JaCoCo itself writes no lcov, so its XML needs a converter",
    is: (head) => isXml(head) && (head.includes("JACOCO") || /<report[\s>]/.test(head)),
  },
  { name: "OpenCover XML", how: fromDotnet, is: (head) => isXml(head) && head.includes("<CoverageSession") },
  {
    name: "Cobertura XML",
    how: "vitest, jest and nyc have a reporter `lcov`, coverage.py has `coverage lcov`, and lcov 2 has `xml2lcov`",
    is: (head) => isXml(head) && (/coverage-\d+\.dtd/.test(head) || /<coverage[^>]*\bline-rate=/.test(head)),
  },
  {
    name: "Clover XML",
    how: "vitest, jest and nyc have a reporter `lcov`",
    is: (head) =>
      isXml(head) && (/<coverage[^>]*\b(clover|generated)=/.test(head) || head.includes("<project timestamp=")),
  },
  {
    name: "gcov's text",
    how: "`lcov --capture` or `geninfo` writes lcov from the same counters",
    is: (head) => /^-:\s+0:Source:/.test(head),
  },
];

const jsonFormats: (OtherFormat & { is: (json: Record<string, unknown>) => boolean })[] = [
  { name: "llvm-cov JSON", how: fromLlvm, is: ({ type }) => type === "llvm.coverage.json.export" },
  {
    name: "coverage.py JSON",
    how: fromPython,
    is: ({ meta, files, totals }) => isObject(meta) && isObject(files) && isObject(totals),
  },
  {
    name: "SimpleCov JSON",
    how: fromRuby,
    is: (json) => isObject(json.meta) && "simplecov_version" in json.meta,
  },
  {
    name: "SimpleCov's result set",
    how: fromRuby,
    is: (json) =>
      Object.values(json).some((suite) => isObject(suite) && isObject(suite.coverage) && "timestamp" in suite),
  },
  {
    name: "istanbul's json-summary",
    how: `it has totals only: ${fromVitest}`,
    is: ({ total }) => isObject(total) && isObject(total.lines) && "pct" in total.lines,
  },
  {
    name: "V8's raw coverage",
    how: "`c8 report --reporter=lcov` turns it into lcov",
    is: ({ result }) => Array.isArray(result) && result.some((script) => isObject(script) && "functions" in script),
  },
  {
    name: "coverlet JSON",
    how: fromDotnet,
    is: (json) => Object.keys(json).some((key) => key.endsWith(".dll")),
  },
];

function isXml(head: string): boolean {
  return head.startsWith("<");
}
