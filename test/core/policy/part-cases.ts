import type { Writer } from "../../../core/change/authorship.ts";
import { present } from "../../../core/evidence.ts";
import type { Finding } from "../../../core/findings/finding.ts";
import type { Fact } from "../../../core/policy/answer-events.ts";
import { conditions } from "../../../core/policy/conditions/index.ts";
import { judgeChange, scopeOf } from "../../../core/policy/judge.ts";
import type { Answer, JudgedChange, JudgedFile, Scope } from "../../../core/policy/judged.ts";
import type { ConditionKey, Policy, Require, RequirementKey, When } from "../../../core/policy/policy.ts";
import type { Outcome } from "../../../core/policy/requirement.ts";
import { requirements } from "../../../core/policy/requirements/index.ts";
import type { Subject } from "../../../core/policy/subject.ts";
import { sampleSha } from "../../builders.ts";
import {
  buildCoverage,
  buildPolicy,
  buildSignal,
  buildSubject,
  noApprovals,
  noCoverage,
  sampleVocabulary,
  type SubjectSketch,
} from "../../subjects.ts";
import type { Recording } from "./recorded-reads.ts";

/** One question of a condition or a requirement, as a policy with one rule writes it. */
export interface PartCase {
  /** `when.ai` */
  key: string;
  written: string;
  /** What it declares that its answer depends on. */
  declared: readonly Fact[];
  policy: Policy;
  /** Its answers for a change, one for each way of asking: for every file, or for several scopes. */
  ask: (judged: JudgedChange, recording?: Recording) => readonly (Answer | Outcome)[];
}

const about = `areas:
  auth: { paths: ["src/auth/**"], tier: 1, owners: { users: [ann] } }
  docs: { paths: ["docs/**"], tier: 3 }
`;

/** Values of `when`, enough that every branch of every condition is taken by some row. */
const asked: Readonly<Record<ConditionKey, readonly string[]>> = {
  ai: ["true", "false"],
  area: ["auth"],
  tier: ["[1, 2]"],
  paths: ['["src/**"]'],
  kind: ["[docs, test]"],
  verdict: ["agent-assisted"],
  acceptance: ["as-is", "edited"],
  tools: ["claude-code"],
  models: ['"claude-*"'],
  size: ["{ added_lines_over: 10, files_over: 1, commits_over: 1 }"],
  base: ["main"],
  branch: ['"agent/*"'],
  author: ["ann", "{ type: bot }"],
  association: ["MEMBER"],
  labels: ["hotfix"],
  event: ["pull_request"],
  draft: ["true"],
  fork: ["true"],
  if: [
    "\"change.size.files > 1 && change.branch == 'x'\"",
    '"file.ai && coverage.patch.lines.ratio > 0.5"',
    "\"pull_request.draft || change.files.exists(f, f.acceptance == 'as-is')\"",
    "\"findings.all(f, f.severity != 'error')\"",
  ],
};

/** The same of `require`. */
const required: Readonly<Record<RequirementKey, readonly string[]>> = {
  trailers: ["[Assisted-by, AI-Session]"],
  disclosure: ["required", "canonical", "forbidden", "no-coauthor", "labelled", "not-only-detected"],
  acceptance: ["edited"],
  tools: ["claude-code"],
  models: ["gpt-5"],
  coverage: [
    "{ patch_lines: 80 }",
    "{ patch_branches: 80, per: area }",
    "{ ai_lines: 90 }",
    "{ project_delta: 0 }",
    "{ untested_functions: 0 }",
  ],
  findings: [
    "{ max_errors: 0 }",
    "{ rules: { swallowed-error: 0 }, escalate: { swallowed-error: { ai: error } }, max_warnings: 0 }",
  ],
  secrets: ["none"],
  checks: ["[test]"],
  signatures: ["verified"],
  attestation: ["{ signers: [a@example.org] }"],
  labels: ["[hotfix]"],
  size: ["{ max_files: 1, max_commits: 1, max_added_lines: 5 }"],
  forbid: ["{ kinds: [docs] }", "{ branches: [main], paths: [src/**], agents: [claude-code] }"],
  owner_approval: ["{}", "{ per: change }", "{ area: auth }"],
  second_human: ["true"],
};

