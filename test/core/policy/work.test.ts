import { describe, expect, test } from "vitest";
import type { Finding } from "../../../core/findings/finding.ts";
import type { Approvals } from "../../../core/ownership/index.ts";
import { checkRule } from "../../../core/policy/check-rule.ts";
import { evaluate, type Policy } from "../../../core/policy/index.ts";
import { judgeChange } from "../../../core/policy/judge.ts";
import { limitFor, newWork, spend, working, workLimit } from "../../../core/policy/work.ts";
import { Problem } from "../../../core/problem.ts";
import { sampleSha } from "../../builders.ts";
import { buildPolicy, buildSubject, noApprovals, sampleVocabulary, type SubjectSketch } from "../../subjects.ts";

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

  test("three are named at most, and none below 5 %", () => {
    const each = (parts: readonly number[]) => () => {
      const work = newWork(99);
      parts.forEach((steps, index) => working(work, `r${index}`, () => spend(work, steps)));
    };
    expect(each([40, 30, 20, 10])).toThrow("Most was spent on r0 (40 %), r1 (30 %), r2 (20 %).");
    expect(each([91, 5, 4])).toThrow("Most was spent on r0 (91 %), r1 (5 %).");
  });

  test("the refusal says what to shorten", () => {
    expect(() => spend(newWork(1), 2)).toThrow(
      "Shorten these: fewer patterns, at most one `**` in each, no loops inside loops in `if`, fewer rules for single paths; or split the change.",
    );
  });

  test("what was taken outside any name is told as what it was, and never of what came last", () => {
    const work = newWork(100);
    spend(work, 80);
    working(work, "rule-a", () => spend(work, 2));
    expect(() => working(work, "innocent", () => spend(work, 19))).toThrow(
      "Most was spent on areas (79 %), innocent (19 %).",
    );
  });

  test("work under a name that was taken up again is told as one", () => {
    const work = newWork(100);
    working(work, "areas", () => spend(work, 60));
    expect(() => working(work, "areas", () => spend(work, 60))).toThrow("Most was spent on areas (100 %).");
  });

  test("within another work, each is told of its own part", () => {
    const work = newWork(100);
    const both = () =>
      working(work, "outer", () => {
        spend(work, 40);
        working(work, "inner", () => spend(work, 30));
        spend(work, 40);
      });
    expect(both).toThrow("Most was spent on outer (73 %), inner (27 %).");
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
    const deep = () => `${"a/".repeat(100)}b`;
    expect(steps(area("a/b"), 1, deep) - steps("mode: warn", 1, deep)).toBeLessThan(60);
  });
});

describe("what is done for a file beside comparing is counted", () => {
  const more = (yaml: string, without: string, path: string) =>
    steps(yaml, 1, () => path) - steps(without, 1, () => path);
  const areas = (count: number) =>
    `areas: { ${Array.from({ length: count }, (_, n) => `a${n}: { paths: ["*x${n}/*/?"] }`).join(", ")} }`;

  test("asking one area more, however soon its pattern is given up", () => {
    expect(more(areas(101), areas(1), "src/a.ts")).toBeGreaterThanOrEqual(100 * 40);
  });

  test("the same of a file with hundreds of folders, and no more of it", () => {
    const deep = `${"a/".repeat(300)}b`;
    expect(more(areas(101), areas(1), deep)).toBe(more(areas(101), areas(1), "src/a.ts"));
  });

  test("a part in the shape of a short name, for each pattern that it may mean", () => {
    const list = (count: number) =>
      `areas: { a: { paths: [${Array.from({ length: count }, (_, n) => `"src/abcxyz${n}"`).join(", ")}] } }`;
    expect(more(list(101), list(1), "src/GHIJKL~1")).toBeGreaterThanOrEqual(100 * 60);
    expect(more(list(101), list(1), "src/GHIJKL_1")).toBe(0);
  });

  test("taking a long path apart", () => {
    const long = steps("mode: warn", 1, () => `${"a/".repeat(2_000)}b`);
    expect(long).toBeGreaterThanOrEqual(4_000);
    expect(steps("mode: warn", 1)).toBeLessThan(600);
  });
});

/** How many steps the rules take, beside what the files take without them. */
function rulesTake(rules: string, sketch: SubjectSketch): number {
  const work = newWork(Infinity);
  const policy = buildPolicy(rules);
  const change = judgeChange(policy, buildSubject(sketch), sampleVocabulary, work);
  const before = work.spent;
  for (const rule of policy.rules) checkRule(rule, change, { waivers: [], override: null, floor: null });
  return work.spent - before;
}

