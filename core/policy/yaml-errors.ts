import type { YAMLParseError } from "yaml";
import { inertText } from "../untrusted/index.ts";
import type { FoundProblem } from "./problem.ts";
import type { Doubt } from "./certain-problems.ts";
import { unclosedBrackets, type UnclosedBracket } from "./unclosed-bracket.ts";
import { unclosedQuote } from "./unclosed-quote.ts";
import { quoted } from "./yaml-traps.ts";

/** What the parser could not read. */
export interface Stumbles {
  /** Whether the document cannot be trusted beyond them; a value that only lacks its quotes is not fatal. */
  fatal: boolean;
  problems: FoundProblem[];
  /** Where a quoted text runs on to the end of the file, or beyond it. */
  readUntil: number;
  /** The parts of which nothing but these problems can be told. */
  doubts: Doubt[];
}

/** The parser's complaints in the words of someone who writes a policy, one for a line: it often stumbles on. */
export function parserProblems(errors: readonly YAMLParseError[], text: string): Stumbles {
  const problems = new Map<number, FoundProblem>();
  const open = unclosedQuote(
    text,
    errors.filter(({ code }) => code !== "BAD_SCALAR_START").map(({ pos }) => pos[0]),
  );
  const readUntil = open ?? text.length + 1;
  const brackets = errors.some(isUnclosed) ? unclosedBrackets(text).filter(({ to }) => to <= readUntil) : [];
  const told = (error: YAMLParseError) =>
    isUnclosed(error) ? brackets.findLast(({ from }) => from < error.pos[0]) : undefined;
  for (const { problem } of brackets) addOnce(problems, problem, text);
  for (const error of errors) {
    if (error.pos[0] < readUntil && told(error) === undefined)
      addOnce(problems, translate(error, text), text, error.pos[0]);
  }
  const unclosed = open === null ? [] : [unclosedProblem(open)];
  const fatal = errors.filter(({ code }) => code !== "BAD_SCALAR_START");
  return {
    fatal: fatal.length > 0,
    problems: [...problems.values(), ...unclosed],
    readUntil,
    doubts: [
      ...brackets.map(({ from, to }) => ({ from, to })),
      ...fatal.map((error) => doubtOf(error, told(error))),
      ...unclosed.map(({ offset }) => ({ from: offset, to: Infinity })),
    ],
  };
}

/** Behind an open bracket, lines with less indentation are read for themselves again; behind anything else nothing is certain. */
function doubtOf({ pos: [at] }: YAMLParseError, bracket: UnclosedBracket | undefined): Doubt {
  return bracket === undefined ? { from: at, to: Infinity } : { from: bracket.from, to: at };
}

function isUnclosed({ message }: YAMLParseError): boolean {
  return message.includes("end with a ]") || message.includes("end with a }");
}

function addOnce(problems: Map<number, FoundProblem>, problem: FoundProblem, text: string, at = problem.offset): void {
  const lineStart = lineStartOf(text, at);
  if (!problems.has(lineStart)) problems.set(lineStart, problem);
}

function unclosedProblem(offset: number): FoundProblem {
  const what = "a text that begins with a quote does not end on its line";
  return { offset, code: "CS006", path: [], what, fix: "Write the closing quote." };
}

/**
 * The text with every value that begins like a block of text, and is none (`>= 0`), made a plain word of the same length,
 * so that what follows it can be read too. Null when there is none. `places` are where such values begin.
 */
export function withoutComparisons(
  errors: readonly YAMLParseError[],
  text: string,
): { text: string; places: number[] } | null {
  const places = errors.flatMap((error) => {
    const start = error.code === "UNEXPECTED_TOKEN" ? blockHeader(lineAt(text, error.pos[0])) : null;
    return start === null ? [] : [lineStartOf(text, error.pos[0]) + start];
  });
  if (places.length === 0) return null;
  const parts = [...new Set(places)].sort((a, b) => a - b);
  const pieces = parts.map((place, index) => {
    const lineEnd = text.indexOf("\n", place);
    const end = lineEnd < 0 ? text.length : lineEnd;
    return "x".repeat(end - place) + text.slice(end, parts[index + 1] ?? text.length);
  });
  return { text: text.slice(0, parts[0]) + pieces.join(""), places: parts };
}

