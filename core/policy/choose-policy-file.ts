import { Problem } from "../problem.ts";
import { yamlLimits } from "./yaml-text.ts";

/** Where a policy may seem to stand. Only the first is its name; the others are looked for to say so. */
export const policyFileNames = [
  ".github/countersign.yml",
  ".github/countersign.yaml",
  ".github/countersign.json",
] as const;

/** The most bytes of a policy file. */
export const policyLimitBytes: number = yamlLimits.bytes;

/**
 * Which of the files that exist at the base is the policy; null when there is none.
 * A policy under another name would be a policy that nobody obeys, and of two nobody knows which counts.
 * @param present those of `policyFileNames` that exist, in any order
 * @throws {Problem} naming every file, when there are several or the one has another name (CS024)
 */
export function choosePolicyFile(present: readonly string[]): string | null {
  const [name] = policyFileNames;
  const found = policyFileNames.filter((candidate) => present.includes(candidate));
  const [first, ...others] = found;
  if (first === undefined) return null;
  if (others.length > 0) {
    const rest = others.length === 1 ? "the other" : "the others";
    const fix = first === name ? `Keep ${name} and remove ${rest}.` : `Rename one to ${name} and remove ${rest}.`;
    throw new Problem(`CS024: there are ${found.length} policy files: ${found.join(" and ")}.`, fix);
  }
  if (first !== name) throw new Problem(`CS024: ${first} is not read as a policy.`, `Rename it to ${name}.`);
  return name;
}
