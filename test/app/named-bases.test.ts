import { expect, test } from "vitest";
import { isNamedBase, learnBases, namedBases } from "../../app/named-bases.ts";
import { loadPolicy, type Policy } from "../../core/policy/index.ts";
import { absent } from "../../core/evidence.ts";
import { modelStore } from "../adapters/store/model-store.ts";
import { startBench } from "./worker/bench.ts";
import { waiting } from "./worker/world.ts";

/** Which branches beside the default one a direct push is looked at on. */
function policyWith(...bases: readonly string[]): Policy {
  const rules = bases.map(
    (base, index) => `  - id: r${index}\n    when: { base: ${base} }\n    require: { secrets: none }\n`,
  );
  const text = `version: 1\nrules:${rules.length === 0 ? " []" : `\n${rules.join("")}`}\n`;
  const loaded = loadPolicy(text, {
    ...{ file: "countersign.yml", lintRules: [], tools: [], floors: absent("none"), organisation: null },
  });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ what }) => what).join("\n"));
  return loaded.policy;
}

test.each([
  { says: "a name", bases: ['"release"'], named: ["release"], not: ["release/1", "main"] },
  { says: "a pattern", bases: ['["release/*", "!release/0"]'], named: ["release/1"], not: ["release/0", "topic"] },
  { says: "one of several rules", bases: ['"a"', '"b"'], named: ["a", "b"], not: ["c"] },
  { says: "every branch: none is singled out", bases: ['"**"'], named: [], not: ["main", "topic"] },
  { says: "all but one: none is singled out", bases: ['["!main"]'], named: [], not: ["topic"] },
  { says: "no rule names one", bases: [], named: [], not: ["main"] },
])("$says", async ({ bases, named, not }) => {
  const store = modelStore();
  await learnBases(store, 71, policyWith('"before"'), "2026-03-01T12:00:00.000Z");
  await learnBases(store, 71, policyWith(...bases), "2026-03-01T12:00:01.000Z");
  const is = (branch: string, repository = 71) => isNamedBase(store, { repository, branch });
  for (const branch of named) expect([branch, await is(branch), await is(branch, 72)]).toEqual([branch, true, false]);
  for (const branch of [...not, "before"]) expect([branch, await is(branch)]).toEqual([branch, false]);
});

test("a judgement that began before the policy changed takes nothing back", async () => {
  const store = modelStore();
  await learnBases(store, 71, policyWith('"next"'), "2026-03-01T12:00:05.000Z");
  await learnBases(store, 71, policyWith('"before"'), "2026-03-01T12:00:01.000Z");
  const is = (branch: string) => isNamedBase(store, { repository: 71, branch });
  expect([await is("next"), await is("before")]).toEqual([true, false]);
});

test("the same again is remembered once, however often a rule says it", () => {
  expect(namedBases(policyWith('"a"', '"a"'))).toEqual([["a"]]);
});

test.each([
  { says: "named by the policy is looked at as what landed", base: "next", looked: true },
  { says: "that it does not name is looked at by nobody", base: "other", looked: false },
])("a push to a branch $says", async ({ base, looked }) => {
  const { world, clock, tell, store } = await startBench();
  await learnBases(store, 71, policyWith(`"${base}"`), clock.now().toISOString());
  await tell({ kind: "policy", branch: "next" });
  await clock.advance(5_000);
  expect([...world.judged.keys()].some((key) => key.startsWith("landing/71/"))).toBe(looked);
  expect([...world.judged.keys()].some((key) => key.startsWith("push/"))).toBe(false);
  expect((await waiting(store)).subjects).toBe(0);
});
