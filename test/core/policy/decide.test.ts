import { describe, expect, test } from "vitest";
import { present } from "../../../core/evidence.ts";
import type { Approvals, AreaApproval } from "../../../core/ownership/index.ts";
import { decide, Decision, digestOf, type DecisionInput } from "../../../core/policy/index.ts";
import { sampleFinding } from "../../builders.ts";
import {
  buildCoverage,
  buildPolicy,
  buildSubject,
  noApprovals,
  sampleVocabulary,
  type SubjectSketch,
} from "../../subjects.ts";

function decideOn(
  policy: string,
  sketch: SubjectSketch = {},
  source: DecisionInput["source"]["source"] = "repository",
): Decision {
  return decide({
    policy: buildPolicy(policy),
    source: { source, path: ".github/countersign.yml", commit: null },
    subject: buildSubject(sketch),
    vocabulary: sampleVocabulary,
    engine: { name: "countersign", version: "1.2.3" },
    factsDigest: "f".repeat(64),
  });
}

const ai: SubjectSketch = { commits: [{ name: "c", verdict: "agent-assisted" }] };
const quiet = "provenance: { detected_without_trailer: allow }\n";

describe("a rule of which nobody knows whether it applies tells why, and asks nothing of the author", () => {
  const about = (when: string) =>
    decideOn(`${quiet}rules: [{ id: r, when: ${when}, require: { trailers: [Assisted-by] } }]`, {
      commits: [{ name: "a", verdict: "agent-assisted" }],
    });

  test.each([
    {
      says: "an expression that failed",
      when: '{ if: "1 / (change.size.files - 1) > 5" }',
      summary:
        "r cannot be decided (R): `1 / (change.size.files - 1) > 5` cannot be answered for the change: `1 / (change.size.files - 1)` divides by zero",
      step: "r: Mend `when.if` of this rule, which cannot be worked out here: ask first whether it can be, as in `n > 0 && 100 / n > 5`.",
    },
    {
      says: "evidence that is absent",
      when: "{ labels: hotfix }",
      summary: "r cannot be decided (R): no pull request was read (asked: has the label hotfix).",
      step: "r: Let the gate read what `when.labels` of this rule asks about: no pull request was read.",
    },
  ])("$says", ({ when, summary, step }) => {
    const found = about(when);
    expect(found.state).toBe("undecided");
    expect(found.summary[0]).toContain(summary);
    expect(found.nextSteps).toEqual([step]);
  });
});

test("a rule that applies to some files, and whose expression fails for another, tells of that one", () => {
  const files = [{ path: "src/a.ts", addedLines: 3 }, { path: "src/b.ts" }];
  const when = '{ if: "100 / (file.added_lines - 3) > 5" }';
  const found = decideOn(`${quiet}rules: [{ id: r, when: ${when}, require: { secrets: none } }]`, { files });
  expect(found.state).toBe("undecided");
  expect(found.summary).toEqual([
    "r cannot be decided (R): `100 / (file.added_lines - 3) > 5` cannot be answered for src/a.ts: `100 / (file.added_lines - 3)` divides by zero.",
  ]);
  expect(found.nextSteps).toEqual([
    "r: Mend `when.if` of this rule, which cannot be worked out here: ask first whether it can be, as in `n > 0 && 100 / n > 5`.",
  ]);
});

test("a rule of which nobody knows whether it applies to one file tells of that one, though a condition holds for another", () => {
  const files = [{ path: "src/a.ts", addedLines: 3 }, { path: "lib/b.ts" }];
  const when = '{ paths: [src/**], if: "file.added_lines > 5 || pull_request.draft" }';
  const rule = `{ id: r, when: ${when}, require: { size: { max_commits: 0 } } }`;
  const found = decideOn(`${quiet}rules: [${rule}]`, { files });
  const why = "`file.added_lines > 5 || pull_request.draft` cannot be answered for src/a.ts: no pull request was read";
  expect(found.state).toBe("undecided");
  expect(found.summary).toEqual([`r cannot be decided (R): ${why}.`]);
  expect(found.nextSteps).toEqual([`r: Let the gate read what \`when.if\` of this rule asks about: ${why}.`]);
});

