import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAi } from "../../../core/change/ai-judgement.ts";
import { verdicts, type Verdict } from "../../../core/change/authorship.ts";
import { present } from "../../../core/evidence.ts";
import { approvalsOf } from "../../../core/ownership/index.ts";
import {
  comparePolicies,
  evaluate,
  judgeAi,
  type DecisionState,
  type Policy,
  type Subject,
  type Vocabulary,
} from "../../../core/policy/index.ts";
import type { ConditionKey, RequirementKey } from "../../../core/policy/policy.ts";
import { sampleFinding, sampleSha } from "../../builders.ts";
import { buildOwnershipFacts } from "../../ownership-facts.ts";
import { buildCoverage, buildPolicy, buildSubject, noCoverage, sampleVocabulary } from "../../subjects.ts";

/**
 * The evaluator is the judge of the comparison: where it says that a policy asks for no less than another, no change of the
 * sample passes the second that the first held up. Every value below is compared with every other of its key.
 */
const conditionValues: Readonly<Record<ConditionKey, readonly string[]>> = {
  ai: ["true", "false"],
  area: ["auth", "[auth, docs]", "docs"],
  tier: ["1", "[1, 3]", "3"],
  paths: ['["**"]', '["src/**"]', '["src/auth/**"]', '["src/**", "!src/auth/**"]', '["**/*.md", "src/auth/a.ts"]'],
  kind: ["docs", "[docs, test]"],
  verdict: ["human", "[human, agent-assisted]", "undeclared"],
  acceptance: ["as-is", "[as-is, unstated]", "[edited, rewritten]", "edited"],
  tools: ["claude-code", "[Claude-Code, codex]", "codex"],
  models: ['"claude-*"', '["claude-5"]', '["gpt-*", "claude-5"]'],
  size: [
    "{ added_lines_over: 5 }",
    "{ added_lines_over: 25 }",
    "{ files_over: 1 }",
    "{ files_over: 1, added_lines_over: 5 }",
  ],
  base: ["main", '["main", "release/*"]', '"!main"', '["**"]'],
  branch: ['"agent/*"', '"agent/**"', "agent/x"],
  author: ["ann", "[ann, eve]", "{ type: bot }", "{ type: user }"],
  association: ["MEMBER", "[MEMBER, NONE]"],
  labels: ["hotfix", "[Hotfix, other]"],
  event: ["pull_request", "[pull_request, local]"],
  draft: ["true", "false"],
  fork: ["true", "false"],
  if: ["'change.size.files > 1'", "'100 / (change.size.files - 2) > 5'"],
};

const requirementValues: Readonly<Record<RequirementKey, readonly string[]>> = {
  trailers: ["[Assisted-by]", "[assisted-by, AI-Session]", "[AI-Session]"],
  disclosure: ["required", "[required, labelled]", "forbidden", "[no-coauthor, canonical]"],
  acceptance: ["edited", "[edited, as-is]"],
  tools: ["claude-code", "[claude-code, codex]"],
  models: ['"claude-*"', '["claude-5"]', '["gpt-*", "claude-*"]'],
  coverage: [
    "{ patch_lines: 80 }",
    "{ patch_lines: 60, no_report: warn }",
    "{ patch_lines: 80, per: area }",
    "{ patch_lines: 60, ai_lines: 90, project_delta: 0 }",
    "{ untested_functions: 0 }",
    "{ untested_functions: 1, per: area }",
    "{ untested_functions: 1 }",
    "{ project_delta: -5, patch_branches: 50 }",
  ],
  findings: [
    "{ max_errors: 0 }",
    "{ max_errors: 1 }",
    "{ max_warnings: 0 }",
    "{ max_errors: 0, max_warnings: 0 }",
    "{ max_warnings: 0, escalate: { swallowed-error: error } }",
    "{ max_errors: 0, escalate: { swallowed-error: { human: error } } }",
    "{ max_errors: 1, max_warnings: 1, escalate: { swallowed-error: { ai: error } } }",
    "{ rules: { swallowed-error: 0 } }",
    "{ rules: { swallowed-error: 1 } }",
  ],
  secrets: ["none"],
  checks: ["test", "[test, lint]", "{ name: test, app: ci }"],
  signatures: ["verified"],
  attestation: [
    "{ signers: [a@example.org] }",
    "{ signers: [a@example.org, b@example.org] }",
    "{ signers: [a@example.org], predicate_type: x }",
  ],
  labels: ["hotfix", "[hotfix, ai-assisted]", "HOTFIX"],
  size: ["{ max_files: 1 }", "{ max_files: 2, max_added_lines: 12 }", "{ max_commits: 1 }"],
  forbid: [
    "{ kinds: [docs] }",
    "[{ kinds: [docs, test] }, { paths: [src/auth/**] }]",
    '{ paths: ["src/**"] }',
    '{ paths: ["src/**"], agents: [claude-code] }',
    '{ paths: ["src/**"], branches: ["!main"] }',
  ],
  owner_approval: [
    "{}",
    "{ per: change }",
    "{ count: 2 }",
    "{ exclude: [author] }",
    "{ stale_when: never }",
    "{ stale_when: push }",
    "{ area: auth }",
    "{ area: [auth, docs] }",
  ],
  second_human: ["true", "{ count: 2 }"],
};

