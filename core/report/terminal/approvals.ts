import { approvalRows, approvalWords, candidateWords, reviewerWords, waiverWords } from "../approval-rows.ts";
import { count } from "../numbers.ts";
import type { Review } from "../review.ts";
import { heading, paragraph, type Span } from "./layout.ts";
import type { Screen } from "./screen.ts";

const mostRows = 20;

/** Whose approval is asked for, what became of it, and who can settle what is open. Nothing where none is asked for. */
export function approvals(screen: Screen, review: Review): string[] {
  const rows = approvalRows(review);
  if (rows.length === 0) return [];
  const lines = rows.slice(0, mostRows).flatMap(({ approval, isOpen }) => {
    const words: Span[] = [
      { text: approval.area, style: "strong", max: 100 },
      { text: `  ${approvalWords(approval)}`, style: isOpen ? "caution" : "good" },
    ];
    const who = isOpen ? candidateWords(approval) : null;
    return [
      ...paragraph(screen, 2, words, {
        text: screen.signs[isOpen ? "unknown" : "yes"],
        style: isOpen ? "caution" : "good",
      }),
      ...(who === null ? [] : paragraph(screen, 4, [{ text: `can approve it: ${who}`, style: "quiet" }])),
    ];
  });
  const left = rows.length - mostRows;
  const more = `${screen.signs.more} and ${count(left, "more area")}: see report.json`;
  return [
    ...heading(screen, "Approvals"),
    ...lines,
    ...(left > 0 ? paragraph(screen, 2, [{ text: more, style: "quiet" }]) : []),
    ...unblocking(screen, review),
  ];
}

function unblocking(screen: Screen, { decision }: Review): string[] {
  const who = reviewerWords(decision);
  if (who === null) return [];
  return paragraph(screen, 2, [{ text: `Fewest people to ask: ${who}` }], { text: screen.signs.to, style: "strong" });
}

/** The exceptions that bear on the change. Nothing where there are none. */
export function exceptions(screen: Screen, { decision }: Review): string[] {
  const { waivers, override } = decision;
  if (waivers.length === 0 && override === null) return [];
  const glass = override === null ? [] : overrideLines(screen, override);
  const lines = waivers.slice(0, mostRows).flatMap((waiver) => {
    const words: Span[] = [
      { text: waiver.id, style: "strong", max: 100 },
      { text: `  ${waiverWords(waiver)}`, max: 600 },
    ];
    return paragraph(screen, 2, words, { text: screen.signs.bullet, style: "quiet" });
  });
  const left = waivers.length - mostRows;
  const more = `${screen.signs.more} and ${count(left, "more waiver")}: see report.json`;
  return [
    ...heading(screen, "Exceptions"),
    ...glass,
    ...lines,
    ...(left > 0 ? paragraph(screen, 2, [{ text: more, style: "quiet" }]) : []),
  ];
}

function overrideLines(screen: Screen, { by, reason, until }: NonNullable<Review["decision"]["override"]>): string[] {
  const words: Span[] = [
    { text: "break-glass", style: "bad" },
    { text: `  ${by}, until ${until}: ${reason}`, max: 600 },
  ];
  return paragraph(screen, 2, words, { text: screen.signs.warn, style: "bad" });
}
