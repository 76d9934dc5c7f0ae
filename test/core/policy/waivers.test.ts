import { describe, expect, test } from "vitest";
import { evaluate, type Evaluation } from "../../../core/policy/index.ts";
import { datedWaivers } from "../../../core/policy/waivers.ts";
import { sampleFinding } from "../../builders.ts";
import { buildPolicy, buildSubject, sampleVocabulary, sentences, type SubjectSketch } from "../../subjects.ts";

const about = 'reason: "rewrite tracked in PAY-881", owner: payments, expires: "2026-12-31"';

function judge(waiver: string, rules: string, sketch: SubjectSketch, asOf = "2026-11-21T00:00:00Z"): Evaluation {
  const policy = buildPolicy(
    `provenance: { detected_without_trailer: allow }\nwaivers: [{ id: W-12, ${waiver}, ${about} }]\nrules: [${rules}]`,
  );
  return evaluate(policy, { ...buildSubject(sketch), asOf }, sampleVocabulary);
}

const ai = { commits: [{ name: "c", verdict: "agent-assisted" as const }] };
const trailers = "{ id: r, when: { ai: true }, require: { trailers: [T] } }";
const everywhere = "{ id: r, require: { trailers: [T] } }";

describe("how long a waiver holds", () => {
  test.each([
    { asOf: "2026-12-16T23:59:59Z", state: "active" },
    { asOf: "2026-12-17T00:00:00Z", state: "ending" },
    { asOf: "2026-12-31T23:59:59.999Z", state: "ending" },
    { asOf: "2027-01-01T00:00:00Z", state: "expired" },
    { asOf: "no instant", state: "expired" },
  ])("at $asOf: $state", ({ asOf, state }) => {
    const { waivers } = buildPolicy(`waivers: [{ id: W-12, rule: r, ${about} }]\nrules: [${trailers}]`);
    expect(datedWaivers({ waivers }, asOf).map((dated) => dated.state)).toEqual([state]);
    const { rules, inForce } = judge("rule: r", trailers, ai, asOf);
    expect(rules[0]?.state).toBe(state === "expired" ? "unsatisfied" : "waived");
    expect(inForce).toEqual(state === "expired" ? [] : ["waiver W-12"]);
  });
});

