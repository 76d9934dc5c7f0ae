import { describe, expect, test } from "vitest";
import type { Facts } from "../../../core/facts.ts";
import { explainRules } from "../../../core/policy/index.ts";
import { reviewChange, subjectOf } from "../../../core/review-change.ts";
import { vocabulary } from "../../../core/vocabulary.ts";
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
  const [result] = resultsOf(cases, `version: 1\nrules:\n  - ${rule}\n`);
  const facts: Facts = { ...result!.facts, asOf };
  return explainRules(reviewChange(facts).decision, { ...subjectOf(facts), vocabulary })[0]!;
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
