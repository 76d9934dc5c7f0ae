import type { Finding, Severity } from "../../findings/finding.ts";
import { count } from "../numbers.ts";
import { mostSevereFirst } from "../order.ts";
import type { Review } from "../review.ts";
import { findingWords } from "../rows.ts";
import { placeWords, writerWords } from "../words.ts";
import { heading, paragraph, type Span } from "./layout.ts";
import type { Screen, Style } from "./screen.ts";

/** The most severe findings, each with who wrote the line, and what to do about each rule. Says how many there are in all. */
export function findings(
  screen: Screen,
  review: Pick<Review, "findings">,
  { most, whole }: { most: number; whole: string } = { most: 20, whole: "report.json" },
): string[] {
  const all = mostSevereFirst(review.findings);
  const total = findingWords(all);
  if (total === null) return [];
  const shown = all.slice(0, most);
  const left = all.length - shown.length;
  const more = `${screen.signs.more} and ${count(left, "more finding")}: see ${whole}`;
  return [
    ...heading(screen, `Findings: ${total}`),
    ...shown.flatMap((finding, index) => findingLines(screen, finding, isFirstOfRule(shown, index))),
    ...(left > 0 ? paragraph(screen, 2, [{ text: more, style: "quiet" }]) : []),
  ];
}

const severityStyles: Record<Severity, Style> = { error: "bad", warning: "caution", notice: "quiet" };

/** As wide as the longest severity, so that the places stand below each other. */
const severityWidth = 7;

/** What to do about a rule's findings is said once. */
function isFirstOfRule(findings: readonly Finding[], index: number): boolean {
  return findings.findIndex(({ rule }) => rule === findings[index]?.rule) === index;
}

function findingLines(screen: Screen, finding: Finding, withHelp: boolean): string[] {
  const indent = 2 + severityWidth + 1;
  const marker: Span = { text: finding.severity.padEnd(severityWidth), style: severityStyles[finding.severity] };
  const place: Span[] = [
    { text: placeWords(finding.place), style: "strong", max: 1_000 },
    { text: `  ${finding.rule}`, style: "quiet", max: 100 },
    ...(finding.waivedBy === null
      ? []
      : [{ text: `  waived by ${finding.waivedBy}`, style: "caution" as const, max: 100 }]),
  ];
  const writer =
    finding.writer === null ? [] : paragraph(screen, indent, [{ text: writerWords(finding.writer), style: "quiet" }]);
  const arrow: Span = { text: screen.signs.to, style: "strong" };
  const help = withHelp ? paragraph(screen, indent, [{ text: finding.help, max: 600 }], arrow) : [];
  return [
    ...paragraph(screen, 2, place, marker),
    ...paragraph(screen, indent, [{ text: finding.message, max: 600 }]),
    ...writer,
    ...help,
  ];
}
