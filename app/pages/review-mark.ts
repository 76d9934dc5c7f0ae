import type { AreaApproval } from "../../core/ownership/approval.ts";
import type { RuleResult } from "../../core/policy/index.ts";
import type { Review } from "../../core/report/index.ts";

type File = Review["change"]["files"][number];

/**
 * The files of which an approval that a rule asks for covers what stands there now: an approval counts only for the
 * content that its giver saw, so a file that changes afterwards is not among them. By path.
 */
export function reviewedFiles({ change, decision }: Review): ReadonlySet<string> {
  const areas = new Set(change.files.flatMap((file) => file.areas));
  const rules = decision.rules.filter(({ approvals }) => approvals.length > 0);
  const isCovered = (file: File) => rules.some((rule) => rule.approvals.some((one) => covers(one, rule, file, areas)));
  return new Set(change.files.filter(isCovered).map(({ path }) => path));
}

function covers(approval: AreaApproval, rule: RuleResult, file: File, areas: ReadonlySet<string>): boolean {
  if (approval.state !== "satisfied" || approval.by.length === 0) return false;
  if (areas.has(approval.area)) return file.areas.includes(approval.area);
  // No area of the policy: all files of the rule together, or those of them that no area holds.
  return rule.files.includes(file.path) && (rule.approvals.length === 1 || file.areas.length === 0);
}
