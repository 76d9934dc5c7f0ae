import { describe, expect, test } from "vitest";
import { agentsCodeCases } from "../../../../core/policy/starter/agents-code-cases.ts";
import { writtenPolicy } from "./written-policy.ts";

const tested = "ai-code-is-tested";
const rule = (coverage: string, id = tested) =>
  writtenPolicy(`rules: [{ id: other, require: { secrets: none } }, { id: ${id}, require: { ${coverage} } }]`);

describe("what a missing report comes to is as the rule has it", () => {
  test.each([
    { says: "a rule that does not say", policy: rule("coverage: { ai_lines: 80 }"), is: "block" },
    { says: "a rule that warns", policy: rule("coverage: { ai_lines: 80, no_report: warn }"), is: "warn" },
    { says: "a rule of another name", policy: rule("coverage: { ai_lines: 80, no_report: warn }", "own"), is: "block" },
    { says: "a rule that asks for something else", policy: rule("secrets: none"), is: "block" },
    {
      says: "a rule that only forbids",
      policy: writtenPolicy(`rules: [{ id: ${tested}, forbid: { kinds: [workflow] } }]`),
      is: "block",
    },
    { says: "no rules", policy: writtenPolicy(), is: "block" },
  ])("$says: $is", ({ policy, is }) => {
    const [without] = agentsCodeCases(policy).filter(({ also }) => also?.[tested]?.startsWith("enforced"));
    expect(without).toEqual({
      about: tested,
      name: "without a report nobody knows whether tests run it",
      given: { like: "tests run 80 of the 100 lines that an agent wrote, which is enough", coverage: "none" },
      rules: { [tested]: "unmet" },
      also: { [tested]: `enforced: ${is}` },
    });
  });
});

test("the cases are about what looks beyond areas, in the order of a preset's rules", () =>
  expect([...new Set(agentsCodeCases(writtenPolicy()).map(({ about }) => about))]).toEqual([
    "provenance.counts_as_ai",
    "provenance.detected_without_trailer",
    tested,
    "ai-code-has-no-risky-pattern",
    "nobody-commits-a-secret",
    "large-ai-changes-say-what-was-checked",
    "project-coverage-does-not-fall",
  ]));

test("every case that goes on from another stands below it", () => {
  const cases = agentsCodeCases(writtenPolicy());
  const names = cases.map(({ name }) => name);
  const from = cases.map(({ given }, at) => (given.like === undefined ? -1 : names.slice(0, at).indexOf(given.like)));
  expect(from).toEqual([-1, -1, -1, 2, 3, 2, 2, 2, 7, -1, -1, 10, 10, 10, 2, 2, 2]);
});
