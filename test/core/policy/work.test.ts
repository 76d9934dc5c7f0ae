import { describe, expect, test } from "vitest";
import type { Finding } from "../../../core/findings/finding.ts";
import { evaluate, type Policy } from "../../../core/policy/index.ts";
import { judgeChange } from "../../../core/policy/judge.ts";
import { newWork, spend, working, workLimit } from "../../../core/policy/work.ts";
import { Problem } from "../../../core/problem.ts";
import { sampleSha } from "../../builders.ts";
import { buildPolicy, buildSubject, sampleVocabulary } from "../../subjects.ts";

describe("counting", () => {
  test("up to the limit nothing happens, and one step more is refused", () => {
    const work = newWork(10);
    spend(work, 10);
    expect(() => spend(work, 1)).toThrow(Problem);
  });

  test("the refusal names what took most", () => {
    const work = newWork(100);
    working(work, "rule-a", () => spend(work, 60));
    working(work, "rule-b", () => spend(work, 20));
    expect(() => working(work, "rule-c", () => spend(work, 30))).toThrow(
      "more work on this change than the limit of 100 steps, so nothing was decided. Most was spent on rule-a (55 %), rule-c (27 %), rule-b (18 %).",
    );
  });

  test("or that it was many", () => {
    const work = newWork(100);
    const each = () => {
      for (let rule = 0; rule < 101; rule++) working(work, `r${rule}`, () => spend(work, 1));
    };
    expect(each).toThrow("It was spent on 101 rules, little on each.");
  });
});

/** How many steps a policy takes on so many files. */
function steps(yaml: string, count: number, path = (index: number) => `src/module/file${index}.ts`): number {
  const files = Array.from({ length: count }, (_, index) => ({ path: path(index) }));
  const work = newWork(Infinity);
  judgeChange(buildPolicy(yaml), buildSubject({ files }), sampleVocabulary, work);
  return work.spent;
}

describe("areas", () => {
  const area = (pattern: string) => `areas: { a: { paths: ["${pattern}"] } }`;

  test("cost grows with the files, and no faster", () => {
    const path = () => "src/module/file.ts";
    expect(steps(area("**/module/*.ts"), 20, path)).toBe(2 * steps(area("**/module/*.ts"), 10, path));
  });

  test("any number of `**` costs at most the pattern's length times the path's", () => {
    const pattern = `${"**/a/".repeat(40)}zz/*`;
    const path = () => `${"a/".repeat(200)}b`;
    expect(steps(area(pattern), 1, path)).toBeLessThan(pattern.split("/").length * 201 * 2);
  });

  test("a pattern of another length than the path is given up at once", () => {
    expect(steps(area("a/b"), 1, () => "a/".repeat(100))).toBeLessThanOrEqual(2);
  });
});

describe("whole policies that ask for too much are refused", () => {
  const refused = (rules: string, count: number) => {
    const files = Array.from({ length: count }, (_, index) => ({ path: `src/file${index}.ts` }));
    const subject = buildSubject({ files });
    return () => evaluate(buildPolicy(`rules:\n${rules}`), subject, sampleVocabulary);
  };

  test("a loop over files within a loop over files", () => {
    const rule = `  - { id: r, when: { if: "change.files.all(f, change.files.all(g, f.path != g.path || f.ai == g.ai))" }, require: { secrets: none } }`;
    expect(refused(rule, 3_000)).toThrow("Most was spent on r (100 %).");
    expect(refused(rule, 50)).not.toThrow();
  });

  test("hundreds of rules that each ask about thousands of files", () => {
    const rules = Array.from({ length: 340 }, (_, index) => `  - { id: r${index}, require: { secrets: none } }`);
    expect(refused(rules.join("\n"), 3_000)).toThrow(/spent on \d+ rules, little on each/);
    expect(refused(rules.join("\n"), 100)).not.toThrow();
  });
});

test("a policy and its floors share one limit: neither is refused alone, both together are", () => {
  const rules = Array.from({ length: 120 }, (_, index) => `{ id: r${index}, require: { secrets: none } }`);
  const policy = buildPolicy(`rules: [${rules.join(", ")}]`);
  const floors = [{ repo: "acme/policies", path: "p.yml", ref: sampleSha("floor"), policy }];
  const files = Array.from({ length: 3_000 }, (_, index) => ({ path: `src/file${index}.ts` }));
  const judged = (given: Policy) => () => evaluate(given, buildSubject({ files }), sampleVocabulary);
  expect(judged(policy)).not.toThrow();
  expect(judged({ ...buildPolicy("mode: warn"), floors })).not.toThrow();
  expect(judged({ ...policy, floors })).toThrow("more work on this change than the limit");
});

test("what a floor's rule took is told with the floor's name", () => {
  const loops = `{ if: "change.files.all(f, change.files.all(g, f.path != g.path || f.ai == g.ai))" }`;
  const policy = buildPolicy(`rules: [{ id: loops, when: ${loops}, require: { secrets: none } }]`);
  const floors = [{ repo: "acme/policies", path: "p.yml", ref: sampleSha("floor"), policy }];
  const files = Array.from({ length: 3_000 }, (_, index) => ({ path: `src/file${index}.ts` }));
  const judged = () => evaluate({ ...buildPolicy("mode: warn"), floors }, buildSubject({ files }), sampleVocabulary);
  expect(judged).toThrow("Most was spent on loops of acme/policies");
});

test("the limit is the documented one", () => expect(workLimit).toBe(100_000_000));

describe("what every rule asks again is counted", () => {
  const rules = (count: number, require: string, more = "") =>
    `${more}rules: [${Array.from({ length: count }, (_, n) => `{ id: r${n}, require: ${require} }`).join(", ")}]`;
  const finding = (path: string, line: number): Finding => ({
    rule: "swallowed-error",
    place: { kind: "lines", path, start: line, end: line },
    message: "",
    identity: "",
    severity: "warning",
    severityReason: "",
    confidence: "high",
    help: "",
    writer: null,
    waivedBy: null,
    fingerprint: "0".repeat(32),
  });
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `src/f${index}.ts` }));
  const ai = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `c${index}`, verdict: "agent-assisted" as const }));
  test.each([
    {
      says: "findings by rules",
      policy: rules(200, "{ findings: { max_errors: 0, escalate: { swallowed-error: error } } }"),
      sketch: {
        files,
        findings: files.flatMap(({ path }) =>
          [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17].map((line) => finding(path, line)),
        ),
      },
    },
    {
      says: "trailers of commits by rules",
      policy: rules(300, "{ trailers: [Assisted-by, AI-Prompt, AI-Accepted] }"),
      sketch: { commits: ai(1_500), files: [{ path: "a.ts", commits: ["c0"] }] },
    },
    {
      says: "waivers of paths with stars",
      policy: `${rules(1, "{ trailers: [Assisted-by] }")}\nwaivers: [{ id: W, rule: r0, reason: x, owner: ann, expires: "2099-01-01", paths: [${Array.from({ length: 300 }, (_, n) => `"src/*/*${"a".repeat(120)}b${n}"`).join(", ")}] }]`,
      sketch: { files: Array.from({ length: 100 }, (_, index) => ({ path: `src/${index}/${"a".repeat(245)}.ts` })) },
    },
  ])("$says", ({ policy, sketch }) => {
    expect(() => evaluate(buildPolicy(policy), buildSubject(sketch), sampleVocabulary)).toThrow(Problem);
  });
});
