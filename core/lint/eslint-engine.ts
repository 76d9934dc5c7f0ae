import { touches } from "../change/touched-lines.ts";
import { fileKind } from "../syntax/index.ts";
import type { FileToLint } from "./linted-file.ts";

/** What is asked of ESLint about one file: these rules, by the names that directives give them. */
export interface EslintRequest {
  path: string;
  text: string;
  rules: readonly string[];
  /** The rules that ESLint recommends as well: a directive names none. */
  withRecommended: boolean;
}

/** What it says, no directive being obeyed; or why it says nothing. */
export type EslintAnswer =
  | {
      problems: { rule: string; line: number }[];
      /** Of the rules that were asked for those that could not be run: of other plugins, with types, with settings. */
      notRun: string[];
    }
  | { failed: string };

/** ESLint over the text of a file. Lent by whoever has loaded it; runs nothing of the file and reads no other. */
export type Eslint = (asked: EslintRequest) => EslintAnswer;

/** Engines beside the patterns, where they were loaded. */
export interface Engines {
  eslint?: Eslint;
}

/** Above this many characters ESLint takes seconds and a gigabyte. */
export const mostEslintCharacters = 256_000;

/** What to load of ESLint for a file. Null: nothing, since the change brings it no directive for ESLint. */
export function eslintParts({ path, base, head, hunks }: FileToLint): { typescript: boolean; plugin: boolean } | null {
  if (head === null || head.length > mostEslintCharacters || fileKind(path)?.language !== "javascript") return null;
  if (!eslintDirective.test(head)) return null;
  const isNew = (line: string, index: number) =>
    eslintDirective.test(line) && (base === null || touches(hunks, index + 1, index + 1));
  if (!head.split("\n").some(isNew)) return null;
  return { typescript: /\.[cm]?tsx?$/i.test(path), plugin: head.includes("@typescript-eslint/") };
}

const eslintDirective = /eslint(?:-disable|\s+[\w@"'])/;
