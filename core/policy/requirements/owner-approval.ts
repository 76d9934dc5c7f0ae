import * as z from "zod";
import { exclusions, staleWhen, type Exclusion, type StaleWhen } from "../../ownership/approval.ts";
import { approvalOutcome } from "../approval-outcome.ts";
import {
  defaultTerms,
  requestForChange,
  requestsByArea,
  requestsToAreas,
  type ApprovalTerms,
} from "../approval-requests.ts";
import { atLeast, stepOfLimit, stepOfWord, stepsOfList, shown, type Step } from "../direction.ts";
import type { Scope } from "../judged.ts";
import type { Outcome, Requirement } from "../requirement.ts";
import { areaNameSchema, asList, oneOrMore, problemIssue } from "../schemas.ts";
import { worded } from "../wording.ts";

const areaName = areaNameSchema({
  says: "The name of an area.",
  expects: "the name of an area",
  example: "dependencies",
});

const excluded = worded(z.enum(exclusions), {
  says: "Who may not approve.",
  expects: "`author`, `committers` or `agent_requester`",
  example: "committers",
});

const schema = worded(
  z.strictObject({
    per: worded(z.enum(["area", "change"]), {
      says: "`area`: every touched area needs its owners. `change`: one owner of anything that is touched is enough. Default: `area`.",
      expects: "`area` or `change`",
      example: "area",
    }).optional(),
    area: oneOrMore(areaName, {
      says: "The areas whose owners must approve, in place of those of the touched areas. Names under `areas`.",
      expects: "the name of an area, or a list of names",
      example: "dependencies",
    }).optional(),
    count: worded(z.number().int().min(1).max(100), {
      says: "How many different owners, for each area and each group of code owners. Default: `1`.",
      expects: "a whole number from 1",
      example: 1,
    }).optional(),
    exclude: worded(
      z.array(excluded).check((ctx) => {
        if (ctx.value.includes("author")) return;
        const issue = problemIssue("CS012", "an author cannot approve what they wrote", "Add `author` to the list.");
        ctx.issues.push({ ...issue, input: ctx.value });
      }),
      {
        says: "Whose approval does not count: the author of the pull request, whoever wrote, committed or co-wrote a commit on these files, the person at whose request an agent opened it. Default: all three; `author` cannot be left out.",
        expects: "a list that holds `author`",
        example: ["author", "committers", "agent_requester"],
      },
      { contains: { const: "author" } },
    ).optional(),
    stale_when: worded(z.enum(staleWhen), {
      says: "When an approval ends: `owned_diff_changes`, when a file of the area is not what was approved; `push`, at every push; `never`. Default: `owned_diff_changes`.",
      expects: "`owned_diff_changes`, `push` or `never`",
      example: "owned_diff_changes",
      no: "never",
    }).optional(),
  }),
  {
    says: "Owners of what is touched have approved it, as it stands now.",
    expects: "a mapping with `per`, `area`, `count`, `exclude`, `stale_when`, or `{}` for their defaults",
    example: { per: "area", count: 1 },
  },
);

/** As a person writes it. */
export interface Written {
  per?: "area" | "change" | undefined;
  area?: string | string[] | undefined;
  count?: number | undefined;
  exclude?: Exclusion[] | undefined;
  stale_when?: StaleWhen | undefined;
}

/** With every default settled. */
export interface OwnerApproval extends ApprovalTerms {
  per: "area" | "change";
  /** Null: the owners of what is touched. */
  areas: readonly string[] | null;
}

/** Asks for approvals of owners, bound to the content that they saw. */
export const ownerApproval: Requirement<Written, OwnerApproval> = {
  schema,
  facts: ["approvals", "files.file", "files.pathForms"],
  resolve: ({ per, area, count, exclude, stale_when }) => ({
    per: per ?? "area",
    areas: area === undefined ? null : asList(area),
    count: count ?? defaultTerms.count,
    exclude: exclude ?? defaultTerms.exclude,
    staleWhen: stale_when ?? defaultTerms.staleWhen,
  }),
  compare: (before, after) => [
    ...stepsOfWhom(before, after),
    ...stepOfLimit("count", atLeast, before.count, after.count),
    ...stepsOfList("tightens", before.exclude, after.exclude),
    ...stepOfWord("stale_when", ["never", "owned_diff_changes", "push"], before.staleWhen, after.staleWhen),
  ],
  mayEase: ({ per, areas }) => per === "change" && areas === null,
  check: (asked, scope) => {
    const missing = asked.areas?.filter((name) => scope.change.policy.areas.every((area) => area.name !== name)) ?? [];
    if (missing.length > 0) return unknownAreas(missing);
    const approvals = requestsOf(asked, scope).map((request) => scope.change.subject.approvals.of(request));
    return approvalOutcome(approvals, "no file here has owners, so nobody's approval is asked for");
  },
};

function requestsOf(asked: OwnerApproval, scope: Scope) {
  if (asked.areas !== null) return requestsToAreas(scope, asked, asked.areas);
  return asked.per === "change" ? requestForChange(scope, asked) : requestsByArea(scope, asked);
}

/** The loader refuses such a name; a policy that came another way must not pass by it. */
function unknownAreas(names: readonly string[]): Outcome {
  const says = `the policy has no area ${names.join(", ")}, so nobody is known to own it`;
  return { state: "undecided", reason: { says, state: "unknown", fix: "Add it under `areas`.", reasons: [] } };
}

/**
 * Whose approvals are asked for. One owner for all of it is less than one for each area, and not always the other way round:
 * whoever committed in one area may approve another, and not all of it.
 */
function stepsOfWhom(before: OwnerApproval, after: OwnerApproval): Step[] {
  if (before.areas !== null && after.areas !== null) return stepsOfList("tightens", before.areas, after.areas);
  if (before.areas !== null || after.areas !== null) {
    const whose = after.areas === null ? "what is touched" : after.areas.map(shown).join(", ");
    return [{ effect: "changes", what: `owners of ${whose}` }];
  }
  if (before.per === after.per) return [];
  return [{ effect: after.per === "change" ? "loosens" : "changes", what: `per ${after.per}, which is ${before.per}` }];
}
