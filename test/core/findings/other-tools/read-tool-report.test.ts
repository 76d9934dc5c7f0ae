import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Finding, RawFinding } from "../../../../core/findings/finding.ts";
import { isOtherToolRule, rawFinding, readToolReport, type ReadReport } from "../../../../core/findings/index.ts";

/** Files as tools wrote them, and files as somebody writes who wants the reader to fall. */

const runner = "/home/runner/_work/shop/shop";
const fixture = (name: string) =>
  readFileSync(new URL(`../../../fixtures/other-tools/${name}`, import.meta.url)).subarray();
const bytes = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const read = (value: unknown) => readToolReport(bytes(value));

/** `path:start-end severity rule: message`, as the findings come out. */
function rows(result: ReadReport): string[] {
  if (!result.ok) return [`refused: ${result.refusal.what}`];
  return result.report.findings.map((found) => {
    const { rule, place, message, toolSeverity } = rawFinding(found, found.path.replace(`${runner}/`, ""));
    const lines = place.kind === "lines" ? `:${place.start}-${place.end}` : "";
    return `${"path" in place ? place.path : ""}${lines} ${toolSeverity} ${rule}: ${message}`;
  });
}

function gaps(result: ReadReport): string[] {
  return result.ok ? result.report.gaps.map(({ reason }) => reason) : [];
}

describe("what tools wrote themselves", () => {
  test.each([
    {
      file: "eslint.json",
      expected: [
        "src/broken.js:1-1 error eslint/parse-error: Parsing error: Unexpected token =",
        "src/plain.js:5-5 warning eslint/no-eval: `eval` can be harmful.",
        "src/plain.js:6-7 error eslint/no-empty: Empty block statement.",
        "src/plain.js:8-8 error eslint/no-undef: 'missing' is not defined.",
      ],
    },
    {
      file: "tsc.txt",
      expected: [
        "src/orders.ts:5-5 error tsc/TS2322: Type 'number' is not assignable to type 'string'.",
        "src/orders.ts:13-13 error tsc/TS2304: Cannot find name 'missing'.",
      ],
    },
    {
      file: "oxlint.xml",
      expected: [
        "src/plain.js:5-5 warning oxlint/no-eval: eval can be harmful.",
        "src/plain.js:6-6 error oxlint/no-empty: Unexpected empty block statements",
        "src/orders.ts:10-10 warning oxlint/no-eval: eval can be harmful.",
        "src/orders.ts:11-11 error oxlint/no-empty: Unexpected empty block statements",
        "src/broken.js:1-1 error checkstyle/unnamed: Unexpected token",
      ],
    },
    {
      file: "jshint.xml",
      expected: [
        "src/plain.js:1-1 warning jshint/W119: 'export' is only available in ES6 (use 'esversion: 6').",
        "src/plain.js:5-5 warning jshint/W061: eval can be harmful.",
        "src/plain.js:6-6 warning jshint/W119: 'optional catch binding' is only available in ES10 (use 'esversion: 10').",
      ],
    },
  ])("$file", ({ file, expected }) => {
    expect(rows(readToolReport(fixture(file)))).toEqual(expected);
  });

  test("ESLint with metadata says the same as without", () => {
    expect(rows(readToolReport(fixture("eslint-with-metadata.json")))).toEqual(
      rows(readToolReport(fixture("eslint.json"))),
    );
  });

  test("ruff says the same in SARIF and in rdjson, but for the severity, which rdjson has of all", () => {
    const withoutSeverity = (name: string) =>
      rows(readToolReport(fixture(name))).map((row) => row.replace(/ (?:error|warning) /, " "));
    expect(withoutSeverity("ruff.sarif").filter((row) => row.includes("S608"))).toEqual([
      "src/store.py:6-6 ruff/S608: Possible SQL injection vector through string-based query construction",
    ]);
    expect(withoutSeverity("ruff.sarif")).toEqual(withoutSeverity("ruff.rdjson"));
  });

  test("oxlint says the same in SARIF and in checkstyle, whatever the order", () => {
    const short = (name: string) =>
      rows(readToolReport(fixture(name)))
        .filter((row) => !row.includes("broken"))
        .map((row) => row.replace(/-\d+ /, " ").split(": ")[0])
        .sort();
    expect(short("oxlint.sarif")).toEqual(short("oxlint.xml"));
  });

  test.each([
    { file: "ruff.json", name: "ruff's own JSON" },
    { file: "oxlint.json", name: "oxlint's own JSON" },
  ])("$file is refused by its name, with the way to what is read", ({ file, name }) => {
    const result = readToolReport(fixture(file));
    expect(result).toMatchObject({ ok: false, refusal: { what: expect.stringContaining(name) as string } });
    expect(result).toMatchObject({ ok: false, refusal: { fix: expect.stringContaining("sarif") as string } });
  });

  test("what tsc writes for people is refused; an error of no file is a gap", () => {
    expect(rows(readToolReport(fixture("tsc-pretty.txt")))).toEqual(["refused: it is what `tsc` writes for people"]);
    expect(gaps(readToolReport(fixture("tsc-global.txt")))).toEqual(["tsc reports TS5058, which is of no file"]);
  });
});

