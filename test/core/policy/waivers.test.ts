import { describe, expect, test } from "vitest";
import { evaluate, type Evaluation } from "../../../core/policy/index.ts";
import { judgeChange } from "../../../core/policy/judge.ts";
import type { Waiver } from "../../../core/policy/policy.ts";
import {
  datedWaivers,
  exemptionFrom,
  markedFindings,
  waiveFindings,
  waiverUses,
  type DatedWaiver,
} from "../../../core/policy/waivers.ts";
import { newWork } from "../../../core/policy/work.ts";
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

const waiver = (rest: Partial<Waiver> = {}): Waiver => ({
  ...{ id: "W", rule: "r", finding: null, paths: null, reason: "why", owner: "ann", expires: "2026-12-31" },
  ...rest,
});
const active = (rest: Partial<Waiver> = {}): DatedWaiver => ({ waiver: waiver(rest), state: "active" });

describe("what waivers take out of a rule", () => {
  const judged = (paths: readonly string[]) => {
    const subject = buildSubject({ files: paths.map((path) => ({ path })) });
    return judgeChange(buildPolicy("rules: []"), subject, sampleVocabulary).files;
  };
  const [a, b] = ["src/a.ts", "lib/b.ts"];

  test.each<{ says: string; waivers: readonly DatedWaiver[]; is: readonly boolean[] }>([
    { says: "none, without a waiver", waivers: [], is: [false, false] },
    { says: "none by its path, by a waiver of the whole rule", waivers: [active()], is: [false, false] },
    { says: "that of a list", waivers: [active({ paths: ["src/**"] }), active()], is: [true, false] },
    {
      says: "those of each list",
      waivers: [active({ paths: ["src/**"] }), active({ paths: ["lib/**"] })],
      is: [true, true],
    },
    {
      says: "none by one that has ended",
      waivers: [{ ...active({ paths: ["src/**"] }), state: "expired" }],
      is: [false, false],
    },
  ])("the files are $says", ({ waivers, is }) => {
    const files = judged([a, b]);
    const { isExempt } = exemptionFrom("r", files, waivers);
    expect(files.map(({ subject }) => isExempt(subject.file))).toEqual(is);
  });

  test.each([
    { says: "the whole change, where it has no file", paths: [], is: ["the whole change"] },
    { says: "each file", paths: [a, b], is: [a, b] },
  ])("it is told of $says", ({ paths, is }) => {
    expect(exemptionFrom("r", judged(paths), [active()]).uses.map(({ exempts }) => exempts)).toEqual([is]);
  });

  test("each file that is compared is counted", () => {
    const work = newWork();
    exemptionFrom("r", judged([a, b]), [active(), active(), active({ rule: "s" })], work);
    expect(work.spent).toBe(2 * 2);
  });
});

describe("the findings that waivers exempt", () => {
  const at = (rule: string, waivedBy: string | null = null) =>
    sampleFinding({ rule, waivedBy, place: { kind: "file", path: "src/a.ts" } });
  const dropped = active({ rule: null, finding: "swallowed-error" });

  test.each<{ says: string; waivers: readonly DatedWaiver[]; waivedBy: readonly (string | null)[]; uses: string[] }>([
    { says: "none, without a waiver, whatever was said before", waivers: [], waivedBy: [null, null], uses: [] },
    { says: "none, by a waiver of a rule", waivers: [active()], waivedBy: [null, null], uses: [] },
    { says: "those of its lint rule", waivers: [dropped], waivedBy: ["W", null], uses: ["W src/a.ts"] },
    {
      says: "none on other paths, and of such a waiver nothing is told",
      waivers: [active({ ...dropped.waiver, paths: ["lib/**"] })],
      waivedBy: [null, null],
      uses: [],
    },
    {
      says: "none by one that has ended, which is told",
      waivers: [{ ...dropped, state: "expired" }],
      waivedBy: [null, null],
      uses: ["W src/a.ts"],
    },
    {
      says: "by the first that holds",
      waivers: [
        { ...dropped, state: "expired" },
        active({ ...dropped.waiver, id: "V" }),
        active({ ...dropped.waiver, id: "U" }),
      ],
      waivedBy: ["V", null],
      uses: ["W src/a.ts", "V src/a.ts", "U src/a.ts"],
    },
  ])("$says", ({ waivers, waivedBy, uses }) => {
    const given = [at("swallowed-error", "old"), at("other", "old")];
    const found = waiveFindings(buildSubject({ findings: given }), waivers, sampleVocabulary);
    expect(found.findings).toEqual(given.map((finding, index) => ({ ...finding, waivedBy: waivedBy[index] })));
    expect(found.uses.map((use) => `${use.waiver.id} ${use.exempts.join(" ")}`)).toEqual(uses);
  });

  test("are marked by the waivers of a policy on the day of reading", () => {
    const subject = buildSubject({ findings: [at("swallowed-error")] });
    const marked = (expires: string) =>
      markedFindings({ waivers: [waiver({ ...dropped.waiver, expires })] }, subject, sampleVocabulary);
    expect(["2026-11-21", "2026-11-20"].map((day) => marked(day).map(({ waivedBy }) => waivedBy))).toEqual([
      ["W"],
      [null],
    ]);
  });

  test("each finding and each file that is compared is counted", () => {
    const work = newWork();
    const subject = buildSubject({ findings: [at("swallowed-error"), at("other")] });
    waiveFindings(subject, [active({ ...dropped.waiver, paths: ["lib"] })], sampleVocabulary, work);
    const before = newWork();
    waiveFindings(subject, [dropped], sampleVocabulary, before);
    expect(before.spent).toBe(2 * 10);
    expect(work.spent).toBeGreaterThan(2 * 10 + 1);
  });
});

describe("the waivers that bear on a change", () => {
  test("each is told with what it exempts, once, and not at any length", () => {
    const [used, ended, idle] = [
      active({ id: "W-1", owner: "o".repeat(200), reason: "r".repeat(600) }),
      { ...active({ id: "W-2" }), state: "expired" as const },
      active({ id: "W-3" }),
    ];
    const uses = [
      { ...ended, exempts: ["c"] },
      { ...used, exempts: ["b", "a"] },
      { ...used, exempts: ["a", "d"] },
    ];
    const told = waiverUses([used, ended, idle], uses, "acme/floor");
    expect(told.map(({ id, state, exempts }) => ({ id, state, exempts }))).toEqual([
      { id: "W-1", state: "active", exempts: ["b", "a", "d"] },
      { id: "W-2", state: "expired", exempts: [] },
    ]);
    expect(told[0]).toMatchObject({
      ...{ floor: "acme/floor", rule: "r", finding: null, expires: "2026-12-31" },
      ...{ owner: `${"o".repeat(99)}…`, reason: `${"r".repeat(499)}…` },
    });
  });
});
