/** How much of a text to keep, and how to show that it had more than one line. */
export interface InertOptions {
  /** The longest result, in graphemes (what a person counts as one character), the ellipsis included. At least 1. */
  readonly maxGraphemes?: number;
  /** What a line break or tab becomes in a one-line slot: a plain space (the default), or `⏎` so that a reader sees it. */
  readonly lineBreak?: " " | "⏎";
}

/**
 * Untrusted text as one harmless line for a terminal, a log or any plain slot.
 * Drops control characters (so no terminal escape sequence), text-direction controls (so the order read is the order
 * stored) and every invisible character, tag characters included (so nothing is hidden from the reader that a machine
 * would read). Half a surrogate pair becomes U+FFFD. Longer texts are cut at a grapheme and end with `…`
 * (1,000 graphemes unless told otherwise). Never throws.
 */
export function inertText(text: string, options: InertOptions = {}): string {
  const limit = graphemeLimit(options, 1_000);
  const rough = roughCut(text, limit);
  const line = visible(withLineBreaks(rough, options.lineBreak ?? " ").replaceAll("\t", " "));
  return truncate(line, limit, rough.length < text.length);
}

/**
 * Untrusted text as harmless lines: as `inertText`, but line breaks stay (all as `\n`), a tab becomes four spaces, and
 * no line can be taken for a workflow command. 10,000 graphemes unless told otherwise.
 */
export function inertMultiline(text: string, options: Pick<InertOptions, "maxGraphemes"> = {}): string {
  return withoutWorkflowCommands(inertLines(text, graphemeLimit(options, 10_000)));
}

/**
 * The same text with nothing in it that GitHub's runner would obey. The runner takes a line of standard output for a
 * command when it begins with `::` after any white space, or, the older form, when `##[` stands anywhere in it. A
 * backslash goes in between, where a reader sees it and the runner no longer finds its marker.
 * Meant for the last step before printing: wrapping a long line can move a harmless `::` to the start of a new one.
 */
export function withoutWorkflowCommands(text: string): string {
  return text.split("\n").map(withoutLineCommand).join("\n").replaceAll("##[", "##\\[");
}

/** Untrusted text for HTML, as an element's text or inside a quoted attribute. Line breaks stay; invisible characters go. */
export function escapeHtml(text: string, options: Pick<InertOptions, "maxGraphemes"> = {}): string {
  const lines = inertLines(text, graphemeLimit(options, 10_000));
  return lines.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Lines without invisible characters. Markdown and HTML start from these; the terminal needs `inertMultiline`. */
export function inertLines(text: string, maxGraphemes: number): string {
  const rough = roughCut(text, maxGraphemes);
  const lines = withLineBreaks(rough, "\n").replaceAll("\t", "    ").split("\n").map(visible).join("\n");
  return truncate(lines, maxGraphemes, rough.length < text.length);
}

function graphemeLimit(options: InertOptions, standard: number): number {
  return Math.max(1, Math.floor(options.maxGraphemes ?? standard));
}

/**
 * Code units that may stand for `graphemes`. One grapheme can be a megabyte of combining marks, so the length is bounded
 * in code units first; that also keeps a huge text from being read to its end.
 */
function roughCut(text: string, graphemes: number): string {
  return text.slice(0, graphemes * 8);
}

function withLineBreaks(text: string, lineBreak: string): string {
  return text.replace(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g, lineBreak);
}

/**
 * Half pairs go first: with an invisible character between them, two halves would otherwise join, after the cleaning,
 * into the very character that the cleaning drops.
 */
function visible(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu, "");
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function truncate(text: string, limit: number, alreadyCut: boolean): string {
  // A text never has more graphemes than code units.
  if (!alreadyCut && text.length <= limit) return text;
  const starts: number[] = [];
  for (const { index } of graphemes.segment(text)) {
    starts.push(index);
    if (starts.length > limit) break;
  }
  if (!alreadyCut && starts.length <= limit) return text;
  return `${text.slice(0, starts[limit - 1])}…`;
}

function withoutLineCommand(line: string): string {
  const start = line.length - line.trimStart().length;
  return line.startsWith("::", start) ? `${line.slice(0, start)}\\${line.slice(start)}` : line;
}
