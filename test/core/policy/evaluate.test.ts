import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verdicts, type Verdict } from "../../../core/change/authorship.ts";
import { present } from "../../../core/evidence.ts";
import { decisionStates, type DecisionState } from "../../../core/policy/decision.ts";
import { evaluate, type Evaluation } from "../../../core/policy/index.ts";
import { severities } from "../../../core/findings/finding.ts";
import { sampleFinding, sampleSha } from "../../builders.ts";
import {
  buildCoverage,
  buildPolicy,
  buildSignal,
  buildSubject,
  noApprovals,
  noCoverage,
  sampleVocabulary,
  sentences,
  type SubjectSketch,
} from "../../subjects.ts";

function judge(policy: string, sketch: SubjectSketch = {}): Evaluation {
  return evaluate(
    buildPolicy(`provenance: { detected_without_trailer: allow }\n${policy}`),
    buildSubject(sketch),
    sampleVocabulary,
  );
}

const ai: SubjectSketch = { commits: [{ name: "c", verdict: "agent-assisted" }] };
const unmet = "{ trailers: [Assisted-by] }";
const unknown = "{ disclosure: labelled }";
const met = "{ secrets: none }";

describe("what a rule comes to in each mode", () => {
  test.each([
    { mode: "observe", require: met, is: "satisfied pass pass" },
    { mode: "warn", require: met, is: "satisfied pass pass" },
    { mode: "enforce", require: met, is: "satisfied pass pass" },
    { mode: "observe", require: unmet, is: "warned warn block" },
    { mode: "warn", require: unmet, is: "warned warn block" },
    { mode: "enforce", require: unmet, is: "unsatisfied block block" },
    { mode: "observe", require: unknown, is: "undecided warn undecided" },
    { mode: "warn", require: unknown, is: "undecided warn undecided" },
    { mode: "enforce", require: unknown, is: "undecided undecided undecided" },
    {
      mode: "enforce",
      require: "{ trailers: [Assisted-by], disclosure: labelled }",
      is: "undecided undecided undecided",
    },
    { mode: "enforce", require: "{ secrets: none, trailers: [Assisted-by] }", is: "unsatisfied block block" },
  ])("$mode, $require: $is", ({ mode, require, is }) => {
    const { rules, state, enforced } = judge(`mode: ${mode}\nrules: [{ id: r, require: ${require} }]`, ai);
    expect(`${rules[0]?.state} ${rules[0]?.decision} ${rules[0]?.enforced}`).toBe(is);
    expect(`${state} ${enforced}`).toBe(is.split(" ").slice(1).join(" "));
  });
});

describe("how rules combine", () => {
  const rule = (id: string, mode: string, require: string) => `{ id: ${id}, mode: ${mode}, require: ${require} }`;
  test.each([
    { says: "no rules", rules: "", is: "pass pass" },
    {
      says: "a warning beside a pass",
      rules: [rule("a", "enforce", met), rule("b", "warn", unmet)].join(", "),
      is: "warn block",
    },
    {
      says: "a block beside a warning",
      rules: [rule("a", "enforce", unmet), rule("b", "warn", unmet)].join(", "),
      is: "block block",
    },
    {
      says: "what cannot be decided beside a block",
      rules: [rule("a", "enforce", unmet), rule("b", "enforce", unknown)].join(", "),
      is: "undecided undecided",
    },
    {
      says: "the order makes no difference",
      rules: [rule("b", "enforce", unknown), rule("a", "enforce", unmet)].join(", "),
      is: "undecided undecided",
    },
  ])("$says: $is", ({ rules, is }) => {
    const { state, enforced } = judge(`rules: [${rules}]`, { commits: [{ name: "c", verdict: "agent-assisted" }] });
    expect(`${state} ${enforced}`).toBe(is);
  });
});

