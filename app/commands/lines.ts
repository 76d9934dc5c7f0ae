/**
 * The lines of a comment in which its author speaks: not those of code (fenced or indented), of quotations, or within an
 * HTML comment, which no reader sees. Where Markdown would be read in two ways, a line is left out: whoever meant a
 * command writes it again.
 */
export function* linesOfTheAuthor(comment: string): Generator<string> {
  let fence: string | null = null;
  let hidden = false;
  for (const line of comment.split(lineBreak)) {
    const text = line.trim();
    const mark = fenceOf(text);
    if (fence !== null) {
      if (mark !== null && closes(mark, fence, text)) fence = null;
    } else if (hidden) {
      hidden = !text.includes("-->");
    } else if (mark !== null) {
      fence = mark;
    } else if (text.includes("<!--")) {
      hidden = !text.slice(text.lastIndexOf("<!--")).includes("-->");
    } else if (!isIndented(line) && !text.startsWith(">")) {
      yield line;
    }
  }
}

const lineBreak = /\r\n|\n|\r/;

/** The run of backticks or tildes that opens or closes a block of code. */
function fenceOf(text: string): string | null {
  const mark = text.charAt(0);
  if (mark !== "`" && mark !== "~") return null;
  let end = 0;
  while (text.charAt(end) === mark) end += 1;
  return end < 3 ? null : text.slice(0, end);
}

/** A block ends with a run of the same mark, at least as long, and nothing behind it. */
function closes(mark: string, fence: string, text: string): boolean {
  return mark.charAt(0) === fence.charAt(0) && mark.length >= fence.length && mark === text;
}

function isIndented(line: string): boolean {
  return line.startsWith("    ") || line.slice(0, 4).includes("\t");
}