describe("what is written as the formats say", () => {
  test.each([
    {
      file: "codeql.sarif",
      expected: [
        "src/db.js:12-13 error codeql/js/sql-injection: This query depends on a [user-provided value](1).",
        "packages/a b/tür.js:3-3 notice codeql/js/unused-local-variable: Unused variable x.",
        "src/db.js:21-21 error codeql/js/sql-injection: Nobody accepted that.",
        "cmd/main.go:7-7 warning semgrep/go.lang.x/variant: Found md5 in main.",
      ],
      lacks: ["it says of itself that the tool's run failed", "1 of its results name no file, so they are left out"],
    },
    {
      file: "golangci.json",
      expected: [
        "cmd/main.go:14-14 warning golangci-lint/errcheck: Error return value of `f.Close` is not checked",
        "cmd/main.go:20-21 error gosec/G201: G201: SQL string formatting",
      ],
      lacks: ["it says of itself that the tool's run failed"],
    },
    {
      file: "checkstyle.xml",
      expected: [
        'src/Main.java:5-5 error checkstyle/EmptyCatchBlock: Empty <catch> – "x" &nbsp;',
        "src/Main.java:7-7 notice eslint/no-eval: a > b",
        "src/a.js:9-9 warning oxlint/no-debugger: Unexpected.",
        "src/a.js warning oxlint/typescript/no-explicit-any: The whole file.",
        "src/a.js:10-10 error shellcheck/SC2086: Quote this.",
        "src/a.js:11-11 warning checkstyle/unnamed: Nothing else.",
      ],
      lacks: [],
    },
    {
      file: "reviewdog.rdjsonl",
      expected: [
        "src/a.go:3-4 notice golint/exported: Missing comment",
        "src/b.go error hadolint/DL3008: Number for a severity",
      ],
      lacks: [],
    },
  ])("$file", ({ file, expected, lacks }) => {
    const result = readToolReport(fixture(file));
    expect(rows(result)).toEqual(expected);
    expect(gaps(result)).toEqual(lacks);
  });
});

const sarif = (location: unknown, more: object = {}, run: object = {}) => ({
  version: "2.1.0",
  runs: [
    {
      tool: { driver: { name: "T" } },
      results: [{ ruleId: "r", message: { text: "m" }, locations: [{ physicalLocation: location }], ...more }],
      ...run,
    },
  ],
});
const at = (uri: string, more: object = {}) => ({ artifactLocation: { uri, ...more }, region: { startLine: 2 } });

describe("SARIF", () => {
  test.each([
    { says: "a relative path", location: at("src/a.ts"), path: "src/a.ts" },
    { says: "a path with encoded characters", location: at("src/%C3%BC%20b.ts"), path: "src/ü b.ts" },
    { says: "a percent sign that encodes nothing", location: at("src/100%.ts"), path: "src/100%.ts" },
    { says: "a file URI", location: at("file:///w/a.ts"), path: "/w/a.ts" },
    { says: "a file URI with a host", location: at("file://host/w/a.ts"), path: "/w/a.ts" },
    { says: "a file URI of Windows", location: at("file:///C:/w/a.ts"), path: "C:/w/a.ts" },
    { says: "a base that nobody spells out", location: at("a.ts", { uriBaseId: "%SRCROOT%" }), path: "a.ts" },
    { says: "a base", location: at("a.ts", { uriBaseId: "B" }), path: "/w/x/a.ts" },
    {
      says: "bases that go round in a circle",
      location: at("a.ts", { uriBaseId: "C" }),
      path: "c/".repeat(20) + "a.ts",
    },
  ])("finds $says", ({ location, path }) => {
    const originalUriBaseIds = {
      B: { uri: "x/", uriBaseId: "A" },
      A: { uri: "file:///w/" },
      C: { uri: "c", uriBaseId: "C" },
    };
    const result = read(sarif(location, {}, { originalUriBaseIds }));
    expect(result.ok && result.report.findings.map((found) => found.path)).toEqual([path]);
  });

  test.each([
    { says: "another scheme", location: at("https://example.com/a.ts") },
    { says: "an artifact that is not listed", location: { artifactLocation: { index: 7 } } },
    { says: "no artifact", location: {} },
    { says: "a base by the name of what every object has", location: at("", { uriBaseId: "constructor" }) },
  ])("$says is no file", ({ location }) => {
    expect(gaps(read(sarif(location)))).toEqual(["1 of its results name no file, so they are left out"]);
  });

  test.each([
    { says: "the result's own level", more: { level: "note" }, severity: "notice" },
    { says: "no level", more: {}, severity: "warning" },
    { says: "a level that is none", more: { level: "__proto__" }, severity: "warning" },
    { says: "`none`", more: { level: "none" }, severity: "notice" },
  ])("$says is $severity", ({ more, severity }) => {
    const result = read(sarif(at("a.ts"), more));
    expect(result.ok && result.report.findings.map((found) => found.severity)).toEqual([severity]);
  });

  test.each([
    { says: "kind pass", more: { kind: "pass" } },
    { says: "kind open", more: { kind: "open" } },
    { says: "a suppression without a status", more: { suppressions: [{ kind: "inSource" }] } },
    { says: "what is gone since its baseline", more: { baselineState: "absent" } },
  ])("$says is not counted", ({ more }) => {
    expect(rows(read(sarif(at("a.ts"), more)))).toEqual([]);
  });
});