describe("which files a rule is about", () => {
  const areas = "areas: { auth: { paths: [src/auth/**] } }\n";
  const conditions = "rules: [{ id: r, when: { ai: true, area: auth }, require: { trailers: [T] } }]";

  test("all conditions must hold for the same file", () => {
    const apart = judge(areas + conditions, {
      commits: [
        { name: "agent", verdict: "agent-assisted" },
        { name: "person", verdict: "human" },
      ],
      files: [
        { path: "src/a.ts", commits: ["agent"] },
        { path: "src/auth/b.ts", commits: ["person"] },
      ],
    });
    expect(apart.rules[0]?.state).toBe("not-applicable");
    expect(sentences(apart.rules[0]!)[0]).toBe("no: the rule does not apply: no file meets all its conditions at once");
    const together = judge(areas + conditions, {
      commits: [{ name: "agent", verdict: "agent-assisted" }],
      files: [{ path: "src/a.ts" }, { path: "src/auth/b.ts" }],
    });
    expect({ state: together.rules[0]?.state, files: together.rules[0]?.files }).toEqual({
      state: "unsatisfied",
      files: ["src/auth/b.ts"],
    });
  });

  test("a rule without conditions is about every change, even an empty one", () => {
    const empty = judge("rules: [{ id: r, require: { trailers: [T] } }]", { ...ai, files: [] });
    expect({ state: empty.rules[0]?.state, files: empty.rules[0]?.files }).toEqual({ state: "unsatisfied", files: [] });
    expect(judge(areas + conditions, { ...ai, files: [] }).rules[0]?.state).toBe("not-applicable");
  });

  test("fault 34: a file that left a sensitive area is still of it", () => {
    const moved = judge(areas + conditions, {
      ...ai,
      files: [{ path: "docs/notes.ts", previousPath: "src/auth/login.ts" }],
    });
    expect(moved.rules[0]?.state).toBe("unsatisfied");
  });
});

describe("a reading that is not whole is undecided in every mode", () => {
  test.each(["observe", "warn", "enforce"])("%s", (mode) => {
    const partial = judge(`mode: ${mode}\nrules: [{ id: r, require: ${met} }]`, {
      incomplete: ["read 250 of 312 commits"],
    });
    expect(partial).toMatchObject({
      state: "undecided",
      enforced: "undecided",
      incomplete: ["read 250 of 312 commits"],
    });
  });

  test("so is one that contradicts itself", () => {
    const subject = buildSubject({ commits: [{ name: "a" }, { name: "b" }] });
    const [first, ...rest] = subject.provenance.commits;
    const cases = {
      "commits whose provenance was not read: 1": { ...subject, provenance: { ...subject.provenance, commits: rest } },
      "files that were judged: 0 of 1": { ...subject, files: [] },
      "commits that touched files and are not among those of the change: 1": {
        ...subject,
        files: subject.files.map((file) => ({ ...file, commits: [...file.commits, sampleSha("elsewhere")] })),
      },
    };
    expect(first).toBeDefined();
    for (const [says, changed] of Object.entries(cases)) {
      expect(evaluate(buildPolicy("mode: observe"), changed, sampleVocabulary)).toMatchObject({
        state: "undecided",
        incomplete: [says],
      });
    }
  });
});

describe("the part of the clock that a decision depends on", () => {
  const waiver = 'waivers: [{ id: W-1, rule: r, reason: moving, owner: ann, expires: "2026-12-31" }]';
  test.each([
    { says: "nothing, for a rule without a date", rule: "", is: [] },
    { says: "nothing, before a rule is enforced", rule: 'enforce_after: "2026-11-22", ', is: [] },
    { says: "that it is enforced", rule: 'enforce_after: "2026-11-21", ', is: ["enforce_after r"] },
    {
      says: "each part, sorted",
      rule: 'enforce_after: "2026-11-21", ',
      more: waiver,
      is: ["enforce_after r", "waiver W-1"],
    },
  ])("$says", ({ rule, more = "", is }) => {
    const text = `mode: warn\nrules: [{ id: r, ${rule}require: ${unmet} }]\n${more}`;
    expect(judge(text, ai).inForce).toEqual(is);
  });

  test("the break-glass of a floor is told where the repository has none", () => {
    const given = { id: "7", by: "ann", reason: "down", at: "2026-11-20T23:00:00Z", commit: sampleSha("c") };
    const approvals = { ...noApprovals, isAmong: () => "yes" as const, sameContentAt: () => "yes" as const };
    const floor = `rules: [{ id: r, require: ${unmet} }]\nbreak_glass: { who: { users: [ann] }, max_age: 4h }`;
    const floors = [{ repo: "acme/policies", path: "p.yml", ref: sampleSha("floor"), policy: buildPolicy(floor) }];
    const subject = { ...buildSubject({ ...ai, approvals }), overrides: present([given]) };
    const { override, inForce } = evaluate({ ...buildPolicy("mode: warn"), floors }, subject, sampleVocabulary);
    expect({ override, inForce }).toEqual({
      override: { by: "ann", reason: "down", until: "2026-11-21T03:00:00.000Z" },
      inForce: ["acme/policies: override 7"],
    });
  });
});

