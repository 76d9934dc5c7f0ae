import { loadPolicy, type ProblemCode } from "../../../../core/policy/index.ts";
import { sampleLintRules } from "../../../subjects.ts";

/**
 * What is wrong with a policy of these lines, but for the place in its file: `CS028 default_owners.users[0]: …`.
 * @param codes problems of other codes are left out
 */
export function problemsOf(lines: string, codes: readonly ProblemCode[]): string[] {
  const loaded = loadPolicy(`version: 1\n${lines}`, { file: "p.yml", lintRules: sampleLintRules });
  if (loaded.ok) return [];
  return loaded.problems
    .filter(({ code }) => codes.includes(code))
    .map(({ code, path, what, fix }) => `${code} ${path}: ${what}. ${fix}`);
}
