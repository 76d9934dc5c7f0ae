import { describe, expect, test } from "vitest";
import type { Finding } from "../../../../core/findings/finding.ts";
import { findings } from "../../../../core/policy/requirements/findings.ts";
import { sampleFinding, sampleSha } from "../../../builders.ts";
import { firstRule, fixes, sentences, type SubjectSketch } from "../../../subjects.ts";

const policy = (findings: string, when = "when: { paths: [src/**] }, ") =>
  `rules: [{ id: r, ${when}require: { findings: ${findings} } }]`;
const at = (place: Finding["place"], severity: Finding["severity"] = "error") => sampleFinding({ place, severity });
const line = (path: string, severity?: Finding["severity"]) => at({ kind: "lines", path, start: 3, end: 4 }, severity);

/** `src` was touched by the first commit, `docs` by the second. */
const sketch = (...findings: Finding[]): SubjectSketch => ({
  commits: [{ name: "a" }, { name: "b" }, { name: "empty" }],
  files: [
    { path: "src/a.ts", previousPath: "old/a.ts", commits: ["a"] },
    { path: "docs/b.ts", commits: ["b"] },
  ],
  findings,
});

describe("which findings count against the limit", () => {
  test.each([
    { says: "one on a file of the rule", finding: line("src/a.ts"), is: "unsatisfied" },
    { says: "one on its path before a rename", finding: at({ kind: "file", path: "old/a.ts" }), is: "unsatisfied" },
    { says: "one on another file", finding: line("docs/b.ts"), is: "satisfied" },
    { says: "one on the whole change", finding: at({ kind: "change" }), is: "unsatisfied" },
    {
      says: "one on a commit that touched a file of the rule",
      finding: at({ kind: "commit", sha: sampleSha("a") }),
      is: "unsatisfied",
    },
    {
      says: "one on a commit that touched only others",
      finding: at({ kind: "commit", sha: sampleSha("b") }),
      is: "satisfied",
    },
    {
      says: "one on a commit that touched no file",
      finding: at({ kind: "commit", sha: sampleSha("empty") }),
      is: "unsatisfied",
    },
  ])("$says: $is", ({ finding, is }) => expect(firstRule(policy("{ max_errors: 0 }"), sketch(finding)).state).toBe(is));

  test("all of them for a rule without conditions", () => {
    const all = sketch(line("docs/b.ts"), at({ kind: "commit", sha: sampleSha("b") }));
    expect(sentences(firstRule(policy("{ max_errors: 0 }", ""), all))).toContain(
      "no: findings of severity error: 2, and at most 0 may be there",
    );
  });
});

describe("how many there may be of each severity", () => {
  const some = sketch(
    line("src/a.ts", "error"),
    line("src/a.ts", "warning"),
    line("src/a.ts", "warning"),
    line("src/a.ts", "notice"),
  );
  test.each([
    { limits: "{ max_errors: 1 }", is: "satisfied" },
    { limits: "{ max_errors: 0 }", is: "unsatisfied" },
    { limits: "{ max_warnings: 2 }", is: "satisfied" },
    { limits: "{ max_warnings: 1 }", is: "unsatisfied" },
    { limits: "{ max_notices: 1, max_errors: 1 }", is: "satisfied" },
    { limits: "{ max_notices: 0, max_errors: 1 }", is: "unsatisfied" },
    { limits: "{ max_errors: 3, escalate: { swallowed-error: error } }", is: "unsatisfied" },
    { limits: "{ max_errors: 1, escalate: { swallowed-error: notice } }", is: "satisfied" },
    { limits: "{ max_errors: 0, escalate: { swallowed-error: notice } }", is: "unsatisfied" },
    { limits: "{ max_warnings: 3, escalate: { swallowed-error: warning } }", is: "satisfied" },
    { limits: "{ max_warnings: 2, escalate: { swallowed-error: warning } }", is: "unsatisfied" },
    { limits: "{ max_errors: 1, escalate: { secret-shaped-text: error } }", is: "satisfied" },
    { limits: "{ max_errors: 0, escalate: { secret-shaped-text: error } }", is: "unsatisfied" },
  ])("$limits: $is", ({ limits, is }) => expect(firstRule(policy(limits), some).state).toBe(is));
});