describe("refused with a reason", () => {
  const eslint = (message: object) => [{ filePath: "a.js", messages: [{ ruleId: "r", severity: 2, ...message }] }];
  test.each([
    { says: "a negative line", file: eslint({ line: -1 }), what: "a line number is not a whole number" },
    { says: "a line that is no number", file: eslint({ line: "7" }), what: "a line number is not a whole number" },
    { says: "a fraction", file: sarif({ region: { startLine: 1.5 } }), what: "a line number is not a whole number" },
    { says: "a line beyond any file", file: eslint({ line: 1e12 }), what: "a line number is not a whole number" },
    {
      says: "lines in checkstyle",
      file: `<checkstyle><file name="a"><error line="x"/></file></checkstyle>`,
      what: "a line number",
    },
    { says: "a line 0 in tsc", file: "a.ts(0,1): error TS1: x", what: "a line number" },
    { says: "a document type", file: `<!DOCTYPE x [<!ENTITY a "b">]><checkstyle/>`, what: "a document type" },
    { says: "XML that is cut", file: `<checkstyle><file name="a">`, what: "the XML ends before" },
    { says: "XML that is cut in a tag", file: `<checkstyle><file name="a`, what: "in the middle of a tag" },
    { says: "JSON that is cut", file: `[{"filePath":"a.js","mess`, what: "it is not valid JSON" },
    { says: "deep JSON", file: `${"[".repeat(101)}${"]".repeat(101)}`, what: "nested more than 100 deep" },
    { says: "SARIF 2.0", file: { version: "2.0.0", runs: [] }, what: "a version other than 2.1.0" },
    { says: "JUnit", file: "<testsuites></testsuites>", what: "JUnit XML" },
    { says: "an archive", file: "PK\x03\x04xyz", what: "a zip archive" },
    { says: "any text", file: "hello", what: "it is in no format" },
    { says: "any JSON", file: { hello: 1 }, what: "it is in no format" },
  ])("$says", ({ file, what }) => {
    expect(rows(read(file))).toEqual([expect.stringContaining(what)]);
  });

  test("a file that is too large, before anybody reads it", () => {
    expect(rows(readToolReport(new Uint8Array(100_000_001)))).toEqual(["refused: it is larger than 100 MB"]);
  });
});

test("an empty file is told: the tool found nothing, or never ran", () => {
  expect(read(" \n")).toEqual({
    ok: true,
    report: {
      findings: [],
      gaps: [{ reason: "it is empty: the tool found nothing, or it did not run", anyFile: false }],
    },
  });
});

test("of too many results the first are read, and the rest is told", () => {
  const line = `{"message":"m","location":{"path":"a.go"}}\n`;
  const result = read(line.repeat(100_003));
  expect(result.ok && result.report.findings.length).toBe(100_000);
  expect(gaps(result)).toEqual(["it has 3 results more than the 100,000 that are read of a file"]);
});

test("UTF-16, as PowerShell redirects, and a byte order mark are read", () => {
  const text = "\ufeffa.ts(3,1): error TS1: x\r\n";
  expect(rows(readToolReport(Buffer.from(text, "utf16le")))).toEqual(["a.ts:3-3 error tsc/TS1: x"]);
  expect(rows(read(text))).toEqual(["a.ts:3-3 error tsc/TS1: x"]);
});

