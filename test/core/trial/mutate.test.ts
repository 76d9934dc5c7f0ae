import { describe, expect, test } from "vitest";
import { mutateExpression } from "../../../core/trial/mutate-expression.ts";
import { mutantsOf } from "../../../core/trial/mutate.ts";
import { runMutation } from "../../../core/trial/mutation-run.ts";
import { isExercised, ruleCoverage } from "../../../core/trial/rule-coverage.ts";
import type { Trial } from "../../../core/trial/run-trial.ts";
import { tryCases } from "./try-cases.ts";

describe("an expression is written otherwise in one place", () => {
  test.each([
    { text: "a == b", mutants: ["a != b"] },
    { text: "a!=b", mutants: ["a==b"] },
    { text: "a < 3", mutants: ["a <= 3", "a >= 3", "a < 2", "a < 4"] },
    { text: "a >= 0", mutants: ["a > 0", "a < 0", "a >= 1"] },
    { text: "a && b || !c", mutants: ["a || b || !c", "a && b && !c", "a && b || c"] },
    { text: "x == true", mutants: ["x != true", "x == false"] },
    { text: "r > 0.25", mutants: ["r >= 0.25", "r <= 0.25", "r > 0.24", "r > 0.26"] },
    { text: 's == "a && b == 3"', mutants: ['s != "a && b == 3"', 's == "a && b == 3-"'] },
    { text: "s == 'it\\'s < 3'", mutants: ["s != 'it\\'s < 3'", "s == 'it\\'s < 3-'"] },
    { text: 'x in ["a", "b"]', mutants: ['x in ["a-", "b"]', 'x in ["b"]', 'x in ["a", "b-"]', 'x in ["a"]'] },
    { text: 'f(x, "a") && y[0]', mutants: ['f(x, "a-") && y[0]', 'f(x, "a") || y[0]', 'f(x, "a") && y[1]'] },
    { text: "file2.size1", mutants: [] },
    { text: '"never closed < 3', mutants: [] },
  ])("$text", ({ text, mutants }) => {
    expect(mutateExpression(text).map((mutant) => mutant.text)).toEqual(mutants);
  });
});

describe("a policy is changed in one place", () => {
  const names = (text: string) => mutantsOf(text).map(({ name }) => name);

  test.each([
    {
      says: "a mode to every other",
      text: "mode: warn",
      has: ["mode: warn → enforce", "mode: left out"],
    },
    {
      says: "a rule, named by its id, and each part of it",
      text: "rules: [{ id: a-rule, when: { ai: true, area: [auth, billing] }, require: { secrets: none } }]",
      has: [
        "rules.a-rule: left out",
        "rules.a-rule.when: left out",
        "rules.a-rule.when.ai: left out",
        "rules.a-rule.when.ai: true → false",
        "rules.a-rule.when.area: left out",
        'rules.a-rule.when.area: without "auth"',
        'rules.a-rule.when.area: without "billing"',
        "rules.a-rule.require: left out",
        "rules.a-rule.require.secrets: left out",
      ],
    },
    {
      says: "a limit by one step both ways",
      text: "rules: [{ id: a, require: { coverage: { patch_lines: 80, project_delta: -0.5 } } }]",
      has: [
        "rules.a.require.coverage.patch_lines: 80 → 79",
        "rules.a.require.coverage.patch_lines: 80 → 81",
        "rules.a.require.coverage.project_delta: -0.5 → -0.6",
        "rules.a.require.coverage.project_delta: -0.5 → -0.4",
      ],
    },
    {
      says: "a waiver that is wider or longer",
      text: "waivers: [{ id: W-1, rule: a, paths: [b], expires: '2026-12-31', reason: r, owner: o }]",
      has: ["waivers.W-1: left out", "waivers.W-1.paths: left out", "waivers.W-1.expires: 2026-12-31 → 2027-12-31"],
    },
    {
      says: "an expression",
      text: "rules: [{ id: a, when: { if: 'change.size.files > 3' }, require: { secrets: none } }]",
      has: ["rules.a.when.if: > → >=", "rules.a.when.if: 3 → 4"],
    },
    {
      says: "each of several operators that read the same",
      text: "rules: [{ id: d, when: { if: 'a > 1 && b > 1' } }]",
      has: ["rules.d.when.if: > → >=", "rules.d.when.if: > → >= (2nd)", "rules.d.when.if: 1 → 2 (2nd)"],
    },
    {
      says: "a preset to every weaker one",
      text: "extends: [{ preset: recommended@1 }]",
      has: ["extends[0].preset: recommended@1 → warn@1", "extends[0].preset: recommended@1 → observe@1"],
    },
    {
      says: "what nobody wrote to the weakest that there is",
      text: "rules: [{ id: a, require: { owner_approval: { count: 2 } } }]",
      has: ["rules.a.mode: unwritten → observe", "rules.a.require.owner_approval.stale_when: unwritten → never"],
    },
    { says: "the time of break-glass", text: "break_glass: { max_age: 4h }", has: ["break_glass.max_age: 4h → 8h"] },
    {
      says: "a date that turns a rule on",
      text: "rules: [{ id: a, enforce_after: '2027-01-15' }]",
      has: ["rules.a.enforce_after: left out"],
    },
  ])("$says", ({ text, has }) => {
    expect(names(text)).toEqual(expect.arrayContaining(has));
  });

  test.each(["observe", "warn"])("under `mode: %s` a rule observes already", (mode) => {
    expect(names(`mode: ${mode}\nrules: [{ id: a, title: A }]`)).not.toContain("rules.a.mode: unwritten → observe");
  });

  test("what only people read is left as it is", () => {
    expect(names("version: 1\nrules: [{ id: a, title: A }]")).toEqual([
      "rules: left out",
      "rules.a: left out",
      "rules.a.mode: unwritten → observe",
    ]);
  });

  test("a mutant has the place of what is changed, and is the policy without it", () => {
    const [mutant] = mutantsOf("version: 1\nrules:\n  - id: a\n    when: { ai: true }\n").filter(({ name }) =>
      name.endsWith("true → false"),
    );
    expect(mutant).toMatchObject({
      line: 4,
      column: 13,
      text: '{"version":1,"rules":[{"id":"a","when":{"ai":false}}]}',
    });
  });

  test("an operator has its own place, whatever stands around the expression", () => {
    const text = 'rules:\n  - id: d\n    when: { if: "s == \\"x\\" && a > 1 && b > 1" }\n';
    const places = mutantsOf(text).flatMap(({ name, line, column }) =>
      name.includes("> → >=") ? [[line, column]] : [],
    );
    expect(places).toEqual([
      [3, 34],
      [3, 43],
    ]);
    const [mutant] = mutantsOf(text).filter(({ name }) => name.endsWith("> → >= (2nd)"));
    expect(mutant?.text).toContain("a > 1 && b >= 1");
  });

  test("a text that is no policy has none", () => {
    expect(mutantsOf("a: [")).toEqual([]);
  });
});