describe("how many there may be of one lint rule", () => {
  const some = sketch(line("src/a.ts", "notice"), line("src/a.ts", "error"), line("docs/b.ts", "error"));
  test.each([
    { limits: "{ rules: { swallowed-error: 2 } }", is: "satisfied" },
    { limits: "{ rules: { swallowed-error: 1 } }", is: "unsatisfied" },
    { limits: "{ rules: { secret-shaped-text: 0 } }", is: "satisfied" },
    { limits: "{ rules: { secret-shaped-text: 0, swallowed-error: 0 } }", is: "unsatisfied" },
    { limits: "{ max_errors: 1, rules: { swallowed-error: 2 } }", is: "satisfied" },
    { limits: "{ max_errors: 0, rules: { swallowed-error: 2 } }", is: "unsatisfied" },
  ])("$limits: $is", ({ limits, is }) => expect(firstRule(policy(limits), some).state).toBe(is));

  test("it is said by the rule's name", () =>
    expect(sentences(firstRule(policy("{ rules: { swallowed-error: 1 } }"), some))).toContain(
      "no: findings of swallowed-error: 2, and at most 1 may be there",
    ));

  test("a rule that does not exist is no rule", () =>
    expect(() => firstRule(policy("{ rules: { swalowed-error: 0 } }"), some)).toThrow(/CS021.*swallowed-error/s));
});

describe("a weight by who wrote the line", () => {
  const byAi = sampleFinding().writer;
  const byPerson = byAi === null ? null : { ...byAi, verdict: "human" as const };
  const silent = byAi === null ? null : { ...byAi, verdict: "undeclared" as const };
  const written = (writer: Finding["writer"]) =>
    sketch(sampleFinding({ severity: "notice", writer, place: { kind: "lines", path: "src/a.ts", start: 3, end: 4 } }));
  const sensitive = "areas: { core: { paths: [src/**], tier: 1 } }\n";
  const limits = (escalate: string) => policy(`{ max_errors: 0, escalate: { swallowed-error: ${escalate} } }`);
  test.each([
    { says: "AI's, raised for AI", escalate: "{ ai: error }", writer: byAi, is: "unsatisfied" },
    { says: "a person's, raised for AI", escalate: "{ ai: error }", writer: byPerson, is: "satisfied" },
    { says: "AI's, raised for people", escalate: "{ human: error }", writer: byAi, is: "satisfied" },
    { says: "a person's, raised for people", escalate: "{ human: error }", writer: byPerson, is: "unsatisfied" },
    { says: "AI's, raised less", escalate: "{ ai: warning, human: error }", writer: byAi, is: "satisfied" },
    { says: "silence's, raised for AI", escalate: "{ ai: error }", writer: silent, is: "satisfied" },
    {
      says: "silence's where that counts as AI",
      area: sensitive,
      escalate: "{ ai: error }",
      writer: silent,
      is: "unsatisfied",
    },
    { says: "nobody's, raised for AI", escalate: "{ ai: error }", writer: null, is: "unsatisfied" },
    { says: "nobody's, raised for people", escalate: "{ human: error }", writer: null, is: "unsatisfied" },
  ])("$says: $is", ({ escalate, writer, is, area = "" }) => {
    expect(byAi?.verdict).toBe("agent-assisted");
    expect(firstRule(area + limits(escalate), written(writer)).state).toBe(is);
  });
});

test("the fix begins with the first finding and its help; hostile text in it is inert", () => {
  const hostile = sampleFinding({ message: "a\n::error::b", place: { kind: "file", path: "src/a.ts" } });
  const result = firstRule(policy("{ max_errors: 0 }"), sketch(line("src/a.ts"), hostile));
  expect(fixes(result)).toEqual([
    "Mend swallowed-error at src/a.ts:3 (and 1 more): Rethrow it with `cause`, or handle it and say why that is safe.",
  ]);
  expect(sentences(result).slice(-2)).toEqual([
    "no: swallowed-error at src/a.ts:3: This catch drops the error.",
    "no: swallowed-error at src/a.ts: a ::error::b",
  ]);
});

test("a finding that the rule raised says so, and one that weighs as much by itself does not", () => {
  const limits = policy("{ max_errors: 0, escalate: { swallowed-error: error } }");
  expect(
    sentences(firstRule(limits, sketch(line("src/a.ts", "warning"), line("src/a.ts", "error")))).slice(-2),
  ).toEqual([
    "no: swallowed-error at src/a.ts:3: This catch drops the error. (raised to error by this rule)",
    "no: swallowed-error at src/a.ts:3: This catch drops the error.",
  ]);
});

