import type { CodeownersFile, CodeownersLine, CodeownersOwner, CodeownersProblem } from "./codeowners.ts";
import { readOwner } from "./owner.ts";
import { compilePattern } from "./pattern.ts";
import { patternFault } from "./pattern-fault.ts";
import { splitWords, type Word } from "./words.ts";

/** GitHub loads a CODEOWNERS file only "under 3 MB". */
export const codeownersLimitBytes = 3 * 1024 * 1024;

/**
 * Reads the text of a CODEOWNERS file as GitHub documents it ("About code owners"): a line is a pattern and its owners;
 * a line with a mistake is skipped and listed among the problems; a file that is too large is not loaded at all.
 */
export function parseCodeowners(text: string): CodeownersFile {
  if (text.length >= codeownersLimitBytes || new TextEncoder().encode(text).length >= codeownersLimitBytes)
    return { lines: [], problems: [tooLarge], loaded: false };
  const lines: CodeownersLine[] = [];
  const problems: CodeownersProblem[] = [];
  for (const [index, source] of sourceLines(text).entries()) {
    const read = readLine(source, index + 1);
    if (read === null) continue;
    if ("kind" in read) problems.push(read);
    else lines.push(read);
  }
  return { lines, problems, loaded: true };
}

const tooLarge: CodeownersProblem = {
  line: 1,
  column: 1,
  kind: "File too large",
  source: "",
  suggestion: "Use wildcard patterns, so that several lines become one.",
  message: "The file has 3 MB or more: GitHub does not load it, and nothing has an owner.",
  couldMean: [],
};

/** Without a byte order mark, and without the carriage returns of Windows. */
function sourceLines(text: string): string[] {
  const lines = (text.startsWith("\uFEFF") ? text.slice(1) : text).split("\n");
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

/** Null for a line without a word: an empty one, or a comment. */
function readLine(source: string, line: number): CodeownersLine | CodeownersProblem | null {
  const [first, ...rest] = splitWords(source);
  if (first === undefined) return null;
  const fault = patternFault(first);
  const couldMean = fault === null ? [compilePattern(first.text)] : fault.couldMean.map(compilePattern);
  const problem = (kind: CodeownersProblem["kind"], { column }: Pick<Word, "column">, suggestion: string | null) => ({
    ...{ line, column, kind, source, suggestion, couldMean },
    message: messageOf({ line, column, kind, source, suggestion }),
  });
  if (fault !== null) return problem("Invalid pattern", fault, fault.suggestion);
  const owners: CodeownersOwner[] = [];
  for (const word of rest) {
    const owner = readOwner(word.text);
    if ("wrong" in owner) return problem("Invalid owner", word, owner.wrong);
    owners.push(owner);
  }
  return { line, pattern: first.text, owners, matches: compilePattern(first.text) };
}

function messageOf({
  line,
  column,
  kind,
  source,
  suggestion,
}: Omit<CodeownersProblem, "message" | "couldMean">): string {
  const what = `${kind} on line ${line}:${suggestion === null ? "" : ` ${suggestion}`}`;
  return `${what}\n\n  ${source}\n  ${" ".repeat(column - 1)}^`;
}
