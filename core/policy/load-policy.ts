import type { LintRule } from "../findings/finding.ts";
import { formatPath, type FoundProblem, type PolicyProblem } from "./problem.ts";
import { resolvePolicy, type Policy } from "./policy.ts";
import { policyWarnings } from "./policy-warnings.ts";
import { readYaml, type YamlNode, type YamlReading } from "./read-yaml.ts";
import { referenceProblems } from "./references.ts";
import { schemaProblems } from "./schema-problems.ts";
import { WrittenPolicy } from "./written-policy.ts";

/** A policy, or everything that is wrong with it. Both lists are in the order of the file. */
export type LoadedPolicy =
  { ok: true; policy: Policy; warnings: PolicyProblem[] } | { ok: false; problems: PolicyProblem[] };

/**
 * Loads a policy from its text. A key that is not known, or not judged by this version, is a problem, never ignored.
 * Pure, and safe on hostile text: time and memory are bounded by the limits of `readYaml`.
 * @param options.file what problems name as their file
 * @param options.lintRules the catalogue that the policy may name rules of
 */
export function loadPolicy(text: string, options: { file: string; lintRules: readonly LintRule[] }): LoadedPolicy {
  const reading = readYaml(text);
  const placed = (found: readonly FoundProblem[]) => place(found, options.file, reading);
  const { root } = reading;
  if (root === null) return { ok: false, problems: placed(reading.problems) };
  const found = [...reading.problems, ...documentProblems(root), ...referenceProblems(root, options.lintRules)];
  if (found.length > 0) return { ok: false, problems: placed(found) };
  const policy = resolvePolicy(WrittenPolicy.parse(root.value));
  return { ok: true, policy, warnings: placed(policyWarnings(policy, root)) };
}

function documentProblems(root: YamlNode): FoundProblem[] {
  if (root.value === null && root.entries.size === 0) {
    return [{ offset: 0, code: "CS026", path: [], what: "the file is empty", fix: "Write at least `version: 1`." }];
  }
  return schemaProblems(WrittenPolicy, root);
}

function place(found: readonly FoundProblem[], file: string, reading: YamlReading): PolicyProblem[] {
  return found
    .map(({ offset, path, ...rest }) => ({ file, ...reading.place(offset), path: formatPath(path), ...rest }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}
