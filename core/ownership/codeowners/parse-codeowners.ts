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
    return { lines: [], problems: [tooLarge], doubtful: [], loaded: false };
  const lines: CodeownersLine[] = [];
  const problems: CodeownersProblem[] = [];
  const doubtful: CodeownersProblem[] = [];
  for (const [index, source] of sourceLines(text).entries()) {
    const read = readLine(source, index + 1);
    if (read === null) continue;
    if ("kind" in read) problems.push(read);
    else {
      lines.push(read);
      doubtful.push(...inQuotes(read, source));
    }
  }
  return { lines, problems, doubtful, loaded: true };
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
  const readings = fault === null ? [first.text] : fault.couldMean;
  const couldMean = [...readings, ...meantInQuotes(first.text)].map(compilePattern);
  const problem = (kind: CodeownersProblem["kind"], { column }: Pick<Word, "column">, suggestion: string | null) => ({
    ...{ line, column, kind, source, suggestion, couldMean },
    message: messageOf({ line, column, kind, source, suggestion }),
  });
  if (fault !== null) return problem("Invalid pattern", fault, fault.suggestion);
  const owners: CodeownersOwner[] = [];
  for (const word of rest) {
    const owner = readOwner(word.text);
    if ("wrong" in owner) {
      const meant = [...couldMean, ...blanksMeant(source, first, rest).map(compilePattern)];
      return { ...problem("Invalid owner", word, owner.wrong), couldMean: meant };
    }
    owners.push(owner);
  }
  return { line, pattern: first.text, owners, matches: compilePattern(first.text) };
}

/** More words than this before an owner are no pattern with blanks in it. */
const mostJoined = 8;

/** The pattern together with the words behind it, up to the first owner: blanks may have been meant to be part of it. */
function blanksMeant(source: string, first: Word, rest: readonly Word[]): string[] {
  const owner = rest.findIndex(({ text }) => !("wrong" in readOwner(text)));
  const words = (owner < 0 ? rest : rest.slice(0, owner)).slice(0, mostJoined);
  return words.flatMap(({ text, column }) => {
    // To what takes a pattern apart a blank is a character like any other, escaped or not.
    const whole = withoutQuotes(source.slice(first.column - 1, column - 1 + text.length));
    const fault = patternFault({ text: whole, column: first.column });
    return fault === null ? [whole] : fault.couldMean;
  });
}

/** GitHub takes quotes for part of a name; whoever writes them around a pattern hardly does. */
function inQuotes({ line, pattern }: CodeownersLine, source: string): CodeownersProblem[] {
  const meant = meantInQuotes(pattern);
  if (meant.length === 0) return [];
  const suggestion = "Quotes are part of the pattern here. Leave them out.";
  return [
    {
      ...{ line, column: 1, kind: "Invalid pattern", source, suggestion },
      message: messageOf({ line, column: 1, kind: "Invalid pattern", source, suggestion }),
      couldMean: meant.map(compilePattern),
    },
  ];
}

/** What a pattern in quotes could be meant for; nothing for one without them. */
function meantInQuotes(pattern: string): readonly string[] {
  const meant = withoutQuotes(pattern);
  if (meant === pattern || meant === "") return [];
  const fault = patternFault({ text: meant, column: 1 });
  return fault === null ? [meant] : fault.couldMean;
}

const quotes = ['"', "'", "`"];

function withoutQuotes(text: string): string {
  const isOpen = quotes.includes(text.charAt(0));
  const isClosed = quotes.includes(text.charAt(text.length - 1));
  return text.slice(isOpen ? 1 : 0, isClosed ? -1 : undefined);
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
