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
  /** The base's own policy, where it does not load. */
  brokenBase: CheckedPolicy | null;
  /** What it would make of other changes; null, or left out: it was not tried on any. */
  recent?: ReportedRecent | null;
}

/** Changes that the base's policy judged lately, judged by both. */
export interface ReportedRecent {
  replayed: readonly {
    name: string;
    kind: "newly-blocks" | "newly-undecided" | "newly-waits" | "newly-passes" | "same" | "not-judged";
    rules: readonly string[];
    problem: string | null;
  }[];
  /** How many more were known and not replayed: their facts are too large to be kept, or time was up. */
  left: number;
}

/**
 * The check of a change to the policy: whether it loads, what it asks for otherwise, and what it would make of the change
 * itself and of others. Red is a policy that could not be used after the merge; what it loosens is for its owners to judge.
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

function title({ checked, gone, differences, brokenBase }: ReportedPolicyChange): string {
  if (gone !== null) return goneWords[gone];
  if (checked?.state === "broken") return `The policy does not load: ${count(errorsOf(checked).length, "problem")}`;
  if (checked?.state === "incomplete") return "The policy builds on others that were not read";
  if (brokenBase !== null) return "The policy loads; the base's own does not";
  if (differences === null) return "The policy loads; the base has none";
  if (differences.length === 0) return "The policy loads, and asks for the same as before";
  return `The policy loads: ${effects.flatMap((effect) => tally(differences, effect) ?? []).join(", ")}`;
}

const effects = ["loosens", "changes", "tightens"] as const;

function tally(differences: readonly PolicyDifference[], effect: PolicyDifference["effect"]): string | null {
  const { length } = differences.filter((difference) => difference.effect === effect);
  return length === 0 ? null : `${effect} ${count(length, "thing")}`;
}

function sections({ checked, gone, differences, replayed, brokenBase, recent }: ReportedPolicyChange): string[] {
  return [
    ...(gone === null ? [] : [`${goneWords[gone]}.`]),
    ...(checked === null ? [] : validation(checked)),
    ...(brokenBase === null ? [] : [brokenWords(brokenBase)]),
    ...(differences === null ? [] : differenceLists(differences)),
    ...(replayed === null ? [] : [replayWords(replayed)]),
    ...(recent == null ? [] : recentWords(recent)),
  ];
}

function brokenWords({ file, problems }: CheckedPolicy): string {
  const [first] = problems;
  const where = first === undefined ? "" : ` (line ${first.line}, ${first.code}: ${prose(first.what, 600)})`;
  return `The base's own ${path(file)} does not load${where}: until it is mended nothing is judged, and there is nothing to compare this copy with.`;
}

const kinds = [
  ["newly-blocks", "would newly block"],
  ["newly-undecided", "would newly be undecided"],
  ["newly-waits", "would newly wait for an approval"],
  ["newly-passes", "would newly pass"],
  ["not-judged", "could not be judged by both"],
  ["same", "would come out the same"],
] as const;

function recentWords({ replayed, left: unplayed }: ReportedRecent): string[] {
  const others = unplayed === 0 ? "" : ` ${unplayed} more could not be replayed: too large, or too many.`;
  if (replayed.length === 0) return ["### Recent pull requests", `None was replayed.${others || " None is known."}`];
  const tallies = kinds.flatMap(([kind, words]) => {
    const { length } = replayed.filter((each) => each.kind === kind);
    return length === 0 && kind !== "newly-blocks" ? [] : [`${length} ${words}`];
  });
  const changed = replayed.filter(({ kind }) => kind !== "same");
  const lines = changed.slice(0, mostListed).map(recentLine);
  return [
    "### Recent pull requests",
    `Replayed over ${count(replayed.length, "other pull request")} of this base, as they were last judged: ${tallies.join(", ")}.${others}`,
    ...(lines.length === 0 ? [] : [lines.join("\n")]),
  ];
}

function recentLine({ name, kind, rules, problem }: ReportedRecent["replayed"][number]): string {
  const words = kinds.find(([each]) => each === kind)?.[1] ?? kind;
  const why = problem ?? rules.join(", ");
  return `- ${prose(name, 100)} ${words}${why === "" ? "" : `: ${prose(why, 600)}`}`;
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
