import { CST, Lexer } from "yaml";

/**
 * Where a quoted text opens that its author did not close: it runs on over the end of its line, and the parser stumbles
 * within it or on the line where the next quote happens to end it. Null when no complaint comes of that.
 * @param errors where the parser complained, in UTF-16 code units
 */
export function unclosedQuote(text: string, errors: readonly number[]): number | null {
  if (errors.length === 0) return null;
  const sorted = errors.toSorted((a, b) => a - b);
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (isQuoted(type) && runsOn(token) && hasWithin(sorted, offset, lineEndAt(text, offset + token.length)))
      return offset;
    // These are marks of the lexer, not characters of the text.
    if (type !== "scalar" && type !== "doc-mode" && type !== "flow-error-end") offset += token.length;
  }
  return null;
}

/** Whether a number lies beyond one and not beyond another. A hostile file has thousands of quotes and of complaints. */
function hasWithin(sorted: readonly number[], from: number, to: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > from) high = middle;
    else low = middle + 1;
  }
  return low < sorted.length && sorted[low]! <= to;
}

function isQuoted(type: string | null): boolean {
  return type === "single-quoted-scalar" || type === "double-quoted-scalar";
}

/** A text on one line ends with the quote that it began with. */
function runsOn(token: string): boolean {
  return token.includes("\n") || token.length < 2 || !token.endsWith(token.charAt(0));
}

function lineEndAt(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}