/** Every condition and requirement with every value. */
export function partCases(): readonly PartCase[] {
  return [
    ...Object.keys(asked)
      .filter(isCondition)
      .flatMap((key) => asked[key].map((written) => ofCondition(key, written))),
    ...Object.keys(required)
      .filter(isRequirement)
      .flatMap((key) => required[key].map((written) => ofRequirement(key, written))),
  ];
}

const whenTable: {
  [K in ConditionKey]: {
    facts: readonly Fact[];
    factsOf?: (asked: NonNullable<When[K]>) => readonly Fact[];
    scope: "file" | "change";
    scopeOf?: (asked: NonNullable<When[K]>) => "file" | "change";
    holds: (asked: NonNullable<When[K]>, change: JudgedChange, file: JudgedFile | null) => Answer;
  };
} = conditions;

function ofCondition(key: ConditionKey, written: string): PartCase {
  const policy = buildPolicy(`${about}rules: [{ id: r, when: { ${key}: ${written} }, require: { secrets: none } }]`);
  return { key: `when.${key}`, written, policy, ...askedOf(key, policy.rules[0]?.when?.[key] ?? null) };
}

function askedOf<K extends ConditionKey>(key: K, question: When[K]): Pick<PartCase, "declared" | "ask"> {
  if (question === null) throw new Error(`nothing is asked by ${key}`);
  const { facts, factsOf, scope, scopeOf: ofQuestion, holds } = whenTable[key];
  const ask: PartCase["ask"] = (judged, recording) => {
    const change = recording?.change ?? judged;
    if ((ofQuestion?.(question) ?? scope) === "change") return [holds(question, change, null)];
    return judged.files.map((file) => holds(question, change, recording?.fileOf(file) ?? file));
  };
  return { declared: factsOf?.(question) ?? facts, ask };
}

const requireTable: {
  [K in RequirementKey]: {
    facts: readonly Fact[];
    check: (asked: NonNullable<Require[K]>, scope: Scope) => Outcome;
  };
} = requirements;

function ofRequirement(key: RequirementKey, written: string): PartCase {
  const policy = buildPolicy(`${about}rules: [{ id: r, require: { ${key}: ${written} } }]`);
  return { key: `require.${key}`, written, policy, ...requiredOf(key, policy.rules[0]?.require[key] ?? null) };
}

/** Asked of the whole change, and of a rule that narrows it to its first file. */
function requiredOf<K extends RequirementKey>(key: K, question: Require[K]): Pick<PartCase, "declared" | "ask"> {
  if (question === null) throw new Error(`nothing is asked by ${key}`);
  const { facts, check } = requireTable[key];
  const ask: PartCase["ask"] = (judged, recording) => {
    const scopes = [scopeOf(judged, judged.files, false), scopeOf(judged, judged.files.slice(0, 1), true)];
    return scopes.map((scope) => check(question, recording?.scopeOf(scope) ?? scope));
  };
  return { declared: facts, ask };
}

function isCondition(key: string): key is ConditionKey {
  return Object.hasOwn(conditions, key);
}

function isRequirement(key: string): key is RequirementKey {
  return Object.hasOwn(requirements, key);
}

/** The subject as a policy judges it. */
export function judged(policy: Policy, subject: Subject): JudgedChange {
  return judgeChange(policy, subject, sampleVocabulary);
}

const finding: Finding = {
  rule: "swallowed-error",
  place: { kind: "lines", path: "src/auth/a.ts", start: 1, end: 1 },
  message: "x",
  identity: "",
  severity: "warning",
  severityReason: "",
  confidence: "high",
  help: "Mend it.",
  writer: null,
  waivedBy: null,
  fingerprint: "0".repeat(32),
};

