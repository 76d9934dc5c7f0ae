import type { SourceFile } from "../syntax/index.ts";

const answers = new WeakMap<SourceFile, Map<RegExp["source"], boolean>>();

/** Whether a pattern occurs anywhere in a file. Asked for each of many calls it looks only once. */
export function occursIn(file: SourceFile, pattern: RegExp): boolean {
  const known = answers.get(file) ?? new Map<string, boolean>();
  answers.set(file, known);
  const answer = known.get(pattern.source) ?? pattern.test(file.text);
  known.set(pattern.source, answer);
  return answer;
}