function translate(error: YAMLParseError, text: string): FoundProblem {
  const offset = error.pos[0];
  const line = lineAt(text, offset);
  const value = inertText(line.slice(offset - lineStartOf(text, offset)).trim(), { maxGraphemes: 60 });
  const found = (code: FoundProblem["code"], what: string, fix: string, at = offset): FoundProblem => {
    return { offset: at, code, path: [], what, fix };
  };
  switch (error.code) {
    case "BAD_SCALAR_START": {
      const first = text.charAt(offset) === "`" ? "a backtick" : `\`${text.charAt(offset)}\``;
      const fix = comparisonFix(text, offset) ?? ownerFix(line, value) ?? `Quote it: \`"${firstWord(value)}"\`.`;
      return found("CS016", `a value must not begin with ${first}`, fix);
    }
    case "MULTIPLE_DOCS":
      return found(
        "CS017",
        "a second document begins here",
        "Keep one document: remove the `---` and what follows it.",
      );
    case "BLOCK_AS_IMPLICIT_KEY":
      if (!value.includes(": ")) {
        return found(
          "CS006",
          "keys are indented below a value",
          "Remove the value, or indent the keys like its own key.",
        );
      }
      return found(
        "CS006",
        "a second `: ` stands on this line",
        `Quote the text: \`${quoted(value)}\`; or start the inner key on a line of its own.`,
      );
    case "MULTILINE_IMPLICIT_KEY":
      return found("CS006", "a line without a key stands here", "Write `key: value`, with a space after the colon.");
    case "BLOCK_IN_FLOW":
      return found("CS006", "a comma is missing in this `{…}` or `[…]`", "Write a comma between the entries.");
    case "BAD_DQ_ESCAPE":
      return found(
        "CS006",
        "unknown escape in a text with double quotes",
        "Separate folders by `/`; for a backslash itself, use single quotes.",
      );
    case "BAD_INDENT":
    case "MISSING_CHAR":
      return gluedTag(error, line, text, found) ?? missing(error, found);
    case "UNEXPECTED_TOKEN":
      return unexpected(error, line, text, found);
    default:
      return found("CS006", `not YAML: ${inertText(error.message, { maxGraphemes: 120 })}`, "Correct the line.");
  }
}

type Found = (code: FoundProblem["code"], what: string, fix: string, at?: number) => FoundProblem;

function missing(error: YAMLParseError, found: Found): FoundProblem {
  const message = error.message;
  if (message.includes("end with a ]"))
    return found("CS006", "a list that begins with `[` does not end", "Write the `]`.");
  if (message.includes("end with a }"))
    return found("CS006", "a mapping that begins with `{` does not end", "Write the `}`.");
  if (message.startsWith("Missing closing")) return unclosedProblem(error.pos[0]);
  if (message.includes("map values"))
    return found("CS006", "a line without a value stands here", "Write `key: value`, with a space after the colon.");
  if (message.includes("- indicator"))
    return found(
      "CS006",
      "an item of this list has no dash, or its indentation is off",
      "Indent it like its neighbours.",
    );
  return found("CS006", "the indentation is off", "Indent keys of one mapping by the same number of spaces.");
}

/** `if: !("wip" in pull_request.labels)`: to YAML, `!` begins a tag, which no quote may follow. Null for anything else. */
function gluedTag(
  { message, pos: [at] }: YAMLParseError,
  line: string,
  text: string,
  found: Found,
): FoundProblem | null {
  if (!message.startsWith("Tags and anchors must be separated")) return null;
  const lineStart = lineStartOf(text, at);
  const word = line.lastIndexOf(" ", at - lineStart - 1) + 1;
  const mark = line.indexOf("!", word);
  if (mark < 0) return null;
  const value = inertText(line.slice(mark).trim(), { maxGraphemes: 200 });
  const fix = `Quote the whole text: \`${quoted(value)}\`.`;
  return found("CS016", "a value must not begin with `!`", fix, lineStart + mark);
}

