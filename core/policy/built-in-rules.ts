import type { TreeFile } from "../change/tree-file.ts";
import type { ApprovalRequest, AreaApproval } from "../ownership/approval.ts";
import { approvalOutcome } from "./approval-outcome.ts";
import { requestToMenders, requestToPolicyOwners } from "./approval-requests.ts";
import type { JudgedRule } from "./check-rule.ts";
import { policyFileNames } from "./choose-policy-file.ts";
import type { JudgedChange, JudgedFile } from "./judged.ts";
import type { Policy, Require } from "./policy.ts";
import { resolveRequire, resolveWhen } from "./resolve-policy.ts";
import { fileForms } from "./file-forms.ts";
import { listMatches, type PathList } from "./path-list.ts";
import type { Subject } from "./subject.ts";

/**
 * Rules that come with keys outside `rules`, or with the engine. No waiver reaches them. Their ids are those keys: a
 * written id has neither dot nor underscore, and is never `forbid`, so the two never meet.
 */
export function builtInRules(policy: Policy, subject: Pick<Subject, "gateWorkflows" | "policyPath">): JudgedRule[] {
  return [...boundaries(policy), ...detected(policy), policyOwners(policy, subject)];
}

/** The files that say what the gate asks and of whom, beside the workflows that run it. */
export const policyPaths: PathList = [
  ...policyFileNames,
  ".github/countersign/**",
  // The three places of GitHub's documentation, "About code owners".
  ".github/CODEOWNERS",
  "CODEOWNERS",
  "docs/CODEOWNERS",
];

/** What agents may not propose, whatever the other rules say. */
function boundaries(policy: Policy): JudgedRule[] {
  if (policy.forbid.length === 0) return [];
  const require: Require = { ...resolveRequire({}), forbid: policy.forbid };
  return [{ ...builtIn(policy), id: "forbid", title: "Agents stay within their boundaries", require }];
}

function detected(policy: Policy): JudgedRule[] {
  const { detectedWithoutTrailer } = policy.provenance;
  if (detectedWithoutTrailer === "allow") return [];
  return [
    {
      ...builtIn(policy),
      id: "provenance.detected_without_trailer",
      title: "A commit with marks of AI says so in its trailers",
      when: resolveWhen({ ai: true }),
      require: resolveRequire({ disclosure: "not-only-detected" }),
      unmet: detectedWithoutTrailer,
    },
  ];
}

/** Whoever may change what the gate asks could otherwise switch it off: the one rule that no policy can leave out. */
function policyOwners(policy: Policy, subject: Pick<Subject, "gateWorkflows" | "policyPath">): JudgedRule {
  return {
    ...builtIn(policy),
    id: "policy_owners",
    title: "A change to the policy, to code owners or to the gate's workflow has its owner's approval",
    when: resolveWhen({ paths: [...ownedPaths(subject)] }),
    asks: ({ change, files }) => approvalOutcome([policyApproval(change, files)], "nothing of the policy is changed"),
  };
}

/**
 * Whether a rule may take the approval of anybody who can push for a change of these files: one for a second human, or the
 * one for the policy's own files where it names no owners. Who can push at all is worth knowing only then.
 */
export function asksAnyone(
  policy: Policy,
  files: readonly TreeFile[],
  subject: Pick<Subject, "gateWorkflows" | "policyPath">,
): boolean {
  const owned = ownedPaths(subject);
  const isOwned = files.some((file) => listMatches(owned, { file, pathForms: fileForms(file) }));
  const all = [policy, ...policy.floors.map((floor) => floor.policy)];
  return all.some(
    ({ rules, policyOwners: owners }) =>
      rules.some(({ require }) => require.second_human !== null) || (isOwned && owners === null),
  );
}

function ownedPaths({ gateWorkflows, policyPath }: Pick<Subject, "gateWorkflows" | "policyPath">): PathList {
  const besides = policyPath === null ? [] : pathsBeside(policyPath);
  return [...new Set([...policyPaths, ...[...besides, ...gateWorkflows].map(asPattern).sort()])];
}

/** What became of the approval of the policy's owners. A CODEOWNERS that nobody can read must not forbid its own repair. */
export function policyApproval(change: JudgedChange, files: readonly JudgedFile[]): AreaApproval {
  const { approvals } = change.subject;
  const asked = [requestToPolicyOwners(change, files)];
  const first = approvals.of(asked[0]!);
  for (let approval = first; ;) {
    const next = approval.unsatisfiable === "configuration" ? requestToMenders(change, files, asked) : null;
    if (next === null)
      return approval === first ? first : { ...approval, says: `${approval.says} (${standIn(asked)})` };
    asked.push(next);
    approval = approvals.of(next);
  }
}

function standIn(asked: readonly ApprovalRequest[]): string {
  const who = asked.at(-1)?.owners === "anyone" ? "anybody who can push" : "the default owners";
  return `nobody can tell who owns CODEOWNERS by the base's, so ${who} may approve its repair`;
}

/** A policy at another path than the usual one, the folder of its name, and the cases beside it. */
function pathsBeside(path: string): string[] {
  if (policyFileNames.some((usual) => usual === path)) return [];
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const name = parts.at(-1) ?? "";
  const folder = parts.slice(0, -1).map((part) => `${part}/`);
  const stem = name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : name;
  const within = stem === "" ? [] : [`${stem}/**`];
  return [name, ...within, "*.test.yml"].map((last) => `${folder.join("")}${last}`);
}

/** A path that begins with `!` would exclude what it is to protect. */
function asPattern(path: string): string {
  return path.startsWith("!") ? `?${path.slice(1)}` : path;
}

function builtIn({ mode }: Policy) {
  const require = resolveRequire({});
  return { builtIn: true, when: null, require, mode, enforceAfter: null, unmet: "block" } as const;
}
