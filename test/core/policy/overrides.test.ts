import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { evaluate, type Subject } from "../../../core/policy/index.ts";
import { overrideInForce } from "../../../core/policy/overrides.ts";
import { sampleSha } from "../../builders.ts";
import { buildPolicy, buildSubject, noApprovals, sampleVocabulary, type SubjectSketch } from "../../subjects.ts";

type Given = Extract<Subject["overrides"], { state: "present" }>["value"][number];

const given: Given = {
  id: "7",
  by: "ann",
  reason: "the payment page is down",
  at: "2026-11-21T10:00:00Z",
  commit: sampleSha("head"),
};
const breakGlass = { who: { users: ["ann"], teams: [] }, maxAgeMs: 4 * 60 * 60 * 1000 };

/** `ann` is among those who may; the content is what it was at `head` and nowhere else. */
const approvals: Subject["approvals"] = {
  ...noApprovals,
  isAmong: (login) => (login === "ann" ? "yes" : login === "eve" ? "no" : "unknown"),
  sameContentAt: ({ commit }) =>
    commit === sampleSha("head") ? "yes" : commit === sampleSha("other") ? "no" : "unknown",
};

function subjectWith(overrides: Subject["overrides"], asOf = "2026-11-21T12:00:00Z", sketch: SubjectSketch = {}) {
  return { ...buildSubject({ approvals, ...sketch }), overrides, asOf };
}

describe("when a use of break-glass counts", () => {
  test.each<{ says: string; given?: Partial<Given>; asOf?: string; counts: boolean }>([
    { says: "by one of them, in time, on what is there now", counts: true },
    { says: "up to the last instant of its age", asOf: "2026-11-21T14:00:00Z", counts: true },
    { says: "not a moment later", asOf: "2026-11-21T14:00:00.001Z", counts: false },
    { says: "not by somebody else", given: { by: "eve" }, counts: false },
    { says: "not by somebody whose team was not read", given: { by: "bob" }, counts: false },
    { says: "not when the content is another", given: { commit: sampleSha("other") }, counts: false },
    { says: "not when the content then was not read", given: { commit: sampleSha("gone") }, counts: false },
    { says: "a little ahead, by another clock", given: { at: "2026-11-21T12:04:00Z" }, counts: true },
    { says: "at most five minutes ahead", given: { at: "2026-11-21T12:05:00Z" }, counts: true },
    { says: "not a moment more", given: { at: "2026-11-21T12:05:00.001Z" }, counts: false },
    { says: "not from the future", given: { at: "2026-11-21T12:06:00Z" }, counts: false },
    { says: "not at an instant that is none", given: { at: "now" }, counts: false },
    { says: "not read at an instant that is none", asOf: "now", counts: false },
  ])("$says", ({ given: rest, asOf, counts }) => {
    const found = overrideInForce(breakGlass, subjectWith(present([{ ...given, ...rest }]), asOf));
    expect(found !== null).toBe(counts);
  });

  test("it ends when its age does", () => {
    expect(overrideInForce(breakGlass, subjectWith(present([given])))).toEqual({
      id: "7",
      by: "ann",
      reason: "the payment page is down",
      until: "2026-11-21T14:00:00.000Z",
    });
  });

  test("a policy without break-glass knows none, and what was not read never counts", () => {
    expect(overrideInForce(null, subjectWith(present([given])))).toBeNull();
    expect(overrideInForce(breakGlass, subjectWith(absent("not read")))).toBeNull();
  });

  test("of several the one counts that ends last, in whatever order they come", () => {
    const later = { ...given, id: "8", at: "2026-11-21T11:00:00Z" };
    for (const list of [
      [given, later],
      [later, given],
      [later, given, later],
    ])
      expect(overrideInForce(breakGlass, subjectWith(present(list)))?.id).toBe("8");
  });

  test("of several that end alike the one with the first id counts", () => {
    const ids = (list: readonly string[]) => list.map((id) => ({ ...given, id }));
    for (const list of [
      ["6", "7", "8"],
      ["8", "7", "6"],
      ["7", "6", "8"],
    ])
      expect(overrideInForce(breakGlass, subjectWith(present(ids(list))))?.id).toBe("6");
  });

  test("it is asked of every file whether it is what it was", () => {
    const asked: boolean[] = [];
    const sameContentAt: Subject["approvals"]["sameContentAt"] = (_seen, belongs) => {
      asked.push(
        ...buildSubject({ files: [{ path: "a" }, { path: "docs/b" }] }).files.map(({ file }) => belongs(file)),
      );
      return "yes";
    };
    overrideInForce(
      breakGlass,
      subjectWith(present([given]), undefined, { approvals: { ...approvals, sameContentAt } }),
    );
    expect(asked).toEqual([true, true]);
  });

  test("who and why are told at no length", () => {
    const long = { ...given, by: "a".repeat(200), reason: "b".repeat(600) };
    const everybody = { ...approvals, isAmong: () => "yes" as const };
    const found = overrideInForce(breakGlass, subjectWith(present([long]), undefined, { approvals: everybody }));
    expect([found?.by, found?.reason]).toEqual([`${"a".repeat(99)}…`, `${"b".repeat(499)}…`]);
  });

  test("who and why are inert", () => {
    const hostile = { ...given, by: "ann", reason: "\u001b[31mred\u202e" };
    expect(overrideInForce(breakGlass, subjectWith(present([hostile])))?.reason).not.toMatch(/[\u001b\u202e]/);
  });
});

