import { describe, expect, test } from "vitest";
import { casesText, type StarterCase } from "../../../../core/policy/starter/case-text.ts";
import { writtenPolicy } from "./written-policy.ts";

const rule = (id: string, more = "") => `  - { id: ${id}, ${more}require: { secrets: none } }\n`;
const policy = (lines: string, rules = rule("one") + rule("two")) => writtenPolicy(`${lines}rules:\n${rules}`);
const about = (more: Partial<StarterCase>): StarterCase => ({
  ...{ about: "one", name: "it is told", given: { change: "{ files: [] }" }, rules: { one: "satisfied" } },
  ...more,
});

describe("a case as text", () => {
  test.each([
    {
      says: "what becomes of one rule stands on the line",
      one: about({}),
      is: ["  - name: it is told", "    change: { files: [] }", "    expect: { rules: { one: { state: satisfied } } }"],
    },
    {
      says: "what becomes of more stands below each other, with what else is expected",
      one: about({ rules: { one: "satisfied", two: "waived" }, also: { two: "waiver: W1" } }),
      is: [
        "  - name: it is told",
        "    change: { files: [] }",
        "    expect:",
        "      rules:",
        "        one: { state: satisfied }",
        "        two: { state: waived, waiver: W1 }",
      ],
    },
    {
      says: "a rule that the policy does not have is left out",
      one: about({ rules: { one: "satisfied", three: "satisfied" } }),
      is: ["  - name: it is told", "    change: { files: [] }", "    expect: { rules: { one: { state: satisfied } } }"],
    },
    {
      says: "a value of several lines begins on the next, and all of its lines are set in",
      one: about({ given: { change: "\n  files:\n    - { path: a }", coverage: "none" } }),
      is: [
        "  - name: it is told",
        "    change:",
        "      files:",
        "        - { path: a }",
        "    coverage: none",
        "    expect: { rules: { one: { state: satisfied } } }",
      ],
    },
  ])("$says", ({ one, is }) => expect(casesText([one], policy(""))).toBe(is.join("\n")));

  test("an empty line stands between two, and one about what the policy does not have is left out", () => {
    const cases = [about({ name: "a" }), about({ about: "three" }), about({ name: "b", given: {} })];
    expect(casesText(cases, policy(""))).toBe(
      [
        "  - name: a",
        "    change: { files: [] }",
        "    expect: { rules: { one: { state: satisfied } } }",
        "",
        "  - name: b",
        "    expect: { rules: { one: { state: satisfied } } }",
      ].join("\n"),
    );
  });
});

describe("what is not met, and what waits, is as the mode has it", () => {
  test.each([
    { mode: "", state: "unmet", is: "state: unsatisfied" },
    { mode: "mode: enforce\n", state: "unmet", is: "state: unsatisfied" },
    { mode: "mode: warn\n", state: "unmet", is: "state: warned" },
    { mode: "mode: observe\n", state: "unmet", is: "state: warned" },
    { mode: "", state: "waiting", is: "state: waiting, decision: needs-approval" },
    { mode: "mode: warn\n", state: "waiting", is: "state: waiting, decision: warn" },
    { mode: "mode: observe\n", state: "waiting", is: "state: waiting, decision: warn" },
    { mode: "mode: warn\n", state: "stale", is: "state: stale" },
    { mode: "mode: warn\n", state: "not-applicable", is: "state: not-applicable" },
  ] as const)("$mode $state: $is", ({ mode, state, is }) =>
    expect(casesText([about({ given: {}, rules: { one: state } })], policy(mode))).toBe(
      `  - name: it is told\n    expect: { rules: { one: { ${is} } } }`,
    ),
  );

  test("a rule's own mode goes before the file's, and of a rule beside it is not said what waiting comes to", () => {
    const rules = rule("one", "mode: enforce, ") + rule("two", "mode: warn, ") + rule("three");
    const one = about({ given: {}, rules: { one: "unmet", two: "unmet", three: "waiting" } });
    expect(casesText([one], policy("mode: observe\n", rules)).split("\n").slice(3)).toEqual([
      "        one: { state: unsatisfied }",
      "        two: { state: warned }",
      "        three: { state: waiting }",
    ]);
  });
});

test("a case about a key of provenance is there for the key, in the mode of the file", () => {
  const id = "provenance.detected_without_trailer";
  const one = about({ about: id, given: {}, rules: { [id]: "unmet" } });
  const text = `  - name: it is told\n    expect: { rules: { ${id}: { state: warned } } }`;
  expect(casesText([one], policy("mode: warn\nprovenance: { detected_without_trailer: warn }\n"))).toBe(text);
  expect(casesText([one], policy("mode: warn\nprovenance: { counts_as_ai: [suggestion] }\n"))).toBe("");
  expect(casesText([one], writtenPolicy())).toBe("");
});
