import { describe, expect, test } from "vitest";
import type { ApprovalRequest, AreaApproval } from "../../../core/ownership/index.ts";
import { asksAnyone, evaluate } from "../../../core/policy/index.ts";
import {
  buildPolicy,
  buildSignal,
  buildSubject,
  noApprovals,
  sampleVocabulary,
  sentences,
  type FileSketch,
  type SubjectSketch,
} from "../../subjects.ts";

function policyOwners(sketch: SubjectSketch, yaml = "mode: enforce", gateWorkflows: readonly string[] = []) {
  const subject = { ...buildSubject(sketch), gateWorkflows };
  const rule = evaluate(buildPolicy(yaml), subject, sampleVocabulary).rules.find(({ id }) => id === "policy_owners");
  if (rule === undefined) throw new Error("the rule is always on");
  return rule;
}

/** Answers every request the same, and remembers what was asked. */
function answering(rest: Partial<AreaApproval>) {
  const requests: ApprovalRequest[] = [];
  const of = (request: ApprovalRequest): AreaApproval => {
    requests.push(request);
    return { ...noApprovals.of(request), ...rest };
  };
  return { approvals: { ...noApprovals, of }, requests };
}

describe("a change to what the gate asks, and of whom, needs a policy owner", () => {
  test.each<{ says: string; file: FileSketch; applies: boolean }>([
    { says: "the policy", file: { path: ".github/countersign.yml" }, applies: true },
    { says: "a policy that would stand beside it", file: { path: ".github/countersign.yaml" }, applies: true },
    { says: "the same as JSON", file: { path: ".github/countersign.json" }, applies: true },
    { says: "a test of the policy", file: { path: ".github/countersign/auth.test.yml" }, applies: true },
    { says: "code owners", file: { path: "CODEOWNERS" }, applies: true },
    { says: "code owners in .github", file: { path: ".github/CODEOWNERS" }, applies: true },
    { says: "code owners in docs", file: { path: "docs/CODEOWNERS" }, applies: true },
    { says: "the workflow that runs the gate", file: { path: ".github/workflows/gate.yml" }, applies: true },
    { says: "another workflow", file: { path: ".github/workflows/ci.yml" }, applies: false },
    { says: "the policy, deleted", file: { path: ".github/countersign.yml", status: "deleted" }, applies: true },
    {
      says: "the policy, moved away",
      file: { path: "old.yml", previousPath: ".github/countersign.yml" },
      applies: true,
    },
    { says: "the policy in another case", file: { path: ".GitHub/Countersign.yml" }, applies: true },
    { says: "code owners elsewhere", file: { path: "src/CODEOWNERS" }, applies: false },
    { says: "anything else", file: { path: "src/a.ts" }, applies: false },
  ])("$says: $applies", ({ file, applies }) => {
    const rule = policyOwners({ files: [file] }, "mode: enforce", [".github/workflows/gate.yml"]);
    expect(rule.state).toBe(applies ? "waiting" : "not-applicable");
    expect(rule.decision).toBe(applies ? "needs-approval" : "pass");
  });

  test.each([
    { says: "the policy itself", policyPath: "ci/gate.yml", path: "ci/gate.yml", applies: true },
    { says: "written with a dot", policyPath: "./ci/gate.yml", path: "ci/gate.yml", applies: true },
    { says: "its tests", policyPath: "ci/gate.yml", path: "ci/gate/auth.test.yml", applies: true },
    { says: "cases beside it", policyPath: "ci/gate.yml", path: "ci/auth.test.yml", applies: true },
    { says: "another case", policyPath: "ci/gate.yml", path: "CI/Gate.yml", applies: true },
    { says: "another file beside it", policyPath: "ci/gate.yml", path: "ci/build.yml", applies: false },
    { says: "the usual place too", policyPath: "ci/gate.yml", path: ".github/countersign.yml", applies: true },
    { says: "at the root", policyPath: "gate.yml", path: "gate.yml", applies: true },
    { says: "with a name that would exclude", policyPath: "!gate.yml", path: "!gate.yml", applies: true },
    { says: "without an ending", policyPath: "ci/gate", path: "ci/gate", applies: true },
  ])("a policy at another path, $says: $applies", ({ policyPath, path, applies }) => {
    const rule = policyOwners({ files: [{ path }], policyPath });
    expect(rule.state).toBe(applies ? "waiting" : "not-applicable");
  });

  const files = [{ path: ".github/countersign.yml" }, { path: "src/a.ts" }];

  test.each([
    { mode: "observe", is: "observe waiting warn needs-approval" },
    { mode: "warn", is: "warn waiting warn needs-approval" },
    { mode: "enforce", is: "enforce waiting needs-approval needs-approval" },
  ])("in the mode of the file: $is", ({ mode, is }) => {
    const rule = policyOwners({ files }, `mode: ${mode}`);
    expect(`${rule.mode} ${rule.state} ${rule.decision} ${rule.enforced}`).toBe(is);
  });

  test.each([
    { state: "satisfied", unsatisfiable: null, is: "satisfied pass" },
    { state: "stale", unsatisfiable: null, is: "stale needs-approval" },
    { state: "blocked", unsatisfiable: null, is: "blocked block" },
    { state: "unsatisfiable", unsatisfiable: "no-eligible-owner", is: "unsatisfiable needs-approval" },
    { state: "unsatisfiable", unsatisfiable: "configuration", is: "unsatisfiable undecided" },
    { state: "error", unsatisfiable: null, is: "undecided undecided" },
  ] as const)("an approval that is $state ($unsatisfiable): $is", ({ state, unsatisfiable, is }) => {
    const rule = policyOwners({ files, approvals: answering({ state, unsatisfiable }).approvals });
    expect(`${rule.state} ${rule.decision}`).toBe(is);
    expect(rule.approvals.map((approval) => approval.state)).toEqual([state]);
  });

  test.each([
    {
      says: "the policy names its owners",
      yaml: "policy_owners: { teams: [acme/security] }\ndefault_owners: { users: [bob] }",
      asked: { owners: { users: [], teams: ["acme/security"] }, orAnyone: false },
    },
    {
      says: "it names none: code owners, and at last whoever can push",
      yaml: "mode: enforce",
      asked: { owners: "codeowners", orAnyone: true },
    },
  ])("$says", ({ yaml, asked }) => {
    const { approvals, requests } = answering({});
    policyOwners({ files, approvals }, yaml);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ ...asked, count: 1, exclude: ["author", "committers", "agent_requester"] });
    const belongs = buildSubject({ files }).files.map(({ file }) => requests[0]?.belongs(file));
    expect(belongs).toEqual([true, false]);
  });
});

