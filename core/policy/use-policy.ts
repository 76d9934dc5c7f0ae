import type { Facts } from "../facts.ts";
import type { LintRule } from "../findings/finding.ts";
import { Problem } from "../problem.ts";
import type { Decision } from "./decision.ts";
import { defaultPolicyText } from "./default-policy.ts";
import { loadPolicy } from "./load-policy.ts";
import type { Policy } from "./policy.ts";
import { formatProblem } from "./problem.ts";

/** The policy that judges a change, and where it was found. */
export interface UsedPolicy {
  policy: Policy;
  source: Pick<Decision["policy"], "source" | "path" | "commit">;
  /** What a reader should know of the policy itself: warnings of its loader. */
  notes: string[];
}

type PolicyFile = Extract<Facts["policy"], { state: "present" }>["value"];

/**
 * The policy of the facts, made whole; the built-in `observe` where the base has none.
 * @throws {Problem} with every problem of the file, each with its place and what to write instead
 */
export function usePolicy(file: Facts["policy"], lintRules: readonly LintRule[]): UsedPolicy {
  if (file.state === "absent") {
    const { policy } = load({ path: "the built-in policy", commit: null, text: defaultPolicyText }, lintRules);
    return { policy, source: { source: "default", path: null, commit: null }, notes: [] };
  }
  const { path, commit } = file.value;
  const { policy, warnings } = load(file.value, lintRules);
  const source = commit === null ? ("local" as const) : ("repository" as const);
  return { policy, source: { source, path, commit }, notes: warnings };
}

function load(
  { path, commit, text }: PolicyFile,
  lintRules: readonly LintRule[],
): { policy: Policy; warnings: string[] } {
  const loaded = loadPolicy(text, { file: path, lintRules });
  if (loaded.ok) return { policy: loaded.policy, warnings: loaded.warnings.map(formatProblem) };
  const count = loaded.problems.length === 1 ? "a problem" : `${loaded.problems.length} problems`;
  throw new Problem(
    [
      `The policy ${path} has ${count}, so nothing was decided:`,
      ...loaded.problems.map((problem) => `  ${formatProblem(problem)}`),
    ].join("\n"),
    commit === null
      ? "Mend the file, and try again."
      : "Mend the policy on the base branch; `--policy FILE` tries a copy first.",
  );
}
