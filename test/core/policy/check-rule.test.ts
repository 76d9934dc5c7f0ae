import { describe, expect, test } from "vitest";
import type { Finding } from "../../../core/findings/finding.ts";
import { checkRule, modeAt, type Exceptions } from "../../../core/policy/check-rule.ts";
import type { RuleResult } from "../../../core/policy/decision.ts";
import { evaluate } from "../../../core/policy/index.ts";
import { judgeChange } from "../../../core/policy/judge.ts";
import { datedWaivers, markedFindings } from "../../../core/policy/waivers.ts";
import { sampleFinding } from "../../builders.ts";
import {
  buildPolicy,
  buildSignal,
  buildSubject,
  sampleVocabulary,
  sentences,
  type SubjectSketch,
} from "../../subjects.ts";

/** What the first rule of a policy comes to, with the exceptions that the policy makes and an override, if one is given. */
function check(yaml: string, sketch: SubjectSketch = {}, override: Exceptions["override"] = null): RuleResult {
  const policy = buildPolicy(yaml);
  const subject = buildSubject(sketch);
  const findings = markedFindings(policy, subject, sampleVocabulary);
  const change = judgeChange(policy, { ...subject, findings }, sampleVocabulary);
  const waivers = datedWaivers(policy, subject.asOf);
  return checkRule(policy.rules[0]!, change, { waivers, override, floor: null }).result;
}

/** The whole result, its reasons as sentences. */
function told({ reasons, ...result }: RuleResult) {
  return { ...result, reasons: sentences({ reasons }) };
}

const met = "{ secrets: none }";
const noSecret = "yes: no added line looks like a credential";
const unmet = "{ size: { max_commits: 0 } }";
const tooLarge = ["no: the change is too large", "no: commits: 1, and at most 0 may be there"];
const rule = (require: string, more = "") => `rules: [{ id: r, ${more}require: ${require} }]`;
const about = { id: "r", title: "R", mode: "enforce", floor: null, approvals: [], waivers: [] };
const satisfied = { ...about, state: "satisfied", decision: "pass", enforced: "pass" };
const blocks = { ...about, state: "unsatisfied", decision: "block", enforced: "block" };
const notApplicable = { ...about, state: "not-applicable", decision: "pass", enforced: "pass", files: [] };
const ai: SubjectSketch = { commits: [{ name: "c", verdict: "agent-assisted" }] };

