import { approvalRows, approvalWords, candidateWords, reviewerWords, waiverWords } from "../approval-rows.ts";
import type { Review } from "../review.ts";
import { whole, type Part } from "./page.ts";
import { cell, code, prose, row } from "./words.ts";

const mostRows = 50;
const mostReasons = 30;

/** A change that merges although its policy says no must not look like any other. */
export function override({ decision }: Review): Part[] {
  if (decision.override === null) return [];
  const { by, reason, until } = decision.override;
  const rules = decision.rules.filter(({ state }) => state === "overridden").map(({ id }) => code(id));
  const which = rules.length === 0 ? "" : ` Not met: ${rules.slice(0, 20).join(", ")}.`;
  return [
    whole(`> [!CAUTION]\n> **Break-glass** by ${code(by, 100)} until ${prose(until)}: ${prose(reason, 500)}.${which}`),
  ];
}

/** Whose approval is asked for, what became of it, why approvals do not count, and who can settle what is open. */
export function approvals(review: Review): Part[] {
  const all = approvalRows(review);
  if (all.length === 0) return [];
  const rows = all
    .slice(0, mostRows)
    .map(({ rules, approval, isOpen }) =>
      row(
        cell(approval.area),
        cell(approvalWords(approval)),
        isOpen ? cell(candidateWords(approval) ?? "") : "–",
        cell(rules.join(", ")),
      ),
    );
  const head = "### Approvals\n\n| Area | State | Can approve it | Asked for by |\n|---|---|---|---|";
  const who = reviewerWords(review.decision);
  return [
    { kind: "rows", head, rows, omitted: all.length - rows.length, foot: null, noun: "area" },
    ...(who === null ? [] : [whole(`**Fewest people to ask:** ${prose(who, 600)}`)]),
    ...notCounting(review),
  ];
}

/** Each reason once: the same review is looked at for every area. */
function notCounting(review: Review): Part[] {
  const open = approvalRows(review).filter(({ isOpen }) => isOpen);
  const considered = open.flatMap(({ approval }) => approval.considered.filter(({ reason }) => reason !== "counts"));
  const all = [...new Set(considered.map(({ says }) => says))];
  if (all.length === 0) return [];
  const rows = all.slice(0, mostReasons).map((says) => `- ${prose(says, 300)}`);
  const head = "Reviews that do not count:\n";
  return [{ kind: "rows", head, rows, omitted: all.length - rows.length, foot: null, noun: "review" }];
}

/** The waivers that bear on the change, those that have ended too. */
export function waivers({ decision }: Review): Part[] {
  const all = decision.waivers;
  if (all.length === 0) return [];
  const rows = all.slice(0, mostRows).map((waiver) => `- ${code(waiver.id)}: ${prose(waiverWords(waiver), 800)}`);
  return [{ kind: "rows", head: "### Waivers\n", rows, omitted: all.length - rows.length, foot: null, noun: "waiver" }];
}
