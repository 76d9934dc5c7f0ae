import { describe, expect, test } from "vitest";
import { escalatesPeople, movesOut, stepsOfFindingLimits } from "../../../core/policy/finding-limit-steps.ts";
import type { FindingLimits } from "../../../core/policy/requirements/findings.ts";
import { buildPolicy } from "../../subjects.ts";
import { stepTexts } from "./difference-texts.ts";

function limits(written: string): FindingLimits {
  const found = buildPolicy(`rules: [{ id: x, require: { findings: { ${written} } } }]`).rules[0]?.require.findings;
  if (found === null || found === undefined) throw new Error("no limits are written");
  return found;
}

describe("how limits on findings differ", () => {
  test.each([
    { says: "not", from: "max_errors: 0", to: "max_errors: 0", is: [] },
    { says: "one is higher", from: "max_errors: 0", to: "max_errors: 1", is: ["loosens: max_errors 1, which is 0"] },
    {
      says: "others are set",
      from: "max_errors: 0, max_warnings: 3",
      to: "max_warnings: 2, max_notices: 9",
      is: [
        "loosens: max_errors none, which is 0",
        "tightens: max_warnings 2, which is 3",
        "tightens: max_notices 9, which is none",
      ],
    },
    {
      says: "that of one lint rule is higher, and that of another lower",
      from: "rules: { swallowed-error: 1, secret-shaped-text: 4 }",
      to: "rules: { swallowed-error: 2, secret-shaped-text: 3 }",
      is: ["tightens: secret-shaped-text 3, which is 4", "loosens: swallowed-error 2, which is 1"],
    },
    {
      says: "another lint rule has one",
      from: "rules: { swallowed-error: 1 }",
      to: "rules: { secret-shaped-text: 1 }",
      is: ["tightens: secret-shaped-text 1, which is none", "loosens: swallowed-error none, which is 1"],
    },
    {
      says: "findings come to weigh more",
      from: "max_errors: 0",
      to: "max_errors: 0, escalate: { swallowed-error: error }",
      is: [
        "tightens: swallowed-error at least error (ai), which is as it is",
        "tightens: swallowed-error at least error (human), which is as it is",
      ],
    },
    {
      says: "they no longer do",
      from: "max_errors: 0, escalate: { swallowed-error: error }",
      to: "max_errors: 0",
      is: [
        "loosens: swallowed-error at least as it is (ai), which is error",
        "loosens: swallowed-error at least as it is (human), which is error",
      ],
    },
    {
      says: "they weigh less",
      from: "max_errors: 0, escalate: { swallowed-error: { ai: error } }",
      to: "max_errors: 0, escalate: { swallowed-error: { ai: warning } }",
      is: ["loosens: swallowed-error at least warning (ai), which is error"],
    },
    {
      says: "they leave a count that is limited for one that is not",
      from: "max_warnings: 0",
      to: "max_warnings: 0, escalate: { swallowed-error: { ai: error } }",
      is: ["changes: swallowed-error at least error (ai), which is as it is"],
    },
    {
      says: "they leave a count that is limited for one of which none may be there",
      from: "max_errors: 0, max_warnings: 0",
      to: "max_errors: 0, max_warnings: 0, escalate: { swallowed-error: { ai: error } }",
      is: ["tightens: swallowed-error at least error (ai), which is as it is"],
    },
    {
      says: "they come to the one count that is limited, of which some may be there",
      from: "max_errors: 1",
      to: "max_errors: 1, escalate: { swallowed-error: { ai: error } }",
      is: ["tightens: swallowed-error at least error (ai), which is as it is"],
    },
    {
      says: "those of one lint rule and not of another",
      from: "max_errors: 0, escalate: { swallowed-error: { ai: error }, secret-shaped-text: { ai: warning } }",
      to: "max_errors: 0, escalate: { swallowed-error: { ai: error }, secret-shaped-text: { ai: error } }",
      is: ["tightens: secret-shaped-text at least error (ai), which is warning"],
    },
  ])("$says", ({ from, to, is }) => expect(stepTexts(stepsOfFindingLimits(limits(from), limits(to)))).toEqual(is));
});

describe("whether findings that weigh more can meet the limits", () => {
  test.each([
    { of: "max_errors: 0", is: false },
    { of: "max_errors: 1", is: false },
    { of: "max_warnings: 0", is: true },
    { of: "max_notices: 0", is: true },
    { of: "max_errors: 0, max_warnings: 0", is: false },
    { of: "max_errors: 1, max_warnings: 0", is: true },
    { of: "max_errors: 0, max_warnings: 1, max_notices: 2", is: true },
  ])("$of: $is", ({ of, is }) => expect(movesOut(limits(of))).toBe(is));
});

describe("whether some weigh more on what people wrote", () => {
  test.each([
    { of: "swallowed-error: error", is: false },
    { of: "swallowed-error: { ai: error }", is: false },
    { of: "swallowed-error: { human: error }", is: true },
    { of: "swallowed-error: { ai: warning, human: error }", is: true },
    { of: "swallowed-error: { ai: error, human: warning }", is: false },
    { of: "secret-shaped-text: { ai: error }, swallowed-error: { human: notice }", is: true },
  ])("$of: $is", ({ of, is }) => expect(escalatesPeople(limits(`max_errors: 0, escalate: { ${of} }`))).toBe(is));
});