describe("what a rule comes to, as a whole", () => {
  test.each<{ says: string; policy: string; sketch?: SubjectSketch; is: unknown }>([
    {
      says: "it is met",
      policy: rule(met),
      is: { ...satisfied, files: ["src/a.ts"], reasons: ["yes: the rule applies to the whole change", noSecret] },
    },
    {
      says: "it is not met",
      policy: rule(unmet),
      is: { ...blocks, files: ["src/a.ts"], reasons: ["yes: the rule applies to the whole change", ...tooLarge] },
    },
    {
      says: "it applies to some files, which are listed in order",
      policy: rule(met, "when: { paths: [src/**] }, "),
      sketch: { files: [{ path: "src/b.ts" }, { path: "docs/c.md" }, { path: "src/a.ts" }] },
      is: {
        ...satisfied,
        files: ["src/a.ts", "src/b.ts"],
        reasons: [
          "yes: the rule applies to 2 of 3 files: src/b.ts, src/a.ts",
          "yes: 2 of 3 files: matches src/**",
          "yes: src/b.ts matches",
          "yes: src/a.ts matches",
          noSecret,
        ],
      },
    },
    {
      says: "a condition holds nowhere",
      policy: rule(unmet, "when: { paths: [lib/**], ai: true }, "),
      sketch: ai,
      is: {
        ...notApplicable,
        reasons: [
          "no: the rule does not apply",
          "yes: 1 of 1 files: counts as AI-assisted",
          "yes: src/a.ts is agent-assisted",
          "no: 0 of 1 files: matches lib/**",
        ],
      },
    },
    {
      says: "each condition holds somewhere, and nowhere all of them",
      policy: rule(unmet, "when: { area: auth, paths: [lib/**] }, ").concat("\nareas: { auth: { paths: [src/**] } }"),
      sketch: { files: [{ path: "src/a.ts" }, { path: "lib/b.ts" }] },
      is: {
        ...notApplicable,
        reasons: [
          "no: the rule does not apply: no file meets all its conditions at once",
          "yes: 1 of 2 files: lies in area auth",
          "yes: src/a.ts lies in area auth",
          "yes: 1 of 2 files: matches lib/**",
          "yes: lib/b.ts matches",
        ],
      },
    },
    {
      says: "whether it applies is not known, and it is met",
      policy: rule(met, "when: { labels: hotfix }, "),
      is: {
        ...satisfied,
        files: ["src/a.ts"],
        reasons: [
          "unknown: the rule may apply to the whole change",
          "unknown: no pull request was read (asked: has the label hotfix)",
          noSecret,
        ],
      },
    },
    {
      says: "whether it applies is not known, and it is not met",
      policy: rule(unmet, "when: { labels: hotfix }, "),
      is: {
        ...{ ...about, state: "undecided", decision: "undecided", enforced: "undecided" },
        files: ["src/a.ts"],
        reasons: [
          "unknown: the rule may apply to the whole change",
          "unknown: no pull request was read (asked: has the label hotfix)",
          ...tooLarge,
        ],
      },
    },
    {
      says: "it is enforced from this day on",
      policy: rule(unmet, 'mode: warn, enforce_after: "2026-11-21", '),
      is: { ...blocks, files: ["src/a.ts"], reasons: ["yes: the rule applies to the whole change", ...tooLarge] },
    },
    {
      says: "it is enforced from the next day on",
      policy: rule(unmet, 'mode: warn, enforce_after: "2026-11-22", '),
      is: {
        ...{ ...about, mode: "warn", state: "warned", decision: "warn", enforced: "block" },
        files: ["src/a.ts"],
        reasons: ["yes: the rule applies to the whole change", ...tooLarge],
      },
    },
  ])("$says", ({ policy, sketch, is }) => {
    expect(told(check(policy, sketch))).toEqual(is);
  });

  test("one that comes with the policy and only warns passes where it is met", () => {
    const trailers = [{ key: "Assisted-by", value: "codex:gpt-5" }];
    const disclosed = [{ name: "c", verdict: "agent-assisted" as const, trailers, signals: [buildSignal()] }];
    const policy = buildPolicy("provenance: { detected_without_trailer: warn }");
    const [result] = evaluate(policy, buildSubject({ commits: disclosed }), sampleVocabulary).rules;
    expect(result).toMatchObject({ id: "provenance.detected_without_trailer", state: "satisfied", decision: "pass" });
  });

  test.each([
    { enforceAfter: null, is: "warn" },
    { enforceAfter: "2026-11-22", is: "warn" },
    { enforceAfter: "2026-11-21", is: "enforce" },
  ])("its mode, enforced after $enforceAfter: $is", ({ enforceAfter, is }) => {
    expect(modeAt({ mode: "warn", enforceAfter }, "2026-11-21T00:00:00.000Z")).toBe(is);
  });
});

describe("the approvals of several requirements", () => {
  const areas = "areas: { web: { paths: [src/**] } }\n";
  test.each([
    {
      says: "stand together, by area",
      require: "{ owner_approval: {}, second_human: { count: 2 } }",
      is: ["the change 2", "web 1"],
    },
    {
      says: "those of one area as they were asked for",
      require: "{ owner_approval: { per: change }, second_human: { count: 2 } }",
      is: ["the change 1", "the change 2"],
    },
  ])("$says", ({ require, is }) => {
    const { approvals } = check(areas + rule(require));
    expect(approvals.map(({ area, need }) => `${area} ${need}`)).toEqual(is);
  });
});

