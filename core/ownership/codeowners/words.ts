/** A word of a line, and where it begins, counted from 1. */
export interface Word {
  text: string;
  column: number;
}

/**
 * The words of one line of a CODEOWNERS file: a pattern and its owners, up to a comment. Only a `#` at the beginning of a
 * word begins a comment. In the first word a backslash takes the blank behind it into the word.
 */
export function splitWords(line: string): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < line.length;) {
    if (isBlank(line[at])) at += 1;
    else if (line[at] === "#") break;
    else {
      const end = endOfWord(line, at, words.length === 0);
      words.push({ text: line.slice(at, end), column: at + 1 });
      at = end;
    }
  }
  return words;
}

function endOfWord(line: string, from: number, escapes: boolean): number {
  let at = from;
  while (at < line.length && !isBlank(line[at])) at += escapes && line[at] === "\\" ? 2 : 1;
  return Math.min(at, line.length);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
