import type { SourceFile, SyntaxNode } from "../syntax/index.ts";

/**
 * Whether the function around a node holds what reads as a check. At the top of a file nothing does: what is checked there
 * may be far away. Asked once for a function, however many nodes of it are looked at.
 */
export function isGuarded(file: SourceFile, node: SyntaxNode, check: RegExp): boolean {
  const around = node.above(file.dialect.functions);
  if (around === null) return false;
  const answers = answersOf(around);
  const known = answers.get(check);
  if (known !== undefined) return known;
  const answer = check.test(around.text.slice(0, longestFunction));
  answers.set(check, answer);
  return answer;
}

const longestFunction = 20_000;
const byFunction = new WeakMap<SyntaxNode, Map<RegExp, boolean>>();

function answersOf(around: SyntaxNode): Map<RegExp, boolean> {
  const known = byFunction.get(around);
  if (known !== undefined) return known;
  const made = new Map<RegExp, boolean>();
  byFunction.set(around, made);
  return made;
}
