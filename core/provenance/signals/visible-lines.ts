import { codeFences } from "./code-fences.ts";

/** A line of a Markdown text that a reader is shown as text. */
export interface VisibleLine {
  /** Without the blanks around it. */
  text: string;
  /** From 1. */
  line: number;
}

/**
 * The lines of a pull request's body without those that quote code or stand in an HTML comment, which are templates and
 * quotations. A line that opens a comment is shown: tools sign with comments of one line. Blank lines are left out. In
 * doubt a line is visible: a comment within a paragraph ends with it, and code within a text opens none.
 */
export function visibleLines(body: string): VisibleLine[] {
  const isFenced = codeFences();
  const visible: VisibleLine[] = [];
  let comment: Comment | null = null;
  for (const [index, raw] of body.split("\n").entries()) {
    const text = raw.trim();
    if (comment !== null) {
      if (text.includes(close) || (comment === "inline" && text === "")) comment = null;
      continue;
    }
    if (isFenced(raw) || text === "") continue;
    visible.push({ text, line: index + 1 });
    comment = openComment(text);
  }
  return visible;
}

/** A comment that begins its line ends with `-->` alone; one within a paragraph also ends with the paragraph. */
type Comment = "block" | "inline";

const open = "<!--";
const close = "-->";

function openComment(text: string): Comment | null {
  if (!text.includes(open)) return null;
  const plain = withoutCode(text);
  if (plain.lastIndexOf(open) <= plain.lastIndexOf(close)) return null;
  return text.startsWith(open) ? "block" : "inline";
}

/** The text without what stands between runs of as many backticks. */
function withoutCode(text: string): string {
  let plain = "";
  let at = 0;
  for (let start = text.indexOf("`"); start !== -1; start = text.indexOf("`", at)) {
    let end = start;
    while (text[end] === "`") end++;
    const fence = text.slice(start, end);
    const match = text.indexOf(fence, end);
    plain += text.slice(at, start);
    at = match === -1 ? end : match + fence.length;
  }
  return plain + text.slice(at);
}
