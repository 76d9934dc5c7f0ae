import { CST, Lexer } from "yaml";
import { inertText } from "../untrusted/index.ts";
import type { FoundProblem } from "./problem.ts";
import { quoted } from "./yaml-traps.ts";

/** A `{` or `[` that does not end, with all that stand around it and end no more than it does. */
export interface UnclosedBracket {
  problem: FoundProblem;
  /** From the outermost bracket to where the next line is read for itself again, in UTF-16 code units. */
  from: number;
  to: number;
}

/** Every bracket that its author did not close, told where it opens, or where a ` #` made a comment of its end. Linear. */
export function unclosedBrackets(text: string): UnclosedBracket[] {
  const walk: Walk = { open: [], found: [], offset: 0, before: null };
  let isText = false;
  for (const token of new Lexer().lex(text)) {
    const type: string | null = isText ? "text" : CST.tokenType(token);
    isText = type === "scalar";
    step(walk, type, token);
    // These are marks of the lexer, not characters of the text.
    if (type !== "scalar" && type !== "doc-mode" && type !== "flow-error-end") walk.offset += token.length;
  }
  giveUp(walk, 0);
  return walk.found;
}

interface Bracket {
  offset: number;
  closing: "}" | "]";
  /** The first comment within it that holds its end, and the text before it. */
  comment: { offset: number; text: string; before: string } | null;
}

interface Walk {
  open: Bracket[];
  found: UnclosedBracket[];
  offset: number;
  /** The latest text of the line. */
  before: string | null;
}

function step(walk: Walk, type: string | null, token: string): void {
  const { open, offset } = walk;
  if (type === "flow-map-start") open.push({ offset, closing: "}", comment: null });
  else if (type === "flow-seq-start") open.push({ offset, closing: "]", comment: null });
  else if (type === "flow-map-end") close(walk, "}");
  else if (type === "flow-seq-end") close(walk, "]");
  else if (type === "flow-error-end") giveUp(walk, 0);
  else if (type === "comment") holdComment(walk, token);
  if (type !== "space") walk.before = type === "text" ? token : null;
}

/** A `}` ends its mapping, and with it every list that was left open in it. */
function close(walk: Walk, closing: Bracket["closing"]): void {
  const at = walk.open.findLastIndex((bracket) => bracket.closing === closing);
  if (at < 0) return;
  giveUp(walk, at + 1);
  walk.open.pop();
}

/** A number behind the `#` was meant as text; other comments are comments. */
function holdComment({ open, offset, before }: Walk, token: string): void {
  const innermost = open.at(-1);
  if (innermost === undefined || innermost.comment !== null) return;
  if (!token.includes(innermost.closing) || !/^#[A-Za-z0-9]/.test(token)) return;
  innermost.comment = { offset, text: token, before: before ?? "" };
}

/** The brackets from a position on are told as one. */
function giveUp({ open, found, offset }: Walk, start: number): void {
  const unclosed = open.splice(start);
  const [outermost, innermost] = [unclosed[0], unclosed.at(-1)];
  if (outermost === undefined || innermost === undefined) return;
  const problem =
    innermost.comment === null ? notClosed(innermost, unclosed) : endInComment(innermost.comment, innermost);
  found.push({ problem, from: outermost.offset, to: offset });
}

function notClosed({ offset, closing }: Bracket, unclosed: readonly Bracket[]): FoundProblem {
  const what =
    closing === "}" ? "a mapping that begins with `{` does not end" : "a list that begins with `[` does not end";
  const missing = [...unclosed].reverse().map((bracket) => `\`${bracket.closing}\``);
  return { offset, code: "CS006", path: [], what, fix: `Write the ${missing.slice(0, 3).join(" and the ")}.` };
}

function endInComment({ offset, text, before }: NonNullable<Bracket["comment"]>, { closing }: Bracket): FoundProblem {
  const what = `a comment begins at this \`#\`, and takes the \`${closing}\` with it`;
  const word = text.split(/[,}\]]/, 1)[0] ?? "";
  const whole = inertText(`${before} ${word}`.trim(), { maxGraphemes: 100 });
  return { offset, code: "CS006", path: [], what, fix: `Quote the text: \`${quoted(whole)}\`.` };
}