describe("a waiver of a rule", () => {
  const legacy = 'rule: r, paths: ["src/legacy/**"]';

  test.each<{ says: string; waiver: string; rules?: string; files: SubjectSketch["files"] & {}; is: string }>([
    {
      says: "without paths, the rule as a whole",
      waiver: "rule: r",
      files: [{ path: "src/a.ts" }],
      is: "waived pass W-12",
    },
    { says: "also on an empty change", waiver: "rule: r", rules: everywhere, files: [], is: "waived pass W-12" },
    { says: "every file is exempt", waiver: legacy, files: [{ path: "src/legacy/a.ts" }], is: "waived pass W-12" },
    {
      says: "the other files are still judged",
      waiver: legacy,
      files: [{ path: "src/legacy/a.ts" }, { path: "src/a.ts" }],
      is: "unsatisfied block W-12",
    },
    { says: "no file is exempt", waiver: legacy, files: [{ path: "src/a.ts" }], is: "unsatisfied block " },
    { says: "paths exempt no empty change", waiver: legacy, rules: everywhere, files: [], is: "unsatisfied block " },
    {
      says: "another case exempts nothing",
      waiver: legacy,
      files: [{ path: "SRC/legacy/a.ts" }],
      is: "unsatisfied block ",
    },
    {
      says: "a link exempts nothing",
      waiver: legacy,
      files: [{ path: "src/legacy/a", kind: "symlink", symlinkTarget: "../a.ts" }],
      is: "unsatisfied block ",
    },
    {
      says: "moving a file into the folder exempts nothing",
      waiver: legacy,
      files: [{ path: "src/legacy/a.ts", previousPath: "src/auth/a.ts" }],
      is: "unsatisfied block ",
    },
    {
      says: "a waiver of another rule",
      waiver: "rule: s",
      rules: `${trailers}, { id: s, require: { secrets: none } }`,
      files: [{ path: "a" }],
      is: "unsatisfied block ",
    },
  ])("$says: $is", ({ waiver, rules = trailers, files, is }) => {
    const [rule] = judge(waiver, rules, { ...ai, files }).rules;
    expect(`${rule?.state} ${rule?.decision} ${rule?.waivers.join(",")}`).toBe(is);
  });

  test("commits that touched only exempt files leave the rule, those that touched no file stay", () => {
    const sketch: SubjectSketch = {
      commits: [
        { name: "legacy", verdict: "agent-assisted" },
        { name: "other", verdict: "human" },
        { name: "empty", verdict: "human" },
      ],
      files: [
        { path: "src/legacy/a.ts", commits: ["legacy"] },
        { path: "src/a.ts", commits: ["other"] },
      ],
    };
    expect(judge(legacy, everywhere, sketch).rules[0]?.state).toBe("satisfied");
    const silent = {
      ...sketch,
      commits:
        sketch.commits?.map((commit) =>
          commit.name === "empty" ? { ...commit, verdict: "agent-assisted" as const } : commit,
        ) ?? [],
    };
    expect(judge(legacy, everywhere, silent).rules[0]?.state).toBe("unsatisfied");
  });

  test("it says itself, with owner, reason and end", () => {
    const { rules, waivers, state } = judge(legacy, trailers, { ...ai, files: [{ path: "src/legacy/a.ts" }] });
    expect(sentences(rules[0]!).at(-1)).toBe(
      "yes: waiver W-12 of payments exempts src/legacy/a.ts until 2026-12-31: rewrite tracked in PAY-881",
    );
    expect(waivers).toEqual([
      {
        id: "W-12",
        floor: null,
        rule: "r",
        finding: null,
        owner: "payments",
        reason: "rewrite tracked in PAY-881",
        expires: "2026-12-31",
        state: "active",
        exempts: ["src/legacy/a.ts"],
      },
    ]);
    expect(state).toBe("pass");
  });

  test("one that has ended is listed, exempts nothing, and says why the rule counts again", () => {
    const { rules, waivers } = judge("rule: r", trailers, ai, "2027-02-01T00:00:00Z");
    expect(waivers.map(({ state, exempts }) => ({ state, exempts }))).toEqual([{ state: "expired", exempts: [] }]);
    expect(sentences(rules[0]!).at(-1)).toBe(
      "no: waiver W-12 ended on 2026-12-31 and no longer exempts src/a.ts: rewrite tracked in PAY-881",
    );
  });

  test("one that does not bear on the change is not listed", () => {
    expect(judge(legacy, trailers, ai).waivers).toEqual([]);
    expect(judge("rule: r", trailers, { commits: [{ name: "c", verdict: "human" }] }).waivers).toEqual([]);
  });

  test("it reaches neither credentials nor rules that come with the engine", () => {
    const secret = sampleFinding({ rule: "secret-shaped-text", place: { kind: "file", path: "src/a.ts" } });
    const both = "{ id: r, require: { trailers: [T], secrets: none } }";
    const found = judge("rule: r", both, { ...ai, findings: [secret] }).rules[0];
    expect(`${found?.state} ${found?.decision}`).toBe("unsatisfied block");
    expect(judge("rule: r", both, ai).rules[0]?.state).toBe("waived");

    const policy = buildPolicy(`rules: [${trailers}]`);
    const waivers = [
      { id: "W", rule: "policy_owners", finding: null, paths: null, reason: "", owner: "", expires: "2099-01-01" },
    ];
    const files = [{ path: ".github/countersign.yml" }];
    const { rules } = evaluate({ ...policy, waivers }, buildSubject({ ...ai, files }), sampleVocabulary);
    expect(rules.find(({ id }) => id === "policy_owners")?.state).toBe("waiting");
  });
});

