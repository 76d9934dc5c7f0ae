/** How the paths of pages end that people read as text. */
export const prosePath = /\.(?:mdx?|markdown|rst|adoc|txt)$/i;

/** The numbers of lines within code blocks of Markdown, from 1: what stands there is shown, not said. */
export function fencedLines(lines: readonly string[]): Set<number> {
  const within = new Set<number>();
  let fence: string | null = null;
  lines.forEach((line, index) => {
    const mark = /^[ \t>]{0,12}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) within.add(index + 1);
    if (mark === undefined) return;
    if (fence === null) fence = mark;
    else if (mark[0] === fence[0] && mark.length >= fence.length) fence = null;
  });
  return within;
}

/** A line of prose without what it quotes: code spans, texts in quotation marks, and lines that are a quotation. */
export function ownWords(line: string): string {
  if (/^\s{0,3}>/.test(line)) return "";
  return line.replace(/`[^`]*`|"[^"]*"|“[^”]*”|‘[^’]*’|'[^' ][^']*'(?!\w)/g, (quoted) => " ".repeat(quoted.length));
}
