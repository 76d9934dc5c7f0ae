/**
 * A text with blanks for its tabs, so that the rest of what is wrong with it can be told beside them. Offsets are those of
 * this text; `inFile` and `fromFile` lead to the file's and back.
 */
export interface BlankedText {
  text: string;
  inFile: (offset: number) => number;
  fromFile: (offset: number) => number;
  /** Whether a tab indents the line of this offset where others are indented by spaces: what it belongs to is a guess. */
  isGuess: (offset: number) => boolean;
  /** Whether there is such a line. */
  hasGuess: boolean;
}

/** What a tab may stand for. Too wide is an error of YAML or harms nothing; too narrow can mean something else. */
const widths = [8, 4, 2, 1] as const;

/** More tabs than a person writes; wider blanks for all of them would only be a larger text. */
const maxTabs = 5_000;

/** The texts that may have been meant, the likeliest first; the text itself where it has no tab. */
export function blankedTexts(text: string): [BlankedText, ...BlankedText[]] {
  const tabs = text.split("\t").length - 1;
  if (tabs === 0) return [asItIs(text)];
  const guess = text.split("\n").some((line) => line.startsWith(" "));
  if (tabs > maxTabs) return [blanked(text, 1, guess)];
  const [first, ...more] = widths;
  return [blanked(text, first, guess), ...more.map((width) => blanked(text, width, guess))];
}

function asItIs(text: string): BlankedText {
  return { text, inFile: (offset) => offset, fromFile: (offset) => offset, isGuess: () => false, hasGuess: false };
}

/** Only in an indentation does the width of a tab matter. */
function blanked(text: string, width: number, guess: boolean): BlankedText {
  const offsets: number[] = [];
  const guesses: boolean[] = [];
  const pieces: string[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const indent = line.length - line.replace(/^[ \t]+/, "").length;
    const guessed = guess && line.slice(0, indent).includes("\t");
    for (let at = 0; at <= line.length; at++) {
      const tab = line.charAt(at) === "\t";
      const times = tab && at < indent ? width : 1;
      for (let time = 0; time < times; time++) {
        offsets.push(start + at);
        guesses.push(guessed);
      }
      pieces.push(tab ? " ".repeat(times) : (line[at] ?? "\n"));
    }
    start += line.length + 1;
  }
  const end = text.length;
  return {
    text: pieces.join("").slice(0, -1),
    inFile: (offset) => offsets[offset] ?? end,
    fromFile: (offset) => Math.max(0, offsets.indexOf(offset)),
    isGuess: (offset) => guesses[offset] ?? false,
    hasGuess: guesses.includes(true),
  };
}