describe("the summary says why, most important first", () => {
  test.each([
    { says: "nothing applies", policy: quiet, sketch: {}, is: ["No rule of the policy applies to this change."] },
    {
      says: "one rule is met",
      policy: `${quiet}rules: [{ id: r, require: { secrets: none } }]`,
      sketch: {},
      is: ["The one rule that applies is met."],
    },
    {
      says: "two rules are met",
      policy: `${quiet}rules: [{ id: r, require: { secrets: none } }, { id: s, require: { secrets: none } }]`,
      sketch: {},
      is: ["All 2 rules that apply are met."],
    },
    {
      says: "a block before a warning, each with its reason",
      policy: `${quiet}rules:
  - { id: first, mode: warn, require: { trailers: [T] } }
  - { id: second, title: It is tested, require: { coverage: { patch_lines: 80 } } }`,
      sketch: ai,
      is: [
        "second blocks (It is tested): the coverage of the change is not known: no coverage report was given.",
        "first warns (First): commit 84a516841b (agent-assisted) lacks T.",
      ],
    },
    {
      says: "what enforcement would have said stands in the decision, and not here a second time",
      policy: `mode: observe\n${quiet}rules: [{ id: r, require: { trailers: [T] } }]`,
      sketch: ai,
      is: ["r warns (R): commit 84a516841b (agent-assisted) lacks T."],
    },
    {
      says: "a reason that is a sentence already gets no second full stop",
      policy: `${quiet}rules: [{ id: r, require: { findings: { max_errors: 0 } } }]`,
      sketch: {
        findings: [sampleFinding({ severity: "error", message: "No test enters it.", place: { kind: "change" } })],
      },
      is: ["r blocks (R): swallowed-error at the change: No test enters it."],
    },
    {
      says: "what is met is not counted beside what is not",
      policy: `${quiet}rules: [{ id: r, mode: warn, require: { size: { max_commits: 0 } } }, { id: s, require: { secrets: none } }]`,
      sketch: {},
      is: ["r warns (R): commits: 1, and at most 0 may be there."],
    },
    {
      says: "of several reasons, the one that is not met",
      policy: `${quiet}rules: [{ id: r, require: { secrets: none, size: { max_commits: 0, max_files: 1 } } }]`,
      sketch: {},
      is: ["r blocks (R): commits: 1, and at most 0 may be there."],
    },
    {
      says: "where several things are missing, what they have in common",
      policy: `${quiet}rules: [{ id: r, require: { size: { max_commits: 0, max_files: 0 } } }]`,
      sketch: {},
      is: ["r blocks (R): the change is too large."],
    },
    {
      says: "what would block before what would only warn",
      policy: `${quiet}rules:
  - { id: first, require: { coverage: { patch_lines: 80, no_report: warn } } }
  - { id: second, mode: warn, require: { size: { max_commits: 0 } } }`,
      sketch: {},
      is: [
        "second warns (Second): commits: 1, and at most 0 may be there.",
        "first warns (First): the coverage of the change is not known: no coverage report was given.",
      ],
    },
    {
      says: "what was not read comes first",
      policy: `${quiet}rules: [{ id: r, require: { trailers: [T] } }]`,
      sketch: { ...ai, incomplete: ["read 250 of 312 commits"] },
      is: [
        "The change was not read whole, and nothing is decided on a part: read 250 of 312 commits.",
        "r blocks (R): commit 84a516841b (agent-assisted) lacks T.",
      ],
    },
  ])("$says", ({ policy, sketch, is }) => expect(decideOn(policy, sketch).summary).toEqual(is));

  test("the area that waits is named, although a single approval was considered", () => {
    const says = "auth waits for an approval by ann";
    const refused: AreaApproval["considered"][number] = {
      user: "dev",
      review: "1",
      reason: "not-an-owner",
      says: "dev does not own auth",
      files: [],
    };
    const of: Approvals["of"] = (request) => ({
      ...noApprovals.of(request),
      ...{ state: "waiting", unsatisfiable: null, says, considered: [refused] },
    });
    const policy = `${quiet}areas: { auth: { paths: [src/**] } }
rules: [{ id: r, when: { area: auth }, require: { owner_approval: {} } }]`;
    expect(decideOn(policy, { ...ai, approvals: { ...noApprovals, of } }).summary).toEqual([
      `r needs an approval (R): ${says}.`,
    ]);
  });

  test("without a policy file it says which one applies", () => {
    expect(decideOn(`mode: observe\n${quiet}`, {}, "default").summary.at(-1)).toBe(
      "No policy file was found, so the built-in `observe` policy applies.",
    );
  });
});