describe("what an override does", () => {
  const policy = (mode: string) =>
    buildPolicy(`mode: ${mode}
provenance: { detected_without_trailer: allow }
break_glass: { who: { users: [ann] }, max_age: 4h }
rules:
  - { id: unmet, require: { trailers: [T] } }
  - { id: unknown, require: { disclosure: labelled } }
  - { id: met, require: { secrets: none } }`);
  const ai: SubjectSketch = { commits: [{ name: "head", verdict: "agent-assisted" }] };

  test.each(["observe", "warn", "enforce"])("in mode %s what is not met no longer holds the change up", (mode) => {
    const { rules, state, override } = evaluate(
      policy(mode),
      subjectWith(present([given]), undefined, ai),
      sampleVocabulary,
    );
    expect(rules.map((rule) => `${rule.id} ${rule.state} ${rule.decision}`)).toEqual([
      "unmet overridden pass",
      "unknown overridden pass",
      "met satisfied pass",
      "policy_owners not-applicable pass",
    ]);
    expect(state).toBe("pass");
    expect(override?.by).toBe("ann");
    expect(rules[0]?.reasons[0]?.says).toBe(
      "ann used break-glass, until 2026-11-21T14:00:00.000Z: the payment page is down",
    );
  });

  test("the policy can be mended by it", () => {
    const files = [{ path: ".github/countersign.yml" }];
    const { rules } = evaluate(
      policy("enforce"),
      subjectWith(present([given]), undefined, { ...ai, files }),
      sampleVocabulary,
    );
    expect(rules.find(({ id }) => id === "policy_owners")?.state).toBe("overridden");
  });

  test("a reading that is not whole stays undecided", () => {
    const partial = { ...ai, incomplete: ["read 250 of 312 commits"] };
    const { state, enforced } = evaluate(
      policy("observe"),
      subjectWith(present([given]), undefined, partial),
      sampleVocabulary,
    );
    expect([state, enforced]).toEqual(["undecided", "undecided"]);
  });

  test("where nothing needs it, it is not told", () => {
    const human: SubjectSketch = { commits: [{ name: "head", verdict: "human" }], labels: [] };
    const met = evaluate(policy("enforce"), subjectWith(present([given]), undefined, human), sampleVocabulary);
    expect({ override: met.override, state: met.state }).toEqual({ override: null, state: "pass" });
  });

  test("it is in force as long as it lasts, and the id of the evaluation says so", () => {
    const at = (asOf: string) => evaluate(policy("enforce"), subjectWith(present([given]), asOf, ai), sampleVocabulary);
    expect(at("2026-11-21T12:00:00Z").inForce).toEqual(["override 7"]);
    expect(at("2026-11-22T12:00:00Z").inForce).toEqual([]);
    expect(at("2026-11-22T12:00:00Z").state).toBe("undecided");
  });
});
