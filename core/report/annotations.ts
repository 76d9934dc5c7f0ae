import { severities, type Finding, type Place, type Severity } from "../findings/finding.ts";
import { withoutWorkflowCommands } from "../untrusted/index.ts";
import type { Annotation } from "./annotation.ts";
import { coverageNotes } from "./annotations/coverage-notes.ts";
import { groupNeighbours, type Note } from "./annotations/neighbours.ts";
import { ruleNotes } from "./annotations/rule-notes.ts";
import { sessionNotes } from "./annotations/session-notes.ts";
import { headPlaces, inDiff, isInFile, type HeadPlaces } from "./head-places.ts";
import { grouped } from "./numbers.ts";
import type { LintReport } from "./lint-report.ts";
import { compare } from "./order.ts";
import type { Review } from "./review.ts";
import { cutToBytes, cutToLength, plain, plainPath, remembering } from "./text.ts";
import { placeWords, writerWords } from "./words.ts";

/** GitHub's limits for one annotation of a check run: characters of a title, bytes of a message. */
export const annotationLimits = { title: 255, message: 64_000 } as const;

/**
 * Everything of a review that is worth a note beside the code, most severe first: rules of the policy that are not met,
 * findings, and added code that no test runs; after all of them, the sessions of the tools that wrote it. Lines are named only where the change added them; a note on a deleted,
 * renamed or untouched place moves to its file or to the change. Neighbouring lines with the same news are one note.
 * All of them are listed; `limitAnnotations` chooses.
 */
export function annotations(review: Review): Annotation[] {
  const places = headPlaces(review);
  const found = review.findings.map((finding) => findingNote(finding, places));
  const notes = groupNeighbours([...ruleNotes(review), ...found, ...coverageNotes(review, places)]);
  return toAnnotations([...notes.sort(bySeverityThenPlace), ...sessionNotes(review)]);
}

/** Findings alone, in the same way; of plain files, which stand in no diff, every line is named. */
export function lintAnnotations({ findings, change }: LintReport): Annotation[] {
  const notes = findings.map((finding) => findingNote(finding, change?.places ?? null));
  return toAnnotations(groupNeighbours(notes).sort(bySeverityThenPlace));
}

function toAnnotations(notes: readonly Note[]): Annotation[] {
  const cleaners = { text: remembering(plain), path: remembering(plainPath) };
  return notes.map((note) => toAnnotation(note, cleaners));
}

/** How many annotations of each level a door may show, and of all levels together. */
export interface AnnotationLimits {
  errors: number;
  warnings: number;
  notices: number;
  total?: number;
}

/** The first of each level, in their order, and how many there were: for "10 of 37 shown". */
export function limitAnnotations(
  list: readonly Annotation[],
  { errors, warnings, notices, total }: AnnotationLimits,
): { shown: Annotation[]; total: number } {
  const left: Record<Severity, number> = { error: errors, warning: warnings, notice: notices };
  const shown = list.filter(({ level }) => left[level]-- > 0).slice(0, total ?? list.length);
  return { shown, total: list.length };
}

function findingNote(finding: Finding, places: HeadPlaces | null): Note {
  const place = places === null ? finding.place : inDiff(places, finding.place);
  const shown = finding.place.kind === "change" || isShown(place, finding.place);
  const said = shown ? "" : `${placeWords(finding.place)}: `;
  const by = finding.writer === null ? [] : [`Written by: ${writerWords(finding.writer)}.`];
  const waived = finding.waivedBy === null ? [] : [`Waived by ${finding.waivedBy}: no rule counts it.`];
  return {
    level: finding.waivedBy === null ? finding.severity : "notice",
    place,
    title: finding.rule,
    says: [`${said}${finding.message}`],
    closing: [...waived, ...by, finding.help],
  };
}

/** Whether the note stands where the finding points, so that its place need not be told in words. */
function isShown(place: Place, wanted: Place): boolean {
  return isInFile(place) && isInFile(wanted) && place.kind === wanted.kind && place.path === wanted.path;
}

function bySeverityThenPlace(a: Note, b: Note): number {
  return (
    severities.indexOf(a.level) - severities.indexOf(b.level) ||
    compare(pathOf(a), pathOf(b)) ||
    startOf(a) - startOf(b)
  );
}

/** What concerns the whole change has no path, and so comes before what concerns a line of it. */
function pathOf({ place }: Note): string {
  return isInFile(place) ? place.path : "";
}

function startOf({ place }: Note): number {
  return place.kind === "lines" ? place.start : 0;
}

interface Cleaners {
  text: typeof plain;
  path: typeof plainPath;
}

function toAnnotation(note: Note, cleaners: Cleaners): Annotation {
  const plainly = namedPlainly(note, cleaners);
  const { level, place, title } = plainly;
  return {
    level,
    path: isInFile(place) ? place.path : null,
    startLine: place.kind === "lines" ? place.start : null,
    endLine: place.kind === "lines" ? place.end : null,
    title: cutToLength(withoutWorkflowCommands(cleaners.text(title)), annotationLimits.title),
    message: cutToBytes(message(plainly, cleaners), annotationLimits.message),
  };
}

/** A platform needs a path exactly as it is. One that cannot be shown so, or that holds a secret, is told in words. */
function namedPlainly(note: Note, cleaners: Cleaners): Note {
  const { place, says } = note;
  if (!isInFile(place) || cleaners.path(place.path) === place.path) return note;
  return { ...note, place: { kind: "change" }, says: [`In ${placeWords(place)}:`, ...says] };
}

/** Sentences of one note; GitHub folds a longer message, and nobody unfolds the fortieth. */
const mostSentences = 20;

function message({ says, closing }: Note, cleaners: Cleaners): string {
  const left = says.length - mostSentences;
  const more = left > 0 ? [`… and ${grouped(left)} more, see report.json`] : [];
  const sentences = [...says.slice(0, mostSentences), ...more, ...closing.slice(0, mostSentences)];
  return withoutWorkflowCommands(sentences.map((sentence) => cleaners.text(sentence, 600)).join("\n"));
}
