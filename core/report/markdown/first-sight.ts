import { approvalWords } from "../approval-rows.ts";
import { areasInTheWay, rulesInTheWay, whoCanUnblock } from "../held-up.ts";
import { count, grouped, sum } from "../numbers.ts";
import type { Review } from "../review.ts";
import { headline, reasons } from "./decision.ts";
import { whole, type Part } from "./page.ts";
import { code, path, prose } from "./words.ts";

/** What a reader sees of a check run before anything else: the decision, what is missing, who can unblock it; then why. */
export const firstSight = [headline, unblock, reasons];

/** What is missing, and who can do something about it; nothing where nothing is. */
function unblock(review: Review): Part[] {
  const missing = missingWords(review);
  if (missing === null) return [];
  const who = prose(whoCanUnblock(review) ?? "", 300);
  return [whole([`**Missing:** ${missing}`, `**Who can unblock:** ${who}`].join("  \n"))];
}

const mostNamed = 3;

/** Open approvals by area; else the rules that hold the change up. */
function missingWords(review: Review): string | null {
  const { state } = review.decision;
  if (state === "pass" || state === "warn") return null;
  const areas = areasInTheWay(review).map(
    ({ approval }) => `approval of ${approval.area} (${approvalWords(approval)})`,
  );
  const rules = rulesInTheWay(review)
    .filter(({ approvals }) => approvals.length === 0)
    .map(({ id }) => `what ${id} asks for`);
  const all = [...rules, ...areas];
  if (all.length === 0) return prose(review.decision.nextSteps[0] ?? "see below", 300);
  const more = all.length > mostNamed ? ` and ${count(all.length - mostNamed, "more thing")}` : "";
  return `${prose(all.slice(0, mostNamed).join("; "), 600)}${more}`;
}

const mostFiles = 30;
const mostStretches = 8;

/** What a tool wrote and nobody else has looked at as it stands. */
export function unreviewedFiles({ unreviewed = [] }: Review): Part[] {
  if (unreviewed.length === 0) return [];
  const lines = sum(unreviewed.map((file) => sum(file.lines.map(({ start, end }) => end - start + 1))));
  const head = `### AI-suggested, not yet reviewed: ${count(unreviewed.length, "file")}, ${count(lines, "line")}\n`;
  const rows = unreviewed.slice(0, mostFiles).map((file) => `- ${path(file.path)}: ${stretches(file.lines)}`);
  return [{ kind: "rows", head, rows, omitted: unreviewed.length - rows.length, foot: null, noun: "file" }];
}

function stretches(lines: readonly { start: number; end: number }[]): string {
  const shown = lines.slice(0, mostStretches).map(({ start, end }) => (start === end ? `${start}` : `${start}–${end}`));
  const left = lines.length - shown.length;
  return `${lines.length === 1 && lines[0]?.start === lines[0]?.end ? "line" : "lines"} ${code(shown.join(", "))}${left > 0 ? ` and ${grouped(left)} more` : ""}`;
}
