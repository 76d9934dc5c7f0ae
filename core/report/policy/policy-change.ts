import type { DecisionState } from "../../policy/decision.ts";
import type { PolicyDifference } from "../../policy/policy-difference.ts";
import { withoutWorkflowCommands } from "../../untrusted/index.ts";
import { path, prose } from "../markdown/words.ts";
import { count } from "../numbers.ts";
import { longestTitle, type Publication } from "../publication.ts";
import { cutToLength, plain } from "../text.ts";
import { decisionWords } from "../words.ts";
import type { CheckedPolicy, CheckedProblem } from "./checked-policy.ts";
import { policyAnnotations } from "./problem-list.ts";

/** What a change does to the policy. Strings are untrusted until they are drawn. */
export interface ReportedPolicyChange {
  checked: CheckedPolicy | null;
  gone: "deleted" | "unreadable" | null;
  differences: readonly PolicyDifference[] | null;
  replayed: { before: DecisionState | null; after: DecisionState | null; problem: string | null } | null;
}

/**
 * The check of a change to the policy: whether it loads, what it asks for otherwise, and what it would make of the change
 * itself. Red is a policy that could not be used after the merge; what it loosens is for its owners to judge.
 */
export function publishPolicyChange(
  change: ReportedPolicyChange,
): Pick<Publication, "conclusion" | "title" | "summary" | "annotations"> {
  const isUsable = change.checked !== null && change.checked.state !== "broken";
  return {
    conclusion: isUsable ? "success" : "failure",
    title: cutToLength(withoutWorkflowCommands(plain(title(change))), longestTitle),
    summary: `${[...sections(change), footer].join("\n\n")}\n`,
    annotations: change.checked === null ? [] : policyAnnotations(change.checked).slice(0, mostAnnotations),
  };
}

/** As many as one request takes: a policy with more mistakes is mended from the top. */
const mostAnnotations = 50;
/** More differences, or problems, than these are another policy. */
const mostListed = 50;

const footer =
  "The change is judged by the base's policy until it is merged; the check `countersign` says how. This one decides nothing.";

const goneWords = {
  deleted: "With this change there is no policy: the built-in one would block nothing",
  unreadable: "With this change the policy is a link, a folder or too large: no run could read it",
};

function title({ checked, gone, differences }: ReportedPolicyChange): string {
  if (gone !== null) return goneWords[gone];
  if (checked?.state === "broken") return `The policy does not load: ${count(errorsOf(checked).length, "problem")}`;
  if (checked?.state === "incomplete") return "The policy builds on others that were not read";
  if (differences === null) return "The policy loads; the base has none";
  if (differences.length === 0) return "The policy loads, and asks for the same as before";
  return `The policy loads: ${effects.flatMap((effect) => tally(differences, effect) ?? []).join(", ")}`;
}

const effects = ["loosens", "changes", "tightens"] as const;

function tally(differences: readonly PolicyDifference[], effect: PolicyDifference["effect"]): string | null {
  const { length } = differences.filter((difference) => difference.effect === effect);
  return length === 0 ? null : `${effect} ${count(length, "thing")}`;
}

function sections({ checked, gone, differences, replayed }: ReportedPolicyChange): string[] {
  return [
    ...(gone === null ? [] : [`${goneWords[gone]}.`]),
    ...(checked === null ? [] : validation(checked)),
    ...(differences === null ? [] : differenceLists(differences)),
    ...(replayed === null ? [] : [replayWords(replayed)]),
  ];
}

function validation(checked: CheckedPolicy): string[] {
  const { file, state, rules, areas, digest, problems } = checked;
  if (state === "loads")
    return [
      `${path(file)} loads: ${count(rules, "rule")}, ${count(areas, "area")}. Digest ${prose(digest ?? "")}.`,
      ...problemList("Probably not meant", problems),
    ];
  const opening =
    state === "broken"
      ? `${path(file)} does not load. Merged, it would leave every later change undecided.`
      : `${path(file)} builds on policies of other repositories, which are read once it is merged.`;
  return [opening, ...problemList("What is wrong", problems)];
}

function problemList(heading: string, problems: readonly CheckedProblem[]): string[] {
  if (problems.length === 0) return [];
  const lines = problems
    .slice(0, mostListed)
    .map(({ line, code, what, fix }) => `- line ${line}, ${code}: ${prose(what, 600)}. ${prose(fix, 600)}`);
  return [`### ${heading}`, [...lines, ...left(problems.length)].join("\n")];
}

const headings = { loosens: "It asks for less", changes: "It asks for something else", tightens: "It asks for more" };

function differenceLists(differences: readonly PolicyDifference[]): string[] {
  return effects.flatMap((effect) => {
    const own = differences.filter((difference) => difference.effect === effect);
    if (own.length === 0) return [];
    const lines = own.slice(0, mostListed).map(({ says }) => `- It would ${prose(says, 600)}.`);
    return [`### ${headings[effect]}`, [...lines, ...left(own.length)].join("\n")];
  });
}

function left(total: number): string[] {
  return total > mostListed ? [`- … and ${total - mostListed} more.`] : [];
}

function replayWords({ before, after, problem }: NonNullable<ReportedPolicyChange["replayed"]>): string {
  if (before === null || after === null) return `This change could not be judged by it: ${prose(problem ?? "", 600)}`;
  if (before === after) return `By it, this change would come out the same: ${decisionWords[after]}.`;
  return `By it, this change would come out as “${decisionWords[after]}”; by the base's policy it is “${decisionWords[before]}”.`;
}

function errorsOf({ problems }: CheckedPolicy): CheckedProblem[] {
  return problems.filter(({ level }) => level === "error");
}