function writerOf(name: string): Writer {
  const tool = { verdict: "human", acceptance: "edited", agent: null, model: null } as const;
  return { ...tool, commit: sampleSha(name), evidence: "commit", session: null };
}

const commits = (one: object, other: object) => [
  { name: "first", ...one },
  { name: "second", ...other },
];
const files = [{ path: "src/auth/a.ts" }, { path: "docs/b.md", addedLines: 3, commits: ["second"] }];
const claude = { verdict: "agent-assisted" as const, agent: "claude-code", model: "claude-5" };
const trailer = { key: "Assisted-by", value: "claude-code:claude-5" };

/** Changes that differ in everything that can be asked about, of two commits and two files unless their number is the point. */
const sketches: readonly SubjectSketch[] = [
  { commits: commits({}, {}), files },
  {
    commits: commits(
      { ...claude, trailers: [trailer], signals: [buildSignal()], acceptance: "as-is" },
      { verdict: "human", signals: [buildSignal({ verdict: "human", agent: null })] },
    ),
    files,
    pullRequest: { draft: true, fork: true, author: "bot", authorType: "Bot", association: "NONE" },
    ...{ labels: ["hotfix"], branch: "agent/x", event: "pull_request", signals: [buildSignal({ agent: "codex" })] },
    coverage: buildCoverage({
      files: [{ path: "src/auth/a.ts", covered: [1], uncovered: [2], branches: [1, 2], open: [2] }],
      ...{ delta: -0.1, unmeasured: ["docs/b.md"] },
    }),
    findings: [
      finding,
      { ...finding, rule: "secret-shaped-text", place: { kind: "commit", sha: sampleSha("second") } },
    ],
    checks: [{ name: "test", app: "ci", status: "completed", conclusion: "success" }],
    signatures: [{ commit: sampleSha("first"), verified: false, reason: "unsigned" }],
    statements: [{ commit: sampleSha("second"), predicateType: "x", signer: "a@example.org" }],
  },
  {
    commits: commits(
      { ...claude, acceptance: "edited", conflict: true },
      { verdict: "agent-authored", agent: "codex" },
    ),
    files: [
      { path: "src/auth/a.ts", previousPath: "src/c.ts", commits: ["first"] },
      { path: "docs/c.md", kind: "binary" },
    ],
    ...{ pullRequest: {}, branch: "topic", base: "release", event: "merge_group", policyPath: "ci/gate.yml" },
    coverage: buildCoverage({
      files: [
        {
          path: "src/auth/a.ts",
          covered: [1, 2, 3],
          functions: [{ name: "f", line: 1, endLine: null, state: "new-uncalled" }],
        },
      ],
      ...{ delta: 0.1, silentOn: { branches: ["src/auth/a.ts"] } },
    }),
    findings: [{ ...finding, severity: "error", writer: writerOf("first") }],
    notAnalysed: [{ path: "docs/c.md", reason: "it is too large" }],
    approvals: {
      ...noApprovals,
      of: (request) => ({ ...noApprovals.of(request), state: "satisfied", says: "approved" }),
    },
    ...{ checks: [], signatures: [], statements: [] },
  },
  {
    commits: commits({ verdict: "suggestion" }, { ...claude, model: undefined, parents: ["first", "base"] }),
    files: [
      { path: "src/x.test.ts", verdicts: [] },
      { path: "docs/b.md", status: "added" },
    ],
    ...{ uncommitted: "second", coverage: noCoverage("the report could not be read"), base: null },
  },
  { commits: [{ name: "first", ...claude }], files: [{ path: "README.md", addedLines: 0 }] },
  { commits: [], files: [] },
];

export const subjects: readonly Subject[] = sketches.map((sketch, index) => ({
  ...buildSubject(sketch),
  asOf: `2026-11-2${index}T00:00:00.000Z`,
  gateWorkflows: [`.github/workflows/${index}.yml`],
  overrides: present(
    index % 2 === 0
      ? []
      : [{ id: "1", by: "ann", reason: "x", at: "2026-11-21T00:00:00Z", commit: sampleSha("second") }],
  ),
}));