describe("what a rule does for a file is counted, at no less than it takes", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => ({ path: `src/f${index}.ts` }));
  const commits = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `c${index}`, verdict: "agent-assisted" as const }));
  const rule = (when: string, require = "{ secrets: none }") =>
    `rules: [{ id: r, when: ${when}, require: ${require} }]\nareas: { a: { paths: ["src/**"] }, b: { paths: ["**"] } }`;
  test.each([
    { says: "a condition", rules: rule("{ kind: test }"), sketch: { files: hundred }, least: 100 * 60 },
    {
      says: "each part of an expression",
      rules: rule('{ if: "file.added_lines + 1 + 1 + 1 > 100" }'),
      sketch: { files: hundred },
      least: 100 * 10 * 25,
    },
    {
      says: "each commit that touched it",
      rules: rule("{ paths: [src/**] }"),
      sketch: { files: hundred, commits: commits(50) },
      least: 100 * 50 * 20,
    },
    {
      says: "each of its areas, for approvals",
      rules: rule("{ paths: [src/**] }", "{ owner_approval: {} }"),
      sketch: { files: hundred },
      least: 100 * (200 + 60 + 2 * 5) + 2 * 2_000,
    },
    {
      says: "each commit, where a boundary asks for an agent",
      rules: rule("{ paths: [src/**] }", "{ forbid: { agents: [cursor], paths: [src/**] } }"),
      sketch: { files: hundred, commits: commits(50) },
      least: 100 * 50 * (20 + 2 * 10),
    },
  ])("$says", ({ rules, sketch, least }) => expect(rulesTake(rules, sketch)).toBeGreaterThanOrEqual(least));

  test("a narrow rule for findings looks through the commits of all files, which is counted once for a change", () => {
    const narrow = (count: number) =>
      `rules: [${Array.from({ length: count }, (_, n) => `{ id: r${n}, when: { paths: [src/f1.ts] }, require: { findings: { max_errors: 0 } } }`).join(", ")}]`;
    const sketch = { files: hundred, commits: commits(50) };
    const [one, two, three] = [1, 2, 3].map((count) => rulesTake(narrow(count), sketch));
    expect(three! - two!).toBe(two! - one!);
    expect(one! - (two! - one!)).toBeGreaterThanOrEqual(100 * 50);
  });

  test("whose files a request for approval asks, and fewer of another's", () => {
    const asked: number[] = [];
    const approvals = (): Approvals => ({
      ...noApprovals,
      of: (request) => {
        const { files } = buildSubject({ files: [{ path: "src/a.ts" }, { path: "docs/a.md" }] });
        for (const { file } of files) {
          const before = work.spent;
          request.belongs(file);
          asked.push(work.spent - before);
        }
        return noApprovals.of(request);
      },
    });
    const work = newWork(Infinity);
    const policy = buildPolicy(
      'areas: { a: { paths: ["src/**"] } }\nrules: [{ id: r, require: { owner_approval: {} } }]',
    );
    const change = judgeChange(policy, buildSubject({ approvals: approvals() }), sampleVocabulary, work);
    checkRule(policy.rules[0]!, change, { waivers: [], override: null, floor: null });
    expect(asked[0]).toBeGreaterThanOrEqual(100);
    expect(asked[1]).toBeGreaterThanOrEqual(5);
    expect(asked[1]).toBeLessThan(100);
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
    expect(refused(rule, 3_000)).toThrow(/Most was spent on r \(\d\d %\)/);
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

test("the limit is the documented one, and grows with the files beyond 3,000", () => {
  expect(workLimit).toBe(100_000_000);
  expect([0, 3_000, 6_000, 30_000].map(limitFor)).toEqual([100_000_000, 100_000_000, 200_000_000, 1_000_000_000]);
});

test("a usual policy is decided for a change of any number of files", () => {
  const files = Array.from({ length: 9_000 }, (_, index) => ({ path: `src/file${index}.ts` }));
  const rules = Array.from(
    { length: 60 },
    (_, index) => `{ id: r${index}, when: { ai: true }, require: { secrets: none } }`,
  );
  const policy = buildPolicy(`rules: [${rules.join(", ")}]`);
  expect(evaluate(policy, buildSubject({ files }), sampleVocabulary).state).toBe("pass");
});

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
