import { count, type CheckedPolicy, type CheckedProblem } from "../../core/report/index.ts";
import { fromEvidence, sound, type Advice } from "./advice.ts";
import type { DoctorFacts } from "./doctor-facts.ts";

/** Whether the policy loads, and what `policy check` says of it and of CODEOWNERS. */
export function policyAdvice({ policy }: DoctorFacts): Advice[] {
  const fix = "Run the doctor in a clone of the repository.";
  return fromEvidence(policy, { topic: "policy", what: "The policy and CODEOWNERS", fix }, judge);
}

function judge(policy: CheckedPolicy | null): Advice[] {
  if (policy === null)
    return [
      {
        ...{ level: "warning", topic: "policy", what: "There is no policy file." },
        why: "The built-in `observe` applies: it reports, and lets everything pass.",
        fix: "Write one: `countersign policy init`, or copy one of policies/.",
      },
    ];
  const problems = policy.problems.map(adviceOf);
  if (policy.state === "incomplete") return [...problems, incomplete(policy)];
  if (problems.length > 0) return problems;
  return [
    sound(
      "policy",
      `${policy.file} loads: ${count(policy.rules, "rule")}, ${count(policy.areas, "area")}, and CODEOWNERS fits them.`,
    ),
  ];
}

function adviceOf({ level, file, line, column, code, path, what, fix }: CheckedProblem): Advice {
  const key = path === "" ? "" : `${path}: `;
  const why =
    level === "error"
      ? "A policy that does not load decides nothing: every change is undecided."
      : "It is probably not what was meant.";
  return { level, topic: "policy", what: `${file}:${line}:${column} ${code} ${key}${what}.`, why, fix };
}

function incomplete({ file }: CheckedPolicy): Advice {
  return {
    ...{
      level: "unread",
      topic: "policy",
      what: `${file} builds on a policy of another repository, which is not at hand.`,
    },
    why: "What was not read may be wrong.",
    fix: "`countersign policy check --fetch-floors` reads it.",
  };
}
