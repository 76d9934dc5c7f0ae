import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AiAnswer, AiJudgement } from "../../../core/change/ai-judgement.ts";
import { verdicts, type Verdict } from "../../../core/change/authorship.ts";
import { present } from "../../../core/evidence.ts";
import { decisionStates, type DecisionState } from "../../../core/policy/decision.ts";
import { decide, evaluate, type Policy, type Subject } from "../../../core/policy/index.ts";
import { sampleFinding, sampleSha } from "../../builders.ts";
import { buildPolicy, buildSubject, noApprovals, sampleVocabulary, type SubjectSketch } from "../../subjects.ts";

function withFloor(policy: Policy, floor: Policy): Policy {
  return {
    ...policy,
    floors: [{ repo: "acme/policies", path: "floor.yml", ref: sampleSha("floor"), policy: floor }],
  };
}

const floorText = `provenance: { detected_without_trailer: allow }
areas: { auth: { paths: ["src/auth/**"], tier: 1 } }
rules:
  - { id: floor-trailers, when: { ai: true, area: auth }, require: { trailers: [T] } }
  - { id: floor-quiet, when: { ai: true }, require: { findings: { max_errors: 0 } } }`;
const ai: SubjectSketch = {
  commits: [{ name: "head", verdict: "agent-assisted" }],
  files: [{ path: "src/auth/a.ts" }],
};
const states = (policy: Policy, subject: Subject) =>
  evaluate(policy, subject, sampleVocabulary)
    .rules.filter(({ id }) => id.startsWith("floor-"))
    .map(({ id, floor, mode, state, decision }) => `${floor}: ${id} ${mode} ${state} ${decision}`);

describe("a floor judges beside the repository's policy, by its own settings", () => {
  const strict = "acme/policies: floor-trailers enforce unsatisfied block";
  const quiet = "acme/policies: floor-quiet enforce satisfied pass";
  test.each([
    { says: "an empty policy", text: "mode: enforce" },
    { says: "the repository only observes", text: "mode: observe" },
    { says: "the repository draws the area elsewhere", text: "areas: { auth: { paths: [lib/**], tier: 3 } }" },
    { says: "the repository excludes the files", text: 'provenance: { exclude: ["**"] }' },
    { says: "the repository counts less as AI", text: "provenance: { counts_as_ai: [agent-authored] }" },
  ])("$says", ({ text }) => {
    const policy = withFloor(buildPolicy(text), buildPolicy(floorText));
    expect(states(policy, buildSubject(ai))).toEqual([strict, quiet]);
  });

  test("a waiver of the repository does not reach it", () => {
    const waivers = [
      {
        id: "W",
        rule: "floor-trailers",
        finding: "swallowed-error",
        paths: null,
        reason: "",
        owner: "",
        expires: "2099-01-01",
      },
    ];
    const policy = withFloor({ ...buildPolicy("mode: enforce"), waivers }, buildPolicy(floorText));
    const found = { ...ai, findings: [sampleFinding({ severity: "error", place: { kind: "change" } })] };
    expect(states(policy, buildSubject(found))).toEqual([
      strict,
      "acme/policies: floor-quiet enforce unsatisfied block",
    ]);
  });

  test("its own waivers do", () => {
    const waiver =
      'waivers: [{ id: W-1, rule: floor-trailers, reason: moving, owner: security, expires: "2026-12-31" }]';
    const policy = withFloor(buildPolicy("mode: enforce"), buildPolicy(`${floorText}\n${waiver}`));
    expect(states(policy, buildSubject(ai))).toEqual(["acme/policies: floor-trailers enforce waived pass", quiet]);
    expect(evaluate(policy, buildSubject(ai), sampleVocabulary).inForce).toEqual(["acme/policies: waiver W-1"]);
  });

  test("break-glass of the repository overrides its own rules, and that of the floor the floor's", () => {
    const breakGlass = "break_glass: { who: { users: [ann] }, max_age: 4h }";
    const rules = "rules: [{ id: own, require: { trailers: [T] } }]";
    const override = { id: "7", by: "ann", reason: "down", at: "2026-11-20T23:00:00Z", commit: sampleSha("head") };
    const approvals = { ...noApprovals, isAmong: () => "yes" as const, sameContentAt: () => "yes" as const };
    const subject = { ...buildSubject({ ...ai, approvals }), overrides: present([override]) };
    const own = (policy: Policy) =>
      evaluate(policy, subject, sampleVocabulary).rules.find(({ id }) => id === "own")?.state;

    const ofRepository = withFloor(buildPolicy(`${breakGlass}\n${rules}`), buildPolicy(floorText));
    expect([own(ofRepository), ...states(ofRepository, subject)]).toEqual(["overridden", strict, quiet]);
    const ofFloor = withFloor(buildPolicy(rules), buildPolicy(`${floorText}\n${breakGlass}`));
    expect([own(ofFloor), ...states(ofFloor, subject)]).toEqual([
      "unsatisfied",
      "acme/policies: floor-trailers enforce overridden pass",
      quiet,
    ]);
  });

  test("findings weigh by what the floor counts as AI", () => {
    const weighed: AiAnswer[] = [];
    const vocabulary = {
      ...sampleVocabulary,
      weighedBy: (subject: Subject, { ofCommit }: AiJudgement) => {
        weighed.push(...subject.change.commits.map(({ sha }) => ofCommit(sha)));
        return subject;
      },
    };
    const own = buildPolicy("provenance: { counts_as_ai: [agent-authored] }");
    evaluate(withFloor(own, buildPolicy(floorText)), buildSubject(ai), vocabulary);
    expect(weighed).toEqual(["verdict"]);
  });

  test("the summary and the next steps name it", () => {
    const policy = withFloor(buildPolicy("mode: observe"), buildPolicy(floorText));
    const { summary, nextSteps } = decide({
      policy,
      source: { source: "repository", path: "p.yml", commit: null },
      subject: buildSubject(ai),
      vocabulary: sampleVocabulary,
      engine: { name: "countersign", version: "1.2.3" },
      factsDigest: "f".repeat(64),
    });
    expect(summary.join(" ")).toContain("floor-trailers of acme/policies blocks");
    expect(nextSteps[0]).toMatch(/^floor-trailers of acme\/policies: /);
  });
});