describe("what a waiver leaves of a rule, and what it says", () => {
  const until = "reason: moving, owner: ann";
  const waiver = (id: string, of: string) => `{ id: ${id}, ${of}, ${until}, expires: "2026-12-31" }`;
  const waivers = (...all: string[]) => `\nwaivers: [${all.join(", ")}]`;
  const whole = waiver("W-1", "rule: r");
  const legacy = waiver("W-2", 'rule: r, paths: ["src/legacy/**"]');
  const found = waiver("W-1", "finding: swallowed-error");
  const files = [{ path: "src/a.ts" }, { path: "src/legacy/b.ts" }];
  const unread = (path: string) => [{ path, reason: "it is too long" }];
  const at = (path: string, name = "swallowed-error"): Finding =>
    sampleFinding({ rule: name, message: "It is dropped.", place: { kind: "lines", path, start: 7, end: 7 } });
  const few = "{ findings: { max_errors: 0 } }";
  const exempts = (id: string, which: string) => `yes: waiver ${id} of ann exempts ${which} until 2026-12-31: moving`;
  const both = "src/a.ts, src/legacy/b.ts";

  test.each<{ says: string; policy: string; sketch: SubjectSketch; is: Partial<RuleResult>; reasons: string[] }>([
    {
      says: "nothing is left, and nothing is said of findings",
      policy: rule(few) + waivers(whole),
      sketch: { findings: [at("src/a.ts")] },
      is: { state: "waived", waivers: ["W-1"] },
      reasons: [exempts("W-1", both)],
    },
    {
      says: "some files are left, without findings",
      policy: rule(few) + waivers(legacy),
      sketch: { findings: [at("src/legacy/b.ts")] },
      is: { state: "satisfied", waivers: ["W-2"] },
      reasons: ["yes: the findings are within the limits: 0 in all", exempts("W-2", "src/legacy/b.ts")],
    },
    {
      says: "an exempt file that was not analysed makes no doubt",
      policy: rule(few) + waivers(legacy),
      sketch: { notAnalysed: unread("src/legacy/b.ts") },
      is: { state: "satisfied", waivers: ["W-2"] },
      reasons: ["yes: the findings are within the limits: 0 in all", exempts("W-2", "src/legacy/b.ts")],
    },
    {
      says: "another one does",
      policy: rule(few) + waivers(legacy),
      sketch: { notAnalysed: unread("src/a.ts") },
      is: { state: "warned", waivers: ["W-2"] },
      reasons: [
        "unknown: files that were not analysed: 1",
        "unknown: src/a.ts: it is too long",
        exempts("W-2", "src/legacy/b.ts"),
      ],
    },
    {
      says: "a credential is left, and it alone",
      policy: rule("{ findings: { max_errors: 1 } }") + waivers(whole),
      sketch: {
        findings: [at("src/a.ts"), at("src/a.ts", "secret-shaped-text")],
        notAnalysed: unread("src/legacy/b.ts"),
      },
      is: { state: "waived", waivers: ["W-1"] },
      reasons: ["yes: the findings are within the limits: 1 in all", exempts("W-1", both)],
    },
    {
      says: "waivers of files and of findings are named together, in order",
      policy: rule(few) + waivers(legacy, found),
      sketch: { findings: [at("src/a.ts")] },
      is: { state: "satisfied", waivers: ["W-1", "W-2"] },
      reasons: [
        "yes: the findings are within the limits: 0 in all, and 1 exempt by waiver W-1",
        exempts("W-2", "src/legacy/b.ts"),
      ],
    },
    {
      says: "a waiver of findings is none of a rule that asks about none",
      policy: rule(met) + waivers(found),
      sketch: { findings: [at("src/a.ts")] },
      is: { state: "satisfied", waivers: [] },
      reasons: [noSecret],
    },
  ])("$says", ({ policy, sketch, is, reasons }) => {
    const result = check(policy, { files, ...sketch });
    expect(result).toMatchObject(is);
    expect(sentences(result)).toEqual(["yes: the rule applies to the whole change", ...reasons]);
  });
});

describe("what an override leaves of a rule, and what it says", () => {
  const override = { id: "7", by: "ann", reason: "the shop is down", until: "2026-11-21T04:00:00.000Z" };
  const used = "yes: ann used break-glass, until 2026-11-21T04:00:00.000Z: the shop is down";
  const applies = "yes: the rule applies to the whole change";
  test.each([
    { says: "nothing is met", require: unmet, state: "overridden", reasons: [used, applies, ...tooLarge] },
    {
      says: "a part is met",
      require: "{ secrets: none, size: { max_commits: 0 } }",
      state: "overridden",
      reasons: [used, applies, noSecret, ...tooLarge],
    },
    { says: "all is met, and it is not told", require: met, state: "satisfied", reasons: [applies, noSecret] },
  ])("$says", ({ require, state, reasons }) => {
    const result = check(rule(require), {}, override);
    expect(result).toMatchObject({ state, decision: "pass", enforced: "pass" });
    expect(sentences(result)).toEqual(reasons);
  });
});
