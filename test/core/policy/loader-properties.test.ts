import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { present } from "../../../core/evidence.ts";
import type { WrittenFloor } from "../../../core/facts.ts";
import { decisionStates, evaluate, formatProblem, loadPolicy, type Policy } from "../../../core/policy/index.ts";
import { buildSubject, sampleLintRules, sampleVocabulary, type SubjectSketch } from "../../subjects.ts";

const readme = readFileSync(join(import.meta.dirname, "../../../policies/README.md"), "utf8");
const whole = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].at(-1)?.[1] ?? "";

const ref = "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e";
const floorOf = (text: string): WrittenFloor => ({ repo: "acme/policies", path: "ai.yml", ref, text });

/** Everything that the loader tells of a text, one line each. */
function told(text: string, floors: readonly WrittenFloor[] = []): string[] {
  const loaded = loadPolicy(text, {
    file: "p.yml",
    lintRules: sampleLintRules,
    floors: present(floors),
    asOf: "2026-11-21T00:00:00Z",
  });
  return (loaded.ok ? loaded.warnings : loaded.problems).map(formatProblem);
}

const harmless = (line: string) => {
  expect(line).toMatch(/^(p\.yml|acme\/policies:ai\.yml@9f2c1e7b4d):[0-9]+:[0-9]+ CS[0-9]{3}/);
  expect(line).not.toMatch(/[\0-\x1f\u202e]/);
};

describe("the loader never throws", () => {
  test("whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => told(text).forEach(harmless)),
      { numRuns: 100 },
    );
  });

  const damage = fc.record({
    at: fc.nat(whole.length - 1),
    length: fc.nat(12),
    instead: fc.constantFrom(
      "",
      " ",
      "\n",
      "\n  ",
      "- ",
      ": ",
      "[",
      "}",
      '"',
      "*",
      "!",
      "@",
      "&a ",
      "|",
      "\t",
      "\u202e",
      "x",
    ),
  });
  const damaged = fc
    .array(damage, { minLength: 1, maxLength: 3 })
    .map((all) =>
      all.reduce((text, { at, length, instead }) => text.slice(0, at) + instead + text.slice(at + length), whole),
    );

  test("when a policy with every key is damaged here and there", () => {
    fc.assert(
      fc.property(damaged, (text) => told(text).forEach(harmless)),
      { numRuns: 25 },
    );
  });

  test("when a floor is", () => {
    fc.assert(
      fc.property(damaged, (text) => told("version: 1", [floorOf(text)]).forEach(harmless)),
      { numRuns: 15 },
    );
  });

  test("lines of a policy in another order, or left out", () => {
    const lines = fc.shuffledSubarray(whole.split("\n"), { maxLength: 40 });
    fc.assert(
      fc.property(lines, (some) => told(["version: 1", ...some].join("\n")).forEach(harmless)),
      { numRuns: 25 },
    );
  });
});

describe("nothing that a repository writes loosens a floor", () => {
  const floor = [
    "version: 1",
    "areas: { core: { paths: [src/core/**], tier: 1 } }",
    "rules:",
    "  - { id: floor-disclosure, when: { ai: true }, require: { disclosure: canonical } }",
    "  - { id: floor-owner, when: { area: core }, require: { owner_approval: {} } }",
    "  - { id: floor-secrets, require: { secrets: none } }",
  ].join("\n");

  const load = (text: string, floors: readonly WrittenFloor[]): Policy => {
    const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules, floors: present(floors) });
    if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join("\n"));
    return loaded.policy;
  };
  const alone = load(floor, []);

  const file = fc
    .record({
      mode: fc.constantFrom("observe", "warn", "enforce"),
      provenance: fc.constantFrom(
        "{}",
        '{ exclude: ["**"] }',
        "{ counts_as_ai: [suggestion], sensitive_undeclared: human }",
        "{ detected_without_trailer: allow, counts_as_code: { tests: false } }",
      ),
      areas: fc.constantFrom("{}", "{ core: { paths: [other/**], tier: 3 } }", "{ core: { paths: [src/**] } }"),
      rules: fc.subarray([
        "{ id: own, require: { secrets: none } }",
        "{ id: other, when: { area: core }, require: { disclosure: forbidden }, mode: warn }",
      ]),
      waivers: fc.subarray([
        '{ id: W1, finding: swallowed-error, paths: [src/**], reason: x, owner: ann, expires: "2099-01-01" }',
        '{ id: W2, finding: swallowed-error, reason: x, owner: ann, expires: "2099-01-01" }',
      ]),
      glass: fc.constantFrom("", "break_glass: { who: { users: [ann] }, max_age: 2d }"),
      owners: fc.constantFrom("", "policy_owners: { users: [dev] }\ndefault_owners: { users: [dev] }"),
    })
    .map(({ mode, provenance, areas, rules, waivers, glass, owners }) => {
      const used = rules.filter((rule) => areas !== "{}" || !rule.includes("core"));
      const lists = [`rules: [${used.join(", ")}]`, `waivers: [${waivers.join(", ")}]`];
      return [
        "version: 1",
        `mode: ${mode}`,
        `provenance: ${provenance}`,
        `areas: ${areas}`,
        ...lists,
        glass,
        owners,
      ].join("\n");
    });

  const sketch: fc.Arbitrary<SubjectSketch> = fc.record({
    commits: fc
      .constantFrom("agent-authored" as const, "agent-assisted" as const, "undeclared" as const, "human" as const)
      .map((verdict) => [{ name: "c", verdict }]),
    files: fc.subarray(
      [{ path: "src/core/a.ts" }, { path: "docs/b.md" }, { path: "src/core/a.test.ts" }, { path: "x.ts" }],
      { minLength: 1 },
    ),
  });

  test("its rules come to the same beside any file, and the decision to no less", () => {
    fc.assert(
      fc.property(file, sketch, (text, sketched) => {
        const subject = buildSubject(sketched);
        const both = evaluate(load(text, [floorOf(floor)]), subject, sampleVocabulary);
        const own = evaluate(alone, subject, sampleVocabulary);
        const ofFloor = both.rules.filter((rule) => rule.floor !== null);
        expect(ofFloor.map((rule) => ({ ...rule, floor: null }))).toEqual(own.rules);
        expect(decisionStates.indexOf(both.state)).toBeGreaterThanOrEqual(decisionStates.indexOf(own.state));
      }),
      { numRuns: 100 },
    );
  });
});