const policy = `
version: 1
mode: enforce
rules:
  - id: large-changes-have-a-label
    when: { size: { files_over: 1 } }
    require: { labels: [large] }
`;

const file = (n: number) => `{ path: f${n}.ts }`;
const cases = (last: string) => `
cases:
  - { name: two files without the label, change: { files: [${file(1)}, ${file(2)}] }, expect: { decision: block } }
  - { name: one file, change: { files: [${file(1)}] }, expect: { decision: pass } }
${last}`;
const labelled = `  - { name: two files with the label, change: { labels: [large], files: [${file(1)}, ${file(2)}] }, expect: { rules: { large-changes-have-a-label: { state: satisfied } } } }\n`;
const three = `  - { name: three, change: { files: [${file(1)}, ${file(2)}, ${file(3)}] }, expect: { decision: block } }\n`;

function trial(last: string, extra = ""): Trial {
  const tried = tryCases(cases(last) + extra, policy);
  if (Array.isArray(tried)) throw new Error(tried.join("\n"));
  return tried;
}

describe("mutants are killed by cases", () => {
  const withoutLabels = policy.replace("labels: [large]", "secrets: none");

  test("all of them, when the cases say enough", () => {
    const result = runMutation([trial(labelled)]);
    expect(result).toMatchObject({ killed: result.tried, survivors: [], idle: [] });
    expect(result.tried).toBeGreaterThan(4);
  });

  test("one that no case notices survives, with its place and a hint", () => {
    const tried = tryCases(`cases:\n${three}`, policy);
    const result = Array.isArray(tried) ? null : runMutation([tried]);
    expect(result?.survivors.map(({ name, line }) => `${line} ${name}`)).toEqual(
      expect.arrayContaining(["6 rules.large-changes-have-a-label.when.size.files_over: 1 → 2"]),
    );
    expect(result?.survivors.every(({ hint }) => hint.startsWith("a case") || hint.startsWith("two cases"))).toBe(true);
  });

  test("cases of several files kill together", () => {
    const some = tryCases(`cases:\n${three}`, policy);
    const all = [...(Array.isArray(some) ? [] : [some]), trial("")];
    expect(runMutation(all).survivors).toEqual([]);
  });

  test("an accepted survivor is listed with its reason, an idle acceptance apart", () => {
    const accept = `accepted_mutants:\n  - { mutant: "rules.large-changes-have-a-label.when.size.files_over: 1 → 2", reason: two is fine }\n  - { mutant: "mode: gone", reason: x }\n`;
    const tried = tryCases(`cases:\n${three}${accept}`, policy);
    const result = Array.isArray(tried) ? null : runMutation([tried]);
    expect(result?.accepted.map(({ reason }) => reason)).toEqual(["two is fine"]);
    expect(result?.idle).toEqual(["mode: gone"]);
  });

  test("a policy whose rule nothing can break has survivors", () => {
    const tried = tryCases("cases: [{ name: a, expect: { decision: pass } }]", withoutLabels);
    expect(Array.isArray(tried) ? 0 : runMutation([tried]).survivors.length).toBeGreaterThan(0);
  });
});

describe("which rules the cases use", () => {
  test.each([
    { says: "met and not met", last: labelled, met: 1, notMet: 1, exercised: true },
    { says: "never met", last: "", met: 0, notMet: 1, exercised: false },
  ])("$says", ({ last, met, notMet, exercised }) => {
    const [rule] = ruleCoverage([trial(last)]);
    expect(rule).toMatchObject({ id: "large-changes-have-a-label", line: 5 });
    expect([rule?.met.length, rule?.notMet.length]).toEqual([met, notMet]);
    expect(rule !== undefined && isExercised(rule)).toBe(exercised);
  });
});

test("a condition that is left out and all of them have hints of their own", () => {
  const policy = "version: 1\nrules: [{ id: r, when: { ai: true }, require: { secrets: none } }]";
  const hints = mutantsOf(policy).map(({ name, hint }) => `${name} | ${hint}`);
  expect(hints).toContain(
    "rules.r.when: left out | a case for which `when` does not hold, and that expects the rule not to apply",
  );
  expect(hints).toContain(
    "rules.r.when.ai: left out | a case that fits everything in `when` but this, and expects the rule not to apply",
  );
});