const areas = `areas:
  auth: { paths: ["src/auth/**"], tier: 1, owners: { users: [carl, dora] } }
  docs: { paths: ["docs/**", "src/auth/b.ts"], tier: 3, owners: { users: [carl, eve] } }
provenance: { detected_without_trailer: allow }
`;
const rule = (more: string) => `${areas}rules: [{ id: x, ${more} }]`;

/** Whole policies that differ in what stands beside the rules, each over rules that do and do not turn it around. */
const settings: readonly (readonly string[])[] = [
  [
    'areas: { a: { paths: ["src/auth/**"] } }',
    'areas: { a: { paths: ["src/**"] } }',
    'areas: { a: { paths: ["src/**", "!src/auth/**"] } }',
    'areas: { a: { paths: ["src/auth/**"], tier: 1 } }',
    'areas: { a: { paths: ["src/auth/**"], tier: 3 } }',
    'areas: { a: { paths: ["src/**"], owners: { users: [carl] } } }',
    'areas: { a: { paths: ["src/auth/**"], owners: { users: [carl, dora] } } }',
    'areas: { a: { paths: ["src/auth/**"] }, b: { paths: ["**"] } }',
    'areas: { a: { paths: ["src/auth/**"] }, b: { paths: ["**"], owners: { users: [eve] } } }',
  ],
  // Where silence counts the same on every tier, the tier alone is what differs.
  [1, 2, 3].map(
    (tier) =>
      `provenance: { sensitive_undeclared: human }\nareas: { a: { paths: ["src/auth/**"], tier: ${tier}, owners: { users: [carl] } } }`,
  ),
  [
    "provenance: { counts_as_ai: [agent-assisted] }",
    "provenance: { counts_as_ai: [agent-assisted, undeclared] }",
    "provenance: { detected_without_trailer: block }",
    "provenance: { sensitive_undeclared: ai }",
    'provenance: { exclude: ["docs/**"] }',
    'provenance: { exclude: ["docs/*.md"] }',
    "provenance: { counts_as_code: { tests: false } }",
    "accept: [claimed]",
    "forbid: { kinds: [test] }",
    "forbid: [{ kinds: [test, docs] }]",
    "mode: warn",
    'waivers: [{ id: W, rule: x, reason: r, owner: o, expires: "2027-01-01" }]',
    'waivers: [{ id: W, rule: x, reason: r, owner: o, expires: "2027-01-01", paths: ["src/auth/**"] }]',
    'waivers: [{ id: W, rule: x, reason: r, owner: o, expires: "2026-01-01" }]',
    "labels: { ai: hotfix }",
    "break_glass: { who: { users: [dora] }, max_age: 4h }",
    "break_glass: { who: { users: [dora, carl] }, max_age: 2h }",
    "default_owners: { users: [eve] }",
  ],
];
const overWhich = [
  "{ id: x, when: { ai: true }, require: { trailers: [Assisted-by] } }",
  "{ id: x, when: { ai: true }, require: { coverage: { ai_lines: 60 } } }",
  "{ id: x, when: { ai: false }, require: { labels: hotfix } }",
  "{ id: x, when: { tier: [2] }, require: { labels: hotfix } }",
  "{ id: x, when: { tier: [1, 2] }, require: { disclosure: labelled } }",
  "{ id: x, require: { owner_approval: {} } }",
  "{ id: x, when: { ai: true }, require: { findings: { max_warnings: 0 } } }",
  "{ id: x, when: { if: 'size(file.areas) == 0' }, require: { labels: hotfix } }",
  "{ id: x, when: { if: '!file.sensitive' }, require: { labels: hotfix } }",
  "{ id: x, when: { if: 'change.files.all(f, !f.sensitive)' }, require: { labels: hotfix } }",
];