describe("the next steps are what to do, most important first, each once", () => {
  test("nothing is left to do when every rule is met", () => {
    expect(decideOn("rules: [{ id: r, require: { secrets: none } }]").nextSteps).toEqual([]);
  });

  test("blocks come before warnings, and a met requirement asks for nothing", () => {
    const decision = decideOn(
      `${quiet}rules:
  - { id: warns, mode: warn, require: { trailers: [T] } }
  - { id: blocks, require: { secrets: none, coverage: { patch_lines: 80, ai_lines: 1 } } }`,
      { ...ai, coverage: buildCoverage({ files: [{ path: "src/a.ts", covered: [1], uncovered: [2] }] }) },
    );
    expect(decision.nextSteps).toEqual([
      "blocks: Test 1 more of the added lines, for instance in src/a.ts (2).",
      'warns: Run `git commit --amend --no-edit --trailer "T: <value>"`.',
    ]);
  });

  test("a second rebase is the same rebase: its ids would be gone", () => {
    const commits = ["c", "d"].map((name) => ({ name, verdict: "agent-assisted" as const }));
    const rules = "rules: [{ id: r, require: { trailers: [T] } }, { id: s, require: { trailers: [U] } }]";
    const [first = "", second = ""] = decideOn(quiet + rules, { commits }).nextSteps;
    expect(first).toMatch(/^r: Run `git rebase -i .* `git rebase --continue`\.$/);
    expect(second).toMatch(/^s: .* Do it in the same rebase as step 1: afterwards these ids are gone\.$/);
  });

  test("a rebase after the last commit was amended says that its id is another", () => {
    const commits = [
      { name: "c", verdict: "agent-assisted" as const, trailers: [{ key: "T", value: "1" }] },
      { name: "d", verdict: "agent-assisted" as const },
    ];
    const rules = "rules: [{ id: r, require: { trailers: [T] } }, { id: s, require: { trailers: [U] } }]";
    const [first = "", second = ""] = decideOn(quiet + rules, { commits }).nextSteps;
    expect(first).toBe('r: Run `git commit --amend --no-edit --trailer "T: <value>"`.');
    expect(second).toMatch(/ Since step 1 the last commit has another id\.$/);
  });

  test("what needs no rebase is not told of one", () => {
    const commits = ["c", "d"].map((name) => ({ name, verdict: "agent-assisted" as const }));
    const rules = "rules: [{ id: r, require: { trailers: [T] } }, { id: s, require: { labels: safe } }]";
    const steps = decideOn(quiet + rules, { commits, labels: [] }).nextSteps;
    expect(steps[0]).toMatch(/^r: Run `git rebase -i /);
    expect(steps[1]).toBe("s: Have somebody set safe.");
  });

  test("the advice of an approval that is there is no step", () => {
    const of: Approvals["of"] = (request) => ({
      ...noApprovals.of(request),
      ...(request.area === "auth" ? { state: "satisfied", fix: "Nothing." } : { state: "waiting", fix: "Ask ann." }),
    });
    const areas = "areas: { auth: { paths: [src/auth/**] }, pay: { paths: [src/pay/**] } }";
    const decision = decideOn(`${quiet}${areas}\nrules: [{ id: r, require: { owner_approval: {} } }]`, {
      files: [{ path: "src/auth/a.ts" }, { path: "src/pay/a.ts" }],
      approvals: { ...noApprovals, of },
    });
    expect(decision.nextSteps).toEqual(["r: Ask ann."]);
  });

  test("a part of a change must be made whole first", () => {
    const decision = decideOn(`${quiet}rules: [{ id: r, require: { trailers: [T] } }]`, {
      ...ai,
      incomplete: ["shallow"],
    });
    expect(decision.nextSteps[0]).toBe("Read the change whole first: fetch the missing history, or split the change.");
  });
});