describe("the key `detected_without_trailer` is a rule that comes with the policy", () => {
  const detected: SubjectSketch = {
    commits: [{ name: "c", verdict: "agent-authored", signals: [buildSignal({ kind: "author", class: "identity" })] }],
  };
  test.each([
    { written: "warn", mode: "enforce", is: "warned warn warn" },
    { written: "block", mode: "enforce", is: "unsatisfied block block" },
    { written: "block", mode: "observe", is: "warned warn block" },
  ])("$written in mode $mode: $is", ({ written, mode, is }) => {
    const policy = buildPolicy(`mode: ${mode}\nprovenance: { detected_without_trailer: ${written} }`);
    const [rule] = evaluate(policy, buildSubject(detected), sampleVocabulary).rules;
    expect(rule?.id).toBe("provenance.detected_without_trailer");
    expect(`${rule?.state} ${rule?.decision} ${rule?.enforced}`).toBe(is);
  });

  test("it warns unless told otherwise, and `allow` removes it", () => {
    expect(evaluate(buildPolicy("mode: enforce"), buildSubject(detected), sampleVocabulary).state).toBe("warn");
    const silenced = buildPolicy("provenance: { detected_without_trailer: allow }");
    const left = evaluate(silenced, buildSubject(detected), sampleVocabulary).rules.map(({ id }) => id);
    expect(left).toEqual(["policy_owners"]);
  });
});

