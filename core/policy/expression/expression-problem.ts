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
  const from = placeOfNot(source, at) ?? at;
  const rest = source.slice(from);
  if (rest.trim() === "") return { at: from, what: "the expression ends too early", fix: example };
  const fix = wordFix(rest) ?? signFixes.find(({ begins }) => begins.some((sign) => rest.startsWith(sign)))?.fix;
  const shown = inertText(rest, { maxGraphemes: 30 });
  return { at: from, what: `the expression cannot be read from here on: \`${shown}\``, fix: fix ?? example };
}

/** What stands at many such places. */
export const example = "Write a question such as `change.size.files > 3`.";

/** `not a`: the parser takes `not` for a name and stumbles behind it. */
function placeOfNot(source: string, at: number): number | null {
  const before = source.slice(0, at).trimEnd();
  const start = before.length - "not".length;
  const isWord = before.slice(start).toLowerCase() === "not" && !/[\w.]/.test(before.charAt(start - 1));
  return start >= 0 && before.length < at && isWord ? start : null;
}

/** What to write for the word at the beginning of the text. */
function wordFix(rest: string): string | undefined {
  const [word = "", next = ""] = rest
    .slice(0, longestWords)
    .toLowerCase()
    .split(/[^a-z]+/, 2);
  return wordFixes.get(`${word} ${next}`) ?? wordFixes.get(word);
}

const longestWords = 40;
const compare = (sign: string) => `Write \`${sign}\` to compare.`;

/** The help for whoever asks for regular expressions. */
export const noRegularExpressions = 'Use `glob(text, "pattern")`, `startsWith`, `endsWith` or `contains`.';

/** The help for `not`, which may read as a function too. */
export const writeNot = "Write `!` for not.";

const wordFixes: ReadonlyMap<string, string> = new Map([
  ["and", "Write `&&` for and."],
  ["or", "Write `||` for or."],
  ["not", writeNot],
  ["not in", "Write `!(… in …)` for not in."],
  ["is not", "Write `!=` for is not."],
  ...["is", "equals", "eq"].map((word) => [word, compare("==")] as const),
  ["ne", compare("!=")],
  ["gt", compare(">")],
  ["lt", compare("<")],
  ["gte", compare(">=")],
  ["lte", compare("<=")],
  ["matches", noRegularExpressions],
  ["like", noRegularExpressions],
  ["if", "Write the question alone, without `if` and `then`."],
]);

const signFixes: readonly { begins: readonly string[]; fix: string }[] = [
  { begins: ["==="], fix: compare("==") },
  { begins: ["!==", "<>"], fix: compare("!=") },
  { begins: ["=>"], fix: compare(">=") },
  { begins: ["=<"], fix: compare("<=") },
  { begins: ["==", "!=", "<", ">", "&&", "||", "+", "-", "*", "/", "%"], fix: "Something is missing after this sign." },
  { begins: ["="], fix: compare("==") },
  { begins: ["& "], fix: "Write `&&` for and." },
  { begins: ["| "], fix: "Write `||` for or." },
  { begins: ['"', "'"], fix: "Close the quote; a backslash in a text is written twice." },
  { begins: ["("], fix: "Close the parenthesis." },
  { begins: ["$"], fix: "Write names alone, without `$` and without braces around." },
  { begins: [";"], fix: "Write one question, without `;`." },
];
