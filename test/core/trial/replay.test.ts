import { describe, expect, test } from "vitest";
import { absent } from "../../../core/evidence.ts";
import type { Facts } from "../../../core/facts.ts";
import { compareDecisions, hasChanged } from "../../../core/trial/compare-decisions.ts";
import { countReplay, replayChange, replayKinds } from "../../../core/trial/replay.ts";
import { reviewChange } from "../../../core/review-change.ts";
import { engine, factsOf } from "./try-cases.ts";

/** One change under two policies. */

const disclosed = (mode: string) =>
  `version: 1\nmode: ${mode}\nrules:\n  - id: say-who\n    require: { disclosure: required }\n`;
const approved = "version: 1\nrules:\n  - id: second\n    require: { second_human: true }\n";
const checked = "version: 1\nrules:\n  - id: built\n    require: { checks: [build] }\n";
const nothing =
  "version: 1\nrules:\n  - id: quiet\n    when: { paths: [nowhere/**] }\n    require: { secrets: none }\n";

const silent: Facts = factsOf("change: { author: dev1, files: [{ path: src/a.ts, additions: 3 }] }");

const policy = (text: string, floors: Facts["floors"] = absent("nobody read it")) => ({
  path: "policy.yml",
  text,
  floors,
});

describe("what is new", () => {
  test.each([
    {
      says: "nothing asked before, now who wrote it",
      old: nothing,
      new: disclosed("enforce"),
      kind: "newly-blocks",
      rules: ["say-who"],
    },
    {
      says: "the same the other way round",
      old: disclosed("enforce"),
      new: nothing,
      kind: "newly-passes",
      rules: ["say-who"],
    },
    {
      says: "a warning becomes a block",
      old: disclosed("warn"),
      new: disclosed("enforce"),
      kind: "newly-blocks",
      rules: ["say-who"],
    },
    {
      says: "a block becomes a warning",
      old: disclosed("enforce"),
      new: disclosed("warn"),
      kind: "newly-passes",
      rules: ["say-who"],
    },
    { says: "a pass becomes a warning", old: nothing, new: disclosed("warn"), kind: "same", rules: ["say-who"] },
    { says: "a second human", old: nothing, new: approved, kind: "newly-waits", rules: ["second"] },
    {
      says: "an approval instead of a block",
      old: disclosed("enforce"),
      new: approved,
      kind: "newly-waits",
      rules: ["second", "say-who"],
    },
    { says: "a check that nobody read", old: nothing, new: checked, kind: "newly-undecided", rules: ["built"] },
    {
      says: "a rule that no longer waits is not why something else blocks",
      old: approved,
      new: disclosed("enforce"),
      kind: "newly-blocks",
      rules: ["say-who"],
    },
    { says: "the same policy", old: approved, new: approved, kind: "same", rules: [] },
  ])("$says: $kind", ({ old, new: next, kind, rules }) => {
    const replayed = replayChange({ name: "a", facts: silent }, { old: policy(old), new: policy(next) }, engine);
    expect(replayed).toMatchObject({ name: "a", changeId: silent.change.id, kind, rules, problem: null });
  });

  test("without an old policy the facts' own counts", () => {
    const facts: Facts = {
      ...silent,
      policy: { state: "present", value: { ...policy(disclosed("enforce")), commit: null } },
    };
    const replayed = replayChange({ name: "a", facts }, { old: null, new: policy(nothing) }, engine);
    expect(replayed).toMatchObject({ kind: "newly-passes", before: "block", after: "pass" });
  });

  test("as if every rule were enforced, a policy that observes blocks too", () => {
    const policies = { old: policy(nothing), new: policy(disclosed("observe")) };
    const kinds = (["decision", "enforced"] as const).map(
      (by) => replayChange({ name: "a", facts: silent }, policies, engine, by).kind,
    );
    expect(kinds).toEqual(["same", "newly-blocks"]);
  });

  test("a policy that cannot judge is an outcome with its reason", () => {
    const broken = { old: policy("version: 2\n"), new: policy(nothing) };
    const replayed = replayChange({ name: "a", facts: silent }, broken, engine);
    expect(replayed).toMatchObject({ kind: "not-judged", before: null, after: null });
    expect(replayed.problem).toContain("CS023");
  });

  test("the counts add up", () => {
    const kinds = [nothing, approved, checked, disclosed("enforce"), "version: 2\n"].map((next) =>
      replayChange({ name: "a", facts: silent }, { old: policy(nothing), new: policy(next) }, engine),
    );
    const counts = countReplay(kinds);
    expect(counts).toEqual({
      ...{ total: 5, same: 1, "newly-waits": 1, "newly-undecided": 1 },
      ...{ "newly-blocks": 1, "newly-passes": 0, "not-judged": 1 },
    });
    expect(replayKinds.reduce((sum, kind) => sum + counts[kind], 0)).toBe(counts.total);
  });
});

describe("two decisions side by side", () => {
  const decisionOn = (text: string) =>
    reviewChange({ ...silent, policy: { state: "present", value: { ...policy(text), commit: null } } }).decision;

  test("rules of both, those that are gone last", () => {
    const compared = compareDecisions(decisionOn(disclosed("enforce")), decisionOn(approved));
    expect(compared).toMatchObject({ before: "block", after: "needs-approval" });
    const ids = compared.rules.map(({ id }) => id);
    expect(ids.indexOf("second")).toBeLessThan(ids.indexOf("say-who"));
    expect(compared.rules.find(({ id }) => id === "second")).toMatchObject({ before: null });
    expect(compared.rules.find(({ id }) => id === "say-who")).toMatchObject({ after: null });
  });

  const applies = { state: "satisfied", decision: "pass" } as const;
  const not = { state: "not-applicable", decision: "pass" } as const;
  test.each([
    { says: "the same", before: applies, after: applies, changed: false },
    { says: "another state", before: applies, after: not, changed: true },
    {
      says: "another decision",
      before: { state: "warned", decision: "warn" },
      after: { state: "warned", decision: "pass" },
      changed: true,
    },
    { says: "a new rule that applies", before: null, after: applies, changed: true },
    { says: "a new rule that does not", before: null, after: not, changed: false },
    { says: "a rule gone that applied", before: applies, after: null, changed: true },
    { says: "a rule gone that did not", before: not, after: null, changed: false },
  ] as const)("$says: $changed", ({ before, after, changed }) => {
    expect(hasChanged({ id: "a", floor: null, before, after })).toBe(changed);
  });
});