describe("what does not loosen lets no change pass that was held up", () => {
  const keys = [
    ...Object.entries(conditionValues).map(([key, values]) => ({
      key: `when.${key}`,
      policies: Object.values(requirementsOfConditions).map((require) =>
        ["", ...values].map((value) =>
          rule(`${value === "" ? "" : `when: { ${key}: ${value} }, `}require: ${require}`),
        ),
      ),
    })),
    ...Object.entries(requirementValues).map(([key, values]) => ({
      key: `require.${key}`,
      policies: [
        ["", ...values].map((value) =>
          rule(`require: ${value === "" ? "{ size: { max_files: 9 } }" : `{ ${key}: ${value} }`}`),
        ),
      ],
    })),
    ...settings.map((texts, index) => ({
      key: `settings ${index + 1}`,
      policies: overWhich.map((one) => ["", ...texts].map((text) => `${text}\nrules: [${one}]`)),
    })),
  ];
  test.each(keys)("$key", ({ policies }) => expect(policies.flatMap(wrong)).toEqual([]));
});

/** What a rule asks for decides whether asking it of more is asking for more. */
const requirementsOfConditions = {
  plain: "{ labels: hotfix }",
  commits: "{ disclosure: required, trailers: [Assisted-by] }",
  share: "{ coverage: { patch_lines: 70, ai_lines: 70, no_report: warn } }",
  shares: "{ coverage: { patch_lines: 70, per: area } }",
  owners: "{ owner_approval: {} }",
  anyOwner: "{ owner_approval: { per: change } }",
  findings: "{ findings: { max_errors: 1, max_warnings: 1 }, secrets: none }",
};

/** The pairs of which the comparison says that nothing is loosened although a change passes that was held up. */
function wrong(texts: readonly string[]): string[] {
  const known = texts.map((text) => {
    const policy = buildPolicy(text);
    return { text, policy, states: subjects.map((subject) => stateOf(policy, subject)) };
  });
  return known.flatMap((before) =>
    known.flatMap((after) => {
      const told = comparePolicies(before.policy, after.policy);
      if (told.some(({ effect }) => effect !== "tightens")) return [];
      const passes = after.states.findIndex((state, index) => state === "pass" && before.states[index] !== "pass");
      return passes < 0 ? [] : [`${before.text} -> ${after.text}: change ${passes}, ${JSON.stringify(told)}`];
    }),
  );
}

function stateOf(policy: Policy, subject: Subject): DecisionState {
  return evaluate(policy, vocabulary.weighedBy(subject, judgeAi(policy, subject), policy.lint), vocabulary).state;
}

/** What counts as AI weighs more. */
const vocabulary: Vocabulary = {
  ...sampleVocabulary,
  weighedBy: (subject, ai) => ({
    ...subject,
    findings: subject.findings.map((finding) => ({
      ...finding,
      severity: "sha" in finding.place && isAi(ai.ofCommit(finding.place.sha)) ? "error" : "warning",
    })),
  }),
};