describe("who can push is worth knowing", () => {
  const second = "rules: [{ id: a, require: { secrets: none } }, { id: r, require: { second_human: true } }]";
  const own = "policy_owners: { users: [ann] }";
  test.each<{ says: string; yaml: string; files: FileSketch[]; floor?: string; is: boolean }>([
    { says: "for a second human", yaml: `${second}\n${own}`, files: [{ path: "a.ts" }], is: true },
    {
      says: "for the policy's own files where it names no owners",
      yaml: "mode: warn",
      files: [{ path: "a.ts" }, { path: "CODEOWNERS" }],
      is: true,
    },
    { says: "for the gate's workflow", yaml: "mode: warn", files: [{ path: ".github/workflows/gate.yml" }], is: true },
    { says: "for the policy at another path", yaml: "mode: warn", files: [{ path: "ci/gate.yml" }], is: true },
    { says: "not for other files", yaml: "mode: warn", files: [{ path: "a.ts" }], is: false },
    { says: "not for no files", yaml: "mode: warn", files: [], is: false },
    { says: "not where the policy names its owners", yaml: own, files: [{ path: "CODEOWNERS" }], is: false },
    { says: "for a floor's second human", yaml: own, floor: `${second}\n${own}`, files: [{ path: "a.ts" }], is: true },
    {
      says: "for a floor that names no owners",
      yaml: own,
      floor: "mode: warn",
      files: [{ path: "CODEOWNERS" }],
      is: true,
    },
  ])("$says: $is", ({ yaml, files, floor, is }) => {
    const policy = buildPolicy(yaml);
    const floors = floor === undefined ? [] : [{ repo: "acme/x", path: "p.yml", ref: "0", policy: buildPolicy(floor) }];
    const changed = buildSubject({ files }).files.map(({ file }) => file);
    const subject = { gateWorkflows: [".github/workflows/gate.yml"], policyPath: "ci/gate.yml" };
    expect(asksAnyone({ ...policy, floors }, changed, subject)).toBe(is);
  });
});

