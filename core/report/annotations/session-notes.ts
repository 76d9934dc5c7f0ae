import type { WrittenLines } from "../../change/authorship.ts";
import { aiReasonOf } from "../ai-counts.ts";
import { compare } from "../order.ts";
import type { Review } from "../review.ts";
import { toolWords } from "../words.ts";
import type { Note } from "./neighbours.ts";

/** More files than this tell no more about a change; the sessions of all of them are in the report. */
const mostFiles = 20;

/**
 * The tool's session beside the diff: one notice a file, on the first stretch of lines that counts as AI and whose
 * session is known. Of the files with the most such lines, in the order of their paths.
 */
export function sessionNotes(review: Review): Note[] {
  const known = review.change.files.flatMap(({ path, status, written }) => {
    const stretches = written.filter(
      (stretch) => stretch.writer.session !== null && aiReasonOf(review, stretch) !== null,
    );
    const [first] = stretches;
    return status === "deleted" || first === undefined ? [] : [{ path, first, lines: linesOf(stretches) }];
  });
  return known
    .sort((a, b) => b.lines - a.lines || compare(a.path, b.path))
    .slice(0, mostFiles)
    .sort((a, b) => compare(a.path, b.path))
    .map(({ path, first }) => sessionNote(path, first));
}

function sessionNote(path: string, { start, end, writer }: WrittenLines): Note {
  const { agent, model, session } = writer;
  const tool = agent === null || model === null ? (toolWords(writer) ?? "a tool") : `${agent}, ${model}`;
  return {
    level: "notice",
    place: { kind: "lines", path, start, end },
    title: "written by a tool",
    says: [`${start === end ? `Line ${start}` : `Lines ${start}–${end}`}: ${tool}; session ${session ?? ""}`],
    closing: [],
  };
}

function linesOf(stretches: readonly WrittenLines[]): number {
  return stretches.reduce((sum, { start, end }) => sum + end - start + 1, 0);
}
