import type { AreaApproval } from "../../core/ownership/approval.ts";
import type { RuleResult } from "../../core/policy/index.ts";
import type { Review } from "../../core/report/index.ts";

type File = Review["change"]["files"][number];

/**
 * The files with lines that count as AI and that nobody has approved as they stand, by path. A review that was stored by a
 * version which did not say so is asked by its rules' approvals: what no rule asks for is then told as open.
 */
export function unreviewedFiles(review: Review, hasLinesOfTools: (file: File) => boolean): ReadonlySet<string> {
  if (review.unreviewed !== undefined) return new Set(review.unreviewed.map(({ path }) => path));
  const { change, decision } = review;
  const areas = new Set(change.files.flatMap((file) => file.areas));
  const rules = decision.rules.filter(({ approvals }) => approvals.length > 0);
  const isCovered = (file: File) => rules.some((rule) => rule.approvals.some((one) => covers(one, rule, file, areas)));
  return new Set(change.files.filter((file) => hasLinesOfTools(file) && !isCovered(file)).map(({ path }) => path));
}

/** An approval counts only for the content that its giver saw. */
function covers(approval: AreaApproval, rule: RuleResult, file: File, areas: ReadonlySet<string>): boolean {
  if (approval.state !== "satisfied" || approval.by.length === 0) return false;
  if (areas.has(approval.area)) return file.areas.includes(approval.area);
  // No area of the policy: all files of the rule together, or those of them that no area holds.
  return rule.files.includes(file.path) && (rule.approvals.length === 1 || file.areas.length === 0);
}
