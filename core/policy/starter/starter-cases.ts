import type { WrittenPolicy } from "../written-policy.ts";
import { agentsCodeCases } from "./agents-code-cases.ts";
import { areaCases } from "./area-cases.ts";
import { casesText } from "./case-text.ts";
import { sensitiveCodeCases } from "./sensitive-code-cases.ts";
import { pipelineCases } from "./pipeline-cases.ts";

/**
 * Cases to start a `*.test.yml` with, for a preset whose areas were narrowed to some, the pipeline among them. They read as
 * what the policy decides, and some case fails whichever part of it is changed.
 * @param schema where editors find the schema, from the cases' own folder
 */
export function starterCases(policy: WrittenPolicy, schema: string): string {
  const has = (id: string) => policy.rules?.some((rule) => rule.id === id) === true;
  const cases = [...areaCases(policy), ...pipelineCases, ...sensitiveCodeCases(policy), ...agentsCodeCases(policy)];
  return [
    `# yaml-language-server: $schema=${schema}`,
    "# What this policy should decide: `countersign policy test` runs it, and `--mutate` shows what no case would notice.",
    "# docs/policy-tests.md of Countersign has every key.",
    "policy: countersign.yml",
    ...(has("sensitive-ai-needs-owner") ? ['given: { codeowners: "* @ann @bob" }'] : []),
    "cases:",
    casesText(cases, policy),
    ...(has("critical-changes-are-scanned") ? acceptedMutants : []),
    "",
  ].join("\n");
}

const acceptedMutants = [
  "",
  "accepted_mutants:",
  '  - mutant: "rules.critical-changes-are-scanned.require.secrets: left out"',
  "    reason: a credential is a finding of severity error already; the key says so to whoever reads the policy",
];
