import { createHash } from "node:crypto";
import type { RawFinding } from "../findings/finding.ts";
import type { Comment, SourceFile } from "../syntax/index.ts";
import type { LintedFile } from "./linted-file.ts";
import type { Pattern, Report, Spot, TextFile } from "./pattern.ts";

/** What the patterns say of one file, in the order of the patterns. The same spot is reported once a rule. */
export function findPatterns(file: SourceFile, patterns: readonly Pattern[]): RawFinding[] {
  return patterns.flatMap((pattern) => {
    const { find, languages, trigger } = pattern;
    if (find === undefined || !languages.includes(file.language) || !trigger.test(file.text)) return [];
    return collect(pattern, file, (report) => find(file, report));
  });
}

/** What the patterns say of a text, of whatever language. */
export function findTextPatterns(file: TextFile, patterns: readonly Pattern[]): RawFinding[] {
  return patterns.flatMap((pattern) => {
    const { findInText, trigger } = pattern;
    if (findInText === undefined || !trigger.test(file.text)) return [];
    return collect(pattern, file, (report) => findInText(file, report));
  });
}

/** What a file declares and does not use, with the name by which another file may. */
export function findUnusedIn(file: SourceFile, pattern: Pattern): LintedFile["unlessUsed"] {
  const { findUnused, languages, trigger } = pattern;
  if (findUnused === undefined || !languages.includes(file.language) || !trigger.test(file.text)) return [];
  const found: LintedFile["unlessUsed"] = [];
  findUnused(file, (name, ...reported) => {
    const [finding] = collect(pattern, file, (report) => report(...reported));
    if (finding !== undefined) found.push({ name, finding });
  });
  return found;
}

/** Runs a pattern, and makes findings of what it reports. */
export function collect(
  { rule }: Pick<Pattern, "rule">,
  file: { path: string; text: string },
  look: (report: Report) => void,
): RawFinding[] {
  const found = new Map<string, RawFinding>();
  const lines = lineReader(file.text);
  look((spot, message, identity) => {
    const { start, end } = lines.between(spot);
    const key = `${start}:${"start" in spot ? spot.start : ""}`;
    if (found.has(key)) return;
    const place = { kind: "lines" as const, path: file.path, start, end };
    found.set(key, { rule: rule.id, place, message, identity: identity ?? digestOf(textAt(file.text, spot, lines)) });
  });
  return [...found.values()];
}

function textAt(text: string, spot: Spot, lines: LineReader): string {
  if ("start" in spot) return text.slice(spot.start, spot.end);
  return text.slice(lines.startOf(spot.line), lines.startOf(spot.endLine + 1));
}

/** 16 hex digits of a text without its spaces: formatting it otherwise, or moving it, keeps them. */
function digestOf(text: string): string {
  return createHash("sha256").update(text.replace(/\s+/g, "")).digest("hex").slice(0, 16);
}

interface LineReader {
  startOf: (line: number) => number;
  between: (spot: Spot) => { start: number; end: number };
}

function lineReader(text: string): LineReader {
  let starts: number[] | null = null;
  const read = () => {
    if (starts !== null) return starts;
    starts = [0];
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  };
  const lineAt = (offset: number): number => {
    const all = read();
    let low = 0;
    let high = all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (all[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
  return {
    startOf: (line) => read()[line - 1] ?? text.length,
    between: (spot) =>
      "start" in spot
        ? { start: lineAt(spot.start), end: lineAt(Math.max(spot.start, spot.end - 1)) }
        : { start: spot.line, end: spot.endLine },
  };
}

/** A parsed file as a text. */
export function textFile(file: SourceFile): TextFile {
  const { path, text, language, comments } = file;
  return { path, text, language, comments, lines: text.split("\n") };
}

/** A file that no grammar reads, with its comments as most languages mark them. */
export function plainTextFile(path: string, text: string): TextFile {
  const lines = text.split("\n");
  return { path, text, language: null, comments: guessComments(lines), lines };
}

function guessComments(lines: readonly string[]): Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  lines.forEach((line, index) => {
    const mark = /(?:^|\s)(?:#|\/\/|--|;;|%|<!--|\/\*|\*\s)/.exec(line.slice(0, longestCommentLine));
    if (mark !== null) {
      const start = offset + mark.index + (/^\s/.test(mark[0]) ? 1 : 0);
      const end = offset + line.length;
      comments.push({ text: line.slice(start - offset), start, end, line: index + 1, endLine: index + 1 });
    }
    offset += line.length + 1;
  });
  return comments;
}

const longestCommentLine = 2000;
