import type { FunctionParts, SourceFile, SyntaxNode } from "../syntax/index.ts";

/** Whoever handles a route, where the file has it. */
export function handlerOf(node: SyntaxNode, file: SourceFile): FunctionParts | null {
  const value = file.valueOf(node);
  if (file.dialect.functions.has(value.type)) return file.dialect.readFunction(value);
  const declared = file.bindingOf(value)?.declarations.find(({ kind }) => kind === "function")?.value ?? null;
  return declared === null || !file.dialect.functions.has(declared.type) ? null : file.dialect.readFunction(declared);
}
