import type { DecisionState } from "../../policy/decision.ts";
import { count, grouped } from "../numbers.ts";
import { atAGlance } from "../glance.ts";
import type { Review } from "../review.ts";
import { shortId, shortSha } from "../text.ts";
import { decisionWords } from "../words.ts";
import { paragraph } from "./layout.ts";
import type { Screen, Signs, Style } from "./screen.ts";

/** The decision, why, and the answer in a few lines: all that most readers need. */
export function headline(screen: Screen, review: Review): string[] {
  return [
    ...title(screen, review),
    ...paragraph(screen, 2, [{ text: scope(screen, review), style: "quiet" }]),
    "",
    ...why(screen, review.decision),
    ...underEnforce(screen, review),
    "",
    ...glance(screen, review),
  ];
}

const badges: Record<DecisionState, { style: Style; sign: keyof Signs }> = {
  pass: { style: "goodBadge", sign: "yes" },
  warn: { style: "cautionBadge", sign: "warn" },
  "needs-approval": { style: "cautionBadge", sign: "unknown" },
  block: { style: "badBadge", sign: "no" },
  undecided: { style: "badBadge", sign: "unknown" },
};

function title(screen: Screen, review: Review): string[] {
  const { style, sign } = badges[review.decision.state];
  const badge = ` ${screen.signs[sign]} ${decisionWords[review.decision.state].toUpperCase()} `;
  return paragraph(screen, 0, [{ text: shortId(review.change.id), style: "strong" }], { text: badge, style });
}

/** What was judged: `main ← feature · 9 commits · 14 files · +412 −37`. */
function scope(screen: Screen, review: Review): string {
  const { base, head, branch, commits, files, addedLines, deletedLines, uncommitted } = review.change;
  const into = base.name ?? shortSha(base.sha);
  const from = review.change.uncommitted === null ? (branch ?? head.name ?? shortSha(head.sha)) : "uncommitted work";
  const size = `+${grouped(addedLines)} ${screen.signs.minus}${grouped(deletedLines)} lines`;
  const parts = [
    `${into} ${screen.signs.from} ${from}`,
    commitWords(commits.length, uncommitted !== null),
    count(files.length, "file"),
    size,
  ];
  return parts.join(` ${screen.signs.dot} `);
}

const mostReasons = 5;

/** Where break-glass is used, its sentence comes first, and loud. */
function why(screen: Screen, { summary, override }: Review["decision"]): string[] {
  const left = summary.length - mostReasons;
  const more = `${screen.signs.more} and ${count(left, "more reason")}: see Policy`;
  return [
    ...summary
      .slice(0, mostReasons)
      .flatMap((text) =>
        paragraph(screen, 2, [
          { text, max: 600, ...(override !== null && isLoud(text) ? { style: "bad" as const } : {}) },
        ]),
      ),
    ...(left > 0 ? paragraph(screen, 2, [{ text: more, style: "quiet" }]) : []),
  ];
}

function isLoud(text: string): boolean {
  return text.startsWith("Break-glass: ");
}

function underEnforce(screen: Screen, review: Review): string[] {
  const { state, enforced } = review.decision;
  if (state === enforced) return [];
  const text = `With every rule enforced: ${decisionWords[enforced].toLowerCase()}.`;
  return paragraph(screen, 2, [{ text, style: "caution" }]);
}

function glance(screen: Screen, review: Review): string[] {
  const steps = review.decision.nextSteps.length;
  const todo = steps === 0 ? "nothing" : `${count(steps, "step")}, at the end of this report`;
  const lines = [...atAGlance(review), { label: "To do", text: todo }];
  const widest = Math.max(...lines.map((line) => line.label.length));
  return lines.flatMap(({ label, text }) =>
    paragraph(screen, 2, [{ text }], { text: `${label.padEnd(widest)} `, style: "quiet" }),
  );
}

/** Uncommitted work is read as a commit, and is none yet. */
function commitWords(commits: number, withUncommitted: boolean): string {
  if (!withUncommitted) return count(commits, "commit");
  return commits === 1 ? "uncommitted work" : `${count(commits - 1, "commit")} and uncommitted work`;
}
