import { inertText } from "../../untrusted/index.ts";

/** What is wrong with an expression, and where. All text is inert. */
export interface ExpressionProblem {
  /** In the expression's text, in UTF-16 code units from 0. */
  at: number;
  /** Without a full stop. */
  what: string;
  /** Whole sentences. */
  fix: string;
}

/** What to do where an expression cannot be read from `at` on. */
export function syntaxProblem(source: string, at: number): ExpressionProblem {
  const rest = source.slice(at);
  const fix = syntaxFixes.find(({ begins }) => begins.some((word) => rest.startsWith(word)))?.fix ?? example;
  if (rest.trim() === "") return { at, what: "the expression ends too early", fix: example };
  return { at, what: `the expression cannot be read from here on: \`${inertText(rest, { maxGraphemes: 30 })}\``, fix };
}

/** What stands at many such places. */
export const example = "Write a question such as `change.size.files > 3`.";

const syntaxFixes: readonly { begins: readonly string[]; fix: string }[] = [
  { begins: ["==="], fix: "Write `==` to compare." },
  { begins: ["==", "!=", "<", ">", "&&", "||", "+", "-", "*", "/", "%"], fix: "Something is missing after this sign." },
  { begins: ["="], fix: "Write `==` to compare." },
  { begins: ["and ", "& "], fix: "Write `&&` for and." },
  { begins: ["or ", "| "], fix: "Write `||` for or." },
  { begins: ["not "], fix: "Write `!` for not." },
  { begins: ['"', "'"], fix: "Close the quote; a backslash in a text is written twice." },
  { begins: ["("], fix: "Close the parenthesis." },
];
