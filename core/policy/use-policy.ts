import type { Change } from "../change/change.ts";
import type { Facts } from "../facts.ts";
import type { LintRule } from "../findings/finding.ts";
import { Problem } from "../problem.ts";
import type { Decision } from "./decision.ts";
import { defaultPolicyText } from "./default-policy.ts";
import { loadPolicy, type LoadOptions } from "./load-policy.ts";
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
 * The policy of the facts, made whole; the built-in `observe` where the base has none. Either has the floors that the facts
 * hold.
 * @throws {Problem} with every problem of the file and of its floors, each with its place and what to write instead
 */
export function usePolicy(
  { policy: file, floors, change }: Pick<Facts, "policy" | "floors"> & { change: Pick<Change, "repository"> },
  lintRules: readonly LintRule[],
  tools: readonly string[],
): UsedPolicy {
  const options = { lintRules, tools, floors, organisation: change.repository?.owner ?? null };
  if (file.state === "absent") {
    const { policy } = load({ path: "the built-in policy", commit: null, text: defaultPolicyText }, options);
    return { policy, source: { source: "default", path: null, commit: null }, notes: [] };
  }
  const { path, commit } = file.value;
  const { policy, warnings } = load(file.value, options);
  const source = commit === null ? ("local" as const) : ("repository" as const);
  return { policy, source: { source, path, commit }, notes: warnings };
}

/** Of what could not be fetched, the policy itself is not to blame. */
const unread = "Nothing is wrong with the policy itself: make what it extends readable, and run this again.";
const mendFile = "Mend the file, and try again.";
const mendBase = "Mend the policy on the base branch; `--policy FILE` tries a copy first.";

function load(
  { path, commit, text }: PolicyFile,
  options: Omit<LoadOptions, "file">,
): { policy: Policy; warnings: string[] } {
  const loaded = loadPolicy(text, { ...options, file: path });
  if (loaded.ok) return { policy: loaded.policy, warnings: loaded.warnings.map(formatProblem) };
  const count = loaded.problems.length === 1 ? "a problem" : `${loaded.problems.length} problems`;
  throw new Problem(
    [
      `The policy ${path} has ${count}, so nothing was decided:`,
      ...loaded.problems.map((problem) => `  ${formatProblem(problem)}`),
    ].join("\n"),
    loaded.problems.every(({ code }) => code === "CS034") ? unread : commit === null ? mendFile : mendBase,
  );
}
