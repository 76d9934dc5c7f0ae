import { aiReasonOf, allWritten } from "./ai-counts.ts";
import { areasInTheWay } from "./held-up.ts";
import type { Review } from "./review.ts";

/** What a label of ours can say of a pull request. What it is called there is the App's settings'. */
export const labelKinds = ["ai-assisted", "ai-authored", "provenance-missing", "needs-owner-approval"] as const;
export type LabelKind = (typeof labelKinds)[number];

/** The labels that a change has earned, in the order of `labelKinds`. They are told, never read back. */
export function labelsWanted(review: Review): LabelKind[] {
  const holds: Record<LabelKind, boolean> = {
    "ai-assisted": !has(review, ["agent-authored"]) && has(review, ["agent-assisted", "suggestion"]),
    "ai-authored": has(review, ["agent-authored"]),
    "provenance-missing": isProvenanceMissing(review),
    "needs-owner-approval": areasInTheWay(review).length > 0,
  };
  return labelKinds.filter((kind) => holds[kind]);
}

function has({ provenance, ...review }: Review, verdicts: readonly string[]): boolean {
  const written = allWritten({ ...review, provenance });
  return [...provenance.commits, ...written.map(({ writer }) => writer)].some(({ verdict }) =>
    verdicts.includes(verdict),
  );
}

/** Findings that say that a tool wrote something and no trailer tells of it as it should. */
const tellingRules: readonly string[] = ["detected-without-trailer", "provenance-removed", "malformed-trailer"];

/** Either a tool was detected that nobody declared, or the policy counts silence as AI and there is some. */
function isProvenanceMissing(review: Review): boolean {
  const found = review.findings.some(({ rule, waivedBy }) => waivedBy === null && tellingRules.includes(rule));
  const silent = allWritten(review).filter(({ writer }) => writer.verdict === "undeclared");
  return found || silent.some((stretch) => aiReasonOf(review, stretch) !== null);
}