describe("no waiver of a rule takes a credential out of the count of findings", () => {
  const secret = (path: string) =>
    sampleFinding({ rule: "secret-shaped-text", severity: "error", place: { kind: "lines", path, start: 1, end: 1 } });
  const other = (path: string) =>
    sampleFinding({ rule: "swallowed-error", severity: "error", place: { kind: "lines", path, start: 1, end: 1 } });
  const legacy = 'rule: r, paths: ["src/legacy/**"]';
  const files = [{ path: "src/legacy/a.ts" }, { path: "src/a.ts" }];
  const limit = (most: number) => `{ id: r, require: { findings: { max_errors: ${most} } } }`;
  const byName = "{ id: r, require: { findings: { rules: { secret-shaped-text: 0 } } } }";

  test.each([
    {
      says: "on an exempt file",
      waiver: legacy,
      rule: limit(0),
      found: [secret("src/legacy/a.ts")],
      is: "unsatisfied",
    },
    { says: "by its name", waiver: legacy, rule: byName, found: [secret("src/legacy/a.ts")], is: "unsatisfied" },
    { says: "of a whole rule", waiver: "rule: r", rule: limit(0), found: [secret("src/a.ts")], is: "unsatisfied" },
    {
      says: "counted together with what is left",
      waiver: legacy,
      rule: limit(1),
      found: [secret("src/legacy/a.ts"), other("src/a.ts"), other("src/legacy/a.ts")],
      is: "unsatisfied",
    },
    {
      says: "within the limit",
      waiver: legacy,
      rule: limit(1),
      found: [secret("src/legacy/a.ts"), other("src/legacy/a.ts")],
      is: "satisfied",
    },
    { says: "where there is none", waiver: "rule: r", rule: limit(0), found: [other("src/a.ts")], is: "waived" },
    { says: "other findings", waiver: legacy, rule: limit(0), found: [other("src/legacy/a.ts")], is: "satisfied" },
  ])("$says: $is", ({ waiver, rule, found, is }) => {
    expect(judge(waiver, rule, { files, findings: found }).rules[0]?.state).toBe(is);
  });

  test("a file that nobody analysed is waived like any other", () => {
    const notAnalysed = [{ path: "src/legacy/a.ts", reason: "too large" }];
    expect(judge(legacy, limit(0), { files, notAnalysed }).rules[0]?.state).toBe("satisfied");
  });
});

describe("a waiver of a lint rule", () => {
  const findings = "{ id: r, require: { findings: { max_errors: 0 } } }";
  const at = (path: string) => sampleFinding({ severity: "error", place: { kind: "lines", path, start: 3, end: 4 } });
  const files = [{ path: "src/legacy/a.ts" }, { path: "src/a.ts" }];
  const legacy = 'finding: swallowed-error, paths: ["src/legacy/**"]';

  test.each([
    { says: "on its paths", waiver: legacy, found: [at("src/legacy/a.ts")], is: "satisfied W-12" },
    { says: "not elsewhere", waiver: legacy, found: [at("src/a.ts")], is: "unsatisfied " },
    {
      says: "beside one elsewhere",
      waiver: legacy,
      found: [at("src/legacy/a.ts"), at("src/a.ts")],
      is: "unsatisfied W-12",
    },
    { says: "everywhere", waiver: "finding: swallowed-error", found: [at("src/a.ts")], is: "satisfied W-12" },
    {
      says: "on the change as a whole only without paths",
      waiver: legacy,
      found: [sampleFinding({ severity: "error", place: { kind: "change" } })],
      is: "unsatisfied ",
    },
    {
      says: "on the change as a whole",
      waiver: "finding: swallowed-error",
      found: [sampleFinding({ severity: "error", place: { kind: "change" } })],
      is: "satisfied W-12",
    },
  ])("takes findings out of the count $says: $is", ({ waiver, found, is }) => {
    const [rule] = judge(waiver, findings, { files, findings: found }).rules;
    expect(`${rule?.state} ${rule?.waivers.join(",")}`).toBe(is);
  });

  test("what is exempt is said and listed", () => {
    const { rules, waivers } = judge(legacy, findings, { files, findings: [at("src/legacy/a.ts")] });
    expect(sentences(rules[0]!)).toContain(
      "yes: the findings are within the limits: 0 in all, and 1 exempt by waiver W-12",
    );
    expect(waivers.map(({ finding, exempts }) => ({ finding, exempts }))).toEqual([
      { finding: "swallowed-error", exempts: ["src/legacy/a.ts:3"] },
    ]);
  });

  test("nothing exempts a credential", () => {
    const secret = sampleFinding({
      severity: "error",
      rule: "secret-shaped-text",
      place: { kind: "file", path: "src/a.ts" },
    });
    const policy = buildPolicy("rules: [{ id: r, require: { findings: { max_errors: 0 }, secrets: none } }]");
    const waivers = [
      { id: "W", rule: null, finding: "secret-shaped-text", paths: null, reason: "", owner: "", expires: "2099-01-01" },
    ];
    const judged = evaluate({ ...policy, waivers }, buildSubject({ findings: [secret] }), sampleVocabulary);
    expect({ state: judged.state, waivers: judged.waivers }).toEqual({ state: "block", waivers: [] });
  });
});