describe("promises, over generated changes", () => {
  const weight = (state: DecisionState) => decisionStates.indexOf(state);
  const path = fc.constantFrom("src/a.ts", "src/auth/b.ts", "docs/c.md", "web/d.ts");
  const verdict = fc.constantFrom<Verdict>(...verdicts);
  const finding = fc.record({
    severity: fc.constantFrom(...severities),
    path,
    rule: fc.constantFrom("swallowed-error", "secret-shaped-text"),
  });
  const change = fc.record({
    verdicts: fc.array(verdict, { minLength: 1, maxLength: 3 }),
    files: fc.uniqueArray(fc.record({ path, touched: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }) }), {
      selector: (file) => file.path,
      minLength: 1,
      maxLength: 4,
    }),
    findings: fc.array(finding, { maxLength: 4 }),
    covered: fc.option(fc.array(fc.boolean(), { maxLength: 6 })),
    labelled: fc.option(fc.boolean()),
  });

  type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

  function sketch({ verdicts: found, files, findings, covered, labelled }: Change): SubjectSketch {
    const commits = found.map((one, index) => ({ name: `c${index}`, verdict: one }));
    const coverage =
      covered === null
        ? noCoverage("none")
        : buildCoverage({
            files: files.map((file) => ({
              path: file.path,
              covered: covered.flatMap((hit, index) => (hit ? [index + 1] : [])),
              uncovered: covered.flatMap((hit, index) => (hit ? [] : [index + 1])),
            })),
          });
    return {
      commits,
      files: files.map((file) => {
        const touching = commits.filter((_commit, index) => file.touched[index] === true).map(({ name }) => name);
        return { path: file.path, commits: touching.length === 0 ? ["c0"] : touching };
      }),
      findings: findings.map(({ path: at, ...rest }) => sampleFinding({ ...rest, place: { kind: "file", path: at } })),
      coverage,
      ...(labelled === null ? {} : { labels: labelled ? ["ai-assisted"] : [] }),
    };
  }

  const areas = "areas: { auth: { paths: [src/auth/**], tier: 1 }, web: { paths: [web/**] } }";
  // `ai: false` and `disclosure: required` ask for less where AI is declared, and `ai_lines` is a ratio of a set that
  // grows: for those the promise cannot hold, by what they mean.
  const monotone = buildPolicy(
    [
      "provenance: { exclude: [docs/**] }",
      areas,
      "rules:",
      "  - { id: a, when: { ai: true, area: [auth, web] }, require: { trailers: [Assisted-by] } }",
      "  - { id: b, when: { ai: true }, require: { disclosure: [canonical, forbidden, no-coauthor] }, mode: warn }",
      "  - { id: c, when: { paths: [src/**] }, require: { coverage: { patch_lines: 50 }, secrets: none } }",
      "  - { id: d, when: { ai: true }, require: { findings: { max_errors: 0, max_warnings: 1, max_notices: 2 } } }",
      "  - { id: e, require: { disclosure: labelled }, mode: observe }",
    ].join("\n"),
  );
  const state = (subject: SubjectSketch) => evaluate(monotone, buildSubject(subject), sampleVocabulary).state;

  test("another sign of AI never makes a decision weaker", () => {
    fc.assert(
      fc.property(
        change,
        fc.nat(),
        fc.constantFrom<Verdict>("agent-authored", "agent-assisted"),
        (before, at, sign) => {
          const index = at % before.verdicts.length;
          const raised = before.verdicts.map((one, position) =>
            position === index && !one.startsWith("agent") ? sign : one,
          );
          expect(weight(state(sketch({ ...before, verdicts: raised })))).toBeGreaterThanOrEqual(
            weight(state(sketch(before))),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test("another finding never makes a decision weaker", () => {
    fc.assert(
      fc.property(change, finding, (before, more) => {
        const after = { ...before, findings: [...before.findings, more] };
        expect(weight(state(sketch(after)))).toBeGreaterThanOrEqual(weight(state(sketch(before))));
      }),
      { numRuns: 200 },
    );
  });

  test("less evidence never makes a decision weaker", () => {
    fc.assert(
      fc.property(change, (before) => {
        const whole = state(sketch(before));
        const subject = sketch(before);
        const without: SubjectSketch[] = [
          { ...subject, coverage: noCoverage("lost") },
          { ...subject, notAnalysed: (subject.files ?? []).map(({ path: lost }) => ({ path: lost, reason: "lost" })) },
          { ...subject, incomplete: ["lost"] },
        ];
        for (const less of without) expect(weight(state(less))).toBeGreaterThanOrEqual(weight(whole));
      }),
      { numRuns: 200 },
    );
  });

  test("threat 1.1: nothing about the change's own policy can reach the decision", () => {
    // By its type and its arity: a policy, what was found, and words of other rooms. No file, no second policy.
    expect(evaluate).toHaveLength(3);
    const ownPolicy = ".github/countersign.yml";
    const edits: SubjectSketch["files"] & {} = [
      { path: ownPolicy },
      { path: "docs/old.yml", previousPath: ownPolicy },
      { path: ownPolicy, kind: "symlink", symlinkTarget: "/dev/null" },
      { path: ownPolicy, kind: "submodule" },
      { path: ".github/countersign.yaml" },
    ];
    fc.assert(
      fc.property(change, fc.constantFrom(...edits), (before, edit) => {
        const plain = sketch(before);
        const edited = {
          ...plain,
          files: [...(plain.files ?? []), { ...edit, commits: ["c0"], verdicts: ["human" as const] }],
        };
        expect(weight(state(edited))).toBeGreaterThanOrEqual(weight(state(plain)));
      }),
      { numRuns: 100 },
    );
  });

  test("the same input gives the same output, to the byte, in any order of rules", () => {
    fc.assert(
      fc.property(change, (before) => {
        const once = evaluate(monotone, buildSubject(sketch(before)), sampleVocabulary);
        expect(JSON.stringify(evaluate(monotone, buildSubject(sketch(before)), sampleVocabulary))).toBe(
          JSON.stringify(once),
        );
        const reversed = { ...monotone, rules: [...monotone.rules].reverse() };
        expect(evaluate(reversed, buildSubject(sketch(before)), sampleVocabulary).state).toBe(once.state);
      }),
      { numRuns: 50 },
    );
  });
});
