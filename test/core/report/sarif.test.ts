import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import type { Log, Result, Run } from "sarif";
import { describe, expect, test } from "vitest";
import type { LintRule, Place, Severity } from "../../../core/findings/finding.ts";
import type { Review } from "../../../core/report/review.ts";
import { renderSarif, sarifLimits } from "../../../core/report/sarif.ts";
import { sampleFinding, sampleReview, sampleSha } from "../../builders.ts";

/** The OASIS schema as a package ships it. It is draft 4, of which ajv reads all that this one uses but the `id`. */
function compileSchema() {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const schema = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  delete schema["id"];
  delete schema["$schema"];
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

const isSarif = compileSchema();

function run(review: Review, rules: readonly LintRule[] = [swallowed]): Run {
  const text = renderSarif(review, rules);
  const log = JSON.parse(text) as Log;
  isSarif(log);
  expect(isSarif.errors).toBeNull();
  return log.runs[0]!;
}

function results(review: Review): Result[] {
  return run(review).results ?? [];
}

const swallowed: LintRule = {
  id: "swallowed-error",
  title: "A catch that drops the error",
  help: "Rethrow it with `cause`.",
  confidence: "high",
  severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
};

test("the schema refuses what is not SARIF", () => {
  expect(isSarif({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
});

test("report.sarif: a whole file", async () => {
  await expect(renderSarif(sampleReview(), [swallowed])).toMatchFileSnapshot("__snapshots__/report.sarif");
});

test("a finding says who wrote the line, and keeps its fingerprint", () => {
  expect(results(sampleReview())[0]).toMatchObject({
    ruleId: "swallowed-error",
    ruleIndex: 0,
    level: "error",
    message: {
      text: "This catch drops the error. Written by: agent-assisted, claude-code (claude-opus-4-5), taken as is.",
    },
    partialFingerprints: { "countersignFinding/v1": sampleReview().findings[0]!.fingerprint },
    properties: {
      provenance: { verdict: "agent-assisted", agent: "claude-code", model: "claude-opus-4-5", acceptance: "as-is" },
    },
  });
});

describe("where a result points", () => {
  const at = (place: Place) => run(sampleReview({ findings: [sampleFinding({ place })] }));
  const base = { uriBaseId: "%SRCROOT%" };

  test.each<{ says: string; place: Place; uri: string; region: object }>([
    {
      says: "lines",
      place: { kind: "lines", path: "src/payments/charge.ts", start: 44, end: 46 },
      uri: "src/payments/charge.ts",
      region: { startLine: 44, endLine: 46 },
    },
    { says: "a file", place: { kind: "file", path: "README.md" }, uri: "README.md", region: { startLine: 1 } },
    {
      says: "a file with odd characters",
      place: { kind: "file", path: "a b/c#d?e%f:g/漢'(1)*.ts" },
      uri: "a%20b/c%23d%3Fe%25f%3Ag/%E6%BC%A2%27%281%29%2A.ts",
      region: { startLine: 1 },
    },
    {
      says: "half a surrogate pair",
      place: { kind: "file", path: "a\ud800b" },
      uri: "a%EF%BF%BDb",
      region: { startLine: 1 },
    },
    {
      says: "fault 69: a renamed file is found under its new path",
      place: { kind: "lines", path: "src/auth/session.ts", start: 3, end: 3 },
      uri: "src/session.ts",
      region: { startLine: 1 },
    },
  ])("$says", ({ place, uri, region }) => {
    const locations = at(place).results?.[0]?.locations;
    expect(locations).toEqual([{ physicalLocation: { artifactLocation: { uri, ...base }, region } }]);
  });

  test.each<{ says: string; place: Place }>([
    { says: "a commit", place: { kind: "commit", sha: sampleSha("x") } },
    { says: "the change", place: { kind: "change" } },
    { says: "a path out of the repository", place: { kind: "file", path: "../../etc/passwd" } },
    { says: "an absolute path", place: { kind: "file", path: "/etc/passwd" } },
  ])("$says is a notification: one result without a file makes GitHub refuse all of them", ({ place }) => {
    const found = at(place);
    expect(found.results).toEqual([]);
    expect(found.invocations?.[0]?.toolExecutionNotifications?.[0]).toMatchObject({ level: "error" });
  });
});

describe("rules", () => {
  test("the catalogue comes first, and a rule that only a finding knows after it", () => {
    const rules = run(sampleReview()).tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual([
      "swallowed-error",
      "uncovered-new-function",
      "uncovered-changed-function",
      "detected-without-trailer",
    ]);
    expect(rules[0]).toMatchObject({
      shortDescription: { text: "A catch that drops the error" },
      defaultConfiguration: { level: "warning" },
      properties: { precision: "high", "problem.severity": "warning" },
    });
  });

  test("every result's index is its rule's", () => {
    const { tool, results = [] } = run(sampleReview());
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules?.[ruleIndex ?? -1]?.id).toBe(ruleId);
  });
});

test("severities have SARIF's names", () => {
  const findings = (["notice", "warning", "error"] as Severity[]).map((severity) => sampleFinding({ severity }));
  expect(results(sampleReview({ findings })).map(({ level }) => level)).toEqual(["error", "warning", "note"]);
});

test("a message cannot hold a link", () => {
  const finding = sampleFinding({ message: "see [here](1) and [there](https://x.test)" });
  expect(results(sampleReview({ findings: [finding] }))[0]?.message.text).toContain(
    "see [here] (1) and [there] (https:",
  );
});

test.each([
  { says: "an address of a known host", host: "github.com", name: "orders", uri: "https://github.com/acme/orders" },
  { says: "a port", host: "git.test:8443", name: "orders", uri: "https://git.test:8443/acme/orders" },
  { says: "an odd name", host: "github.com", name: "a b", uri: "https://github.com/acme/a%20b" },
  { says: "no host", host: "x/../y", name: "orders", uri: undefined },
])("the repository: $says", ({ host, name, uri }) => {
  const review = sampleReview();
  review.change.repository = { host, owner: "acme", name };
  expect(run(review).versionControlProvenance?.[0]?.repositoryUri).toBe(uri);
});

test("a reading that is not whole is an execution that did not succeed", () => {
  const review = sampleReview();
  expect(run(review).invocations?.[0]?.executionSuccessful).toBe(true);
  review.change.incomplete = ["the history is shallow"];
  expect(run(review).invocations?.[0]).toMatchObject({ executionSuccessful: false });
});

test("fault 66: of 100,000 findings the 25,000 most severe are results, and the total is told", () => {
  const place: Place = { kind: "file", path: "README.md" };
  const findings = Array.from({ length: 100_000 }, (_, index) => {
    const severity = index >= 99_000 ? "error" : "notice";
    return sampleFinding({ place, severity, identity: `${index}`, fingerprint: `${index}` });
  });
  const log = JSON.parse(renderSarif(sampleReview({ findings }), [])) as Log;
  const [first] = log.runs;
  expect(first?.results).toHaveLength(sarifLimits.results);
  expect(first?.results?.slice(0, 1_001).map(({ level }) => level)).toEqual([
    ...Array<string>(1_000).fill("error"),
    "note",
  ]);
  expect(first?.properties).toMatchObject({ findings: 100_000 });
});
