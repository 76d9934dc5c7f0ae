import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import type { Ratio } from "../../coverage/report.ts";
import type { Screen, Style } from "./screen.ts";

/**
 * A piece of text and how it looks. The text may be untrusted: the functions here are the only way onto the screen, and
 * they clean every span.
 */
export interface Span {
  text: string;
  style?: Style;
  /** In graphemes; 400 unless told otherwise. */
  max?: number;
}

/**
 * One paragraph, wrapped between words to the width of the screen; a word that is too long is broken.
 * `indent` is in columns; the marker stands on the first line, and the others line up with the text after it.
 */
export function paragraph(screen: Screen, indent: number, body: readonly Span[], marker?: Span): string[] {
  const lead = marker === undefined ? "" : `${painted(screen, marker)} `;
  const hang = indent + stringWidth(lead);
  const text = body.map((span) => painted(screen, span)).join("");
  const lines = wrapped(text, Math.max(10, screen.width - hang));
  return lines.map((line, index) =>
    index === 0 ? `${" ".repeat(indent)}${lead}${line}`.trimEnd() : `${" ".repeat(hang)}${line}`.trimEnd(),
  );
}

/** A number stays on one line with its percent sign. */
function wrapped(text: string, columns: number): string[] {
  const bound = text.replaceAll(" %", "\u00a0%");
  return wrapAnsi(bound, columns, { hard: true, trim: true }).replaceAll("\u00a0%", " %").split("\n");
}

/** The title of a section, with a rule to the edge of the screen. */
export function heading(screen: Screen, title: string): string[] {
  const text = fit(screen, title, screen.width, "end");
  const rule = screen.signs.rule.repeat(Math.max(0, screen.width - stringWidth(text) - 1));
  return ["", `${screen.paint("strong", text)} ${screen.paint("quiet", rule)}`.trimEnd()];
}

export interface Column {
  title: string;
  align?: "right";
  /** Cut at this end when the table is wider than the screen. A column without it keeps its width. */
  cut?: "start" | "end";
  /** The least room for a column that can be cut, in columns of the screen; 12 unless told otherwise. */
  least?: number;
  /** Gives up its room before the other columns that can be cut do. */
  givesFirst?: boolean;
  /** Left out, last one first, when a column to cut would get less than its least. */
  optional?: boolean;
}

/** A table with a quiet line of titles, two spaces between columns, within the width of the screen. */
export function table(screen: Screen, indent: number, columns: readonly Column[], rows: readonly Span[][]): string[] {
  const cells = rows.map((row) => row.map((span) => ({ text: screen.say(span.text, span.max), style: span.style })));
  const titles = columns.map((column) => ({ text: column.title, style: "quiet" as const }));
  const all = [titles, ...cells];
  const widths = columnWidths(screen.width - indent, columns, all);
  const untitled = cells.length === 0 || columns.every((column) => column.title === "");
  return (untitled ? cells : all).map((row) => {
    const shown = columns.flatMap((column, index) => {
      const cell = row[index];
      const width = widths[index] ?? 0;
      if (width === 0) return [];
      const text = fit(screen, cell?.text ?? "", width, column.cut ?? "end");
      const space = " ".repeat(width - stringWidth(text));
      const ink = styled(screen, cell?.style, text);
      return [column.align === "right" ? space + ink : ink + space];
    });
    return (" ".repeat(indent) + shown.join("  ")).trimEnd();
  });
}

/** A bar of `cells` columns. Something is never shown as nothing, nor less than all as all. */
export function bar(screen: Screen, { covered, total }: Ratio, cells: number): string {
  if (cells === 0) return "";
  const share = total === 0 ? 0 : covered / total;
  const rounded = Math.round(share * cells);
  const full = share === 0 ? 0 : share === 1 ? cells : Math.min(cells - 1, Math.max(1, rounded));
  return screen.signs.full.repeat(full) + screen.signs.empty.repeat(cells - full);
}

function painted(screen: Screen, span: Span): string {
  return styled(screen, span.style, screen.say(span.text, span.max));
}

function styled(screen: Screen, style: Style | undefined, text: string): string {
  return style === undefined ? text : screen.paint(style, text);
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Clean text within `width` columns; what is cut away shows as an ellipsis at that end. */
function fit(screen: Screen, text: string, width: number, end: "start" | "end"): string {
  if (stringWidth(text) <= width) return text;
  if (width < stringWidth(screen.signs.more)) return "";
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
  if (end === "start") parts.reverse();
  const kept: string[] = [];
  let used = stringWidth(screen.signs.more);
  for (const part of parts) {
    used += stringWidth(part);
    if (used > width) break;
    kept.push(part);
  }
  return end === "start" ? screen.signs.more + kept.reverse().join("") : kept.join("") + screen.signs.more;
}

const gap = 2;
const usualLeast = 12;

/** The width of each column, 0 for one that is left out. */
function columnWidths(width: number, columns: readonly Column[], rows: readonly { text: string }[][]): number[] {
  const widths = columns.map((_, index) => columnWidth(rows.map((row) => row[index]?.text ?? "")));
  const over = () => totalWidth(widths) - width;
  const spare = () =>
    sum(columns.map((column, index) => (column.cut === undefined ? 0 : (widths[index] ?? 0) - least(column))));
  for (let index = columns.length - 1; index >= 0 && over() > spare(); index--) {
    if (columns[index]?.optional === true) widths[index] = 0;
  }
  shrink(widths, over, columns, (column) => column.givesFirst === true, usualLeast);
  shrink(widths, over, columns, (column) => column.cut !== undefined, 1);
  return widths;
}

/** Takes from the widest of the columns that may give, so that two long ones share what there is. */
function shrink(
  widths: number[],
  over: () => number,
  columns: readonly Column[],
  gives: (column: Column) => boolean,
  least: number,
): void {
  const givers = columns.flatMap((column, index) => (gives(column) ? [index] : []));
  while (over() > 0) {
    const widest = givers.reduce(
      (best, index) => ((widths[index] ?? 0) > (widths[best] ?? 0) ? index : best),
      givers[0] ?? -1,
    );
    const room = widths[widest] ?? 0;
    if (room <= least) return;
    widths[widest] = room - 1;
  }
}

function least(column: Column): number {
  return column.least ?? usualLeast;
}

/** As wide as its widest cell; nothing when only the title has text. */
function columnWidth(texts: readonly string[]): number {
  const body = texts.length > 1 ? texts.slice(1) : texts;
  if (body.every((text) => text === "")) return 0;
  return texts.reduce((widest, text) => Math.max(widest, stringWidth(text)), 0);
}

function totalWidth(widths: readonly number[]): number {
  const shown = widths.filter((width) => width > 0);
  return sum(shown) + gap * Math.max(0, shown.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + Math.max(0, number), 0);
}