describe("the policy's own files at another path", () => {
  const owned = (policyPath: string | null, path: string) =>
    policyOwners({ files: [{ path }], ...(policyPath === null ? {} : { policyPath }) }).state !== "not-applicable";
  test.each([
    { policyPath: "./ci//gate.yml", path: "ci/gate/a.yml", is: true },
    { policyPath: "ci/.yml", path: "ci/x/a.yml", is: false },
    { policyPath: "ci/.yml", path: "ci/a.test.yml", is: true },
    { policyPath: "ci/gate.v2.yml", path: "ci/gate.v2/a.yml", is: true },
    { policyPath: "ci/gate.v2.yml", path: "ci/gate/a.yml", is: false },
    { policyPath: "ci/gate", path: "ci/gate/a.yml", is: true },
    { policyPath: "gate.yml", path: "a.test.yml", is: true },
    { policyPath: "gate.yml", path: "ci/a.test.yml", is: false },
    { policyPath: ".github/countersign.yml", path: ".github/a.test.yml", is: false },
    { policyPath: ".github/countersign.yaml", path: ".github/a.test.yml", is: false },
    { policyPath: null, path: "Stryker was here", is: false },
    { policyPath: "!a/gate.yml", path: "!a/gate.yml", is: true },
  ])("$policyPath: $path, $is", ({ policyPath, path, is }) => expect(owned(policyPath, path)).toBe(is));
});

describe("built-in rules say what they are about", () => {
  const titles = (yaml: string) =>
    evaluate(buildPolicy(yaml), buildSubject(), sampleVocabulary).rules.map(({ id, title }) => `${id}: ${title}`);
  const policy =
    "policy_owners: A change to the policy, to code owners or to the gate's workflow has its owner's approval";
  const detected = "provenance.detected_without_trailer: A commit with marks of AI says so in its trailers";
  test.each([
    { yaml: "mode: warn", are: [detected, policy] },
    { yaml: "provenance: { detected_without_trailer: allow }", are: [policy] },
    { yaml: "forbid: { kinds: [iac] }", are: ["forbid: Agents stay within their boundaries", detected, policy] },
  ])("$yaml", ({ yaml, are }) => expect(titles(yaml)).toEqual(are));

  test.each([
    { written: "warn", verdict: "agent-assisted", detected: true, is: "warned" },
    { written: "block", verdict: "agent-assisted", detected: true, is: "unsatisfied" },
    { written: "block", verdict: "agent-assisted", detected: false, is: "satisfied" },
    { written: "block", verdict: "human", detected: true, is: "not-applicable" },
  ] as const)(
    "marks of AI alone under $written ($verdict, $detected): $is",
    ({ written, verdict, detected: marked, is }) => {
      const signals = [
        buildSignal({ class: marked ? "identity" : "trailer", strength: marked ? "platform" : "claim" }),
      ];
      const subject = buildSubject({ commits: [{ name: "c", verdict, signals }] });
      const { rules } = evaluate(
        buildPolicy(`provenance: { detected_without_trailer: ${written} }`),
        subject,
        sampleVocabulary,
      );
      expect(rules.find(({ id }) => id === "provenance.detected_without_trailer")?.state).toBe(is);
    },
  );

  test("a change to nothing of the policy", () =>
    expect(sentences(policyOwners({ files: [] })).join("\n")).toContain("files"));
});

describe("top-level `forbid` is a rule of its own", () => {
  test.each([
    { verdict: "agent-assisted", is: "unsatisfied block" },
    { verdict: "human", is: "satisfied pass" },
  ] as const)("$verdict: $is", ({ verdict, is }) => {
    const policy = buildPolicy("forbid: { kinds: [workflow] }");
    const files = [{ path: ".github/workflows/ci.yml" }];
    const { rules } = evaluate(policy, buildSubject({ commits: [{ name: "c", verdict }], files }), sampleVocabulary);
    const rule = rules.find(({ id }) => id === "forbid");
    expect(`${rule?.state} ${rule?.decision}`).toBe(is);
  });

  test("without it there is no such rule", () => {
    const { rules } = evaluate(buildPolicy("mode: enforce"), buildSubject(), sampleVocabulary);
    expect(rules.map(({ id }) => id)).toEqual(["provenance.detected_without_trailer", "policy_owners"]);
  });
});
