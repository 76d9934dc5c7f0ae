import type { CodeownersPattern } from "./pattern.ts";

/** Somebody that a line of a CODEOWNERS file names. Names are as written, without the `@`; GitHub compares them without case. */
export interface CodeownersOwner {
  readonly kind: "user" | "team" | "email";
  /** `ann`, `org/team` or `ann@example.org`. */
  readonly name: string;
}

/** A valid line: a pattern, and who owns what it matches. */
export interface CodeownersLine {
  /** Counted from 1. */
  readonly line: number;
  /** As written, escapes included. Raw: make it inert before it is shown. */
  readonly pattern: string;
  /** Empty: the line takes the owners away from what it matches. */
  readonly owners: readonly CodeownersOwner[];
  readonly matches: CodeownersPattern;
}

/** What is wrong with a file, in GitHub's words (https://docs.github.com/rest/repos/repos#list-codeowners-errors). */
export interface CodeownersProblem {
  /** Both counted from 1, columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly kind: "Invalid pattern" | "Invalid owner" | "File too large";
  /** The line as it stands there; like `message` raw: make it inert before it is shown. */
  readonly source: string;
  readonly suggestion: string | null;
  /** All of it for a monospaced display, over several lines. */
  readonly message: string;
  /** What the line could be meant to match. GitHub skips it; whoever must not miss an owner asks `couldDecide`. */
  readonly couldMean: readonly CodeownersPattern[];
}

/** A CODEOWNERS file as GitHub reads it. */
export interface CodeownersFile {
  /** The valid lines, in the order of the file. */
  readonly lines: readonly CodeownersLine[];
  /** What GitHub would list as errors, in the order of the file. */
  readonly problems: readonly CodeownersProblem[];
  /** Lines that GitHub reads, and hardly as they were meant: a pattern in quotes. */
  readonly doubtful: readonly CodeownersProblem[];
  /** False for a file of 3 MB or more: GitHub does not load it, so that nothing has an owner. */
  readonly loaded: boolean;
}

/** Who owns a path, and which line says so. */
export interface OwnersMatch {
  readonly owners: readonly CodeownersOwner[];
  /** The deciding line, counted from 1; null when no line matches. */
  readonly line: number | null;
  /** Without owners: a line matches and names nobody. That is a decision, and not the same as no line at all. */
  readonly matched: boolean;
  readonly pattern: string | null;
}

/** An owner as it stands in a file: `@ann`, `@org/team`, `ann@example.org`. */
export function ownerText({ kind, name }: CodeownersOwner): string {
  return kind === "email" ? name : `@${name}`;
}