/** `max: >= 0`: to YAML, `>` begins a folded text. */
function unexpected(error: YAMLParseError, line: string, text: string, found: Found): FoundProblem {
  const start = blockHeader(line);
  if (start !== null) {
    const at = lineStartOf(text, error.pos[0]) + start;
    const number = digitsIn(line.slice(start));
    const plain = number === null ? "Quote the text." : `Write only the number, \`${number}\`, or quote the text.`;
    const what = `\`${line.charAt(start)}\` begins a block of text in YAML, and cannot begin a value`;
    return found("CS016", what, comparisonFix(text, at) ?? plain, at);
  }
  if (error.message.includes("flow-map-end"))
    return found("CS006", "a `}` without its `{`", "Remove it, or quote the text.");
  if (error.message.includes("flow-seq-end"))
    return found("CS006", "a `]` without its `[`", "Remove it, or quote the text.");
  if (error.message.includes("block-seq-ind"))
    return found(
      "CS006",
      "a list begins in the middle of a line or at the wrong indentation",
      "Write each `- item` on its own line, indented below its key.",
    );
  return found(
    "CS006",
    "something stands here that does not belong to the value before it",
    "Quote the whole text, or put a comma or a line break between.",
  );
}

/** `owners: @acme/x`, as CODEOWNERS has it: a policy names teams and people without the `@`, and tells which is which. */
function ownerFix(line: string, value: string): string | null {
  const name = firstWord(value).slice(1);
  if (!value.startsWith("@") || !/^[A-Za-z0-9_./-]{1,140}$/.test(name)) return null;
  const kind = name.includes("/") ? "teams" : "users";
  const key = keyBefore(line.slice(0, line.indexOf("@")));
  if (key !== null && ownerKeys.includes(key)) return `Write \`${key}: { ${kind}: [${name}] }\`.`;
  if (key === kind) return `Write \`${key}: [${name}]\`.`;
  if (key === "author") return `Write \`author: ${name}\`.`;
  if (key === "owner") return `Write \`owner: ${name}\`, or quote it: \`owner: "@${name}"\`.`;
  return `Write an owner without it, below \`${kind}\`: \`${name}\`. Quote anything else: \`"@${name}"\`.`;
}

const ownerKeys = ["owners", "fallback", "who", "policy_owners", "default_owners"];

/** `added_lines_over: >= 4`: the key says the comparison already, and takes the number alone. Null for anything else. */
function comparisonFix(text: string, offset: number): string | null {
  const line = lineAt(text, offset);
  const start = offset - lineStartOf(text, offset);
  const number = /^>=?[ \t]*([0-9]{1,9})%?[ \t\r]*(?:$|[,}#])/.exec(line.slice(start))?.[1];
  const key = keyBefore(line.slice(0, start));
  return number === undefined || key === null ? null : `Write \`${key}: ${number}\`.`;
}

/** The plain word before the colon that ends the text, or null. */
function keyBefore(text: string): string | null {
  const before = text.trimEnd();
  if (!before.endsWith(":")) return null;
  const word =
    before
      .slice(0, -1)
      .split(/[\s,{]/)
      .at(-1) ?? "";
  return /^[a-z_]{1,60}$/.test(word) ? word : null;
}

/** Where a `>` or `|` begins the line's value and is not a plain block header, or null. */
function blockHeader(line: string): number | null {
  const colon = line.indexOf(": ");
  if (colon < 0) return null;
  const start = line.length - line.slice(colon + 2).trimStart().length;
  return line.charAt(start) === ">" || line.charAt(start) === "|" ? start : null;
}

function digitsIn(text: string): string | null {
  return /[0-9]+/.exec(text)?.[0] ?? null;
}

/** A value without its quotes ends at a space, a comma or a bracket more often than not. */
function firstWord(text: string): string {
  return text.split(/[\s,\]}]/, 1)[0] || text;
}

function lineStartOf(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(lineStartOf(text, offset), end < 0 ? text.length : end);
}
