import type { SourceFile, SyntaxNode } from "../syntax/index.ts";

/**
 * All that a function does, when that is one thing: the value that it returns, or the expression that it evaluates. `empty`
 * when it does nothing at all; null when it does more, or when no function of this file is meant.
 */
export function soleStatement(file: SourceFile, node: SyntaxNode): SyntaxNode | "empty" | null {
  const body = functionOf(file, node)?.part("body") ?? null;
  if (body === null) return null;
  if (!file.dialect.blocks.has(body.type) && !/block/.test(body.type)) return file.bare(body);
  const [only, ...others] = file.statements(body);
  if (only === undefined || only.type === "pass_statement") return others.length === 0 ? "empty" : null;
  if (others.length > 0 || !/^(?:return|expression)_statement$/.test(only.type)) return null;
  const [value] = only.named;
  if (value === undefined) return "empty";
  return file.bare(value.type === "expression_list" ? (value.named.at(-1) ?? value) : value);
}

/** The function that a value is, or that a name stands for. */
function functionOf(file: SourceFile, node: SyntaxNode): SyntaxNode | null {
  const value = file.valueOf(node);
  if (file.dialect.functions.has(value.type)) return value;
  const declared = file.bindingOf(value)?.declarations;
  const only = declared?.length === 1 ? declared[0] : undefined;
  return only?.kind === "function" ? only.value : null;
}
