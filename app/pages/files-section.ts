import { aiLineNumbers, count, grouped, lineRanges, plainPath, type Review } from "../../core/report/index.ts";
import { section, table, type Column } from "./frame.ts";
import { html, type Html, type Slot } from "./html.ts";
import { unreviewedFiles } from "./review-mark.ts";

/** The changed files, those first that a tool wrote lines of and nobody has reviewed. */
export function filesSection(review: Review): Html {
  const linesOf = new Map(review.change.files.map((file) => [file, aiLineNumbers(review, file)]));
  const unreviewed = unreviewedFiles(review, (file) => (linesOf.get(file) ?? []).length > 0);
  const marked = review.change.files.map((file) => ({
    file,
    ai: linesOf.get(file) ?? [],
    isOpen: unreviewed.has(file.path),
  }));
  const open = marked.filter(({ isOpen }) => isOpen);
  const all = [...open, ...marked.filter(({ isOpen }) => !isOpen)];
  if (all.length === 0) return section("files", "Files", html`<p>No file is changed.</p>`);
  const rows = all.slice(0, mostFiles).map(fileRow);
  const files = table("changed-files", "Changed files", columns, rows, Math.max(0, all.length - mostFiles));
  return section("files", "Files", [lead(open.length), files]);
}

/** What a file that a tool wrote is called until a person has approved what stands there. */
const unreviewedMark = "AI-suggested, not yet reviewed";
const mostFiles = 300;
const mostRanges = 20;

const columns: readonly Column[] = [
  { name: "File" },
  { name: "Review" },
  { name: "Lines that count as AI" },
  { name: "Added", isNumber: true },
  { name: "Deleted", isNumber: true },
  { name: "Areas" },
];

interface MarkedFile {
  file: Review["change"]["files"][number];
  /** Lines at head that count as AI, ascending. */
  ai: readonly number[];
  isOpen: boolean;
}

function lead(open: number): Html {
  const keeps = "The mark goes when somebody else approves what stands in the file now.";
  if (open === 0) return html`<p>No file is ${unreviewedMark}.</p>`;
  return html`<p><span class="mark">${unreviewedMark}:</span> ${count(open, "file")}. ${keeps}</p>`;
}

function fileRow({ file, ai, isOpen }: MarkedFile): Slot[] {
  const before =
    file.previousPath === null ? null : html` <span class="quiet">(was ${plainPath(file.previousPath)})</span>`;
  return [
    html`<code>${plainPath(file.path)}</code>${before}`,
    isOpen ? html`<span class="mark">${unreviewedMark}</span>` : ai.length > 0 ? "approved as it is" : "–",
    ai.length === 0 ? "none" : `${grouped(ai.length)}: ${lineRanges(ai, mostRanges)}`,
    grouped(file.addedLines),
    grouped(file.deletedLines),
    file.areas.join(", ") || "–",
  ];
}