const files = ["src/auth/a.ts", "src/auth/b.ts", "src/x.test.ts", "docs/b.md"];
const people = ["ann", "carl", "dora", "eve"];
const commit = fc.record({
  verdict: fc.constantFrom<Verdict>(...verdicts),
  agent: fc.constantFrom("claude-code", "codex", undefined),
  model: fc.constantFrom("claude-5", "gpt-4", undefined),
  acceptance: fc.constantFrom("as-is", "edited", "unstated" as const),
  trailers: fc.subarray(["Assisted-by", "AI-Session"]),
  by: fc.constantFrom(...people),
  finds: fc.constantFrom("swallowed-error", "secret-shaped-text", undefined, undefined),
});
const sketch = fc.record({
  commits: fc.array(commit, { minLength: 1, maxLength: 2 }),
  files: fc.uniqueArray(
    fc.record({
      path: fc.constantFrom(...files),
      by: fc.constantFrom("c0", "all"),
      lines: fc.nat(20),
      covered: fc.nat(20),
    }),
    {
      selector: ({ path }) => path,
      minLength: 1,
    },
  ),
  labels: fc.subarray(["hotfix", "ai-assisted"]),
  opened: fc.boolean(),
  draft: fc.boolean(),
  base: fc.constantFrom("main", "release/1", null),
  measured: fc.boolean(),
  delta: fc.constantFrom(-0.1, -0.01, 0.1, null),
  checks: fc.subarray(["test ci", "test x", "lint ci"]),
  failing: fc.boolean(),
  reviews: fc.array(fc.record({ user: fc.constantFrom(...people), at: fc.nat(1) }), { maxLength: 3 }),
  signer: fc.constantFrom("a@example.org", "b@example.org", "c@example.org"),
});
type Sketch = typeof sketch extends fc.Arbitrary<infer T> ? T : never;

const subjects = fc.sample(sketch, { numRuns: 40, seed: 4 }).map(subjectOf);

function subjectOf(given: Sketch): Subject {
  const commits = given.commits.map(({ agent, model, trailers, verdict, acceptance }, index) => ({
    name: `c${index}`,
    verdict,
    acceptance,
    ...(agent === undefined ? {} : { agent }),
    ...(model === undefined ? {} : { model }),
    trailers: trailers.map((key) => ({ key, value: "claude-code:claude-5" })),
  }));
  const names = commits.map(({ name }) => name);
  const subject = buildSubject({
    commits,
    files: given.files.map(({ path, by, lines }) => ({
      path,
      addedLines: lines,
      commits: by === "all" ? names : ["c0"],
    })),
    ...{ base: given.base, event: given.opened ? "pull_request" : "local" },
    ...(given.opened
      ? { pullRequest: { draft: given.draft, author: "ann" }, labels: given.labels, branch: "agent/x" }
      : {}),
    coverage: given.measured ? coverageOf(given) : noCoverage("no report"),
    findings: given.commits.flatMap(({ finds }, index) =>
      finds === undefined
        ? []
        : [sampleFinding({ rule: finds, place: { kind: "commit", sha: sampleSha(`c${index}`) } })],
    ),
    checks: given.checks.map((text, index) => {
      const [name = "", app = ""] = text.split(" ");
      return { name, app, status: "completed", conclusion: given.failing && index === 0 ? "failure" : "success" };
    }),
    statements: [
      { commit: sampleSha(names.at(-1) ?? ""), predicateType: given.draft ? "x" : "y", signer: given.signer },
    ],
  });
  const override = { id: "7", by: "dora", reason: "down", at: "2026-11-20T21:00:00Z", commit: sampleSha("head") };
  return { ...subject, approvals: approvals(given), overrides: present(given.failing ? [override] : []) };
}

function coverageOf({ files: changed, delta }: Sketch) {
  return buildCoverage({
    files: changed.map(({ path, lines, covered }) => {
      const all = Array.from({ length: lines }, (_, index) => index + 1);
      const state = covered > 10 ? ("new-called" as const) : ("new-uncalled" as const);
      return {
        path,
        ...{ covered: all.filter((line) => line <= covered), uncovered: all.filter((line) => line > covered) },
        branches: [Math.min(covered, 10), 10],
        functions: [{ name: "f", line: 1, endLine: null, state }],
      };
    }),
    ...{ delta },
  });
}

/** As the room of owners answers, by reviews of several people at the first commit or at the head. */
function approvals({ reviews, commits: written, files: changed, opened }: Sketch) {
  const touched = (index: number) => changed.filter(({ by }) => by === "all" || index === 0).map(({ path }) => path);
  return approvalsOf(
    buildOwnershipFacts({
      author: opened ? "ann" : null,
      files: changed.map(({ path }) => path),
      commits: written.map(({ by }, index) => ({ name: `c${index}`, author: by, touches: touched(index) })),
      reviews: opened ? reviews.map(({ user, at }) => ({ user, commit: at === 0 ? "c0" : "head" })) : null,
      trees: { c0: changed.map(({ path, by }) => ({ path, blob: by === "all" ? `old ${path}` : path })) },
      writers: people,
      codeowners: "* @dora\nsrc/ @carl\n",
    }),
  );
}
