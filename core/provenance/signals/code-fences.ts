/**
 * Tells line by line whether a Markdown text quotes it as fenced code, its two fences included. Lines come in order and
 * without their break; those of an HTML comment are not handed over, for a fence in a comment is none. Reads as GitHub
 * shows: a fence is three or more backticks or tildes, indented by up to three columns, in a list item counted from its
 * text; backticks with another backtick on their line are code within a text; only as many or more of the same
 * character, alone on their line, close a fence, and so does the end of the list item that it stands in.
 * Source: CommonMark 0.31, 4.5 and 5.2. In doubt a line is not quoted: what it says would be lost.
 */
export function codeFences(): (line: string) => boolean {
  let fence: Fence | null = null;
  let items: number[] = [];
  return (line) => {
    const start = skipBlank(line, { index: 0, column: 0 });
    const isBlank = line.slice(start.index).trim() === "";
    if (fence !== null && (isBlank || start.column >= fence.base)) {
      if (closes(line, start, fence)) fence = null;
      return true;
    }
    if (isBlank) return false;
    items = items.filter((column) => column <= start.column);
    const { at, opened } = readItems(line, start, items.at(-1) ?? 0);
    items.push(...opened);
    fence = openedFence(line, at, items.at(-1) ?? 0);
    return fence !== null;
  };
}

/** An open fence: its character, how many, and the column that its list item's text begins at. */
interface Fence {
  mark: string;
  length: number;
  base: number;
}

interface At {
  index: number;
  column: number;
}

const deepestIndent = 3;
const shortestFence = 3;
const tabStop = 4;
/** A wider gap behind a list marker is part of the text: indented code. */
const widestGap = 4;
const longestNumber = 9;

function closes(line: string, { index, column }: At, { mark, length, base }: Fence): boolean {
  const found = runLength(line, index, mark);
  return column - base <= deepestIndent && found >= length && line.slice(index + found).trim() === "";
}

function openedFence(line: string, { index, column }: At, base: number): Fence | null {
  const mark = line[index];
  if ((mark !== "`" && mark !== "~") || column - base > deepestIndent) return null;
  const length = runLength(line, index, mark);
  if (length < shortestFence || (mark === "`" && line.includes(mark, index + length))) return null;
  return { mark, length, base };
}

/** The list items that begin on the line: `- 1. text` begins two. */
function readItems(line: string, start: At, outer: number): { at: At; opened: number[] } {
  const opened: number[] = [];
  const { length } = line.trimEnd();
  let at = start;
  for (let base = outer; at.column - base <= deepestIndent; base = opened.at(-1) ?? base) {
    const end = markerEnd(line, at.index);
    if (end === null) break;
    const marker = { index: end, column: at.column + end - at.index };
    const next = skipBlank(line, marker);
    const isEmpty = next.index >= length;
    const gap = isEmpty ? 0 : next.column - marker.column;
    if (gap === 0 && !isEmpty) break;
    opened.push(marker.column + (gap === 0 || gap > widestGap ? 1 : gap));
    at = next;
  }
  return { at, opened };
}

/** The index behind `-`, `*`, `+`, `1.` or `1)`; null when none stands there. */
function markerEnd(line: string, index: number): number | null {
  if (["-", "*", "+"].includes(line[index] ?? "")) return index + 1;
  let end = index;
  while (isDigit(line[end]) && end - index < longestNumber) end++;
  return end > index && (line[end] === "." || line[end] === ")") ? end + 1 : null;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

function skipBlank(line: string, { index, column }: At): At {
  let [end, reached] = [index, column];
  for (; line[end] === " " || line[end] === "\t"; end++)
    reached += line[end] === "\t" ? tabStop - (reached % tabStop) : 1;
  return { index: end, column: reached };
}

function runLength(line: string, index: number, mark: string): number {
  let end = index;
  while (line[end] === mark) end++;
  return end - index;
}
