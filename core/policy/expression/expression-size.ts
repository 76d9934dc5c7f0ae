import { example, type ExpressionProblem } from "./expression-problem.ts";

/** Longer expressions, deeper brackets and more parts are refused: what an `if` asks must be readable aloud. */
export const expressionLimits = { length: 500, nesting: 16, parts: 100 };

/** What makes an expression too long or nested too deeply to be parsed; null when nothing does. */
export function sizeProblem(source: string): ExpressionProblem | null {
  const { length, nesting } = expressionLimits;
  if (source.trim() === "") return { at: 0, what: "the expression is empty", fix: example };
  if (source.length > length) {
    return { at: length, what: `the expression is longer than ${length} characters`, fix: shorten };
  }
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    // Neither texts nor comments are nested, and what looks like a quote in a comment opens nothing.
    if (character === '"' || character === "'") at = endOfText(source, at);
    else if (source.startsWith("//", at)) at = endOfLine(source, at);
    if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth -= 1;
    if (depth > nesting) return { at, what: `brackets are nested deeper than ${nesting}`, fix: shorten };
  }
  return null;
}

/**
 * Where the text in quotes that begins here ends: at its last quote, or at the end when it is open. By cel-spec's syntax:
 * three quotes open a text that ends with three; a backslash takes the next character along, but behind an `r`.
 */
function endOfText(source: string, from: number): number {
  const one = source.charAt(from);
  const quote = source.startsWith(one.repeat(3), from) ? one.repeat(3) : one;
  const raw = /[rR]/.test(source.charAt(from - 1));
  for (let at = from + quote.length; at < source.length; at++) {
    if (source.charAt(at) === "\\" && !raw) at += 1;
    else if (source.startsWith(quote, at)) return at + quote.length - 1;
  }
  return source.length;
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf("\n", from);
  return end < 0 ? source.length : end;
}

/** What to do with an expression that is too much. */
export const shorten = "Split the rule in two, or use conditions such as `paths`, `area` and `size` beside `if`.";
