import { describe, expect, test } from "vitest";
import { present } from "../../../core/evidence.ts";
import type { Facts } from "../../../core/facts.ts";
import { explainRules } from "../../../core/policy/index.ts";
import { reviewChange, subjectOf } from "../../../core/review-change.ts";
import { vocabulary } from "../../../core/vocabulary.ts";
import { sampleSha } from "../../builders.ts";
import { resultsOf } from "../trial/try-cases.ts";

/** The values of an expression's parts, and what dates do. The page: test/cli/policy/explain.test.ts. */

const cases = `cases:
  - name: a
    as_of: "2026-11-21"
    change:
      author: dev1
      files: [{ path: a.ts }, { path: b.ts }, { path: c.ts }, { path: docs/z.md, additions: 9 }]
    expect: { decision: pass }
`;

function explained(rule: string, asOf = "2026-11-21T00:00:00Z") {
  return explainedAll(rule, [], asOf)[0]!;
}

/** All rules of a policy with these, and of floors with one rule each. */
function explainedAll(rules: string, floors: readonly string[], asOf = "2026-11-21T00:00:00Z") {
  const [result] = resultsOf(cases, `version: 1\nrules:\n  - ${rules}\n`);
  const read = floors.map((rule, index) => ({
    ...{ repo: `acme/floor${index}`, path: "p.yml", ref: sampleSha("floor") },
    text: `version: 1\nrules: [${rule}]`,
  }));
  const facts: Facts = { ...result!.facts, asOf, floors: present(read) };
  return explainRules(reviewChange(facts).decision, { ...subjectOf(facts), vocabulary });
}

describe("expressions", () => {
  test("a rule without one has none", () => {
    expect(explained("{ id: r, require: { secrets: none } }").expression).toBeNull();
  });

  test("of the change: once", () => {
    const { expression } = explained("{ id: r, when: { if: 'change.size.files > 3' }, require: { secrets: none } }");
    expect(expression?.source).toBe("change.size.files > 3");
    expect(expression?.values).toEqual([
      {
        file: null,
        parts: [
          { source: "change.size.files > 3", value: "true" },
          { source: "change.size.files", value: "4" },
        ],
      },
    ]);
  });

  test("each rule has its own, and one that comes with the engine none", () => {
    const ask = "require: { secrets: none }";
    const rules = `{ id: r, when: { if: "1 < 2" }, ${ask} }\n  - { id: s, when: { if: "2 < 3" }, ${ask} }`;
    const all = explainedAll(rules, []);
    expect(all.map(({ id, expression }) => [id, expression?.source ?? null])).toEqual([
      ["r", "1 < 2"],
      ["s", "2 < 3"],
      ["provenance.detected_without_trailer", null],
      ["policy_owners", null],
    ]);
    expect(all.at(-1)).toMatchObject({ state: "not-applicable", expression: null, dated: [] });
  });

  test("a floor's rule has that of its own text, also where two floors have one of the same id", () => {
    const rule = (source: string) => `{ id: r, when: { if: "${source}" }, require: { secrets: none } }`;
    const all = explainedAll("{ id: own, require: { secrets: none } }", [rule("2 < 3"), rule("3 < 4")]);
    expect(all.filter(({ id }) => id === "r").map(({ floor, expression }) => [floor, expression?.source])).toEqual([
      ["acme/floor0", "2 < 3"],
      ["acme/floor1", "3 < 4"],
    ]);
  });

  test("a file of the rule is told once", () => {
    const { expression } = explained("{ id: r, when: { if: 'file.path == \"a.ts\"' }, require: { secrets: none } }");
    expect(expression?.values.map(({ file }) => file)).toEqual(["a.ts", "b.ts", "c.ts"]);
  });

  test("of a file: for the first three, the rule's own before the others", () => {
    const { files, expression } = explained(
      "{ id: r, when: { if: 'file.path == \"docs/z.md\"' }, require: { secrets: none } }",
    );
    expect(files).toEqual(["docs/z.md"]);
    expect(expression?.values.map(({ file }) => file)).toEqual(["docs/z.md", "a.ts", "b.ts"]);
    expect(expression?.values.map(({ parts }) => parts[0]?.value)).toEqual(["true", "false", "false"]);
  });
});

describe("dates", () => {
  const dated = '{ id: r, mode: warn, enforce_after: "2027-01-15", require: { disclosure: required } }';
  test.each([
    { says: "no date", rule: "{ id: r, require: { secrets: none } }", asOf: "2026-11-21T00:00:00Z", sentences: [] },
    {
      says: "a date to come, and what it will change",
      rule: dated,
      asOf: "2027-01-14T23:59:59Z",
      sentences: ["Its mode is `warn` until 2027-01-15, and `enforce` from that day on: then it would come to block."],
    },
    {
      says: "a date to come that changes nothing here",
      rule: dated.replace("disclosure: required", "secrets: none"),
      asOf: "2026-11-21T00:00:00Z",
      sentences: [
        "Its mode is `warn` until 2027-01-15, and `enforce` from that day on: then the same would be decided.",
      ],
    },
    {
      says: "the day itself",
      rule: dated,
      asOf: "2027-01-15T00:00:00Z",
      sentences: ["Enforced since 2027-01-15; it was read on 2027-01-15, and its mode was `warn` before."],
    },
  ])("$says", ({ rule, asOf, sentences }) => {
    expect(explained(rule, asOf).dated).toEqual(sentences);
  });
});
