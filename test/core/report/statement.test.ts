import { describe, expect, test } from "vitest";
import { agreesWithItself, Statement, statementOf, statementPayload } from "../../../core/report/statement.ts";
import { sampleSha } from "../../builders.ts";
import { fingerprint, sampleRecord } from "../../sample-record.ts";

const record = sampleRecord();
const digest = "c".repeat(64);
const statement = statementOf(record, new Map([["src/a.ts", digest]]));

test("is an in-toto Statement v1 about the head commit", () => {
  expect(statement).toMatchObject({
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: "github.com/acme/orders", digest: { gitCommit: sampleSha("three") } }],
    predicateType: "urn:countersign:attestation:change-provenance:v1",
  });
});

test("has the fields of the draft OpenFab predicate v0.1, and the record", () => {
  expect(statement.predicate).toEqual({
    spec_ref: "github.com/acme/orders#41",
    builder: { id: "countersign/0.1.0", base: "countersign" },
    agent: { did: null, base: "claude-code", model: "claude-opus-4-5" },
    prompt_sha256: fingerprint.slice("sha256:".length),
    params: {},
    generated: [
      { path: "src/a.ts", lines: "4-6", sha256: digest, author: "ai" },
      { path: "src/a.ts", lines: "1-3", sha256: digest, author: "ai" },
    ],
    materials: [{ uri: `git+https://github.com/acme/orders@${sampleSha("base")}` }],
    acceptance_passed: true,
    acceptance: [
      {
        id: "tests-for-ai",
        check: `countersign policy rule tests-for-ai, policy sha256:${"d".repeat(64)}`,
        must_pass: true,
        passed: true,
      },
    ],
    timestamp: "2026-11-21T08:00:00.000Z",
    signoffs: [],
    record,
  });
});

const other = `sha256:${"0".repeat(64)}`;
test.each([
  {
    says: "several prompts are no one prompt",
    with: {
      prompts: [
        { fingerprint, commits: 1 },
        { fingerprint: other, commits: 1 },
      ],
    },
    field: { prompt_sha256: null },
  },
  {
    says: "a keyed prompt is no sha256",
    with: { prompts: [{ fingerprint: `hmac-sha256:k:${"a".repeat(64)}`, commits: 1 }] },
    field: { prompt_sha256: null },
  },
  { says: "no tool, no agent", with: { tools: [] }, field: { agent: { did: null, base: null, model: null } } },
  {
    says: "an approval that is awaited is not passed",
    with: { decision: { ...record.decision, state: "needs-approval" as const } },
    field: { acceptance_passed: false },
  },
  {
    says: "what is not decided is not passed",
    with: { decision: { ...record.decision, state: "undecided" as const } },
    field: { acceptance_passed: false },
  },
  { says: "without a remote", with: { repository: null }, field: { materials: [{ uri: `git:${sampleSha("base")}` }] } },
])("$says", ({ with: change, field }) => {
  expect(statementOf(sampleRecord(change), new Map()).predicate).toMatchObject(field);
});

test("lines that people declared are by people; silence is nobody's", () => {
  const files = [
    { path: "a.ts", addedLines: 3, deletedLines: 0, lines: { human: "1", undeclared: "2", automation: "3" } },
  ];
  expect(statementOf(sampleRecord({ files }), new Map()).predicate.generated).toEqual([
    { path: "a.ts", lines: "1", sha256: null, author: "human" },
  ]);
});

describe("a statement whose halves differ does not agree with itself", () => {
  const { predicate } = statement;
  test.each([
    { says: "as written", of: statement, agrees: true },
    {
      says: "another subject",
      of: { ...statement, subject: [{ name: "github.com/acme/orders", digest: { gitCommit: sampleSha("one") } }] },
      agrees: false,
    },
    {
      says: "lines given to people",
      of: {
        ...statement,
        predicate: { ...predicate, generated: [{ ...predicate.generated[0]!, author: "human" as const }] },
      },
      agrees: false,
    },
    {
      says: "a failed rule that passed",
      of: { ...statement, predicate: { ...predicate, acceptance_passed: false } },
      agrees: false,
    },
    {
      says: "another record",
      of: { ...statement, predicate: { ...predicate, record: sampleRecord({ tools: [] }) } },
      agrees: false,
    },
  ])("$says", ({ of, agrees }) => expect(agreesWithItself(of)).toBe(agrees));
});

test("equal statements have equal bytes, and the bytes are the statement", () => {
  const again: unknown = JSON.parse(statementPayload(statement).toString("utf8"));
  expect(Statement.parse(again)).toEqual(statement);
  expect(statementPayload(Statement.parse(again)).equals(statementPayload(statement))).toBe(true);
});