describe("exceptions are told apart from what is met", () => {
  const expires = 'reason: moving, owner: payments, expires: "2026-12-31"';
  const rules = "rules: [{ id: r, require: { trailers: [T] } }, { id: s, require: { secrets: none } }]";
  const breakGlass = "break_glass: { who: { users: [ann] }, max_age: 4h }";
  const given = { id: "7", by: "ann", reason: "down.", at: "2026-11-20T23:00:00Z", commit: "a".repeat(40) };

  function decideAt(yaml: string, asOf = "2026-11-21T00:00:00Z", sketch = ai): Decision {
    const approvals = { ...noApprovals, isAmong: () => "yes" as const, sameContentAt: () => "yes" as const };
    return decide({
      policy: buildPolicy(yaml),
      source: { source: "repository", path: ".github/countersign.yml", commit: null },
      subject: { ...buildSubject({ approvals, ...sketch }), asOf, overrides: present([given]) },
      vocabulary: sampleVocabulary,
      engine: { name: "countersign", version: "1.2.3" },
      factsDigest: "f".repeat(64),
    });
  }
  const waived = `${quiet}${rules}\nwaivers: [{ id: W-12, rule: r, ${expires} }]`;
  const overridden = `${quiet}${rules}\n${breakGlass}`;

  test("a waived rule is not counted as met", () => {
    expect(decideAt(waived).summary).toEqual(["1 of 2 rules that apply are met.", "Waived for now: r (W-12)."]);
    expect(decideAt(waived).nextSteps).toEqual([]);
  });

  test("where all is waived nothing is counted, and every waiver is named", () => {
    const all = `[{ id: W-1, rule: r, ${expires} }, { id: W-2, rule: r, ${expires} }]`;
    const { summary } = decideAt(`${quiet}rules: [{ id: r, require: { trailers: [T] } }]\nwaivers: ${all}`);
    expect(summary).toEqual(["Waived for now: r (W-1, W-2)."]);
  });

  test("break-glass names every rule that it overrides, of whichever policy", () => {
    const policy = buildPolicy(overridden.replace("secrets: none", "size: { max_commits: 0 }"));
    const floors = [{ repo: "acme/policies", path: "p.yml", ref: "a".repeat(40), policy }];
    const approvals = { ...noApprovals, isAmong: () => "yes" as const, sameContentAt: () => "yes" as const };
    const { summary } = decide({
      policy: { ...policy, floors },
      source: { source: "repository", path: ".github/countersign.yml", commit: null },
      subject: { ...buildSubject({ approvals, ...ai }), overrides: present([given]) },
      vocabulary: sampleVocabulary,
      engine: { name: "countersign", version: "1.2.3" },
      factsDigest: "f".repeat(64),
    });
    expect(summary[0]).toBe(
      "Break-glass: ann overrides the policy until 2026-11-21T03:00:00.000Z (down): r, s, r of acme/policies, s of acme/policies are not met and do not hold the change up.",
    );
  });

  test("break-glass is told first, and what remains to be done after it", () => {
    const decision = decideAt(overridden);
    expect(decision.state).toBe("pass");
    expect(decision.override).toEqual({ by: "ann", reason: "down.", until: "2026-11-21T03:00:00.000Z" });
    expect(decision.summary[0]).toBe(
      "Break-glass: ann overrides the policy until 2026-11-21T03:00:00.000Z (down): r is not met and does not hold the change up.",
    );
    expect(decision.nextSteps).toEqual([
      "Afterwards: have what break-glass let through looked at, and meet the rules that it names.",
    ]);
  });

  test.each([
    { says: "a waiver that ends", yaml: waived, later: "2027-01-01T00:00:00Z" },
    { says: "an override that ends", yaml: overridden, later: "2026-11-21T03:00:00.001Z" },
    {
      says: "a rule that is enforced from a day on",
      yaml: `${quiet}mode: warn\nrules: [{ id: r, enforce_after: "2027-01-15", require: { trailers: [T] } }]`,
      later: "2027-01-15T00:00:00Z",
    },
  ])("the id of the evaluation covers $says, and not the clock", ({ yaml, later }) => {
    const id = (asOf: string) => decideAt(yaml, asOf).evaluationId;
    expect(id("2026-11-21T00:00:01Z")).toBe(id("2026-11-21T00:00:00Z"));
    expect(id(later)).not.toBe(id("2026-11-21T00:00:00Z"));
  });
});

