import { createHash } from "node:crypto";
import type { CheckContent } from "../../adapters/github/apply-check-run.ts";
import type { VerdictRow } from "../../adapters/store/store.ts";
import { count, cutToLength, grouped, longestTitle, summaryLimits, type Annotation } from "../../core/report/index.ts";
import { inProgress } from "./open-work.ts";
import { publicationOf, rowDecisions } from "./verdict-row.ts";

/** What a commit's check should show: one verdict for all pull requests whose head it is. */
export interface HeadVerdict {
  content: Omit<CheckContent, "detailsUrl">;
  /** Those that GitHub can place, the most severe first, and no more than it is worth sending. */
  annotations: Annotation[];
  /** The row that decides: the strictest. */
  row: VerdictRow;
  /** What the check is to show: a conclusion, or that something is still being judged. */
  conclusion: string;
}

/** More annotations than these nobody reads, and each 50 of them cost a request. */
export const mostAnnotations = 500;

/**
 * The verdict on a head: the strictest of the latest verdicts of everything that is open on it, the first of them where two
 * are alike. Pure: the same rows give the same bytes, whoever publishes them. At least one row that is not over.
 */
export function headVerdict(rows: readonly VerdictRow[]): HeadVerdict {
  const open = openRows(rows);
  const row = strictest(open);
  const publication = publicationOf(row, summaryLimits.checkRun - ownWords);
  const placed = publication.annotations.filter(({ path }) => path !== null);
  const annotations = placed.slice(0, mostAnnotations);
  const several = open.length > 1 && row.number !== null;
  const title = several ? `#${row.number}: ${publication.title}` : publication.title;
  const summary = [...severalWords(open, row), publication.summary, ...annotationWords(annotations, placed.length)];
  return {
    content: {
      externalId: externalId(open),
      conclusion: publication.conclusion,
      title: cutToLength(title, longestTitle),
      summary: summary.join("\n"),
      buttons: publication.buttons,
    },
    ...{ annotations, row },
    conclusion: row.conclusion === inProgress ? inProgress : publication.conclusion,
  };
}

/** What a head's verdict is, without the words: enough to know whether it is shown. */
export function headDigest(rows: readonly VerdictRow[]): { externalId: string; conclusion: string } {
  return { externalId: externalId(rows), conclusion: strictest(openRows(rows)).conclusion };
}

/** What a head's verdict rests on: the same again needs no write. */
export function externalId(rows: readonly Pick<VerdictRow, "evaluation" | "decision">[]): string {
  const ids = rows.filter(({ decision }) => decision !== "over").map(({ evaluation }) => evaluation);
  return createHash("sha256").update(ids.sort().join("\n")).digest("hex");
}

function openRows(rows: readonly VerdictRow[]): VerdictRow[] {
  return rows.filter(({ decision }) => decision !== "over").sort(bySubject);
}

function strictest(open: readonly VerdictRow[]): VerdictRow {
  return open.reduce((most, other) => (weight(other) > weight(most) ? other : most));
}

/** Room for what is said below, in bytes. */
const ownWords = 4_000;
const mostNamed = 20;

/** A verdict that another pull request brings must not look like a mistake. */
function severalWords(open: readonly VerdictRow[], shown: VerdictRow): string[] {
  if (open.length < 2) return [];
  const named = open.slice(0, mostNamed).map(({ number, decision }) => `#${number ?? "–"} ${decision}`);
  const more = open.length > mostNamed ? [`${open.length - mostNamed} more`] : [];
  const says = `This commit is the head of ${count(open.length, "pull request")}. The strictest verdict is shown`;
  return [`> ${says}, that of #${shown.number ?? "–"}: ${[...named, ...more].join(", ")}.\n`];
}

function annotationWords(shown: readonly Annotation[], total: number): string[] {
  if (shown.length === total) return [];
  return [`Annotations: the ${grouped(shown.length)} most severe of ${grouped(total)} are shown.\n`];
}

function weight({ decision }: VerdictRow): number {
  const known = rowDecisions.findIndex((each) => each === decision);
  // What nobody knows how to weigh weighs most.
  return known === -1 ? rowDecisions.length : known;
}

function bySubject(a: VerdictRow, b: VerdictRow): number {
  return (a.number ?? 0) - (b.number ?? 0) || (a.subject < b.subject ? -1 : 1);
}
