import { Problem } from "../problem.ts";
import { yamlLimits } from "./yaml-text.ts";

/** Where a policy may seem to stand. Only the first is its name; the others are looked for to say so. */
export const policyFileNames = [
  ".github/countersign.yml",
  ".github/countersign.yaml",
  ".github/countersign.json",
] as const;

/** That no file, or another than the policy's, stands where the policy is looked for: CS024, told before anything is read. */
export class PolicyPlaceProblem extends Problem {
  /** The file that it is about: the one that is there, or that is missing. */
  readonly file: string;

  constructor(file: string, what: string, fix: string) {
    super(what, fix);
    this.name = "PolicyPlaceProblem";
    this.file = file;
  }
}

/** The most bytes of a policy file. */
export const policyLimitBytes: number = yamlLimits.bytes;

/**
 * Which of the files that exist at the base is the policy; null when there is none.
 * A policy under another name would be a policy that nobody obeys, and of two nobody knows which counts.
 * @param present paths that exist at the base, in any order; others than policies are passed over
 * @throws {PolicyPlaceProblem} naming every file, when there are several or the one has another name (CS024)
 */
export function choosePolicyFile(present: readonly string[]): string | null {
  const [name] = policyFileNames;
  // On a file system that ignores case, `.github/Countersign.yml` looks like the policy to everybody but git.
  const found = policyFileNames.flatMap((candidate) =>
    present.filter((path) => path.toLowerCase() === candidate).sort(),
  );
  const [first, ...others] = found;
  if (first === undefined) return null;
  if (others.length > 0) {
    const rest = others.length === 1 ? "the other" : "the others";
    const fix = first === name ? `Keep ${name} and remove ${rest}.` : `Rename one to ${name} and remove ${rest}.`;
    const second = first === name ? (others[0] ?? first) : first;
    throw new PolicyPlaceProblem(second, `CS024: there are ${found.length} policy files: ${found.join(" and ")}.`, fix);
  }
  if (first !== name) {
    throw new PolicyPlaceProblem(first, `CS024: ${first} is not read as a policy.`, `Rename it to ${name}.`);
  }
  return name;
}
