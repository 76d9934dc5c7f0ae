import { inertText } from "../untrusted/index.ts";
import type { ProblemCode } from "./problem-codes.ts";

/** One thing that is wrong with a policy file, or (a code from CS101 on) looks wrong. All text is inert. */
export interface PolicyProblem {
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units as editors count. */
  column: number;
  code: ProblemCode;
  /** The key that it is about, `rules[2].require.coverage.patch_lines`; empty when it is about the file. */
  path: string;
  /** What is wrong, without a full stop. */
  what: string;
  /** What to write instead: whole sentences. */
  fix: string;
}

/** Keys and positions from the top of the document to a value. */
export type KeyPath = readonly (string | number)[];

/** A problem before its offset is turned into a line and a column. */
export interface FoundProblem {
  /** Where in the text, in UTF-16 code units from 0. */
  offset: number;
  code: ProblemCode;
  path: KeyPath;
  what: string;
  fix: string;
}

/** The problem as one line: ``.github/countersign.yml:57:32 CS012 rules[2].mode: expected …, got "of". Write `mode: warn`.`` */
export function formatProblem({ file, line, column, code, path, what, fix }: PolicyProblem): string {
  return `${file}:${line}:${column} ${code}${path === "" ? "" : ` ${path}`}: ${what}. ${fix}`;
}

/** `rules[2].require.coverage`, as people write a path of keys. */
export function formatPath(path: KeyPath): string {
  const parts = path.map((part) =>
    typeof part === "number" ? `[${part}]` : `.${inertText(part, { maxGraphemes: 60 })}`,
  );
  return parts.join("").replace(/^\./, "");
}

/** The value in a few words: `"eighty"`, `12`, `a list`, `nothing`. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return Object.keys(value).length === 0 ? "an empty mapping" : "a mapping";
  if (typeof value === "string") return `"${inertText(value, { maxGraphemes: 60 })}"`;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "something else";
}