test("text is inert and bounded, and rules keep to their alphabet", () => {
  const hostile = "\u001b[31m::error::\u202ex\n# a `b` <img>\u0000";
  const found = read([
    {
      filePath: "a.js",
      messages: [
        { ruleId: `${hostile}/../${"r".repeat(300)}`, severity: 2, line: 1, message: hostile + "x".repeat(9_999) },
      ],
    },
  ]);
  if (!found.ok) throw new Error(found.refusal.what);
  const raw = rawFinding(found.report.findings[0]!, "a.js");
  expect(raw.message.length).toBeLessThan(500);
  expect(raw.message).not.toMatch(/[\u0000-\u001f\u202e]/);
  expect(raw.rule.length).toBeLessThanOrEqual(100);
  expect(isOtherToolRule(raw.rule)).toBe(true);
});

const anyLine = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null), fc.integer({ min: 1, max: 99 }));
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "a.ts", "../../x", "__proto__", "file:///%ff", "\0"),
);
const anyResult = fc.record(
  {
    ruleId: anyText,
    ruleIndex: anyLine,
    level: anyText,
    kind: fc.constantFrom("fail", "pass", 7),
    message: fc.oneof(fc.record({ text: anyText }), fc.record({ id: anyText, arguments: fc.array(anyText) }), anyText),
    locations: fc.array(
      fc.record({
        physicalLocation: fc.record(
          {
            artifactLocation: fc.record({ uri: anyText, uriBaseId: anyText, index: anyLine }, { requiredKeys: [] }),
            region: fc.record({ startLine: anyLine, endLine: anyLine, endColumn: anyLine }, { requiredKeys: [] }),
          },
          { requiredKeys: [] },
        ),
      }),
    ),
  },
  { requiredKeys: [] },
);
const nearlySarif = fc.record({
  version: fc.constant("2.1.0"),
  runs: fc.array(
    fc.record(
      {
        tool: fc.record({ driver: fc.record({ name: anyText, rules: fc.array(fc.anything()) }) }),
        results: fc.array(fc.oneof(anyResult, fc.anything())),
        originalUriBaseIds: fc.dictionary(anyText, fc.record({ uri: anyText, uriBaseId: anyText })),
        artifacts: fc.array(fc.record({ location: fc.record({ uri: anyText }) })),
      },
      { requiredKeys: [] },
    ),
  ),
});
const nearlyOthers = fc.oneof(
  fc.array(
    fc.record({
      filePath: anyText,
      messages: fc.array(fc.record({ ruleId: anyText, severity: anyLine, line: anyLine })),
    }),
  ),
  fc.record({ Issues: fc.array(fc.record({ FromLinter: anyText, Text: anyText, Pos: fc.record({ Line: anyLine }) })) }),
  fc.record({
    diagnostics: fc.array(
      fc.record({ message: anyText, location: fc.record({ path: anyText, range: fc.anything() }) }),
    ),
  }),
  fc.json(),
);
const nearlyText = fc.oneof(
  fc
    .tuple(anyText, fc.integer(), anyText)
    .map(([path, line, text]) => `${path}(${line},1): error TS1: ${text}\nerror TS2: ${text}`),
  fc
    .array(
      fc.constantFrom(
        "<checkstyle>",
        "<file name='a",
        "'>",
        "<error line=",
        '"3"',
        "/>",
        "</checkstyle>",
        "&#x1F600;",
        "&#9999999;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "=",
        '"',
      ),
    )
    .map((parts) => `<checkstyle ${parts.join("")}`),
  fc.string({ unit: "binary" }),
);

test.each([
  { says: "nearly SARIF", input: nearlySarif.map((value) => JSON.stringify(value)) },
  {
    says: "nearly other formats",
    input: nearlyOthers.map((value) => (typeof value === "string" ? value : JSON.stringify(value))),
  },
  { says: "nearly texts", input: nearlyText },
  { says: "any bytes", input: fc.uint8Array({ maxLength: 80 }) },
])("$says: read or refused with a reason, never thrown, and nothing outside the schema", ({ input }) => {
  fc.assert(
    fc.property(input, (given) => {
      const result = readToolReport(typeof given === "string" ? Buffer.from(given) : given);
      if (!result.ok) {
        expect(result.refusal.what).not.toBe("");
        expect(result.refusal.fix).not.toBe("");
        return;
      }
      for (const found of result.report.findings) {
        const raw = rawFinding(found, "a.ts");
        expect(RawFinding.safeParse(raw).error).toBeUndefined();
        expect(isOtherToolRule(raw.rule)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test("the schema of a weighed finding has what another tool says", () => {
  expect(Object.keys(Finding.shape)).toEqual(expect.arrayContaining(["toolSeverity", "alsoReportedBy"]));
});
