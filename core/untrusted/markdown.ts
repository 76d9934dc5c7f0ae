import { inertLines, inertText } from "./inert.ts";

/** How much of a text to keep, in graphemes; longer texts end with `…`. */
export interface MarkdownOptions {
  readonly maxGraphemes?: number;
}

/*
 * One approach for all of GitHub-flavoured Markdown, in three moves:
 *
 * 1. A character that Markdown or HTML would read as syntax is written as a numeric character reference. A reference
 *    cannot be syntax (CommonMark 0.31, section 2.5), it survives inside an HTML block, where a backslash would be shown,
 *    and unlike a backslash at the end of a text it cannot swallow what the template puts next.
 * 2. References are decoded before GitHub looks for mentions, issue numbers, commit ids, emoji names and bare addresses,
 *    so each of those is broken by a zero-width space (`&#8203;`), which no reader sees.
 * 3. `$` in text and `|` in code cannot be escaped in every place where they may stand, so their full-width twins
 *    `＄` and `｜` are shown instead.
 */

/**
 * Untrusted text as one line of GitHub-flavoured Markdown that renders as just that text: no markup, HTML, link, image,
 * mention, reference, emoji or math comes of it, in a paragraph, a table cell, a list item or an HTML element.
 * 1,000 graphemes unless told otherwise.
 */
export function escapeMarkdown(text: string, options: MarkdownOptions = {}): string {
  // Outer spaces mean nothing in a slot, and four of them at the start of a line would be a code block.
  const line = inertText(text, options).trim();
  const marker = listMarker(line);
  let escaped = "";
  let hexRun = 0;
  for (let index = 0; index < line.length; index++) {
    hexRun = isHexDigit(line.charCodeAt(index)) ? hexRun + 1 : 0;
    // GitHub links a run of seven or more hexadecimal digits that names a commit.
    if (hexRun === 7) {
      escaped += BREAK;
      hexRun = 1;
    }
    escaped += index === marker ? reference(line.charAt(index)) : escapedCharacter(line, index);
  }
  return escaped;
}

/** Untrusted text for a cell of a Markdown table. 200 graphemes unless told otherwise; a cell without text shows a dash. */
export function tableCell(text: string, options: MarkdownOptions = {}): string {
  return escapeMarkdown(text, { maxGraphemes: options.maxGraphemes ?? 200 }) || "–";
}

/**
 * Untrusted text as a code span, for names, paths and ids: nothing inside is read, neither by Markdown nor by GitHub.
 * The fence is longer than any run of backticks inside. 1,000 graphemes unless told otherwise.
 */
export function codeSpan(text: string, options: MarkdownOptions = {}): string {
  const code = inertText(text, options).replaceAll("|", "｜");
  const fence = "`".repeat(longestBacktickRun(code) + 1);
  // Between two fences one space is taken off each end, so ends that need theirs get another.
  const padding = /^`|`$|^ .* $/.test(code) && code.trim() !== "" ? " " : "";
  return `${fence}${padding}${code === "" ? " " : code}${padding}${fence}`;
}

/**
 * Untrusted lines as a fenced code block, without a line break at its end. For the top level of a page: a fence inside a
 * list or a quotation ends with it. `language` is dropped unless it is a plain word, and when GitHub would do
 * more with it than colour it. 10,000 graphemes unless told otherwise.
 */
export function codeBlock(text: string, language = "", options: MarkdownOptions = {}): string {
  const lines = inertLines(text, Math.max(1, options.maxGraphemes ?? 10_000));
  const fence = "`".repeat(Math.max(3, longestBacktickRun(lines) + 1));
  const info = /^[A-Za-z0-9+#-]{1,20}$/.test(language) && !drawn.has(language.toLowerCase()) ? language : "";
  return `${fence}${info}\n${lines}\n${fence}`;
}

/** Renders as a zero-width space, and shows in the source of a page that something was broken on purpose. */
const BREAK = "&#8203;";

/** Fences that GitHub draws ("Creating diagrams", "Writing mathematical expressions") or offers to commit (suggestions). */
const drawn = new Set(["mermaid", "math", "geojson", "topojson", "stl", "suggestion"]);

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** Where the character stands that would make a list, or underline a heading, at the start of a line: `-`, `1.`, `==`. */
function listMarker(line: string): number {
  if (/^[-+=]/.test(line)) return 0;
  const digits = /^[0-9]{1,9}(?=[.)])/.exec(line)?.[0];
  return digits === undefined ? -1 : digits.length;
}

function escapedCharacter(line: string, index: number): string {
  const character = line.charAt(index);
  const before = line.charAt(index - 1);
  const after = line.charAt(index + 1);
  if (character === "$") return "＄";
  if ('&<>"`*~[]\\|'.includes(character)) return reference(character);
  // Between letters or digits an underscore means nothing, and names stay readable in the source.
  if (character === "_") return isAlphanumeric(before) && isAlphanumeric(after) ? "_" : reference("_");
  if (character === "@" || character === "#") return `${character}${BREAK}`;
  // `:name:` is an emoji, and `scheme://` or `mailto:` an address.
  if (character === ":") return /[A-Za-z0-9_+/-]/.test(after) ? `:${BREAK}` : ":";
  if (character === "." && line.slice(Math.max(0, index - 3), index).toLowerCase() === "www") return `${BREAK}.`;
  // `GH-1`, and the prefixes that a repository may configure, such as `JIRA-1`.
  if (character === "-" && isLetter(before) && isDigit(after)) return `-${BREAK}`;
  return character;
}

function longestBacktickRun(text: string): number {
  let longest = 0;
  let run = 0;
  for (let index = 0; index < text.length; index++) {
    run = text.charAt(index) === "`" ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

function isAlphanumeric(character: string): boolean {
  return isLetter(character) || isDigit(character);
}

function isLetter(character: string): boolean {
  return /^[A-Za-z]$/.test(character);
}

function isDigit(character: string): boolean {
  return /^[0-9]$/.test(character);
}
