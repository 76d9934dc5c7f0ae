import type { PolicyProblem, RepositoryWarning } from "../../policy/index.ts";

/** One thing that `policy check` has to say, with its place. Strings may come from the file: untrusted until they are drawn. */
export interface CheckedProblem extends Pick<PolicyProblem, "file" | "line" | "column" | "path" | "what" | "fix"> {
  level: "error" | "warning";
  code: PolicyProblem["code"] | RepositoryWarning["code"];
}

/** What `policy check` came to. */
export interface CheckedPolicy {
  file: string;
  /** `incomplete`: nothing is wrong, but a policy of another repository that it builds on is not at hand. */
  state: "loads" | "incomplete" | "broken";
  /** sha256 of the resolved policy, as in every decision by it; null when it does not load. */
  digest: string | null;
  rules: number;
  areas: number;
  /** Errors first, each kind in the order of its file. */
  problems: readonly CheckedProblem[];
}

/** Problems of the loader and warnings in one list. */
export function checkedProblems(
  level: CheckedProblem["level"],
  problems: readonly (PolicyProblem | RepositoryWarning)[],
): CheckedProblem[] {
  return problems.map((problem) => ({ level, ...problem }));
}
