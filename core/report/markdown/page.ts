import { count } from "../numbers.ts";

/** A piece of a page that is shown whole or not at all. */
export interface Whole {
  kind: "whole";
  /** Markdown without a line break at either end. */
  text: string;
}

/** A list or table, of which as many rows are shown as fit. */
export interface Rows {
  kind: "rows";
  /** What stands above the rows: a heading and an empty line, the head of a table, or nothing. */
  head: string;
  rows: string[];
  /** Rows that exist and were never written, because nobody reads the ten-thousandth. */
  omitted: number;
  /** What stands below, such as the end of a `<details>` element. */
  foot: string | null;
  /** What one row is called: `finding`, `file`. */
  noun: string;
}

export type Part = Whole | Rows;

export function whole(text: string): Part {
  return { kind: "whole", text };
}

/**
 * The parts in their order, within `maxBytes` of UTF-8. A list gives up its last rows and says how many; a part that
 * does not fit at all is left out, and the page says so. At least 600 bytes are needed for that sentence and a heading.
 */
export function assemble(parts: readonly Part[], maxBytes: number): string {
  let left = maxBytes - size(`${leftOut(parts.length)}\n`);
  let dropped = 0;
  const texts: string[] = [];
  for (const part of parts) {
    const text = fitted(part, left - 2);
    if (text === null) dropped += 1;
    else {
      texts.push(text);
      left -= size(text) + 2;
    }
  }
  return `${[...texts, ...(dropped > 0 ? [leftOut(dropped)] : [])].join("\n\n")}\n`;
}

/** `… 12 more findings, see report.json`. */
export function moreOf(number: number, noun: string): string {
  return `… ${count(number, `more ${noun}`)}, see \`report.json\``;
}

function leftOut(number: number): string {
  return `… ${moreOf(number, "section").slice(2)}`;
}

function fitted(part: Part, maxBytes: number): string | null {
  if (part.kind === "whole") return size(part.text) <= maxBytes ? part.text : null;
  const frame = size(part.head) + size(part.foot ?? "") + size(moreOf(part.rows.length + part.omitted, part.noun)) + 8;
  let left = maxBytes - frame;
  const shown: string[] = [];
  for (const row of part.rows) {
    left -= size(row) + 1;
    if (left < 0) break;
    shown.push(row);
  }
  if (shown.length === 0) return null;
  const missing = part.rows.length - shown.length + part.omitted;
  const more = missing > 0 ? `\n\n${moreOf(missing, part.noun)}` : "";
  const head = part.head === "" ? "" : `${part.head}\n`;
  return `${head}${shown.join("\n")}${more}${part.foot === null ? "" : `\n\n${part.foot}`}`;
}

function size(text: string): number {
  return Buffer.byteLength(text);
}
