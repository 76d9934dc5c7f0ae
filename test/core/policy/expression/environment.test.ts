import { expect, test } from "vitest";
import {
  environmentOf,
  Fields,
  fileFields,
  Unknown,
  variables,
  type Type,
  type Value,
} from "../../../../core/policy/expression/index.ts";
import { judgeChange } from "../../../../core/policy/judge.ts";
import type { JudgedChange } from "../../../../core/policy/judged.ts";
import { buildCoverage, buildPolicy, buildSubject, sampleVocabulary, type SubjectSketch } from "../../../subjects.ts";

const finding = {
  rule: "swallowed-error",
  place: { kind: "lines" as const, path: "src/a.ts", start: 1, end: 1 },
  message: "",
  identity: "",
  severity: "error" as const,
  severityReason: "",
  confidence: "high" as const,
  help: "",
  writer: null,
  waivedBy: null,
  fingerprint: "0".repeat(32),
};

/** A change about which everything is known. */
const full: SubjectSketch = {
  commits: [{ name: "a", verdict: "agent-assisted", agent: "codex", model: "gpt-5", acceptance: "edited" }],
  files: [{ path: "src/a.ts", previousPath: "src/b.ts" }, { path: "docs/b.md" }],
  coverage: buildCoverage({
    files: [{ path: "src/a.ts", covered: [1], uncovered: [2], branches: [1, 2] }],
    delta: 0.1,
  }),
  findings: [finding],
  pullRequest: {},
  labels: ["x"],
  branch: "feature",
};

const judged = (sketch: SubjectSketch, areas = ""): JudgedChange =>
  judgeChange(
    buildPolicy(`${areas}\nrules: [{ id: r, require: { secrets: none } }]`),
    buildSubject(sketch),
    sampleVocabulary,
  );

/** Where a value is not what the schema says. */
function misfits(value: Value, type: Type, at: string): string[] {
  if (value instanceof Unknown) return [];
  if (type.is === "list") {
    return Array.isArray(value)
      ? value.flatMap((item: Value, index) => misfits(item, type.of, `${at}[${index}]`))
      : [at];
  }
  if (type.is === "record") {
    if (!(value instanceof Fields)) return [at];
    const names = Object.keys(type.fields);
    if (value.names.join() !== names.join()) return [`${at}: ${value.names.join()}`];
    return Object.entries(type.fields).flatMap(([name, field]) => {
      const inside = value.get(name);
      if (inside instanceof Unknown && field.absent === undefined) return [`${at}.${name} is absent: ${inside.reason}`];
      return misfits(inside, field.type, `${at}.${name}`);
    });
  }
  if (type.is === "text") {
    const fits = typeof value === "string" && (type.values?.includes(value) ?? true);
    return fits ? [] : [`${at}: ${JSON.stringify(value)}`];
  }
  if (type.is === "bool") return typeof value === "boolean" ? [] : [at];
  const fits = typeof value === "number" && (type.is === "double" || Number.isInteger(value));
  return fits ? [] : [at];
}

test.each([
  { says: "everything is known", sketch: full },
  { says: "as little as possible is known", sketch: {} },
  { says: "nothing is changed", sketch: { commits: [], files: [] } },
])("what expressions see is what the schema says: $says", ({ sketch }) => {
  const change = judged(sketch);
  const environment = environmentOf(change);
  const seen = Object.entries(variables)
    .filter(([name]) => name !== "file")
    .flatMap(([name, field]) => misfits(environment.get(name), field.type, name));
  const files = change.files.flatMap((file) => misfits(fileFields(file, change), variables.file.type, "file"));
  expect([...seen, ...files]).toEqual([]);
  expect(environment.names).toEqual(Object.keys(variables));
});

test("where everything is known, nothing but what cannot be is absent", () => {
  const absent: string[] = [];
  const walk = (value: Value, at: string): void => {
    if (value instanceof Unknown) absent.push(at);
    if (value instanceof Fields) for (const name of value.names) walk(value.get(name), `${at}.${name}`);
    if (Array.isArray(value)) value.slice(0, 1).forEach((item: Value) => walk(item, `${at}[]`));
  };
  const environment = environmentOf(judged(full));
  for (const name of environment.names) walk(environment.get(name), name);
  expect(
    absent.filter((at) => !at.includes(".functions.ratio") && !/coverage\.(ai|human|undeclared)\./.test(at)),
  ).toEqual([
    "change.repository",
    "coverage.project.before",
    "coverage.project.after",
    "coverage.project.delta.branches",
    "findings[].verdict",
    "file",
  ]);
});