describe("a file that nobody could look into", () => {
  const unseen = (path: string): SubjectSketch => ({ ...sketch(), notAnalysed: [{ path, reason: "over 256 kB" }] });
  const sensitive = "areas: { core: { paths: [src/**], tier: 1 } }\n";
  test.each([
    {
      says: "leaves a tier 1 area undecided",
      policy: sensitive + policy("{ max_errors: 0 }"),
      sketch: unseen("src/a.ts"),
      is: "undecided undecided",
    },
    {
      says: "is a warning elsewhere",
      policy: policy("{ max_errors: 0 }"),
      sketch: unseen("src/a.ts"),
      is: "warned warn",
    },
    {
      says: "does not matter to a rule about other files",
      policy: policy("{ max_errors: 0 }"),
      sketch: unseen("docs/b.ts"),
      is: "satisfied pass",
    },
    {
      says: "does not excuse what was found elsewhere",
      policy: policy("{ max_errors: 0 }"),
      sketch: { ...unseen("src/a.ts"), findings: [at({ kind: "change" })] },
      is: "unsatisfied block",
    },
  ])("$says", ({ policy: text, sketch: change, is }) => {
    const result = firstRule(text, change);
    expect(`${result.state} ${result.decision}`).toBe(is);
  });
});

describe("a weight by who wrote the commit, and of what nobody wrote", () => {
  const byAi = sampleFinding().writer;
  const found = (place: Finding["place"], verdict: "human" | "agent-assisted", severity: Finding["severity"]) => ({
    commits: [{ name: "a", verdict }],
    findings: [sampleFinding({ severity, writer: byAi, place })],
  });
  const commit = { kind: "commit" as const, sha: sampleSha("a") };
  const change = { kind: "change" as const };
  test.each([
    {
      says: "AI's commit",
      escalate: "ai: error",
      sketch: found(commit, "agent-assisted", "notice"),
      is: "unsatisfied",
    },
    { says: "a person's commit", escalate: "ai: error", sketch: found(commit, "human", "notice"), is: "satisfied" },
    {
      says: "a person's commit",
      escalate: "human: error",
      sketch: found(commit, "human", "notice"),
      is: "unsatisfied",
    },
    { says: "the change", escalate: "ai: error", sketch: found(change, "agent-assisted", "notice"), is: "satisfied" },
    {
      says: "the change",
      escalate: "human: error",
      sketch: found(change, "agent-assisted", "notice"),
      is: "unsatisfied",
    },
    {
      says: "what weighs enough by itself",
      escalate: "human: error",
      sketch: found(commit, "agent-assisted", "error"),
      is: "unsatisfied",
    },
  ])("$says, raised for $escalate: $is", ({ escalate, sketch: changed, is }) => {
    const limits = `{ max_errors: 0, escalate: { swallowed-error: { ${escalate} } } }`;
    expect(firstRule(policy(limits, ""), changed).state).toBe(is);
  });
});

test.each([
  { rules: "{ swallowed-error: 0, secret-shaped-text: 0 }" },
  { rules: "{ secret-shaped-text: 0, swallowed-error: 0 }" },
])("lint rules are told by name, however they are written: $rules", ({ rules }) => {
  const both = sketch(line("src/a.ts"), { ...line("src/a.ts"), rule: "secret-shaped-text" });
  const told = sentences(firstRule(policy(`{ rules: ${rules} }`), both)).filter((says) => says.includes("at most"));
  expect(told).toEqual([
    "no: findings of secret-shaped-text: 1, and at most 0 may be there",
    "no: findings of swallowed-error: 1, and at most 0 may be there",
  ]);
});

test.each([
  { written: {}, ok: false },
  { written: { max_errors: undefined }, ok: false },
  { written: { escalate: { "swallowed-error": "error" } }, ok: false },
  { written: { max_errors: 0 }, ok: true },
  { written: { max_errors: 0, escalate: { "swallowed-error": "error" } }, ok: true },
])("a limit must be given: $written is one: $ok", ({ written, ok }) =>
  expect(findings.schema.safeParse(written).success).toBe(ok),
);
