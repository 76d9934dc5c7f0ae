import { approvalRows, approvalWords, candidateWords, type ApprovalRow, type Review } from "../../core/report/index.ts";
import { section, table } from "./frame.ts";
import { html, type Html, type Slot } from "./html.ts";

/** Whose approval is asked for, what became of it, and of every review why it counts or not. */
export function approvalsSection(review: Review): Html {
  const all = approvalRows(review);
  if (all.length === 0)
    return section("approvals", "Approvals", html`<p>No rule asks for an approval of this change.</p>`);
  const shown = all.slice(0, mostAreas);
  const rows = shown.map(({ approval, isOpen, rules }) => [
    html`<bdi>${approval.area}</bdi>`,
    approvalWords(approval),
    isOpen ? (candidateWords(approval) ?? "nobody is known to") : "–",
    rules.join(", "),
  ]);
  const areas = table("areas", "Areas, and who can approve them", areaColumns, rows, all.length - shown.length);
  return section("approvals", "Approvals", [areas, shown.map(considered)]);
}

const mostAreas = 100;
const mostReviews = 100;
const areaColumns = ["Area", "State", "Can approve it", "Asked for by"].map((name) => ({ name }));
const reviewColumns = ["Review by", "Counts", "Why"].map((name) => ({ name }));

/** Every review that was looked at for one area, in the order of submission. */
function considered({ approval }: ApprovalRow, index: number): Slot {
  const all = approval.considered;
  if (all.length === 0) return null;
  const rows = all
    .slice(0, mostReviews)
    .map(({ user, reason, says, files }) => [
      html`<bdi>${user}</bdi>`,
      reason === "counts" ? "yes" : "no",
      [says, files.length === 0 ? null : html` <span class="quiet">(${named(files)})</span>`],
    ]);
  const caption = `Reviews that were looked at for ${approval.area}`;
  return table(`reviews-${index}`, caption, reviewColumns, rows, Math.max(0, all.length - mostReviews));
}

const mostFiles = 10;

function named(files: readonly string[]): string {
  const left = files.length - mostFiles;
  return `${files.slice(0, mostFiles).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}
