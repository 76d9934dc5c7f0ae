import type { Comment } from "../syntax/index.ts";
import { commentsByLine } from "./comment-lines.ts";
import type { TextFile } from "./pattern.ts";
import { fencedLines, prosePath } from "./prose-lines.ts";
import { givesCause, saysWhy } from "./suppression-reason.ts";
import { scopeOf, type Scope } from "./suppression-scopes.ts";
import { directives, directiveTrigger, eslintList, type Directive } from "./suppression-directives.ts";

/** An order to a tool to keep quiet about something. */
export interface Suppression {
  /** As people call it: `eslint-disable`. */
  kind: string;
  /** The rules that it names, those alone that are plain names. */
  rules: string[];
  /** It could name what it switches off, and does not. */
  isBlanket: boolean;
  hasReason: boolean;
  /** What it covers. */
  scope: Scope;
  /** Offsets into the text. */
  start: number;
  end: number;
}

/** What stays the same of it while the code around changes. */
export function suppressionIdentity({ kind, rules }: Suppression): string {
  return [kind, ...rules].join(" ");
}

/** The directives in a file's comments, in the order of the text. */
export function suppressionsIn(file: TextFile): Suppression[] {
  const isProse = prosePath.test(file.path);
  const fenced = isProse ? fencedLines(file.lines) : new Set<number>();
  const known = readable.filter(({ paths, prose }) => (paths?.test(file.path) ?? true) && (!isProse || prose === true));
  const byLine = commentsByLine(file.comments);
  return file.comments.flatMap((comment) =>
    fenced.has(comment.line) || !directiveTrigger.test(comment.text) ? [] : readComment(comment, known, byLine),
  );
}

interface Readable extends Directive {
  /** Group 1 is what stands before the words. */
  pattern: RegExp;
  /** What a line must hold, in lower case, for the pattern to be tried at all. */
  key: string;
}

const readable: readonly Readable[] = directives.map((directive) => {
  const before = directive.anywhere === true ? "(?<![\\w`'\"])" : "(?:^|(?<![`'\"])(?:#|//|--|/\\*)\\s*)";
  const pattern = new RegExp(`(${before})(?:${directive.words})`, directive.anyCase === true ? "gi" : "g");
  return { ...directive, pattern, key: keyOf(directive.words) };
});

/** What a pattern begins with, as far as it is plain text. */
function keyOf(words: string): string {
  if (/^[^(]*\|/.test(words)) return "";
  const plain = /^[\w@:,=/ -]*/.exec(words)?.[0] ?? "";
  return (/^[?*{]/.test(words.slice(plain.length)) ? plain.slice(0, -1) : plain).toLowerCase();
}

function readComment(comment: Comment, known: readonly Readable[], byLine: Map<number, Comment[]>): Suppression[] {
  const found: Suppression[] = [];
  let offset = comment.start;
  let line = comment.line;
  const lines = comment.text.split("\n");
  for (const [index, whole] of lines.entries()) {
    const text = whole.slice(0, longestLine);
    if (directiveTrigger.test(text)) {
      const below = lines.slice(index + 1, index + 6).join("\n");
      const matches = directivesIn(text, known);
      for (const [order, match] of matches.entries()) {
        const end = matches[order + 1]?.start ?? text.length;
        const before = order === 0 ? text.slice(0, match.start) : "";
        const rest = text.slice(match.end, end) + (order === matches.length - 1 ? `\n${below}` : "");
        const read = readDirective(match.directive, rest);
        if (read === null || !isTakenByCompiler(match.directive, comment, index === lines.length - 1)) continue;
        const beside = () => besideSaysWhy(comment, line, byLine);
        const hasReason = saysWhy(read.reason) || (index === 0 && saysWhy(before)) || beside();
        const { kind } = match.directive;
        found.push({
          kind,
          scope: scopeOf(kind, text.slice(match.start, match.end).trimEnd()),
          ...read.named,
          hasReason,
          start: offset + match.start,
          end: offset + text.trimEnd().length,
        });
      }
    }
    offset += whole.length + 1;
    line += 1;
  }
  return found;
}

/** TypeScript's own are taken from a block's last line alone, and `@ts-nocheck` from no block. */
function isTakenByCompiler({ kind }: Directive, { text }: Comment, isLastLine: boolean): boolean {
  if (!kind.startsWith("@ts-") || !text.startsWith("/*")) return true;
  return isLastLine && kind !== "@ts-nocheck";
}

const longestLine = 2000;

/** A directive that stands on a line more often than this is there to cost time. */
const mostOfKind = 8;

interface Match {
  directive: Directive;
  start: number;
  end: number;
}

/** The directives of a line, from left to right; of two at the same place the longer. */
function directivesIn(line: string, known: readonly Readable[]): Match[] {
  const lead = /^[\s/*#!<;%{-]*/.exec(line)?.[0].length ?? 0;
  const body = line.slice(lead);
  const lower = body.toLowerCase();
  const tried = known.filter(({ key }) => lower.includes(key));
  const found = tried.flatMap((directive) =>
    [...body.matchAll(directive.pattern)].slice(0, mostOfKind).map((match) => {
      const start = lead + match.index + (match[1]?.length ?? 0);
      return { directive, start, end: lead + match.index + match[0].length };
    }),
  );
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter(({ start }, index) => index === 0 || start >= found[index - 1]!.end);
}

interface Read {
  named: { rules: string[]; isBlanket: boolean };
  reason: string;
}

/** Null where a sentence begins with the word for a directive: `eslint-disable comments are forbidden`. */
function readDirective(directive: Directive, rest: string): Read | null {
  if (directive.names === undefined) return { named: { rules: [], isBlanket: false }, reason: rest };
  const names = directive.names.exec(rest);
  if (names === null) {
    const isSentence = directive.names === eslintList && /^\s+[a-z]+\s+[a-z]+/.test(rest);
    return isSentence ? null : { named: { rules: [], isBlanket: true }, reason: rest };
  }
  const rules = (names[1] ?? "").split(/[\s,]+/).map((name) => name.replace(/^["']|["']$/g, ""));
  const isAll = rules.every((rule) => rule === "" || rule === "all" || rule === "*");
  const plain = rules.filter((rule) => /^[@\w][\w@/.:-]{0,79}$/.test(rule)).slice(0, 20);
  return { named: { rules: plain, isBlanket: isAll }, reason: rest.slice(names[0].length) };
}

/** Another comment of the line, or the comment right above, where that says why and not only what. */
function besideSaysWhy(comment: Comment, line: number, byLine: Map<number, Comment[]>): boolean {
  const onLine = (byLine.get(line) ?? []).filter((other) => other !== comment);
  const above = (byLine.get(comment.line - 1) ?? []).filter(({ endLine }) => endLine === comment.line - 1);
  const isPlain = ({ text }: Comment) => directivesIn(text.slice(0, longestLine), readable).length === 0;
  return (
    onLine.some((other) => saysWhy(other.text) && isPlain(other)) ||
    above.some((other) => givesCause(other.text) && isPlain(other))
  );
}