describe("whatever the repository's policy is, the decision is never weaker than the floor's alone", () => {
  const weight = (state: DecisionState) => decisionStates.indexOf(state);
  /** Every other key by which a policy could ask for less. */
  const besides = [
    "accept: [claimed]",
    "policy_owners: { users: [ann] }",
    "default_owners: { users: [ann] }",
    "labels: { ai: hotfix }",
    "comment: off",
  ];
  const paths = ["src/auth/a.ts", "src/b.ts", ".github/countersign.yml", "docs/c.md"];
  const area = fc.record({
    paths: fc.subarray(["src/**", "src/auth/**", "**"], { minLength: 1 }),
    tier: fc.constantFrom(1, 2, 3),
  });
  const rule = fc.record({
    mode: fc.constantFrom("observe", "warn", "enforce"),
    when: fc.constantFrom("{ ai: true }", "{ ai: false }", "{ area: auth }", "{ paths: [src/**] }"),
    require: fc.constantFrom(
      "{ trailers: [T] }",
      "{ secrets: none }",
      "{ disclosure: labelled }",
      "{ findings: { max_errors: 0 } }",
      "{ owner_approval: {} }",
    ),
    waived: fc.boolean(),
    enforceAfter: fc.option(fc.constantFrom("2026-01-01", "2027-01-01")),
  });
  const policy = fc.record({
    mode: fc.constantFrom("observe", "warn", "enforce"),
    counts: fc.subarray(["agent-authored", "agent-assisted", "suggestion", "undeclared"], { minLength: 1 }),
    detected: fc.constantFrom("allow", "warn", "block"),
    exclude: fc.subarray(["docs/**", "**", "src/b.ts"]),
    area,
    rules: fc.array(rule, { maxLength: 3 }),
    breakGlass: fc.boolean(),
    forbid: fc.boolean(),
    beside: fc.subarray(besides),
  });
  const subject = fc.record({
    verdicts: fc.array(fc.constantFrom<Verdict>(...verdicts), { minLength: 1, maxLength: 2 }),
    files: fc.subarray(paths, { minLength: 1 }),
    errors: fc.subarray(paths),
    incomplete: fc.boolean(),
    override: fc.boolean(),
  });

  function written(sketch: typeof policy extends fc.Arbitrary<infer T> ? T : never, prefix: string): Policy {
    const list = (items: readonly string[]) => `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
    const rules = sketch.rules.map(({ mode, when, require, enforceAfter }, index) => {
      const after = enforceAfter === null || mode === "enforce" ? "" : `, enforce_after: "${enforceAfter}"`;
      return `{ id: ${prefix}-${index}, mode: ${mode}, when: ${when}, require: ${require}${after} }`;
    });
    const waivers = sketch.rules.flatMap(({ waived, require }, index) =>
      waived && !require.includes("secrets")
        ? [`{ id: W-${index}, rule: ${prefix}-${index}, reason: moving, owner: payments, expires: "2026-12-31" }`]
        : [],
    );
    return buildPolicy(
      [
        `mode: ${sketch.mode}`,
        `provenance: { counts_as_ai: ${list(sketch.counts)}, detected_without_trailer: ${sketch.detected}, exclude: ${list(sketch.exclude)} }`,
        `areas: { auth: { paths: ${list(sketch.area.paths)}, tier: ${sketch.area.tier} } }`,
        `rules: [${rules.join(", ")}]`,
        `waivers: [${waivers.join(", ")}]`,
        ...(sketch.breakGlass ? ["break_glass: { who: { users: [ann] }, max_age: 4h }"] : []),
        ...(sketch.forbid ? ["forbid: { paths: [src/**] }"] : []),
        ...sketch.beside,
      ].join("\n"),
    );
  }

  test("over generated policies and changes", () => {
    fc.assert(
      fc.property(policy, policy, subject, (own, floor, sketch) => {
        const approvals = { ...noApprovals, isAmong: () => "yes" as const, sameContentAt: () => "yes" as const };
        const given = { id: "7", by: "ann", reason: "down", at: "2026-11-20T23:00:00Z", commit: sampleSha("c0") };
        const change = {
          ...buildSubject({
            approvals,
            commits: sketch.verdicts.map((verdict, index) => ({ name: `c${index}`, verdict })),
            files: sketch.files.map((path) => ({ path })),
            findings: sketch.errors.map((path) => sampleFinding({ severity: "error", place: { kind: "file", path } })),
            incomplete: sketch.incomplete ? ["lost"] : [],
          }),
          overrides: present(sketch.override ? [given] : []),
        };
        const alone = evaluate(written(floor, "floor"), change, sampleVocabulary);
        const both = evaluate(withFloor(written(own, "own"), written(floor, "floor")), change, sampleVocabulary);
        expect(weight(both.state)).toBeGreaterThanOrEqual(weight(alone.state));
        expect(weight(both.enforced)).toBeGreaterThanOrEqual(weight(alone.enforced));
      }),
      { numRuns: 60 },
    );
  });
});
