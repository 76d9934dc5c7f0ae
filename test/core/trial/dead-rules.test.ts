import fc from "fast-check";
import { expect, test } from "vitest";
import { loadPolicy } from "../../../core/policy/index.ts";
import { allLintRules } from "../../../core/rules.ts";
import { resultsOf } from "./try-cases.ts";

/** The same as in test/core/policy/dead-rules.test.ts, by facts as they are read: from messages, accounts and trees. */
const policy = `version: 1
areas: { auth: { paths: [src/auth/**], tier: 1 }, docs: { paths: [docs/**] } }
rules:
  - { id: trailers, when: { ai: false }, require: { trailers: [Assisted-by] } }
  - { id: acceptance, when: { ai: false }, require: { acceptance: edited } }
  - { id: tools, when: { ai: false }, require: { tools: copilot } }
  - { id: models, when: { ai: false }, require: { models: gpt-5 } }
  - { id: disclosure, when: { ai: false }, require: { disclosure: [canonical, forbidden, not-only-detected] } }
  - { id: boundary, when: { ai: false }, forbid: { paths: ["**"] } }
  - { id: accepted, when: { ai: false, acceptance: [as-is, edited] }, require: { size: { max_files: 0 } } }
  - { id: verdict, when: { ai: false, area: docs, verdict: agent-assisted }, require: { size: { max_files: 0 } } }
  - { id: expression, when: { if: "1 > 2 && change.uncommitted" }, require: { size: { max_files: 0 } } }
  - { id: tier, when: { tier: 3 }, require: { size: { max_files: 0 } } }
  - { id: base, when: { base: ["release/1", "!release/*"] }, require: { size: { max_files: 0 } } }
`;

const commit = fc.constantFrom(
  "{}",
  '{ trailers: { Assisted-by: "claude-code:claude-opus-4-5", AI-Accepted: as-is } }',
  '{ trailers: { AI-Assisted: "no" } }',
  "{ verdict: agent-authored }",
  "{ verdict: suggestion }",
  "{ verdict: human }",
);
const path = fc.constantFrom("src/a.ts", "src/auth/a.ts", "SRC/Auth/a.ts", "docs/a.md", "package-lock.json");
const change = fc
  .record({
    commits: fc.array(commit, { minLength: 1, maxLength: 3 }),
    paths: fc.uniqueArray(path, { minLength: 1, maxLength: 3 }),
    base: fc.constantFrom("main", "release/1"),
  })
  .map(({ commits, paths, base }) => {
    const files = paths.map((each) => `{ path: ${each}, additions: 3 }`);
    return `{ author: dev1, base: ${base}, files: [${files.join(", ")}], commits: [${commits.join(", ")}] }`;
  });

test("every one of the rules is told to be dead", () => {
  const loaded = loadPolicy(policy, { file: "p.yml", lintRules: allLintRules });
  if (!loaded.ok) throw new Error("the policy does not load");
  const told = loaded.warnings.filter(({ code }) => code === "CS101").map(({ path: at }) => at.split(".")[0]);
  expect(told).toEqual(loaded.policy.rules.map((_rule, index) => `rules[${index}]`));
});

test("and none of them ever asks for anything", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 10, maxLength: 10 }), (changes) => {
      const cases = changes.map(
        (each, index) => `  - { name: c${index}, change: ${each}, expect: { decision: pass } }`,
      );
      for (const { decision } of resultsOf(`cases:\n${cases.join("\n")}\n`, policy)) {
        const written = decision.rules.slice(0, 11);
        expect(written.map(({ id, enforced }) => `${id} ${enforced}`)).toEqual(written.map(({ id }) => `${id} pass`));
      }
    }),
    { numRuns: 10 },
  );
});
