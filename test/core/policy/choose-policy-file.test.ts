import { describe, expect, test } from "vitest";
import { PolicyPlaceProblem } from "../../../core/policy/choose-policy-file.ts";
import { choosePolicyFile, policyFileNames, policyLimitBytes } from "../../../core/policy/index.ts";
import { Problem } from "../../../core/problem.ts";

const [yml, yaml, json] = policyFileNames;

describe("fault 51: one policy file, by its name", () => {
  test.each([
    { says: "the policy", present: [yml], is: yml },
    { says: "none", present: [], is: null },
    { says: "another file", present: [".github/dependabot.yml", "countersign.yml"], is: null },
  ])("$says", ({ present, is }) => expect(choosePolicyFile(present)).toBe(is));

  test.each([
    {
      says: "two at once",
      present: [yaml, yml],
      what: `CS024: there are 2 policy files: ${yml} and ${yaml}.`,
      fix: `Keep ${yml} and remove the other.`,
    },
    {
      says: "all three",
      present: [json, yaml, yml],
      what: `CS024: there are 3 policy files: ${yml} and ${yaml} and ${json}.`,
      fix: `Keep ${yml} and remove the others.`,
    },
    {
      says: "two, and neither is the name",
      present: [json, yaml],
      what: `CS024: there are 2 policy files: ${yaml} and ${json}.`,
      fix: `Rename one to ${yml} and remove the other.`,
    },
    {
      says: "one under another name",
      present: [yaml],
      what: `CS024: ${yaml} is not read as a policy.`,
      fix: `Rename it to ${yml}.`,
    },
    {
      says: "one in another case",
      present: [".github/Countersign.yml"],
      what: "CS024: .github/Countersign.yml is not read as a policy.",
      fix: `Rename it to ${yml}.`,
    },
  ])("$says is an error that names them", ({ present, what, fix }) => {
    expect(() => choosePolicyFile(present)).toThrow(`${what}\n${fix}`);
    expect(() => choosePolicyFile(present)).toThrow(Problem);
  });

  test.each([
    { says: "the second of two", present: [yaml, yml], file: yaml },
    { says: "the first where neither has the name", present: [json, yaml], file: yaml },
    { says: "the one", present: [json], file: json },
    { says: "the second in another case", present: [yml, ".github/Countersign.yml"], file: ".github/Countersign.yml" },
  ])("it is about $says", ({ present, file }) => {
    let told: unknown = null;
    try {
      choosePolicyFile(present);
    } catch (error) {
      told = error;
    }
    expect(told).toBeInstanceOf(PolicyPlaceProblem);
    expect(told).toMatchObject({ name: "PolicyPlaceProblem", file });
  });

  test("spellings of one name are told in one order, whatever order they come in", () => {
    const [upper, lower] = [".github/COUNTERSIGN.yml", ".github/Countersign.yml"];
    const what = `CS024: there are 2 policy files: ${upper} and ${lower}.`;
    for (const present of [
      [upper, lower],
      [lower, upper],
    ])
      expect(() => choosePolicyFile(present)).toThrow(what);
  });

  test("the limit is the loader's", () => expect(policyLimitBytes).toBe(256 * 1024));
});