describe("who can settle what is open", () => {
  const of =
    (state: AreaApproval["state"]): Approvals["of"] =>
    (request) => ({ ...noApprovals.of(request), state });
  const asked = (state: AreaApproval["state"], yaml: string) => {
    const open: string[][] = [];
    const smallestSet: Approvals["smallestSet"] = (areas) => {
      open.push(areas.map(({ area }) => area));
      return areas.length === 0 ? [] : [{ user: "ann", areas: areas.map(({ area }) => area) }];
    };
    const approvals = { ...noApprovals, of: of(state), smallestSet };
    const { reviewers } = decideOn(`${quiet}areas: { auth: { paths: [src/**] } }\n${yaml}`, { ...ai, approvals });
    return { open, reviewers };
  };
  const rule = "rules: [{ id: r, when: { area: auth }, require: { owner_approval: {} } }]";

  test.each([
    { state: "waiting", is: ["auth"] },
    { state: "stale", is: ["auth"] },
    { state: "blocked", is: ["auth"] },
    { state: "satisfied", is: [] },
    { state: "error", is: [] },
  ] as const)("an area that is $state", ({ state, is }) => {
    expect(asked(state, rule).open).toEqual([is]);
    expect(asked(state, rule).reviewers.map(({ user }) => user)).toEqual(is.length === 0 ? [] : ["ann"]);
  });
});

test("whoever is not needed is not asked: of an area that is approved, or of a rule that is overridden", () => {
  const open: string[][] = [];
  const approvals: Approvals = {
    ...noApprovals,
    isAmong: () => "yes",
    sameContentAt: () => "yes",
    of: (request) => ({ ...noApprovals.of(request), state: request.area === "auth" ? "satisfied" : "waiting" }),
    smallestSet: (areas) => {
      open.push(areas.map(({ area }) => area));
      return [];
    },
  };
  const policy = buildPolicy(`${quiet}areas: { auth: { paths: [src/auth/**] }, pay: { paths: [src/pay/**] } }
break_glass: { who: { users: [ann] }, max_age: 4h }
rules: [{ id: r, require: { owner_approval: {} } }]`);
  const subject = buildSubject({ files: [{ path: "src/auth/a.ts" }, { path: "src/pay/a.ts" }], approvals });
  const at = "2026-11-20T23:00:00Z";
  for (const overrides of [[], [{ id: "7", by: "ann", reason: "down", at, commit: "a".repeat(40) }]])
    decide({
      policy,
      source: { source: "repository", path: null, commit: null },
      subject: { ...subject, overrides: present(overrides) },
      vocabulary: sampleVocabulary,
      engine: { name: "countersign", version: "1.2.3" },
      factsDigest: "f".repeat(64),
    });
  expect(open).toEqual([["pay"], []]);
});

describe("a decision can be found again", () => {
  const input = (rest: Partial<DecisionInput> = {}): DecisionInput => ({
    policy: buildPolicy("mode: warn"),
    source: { source: "local", path: "p.yml", commit: null },
    subject: buildSubject(),
    vocabulary: sampleVocabulary,
    engine: { name: "countersign", version: "1.2.3" },
    factsDigest: "a".repeat(64),
    ...rest,
  });

  test("it carries its engine, the digests of the policy and the facts, and where the policy stood", () => {
    const decision = decide(input());
    expect(decision.engine).toEqual({ name: "countersign", version: "1.2.3" });
    expect(decision.policy).toEqual({
      source: "local",
      path: "p.yml",
      commit: null,
      mode: "warn",
      digest: digestOf(input().policy),
    });
    expect(decision.factsDigest).toBe("a".repeat(64));
    expect(Decision.parse(decision)).toEqual(decision);
  });

  test("as it is read again, its reasons have reasons of their own", () => {
    const decision = decideOn("rules: [{ id: r, require: { size: { max_commits: 0 } } }]");
    expect(decision.rules[0]?.reasons[1]?.reasons).toHaveLength(1);
    expect(Decision.parse(decision)).toEqual(decision);
    const [rule] = decision.rules;
    const broken = { says: "x", state: "no", fix: null, reasons: [{ says: "y" }] };
    expect(Decision.safeParse({ ...decision, rules: [{ ...rule, reasons: [broken] }] }).success).toBe(false);
  });

  test("its id is that of engine, policy and facts: comments in the policy make no other, a rule does", () => {
    const id = decide(input()).evaluationId;
    expect(decide(input({ policy: buildPolicy("# hello\nmode: 'warn'") })).evaluationId).toBe(id);
    expect(decide(input({ policy: buildPolicy("mode: enforce") })).evaluationId).not.toBe(id);
    expect(decide(input({ factsDigest: "b".repeat(64) })).evaluationId).not.toBe(id);
    expect(decide(input({ engine: { name: "countersign", version: "1.2.4" } })).evaluationId).not.toBe(id);
  });
});