test("findings are not known when a sensitive file was not analysed", () => {
  const areas = 'areas: { auth: { paths: ["src/**"], tier: 1 }, docs: { paths: ["docs/**"] } }';
  const open = (path: string) =>
    environmentOf(judged({ ...full, notAnalysed: [{ path, reason: "too large" }] }, areas)).get("findings");
  expect(open("src/a.ts")).toEqual(new Unknown("src/a.ts was not analysed"));
  expect(open("docs/b.md")).toHaveLength(1);
});

const file = (sketch: SubjectSketch) => {
  const change = judged(sketch);
  return fileFields(change.files[0]!, change);
};
const at = (sketch: SubjectSketch, path: string): Value =>
  path
    .split(".")
    .reduce<Value>((of, name) => (of instanceof Fields ? of.get(name) : of), environmentOf(judged(sketch)));
const tool = { name: "a", verdict: "agent-assisted" as const };
const person = { name: "b", verdict: "human" as const };
const nameless = {
  commits: [
    { ...tool, agent: "codex" },
    { ...tool, name: "c" },
  ],
  files: [{ path: "a.ts" }],
};

test("nothing is counted where no report was read", () => {
  expect(at({ files: [{ path: "a.ts" }] }, "coverage.unmeasured")).toBeInstanceOf(Unknown);
  expect(at({ coverage: buildCoverage({ files: [], unmeasured: ["a.ts"] }) }, "coverage.unmeasured")).toBe(1);
});

test.each([
  { says: "a person's work", sketch: { commits: [person], files: [{ path: "a.ts" }] }, is: [] },
  {
    says: "a tool that is named",
    sketch: { commits: [{ ...tool, agent: "codex" }], files: [{ path: "a.ts" }] },
    is: ["codex"],
  },
  { says: "a tool that is not named", sketch: { commits: [tool], files: [{ path: "a.ts" }] }, is: null },
  { says: "one that is named beside one that is not", sketch: nameless, is: null },
  { says: "nobody knows who touched it", sketch: { commits: [], files: [{ path: "a.ts", commits: [] }] }, is: null },
])("a list of tools or models is whole or unknown: $says", ({ sketch, is }) => {
  const seen = [file(sketch).get("tools"), at(sketch, "change.provenance.tools")];
  for (const value of seen) {
    if (is === null) expect(value).toBeInstanceOf(Unknown);
    else expect(value).toEqual(is);
  }
  // No model is named in any of these.
  const models = [file(sketch).get("models"), at(sketch, "change.provenance.models")];
  for (const value of models) {
    if (is?.length === 0) expect(value).toEqual([]);
    else expect(value).toBeInstanceOf(Unknown);
  }
});

test("without a commit the verdicts of a file are unknown, and not none", () => {
  expect(file({ commits: [], files: [{ path: "a.ts", commits: [] }] }).get("verdicts")).toBeInstanceOf(Unknown);
});

test("branches are absent where the report names none, for what it is silent on", () => {
  const coverage = (silentOn: { branches?: string[]; functions?: string[] }) => ({
    files: [{ path: "a.ts" }],
    coverage: buildCoverage({ files: [{ path: "a.ts", covered: [1], branches: [1, 2] }], silentOn }),
  });
  for (const part of ["patch", "ai", "human", "undeclared"]) {
    expect(at(coverage({ branches: ["a.ts"] }), `coverage.${part}.branches`)).toBeInstanceOf(Unknown);
    expect(at(coverage({ functions: ["a.ts"] }), `coverage.${part}.branches`)).toBeInstanceOf(Fields);
  }
  expect(at(coverage({ functions: ["a.ts"] }), "coverage.patch.functions")).toBeInstanceOf(Unknown);
  const seen = (silentOn: { branches?: string[] }) => {
    const counts = file(coverage(silentOn)).get("coverage");
    return counts instanceof Fields ? counts.get("branches") : counts;
  };
  expect(seen({ branches: ["a.ts"] })).toBeInstanceOf(Unknown);
  expect(seen({ branches: ["b.ts"] })).toBeInstanceOf(Fields);
});
