import type { Handler, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { isLogCall } from "./log-calls.ts";
import { givesReason } from "./reasons.ts";

/** From the handler's first word to its body. */
export function headOf({ node, body }: Handler): { start: number; end: number } {
  return { start: node.start, end: Math.max(node.start + 1, body.start) };
}

/**
 * What stands in a node, without what stands in functions within it: those run later. After a bounded number of nodes no more
 * is read, so that handlers in handlers cost no more than their text.
 */
export function nodesIn(root: SyntaxNode, file: SourceFile, limit = 2000): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  for (const node of root.walk(file.dialect.functions)) {
    nodes.push(node);
    if (nodes.length >= limit) break;
  }
  return nodes;
}

/** Whether the handler, in any of its branches, gives an error on. */
export function rethrows({ body }: Handler, file: SourceFile): boolean {
  return nodesIn(body, file).some(({ type }) => type === "throw_statement" || type === "raise_statement");
}

/**
 * Whether the error as such is given to something that may answer it: `next(error)`, `future.set_exception(e)`,
 * `errors.push(e)`, `return error`. A text made of it is no error any more, and a log answers nothing.
 */
export function handsOn({ body, name }: Handler, file: SourceFile): boolean {
  if (name === null) return false;
  return nodesIn(body, file).some(
    (node) => node.text === name && file.dialect.names.has(node.type) && isGiven(node, file),
  );
}

function isGiven(node: SyntaxNode, file: SourceFile): boolean {
  let at = node;
  for (let step = 0; step < 8; step += 1) {
    const { parent } = at;
    if (parent === null) return false;
    const call = file.callAt(parent.type.startsWith("argument") ? (parent.parent ?? parent) : parent);
    if (call !== null) return at.field !== "function" && !isLogCall(call, file) && !texts.has(call.name);
    if (parent.type === "return_statement") return true;
    if (/assignment|declarator|short_var/.test(parent.type)) return parent.part("right") === at;
    if (!carriers.has(parent.type)) return false;
    at = parent;
  }
  return false;
}

const texts = new Set(
  "str repr String print format type isinstance hasattr getattr Error log Errorf Sprintf Sprint".split(" "),
);
const carriers = new Set(
  [
    "object pair array list tuple dictionary keyword_argument expression_list parenthesized_expression literal_element",
    "keyed_element literal_value cast_expression as_expression await_expression shorthand_property_identifier",
  ]
    .join(" ")
    .split(" "),
);

/** A comment between two places that says why, from the first to the end of the line of the second. */
export function saysWhy(file: SourceFile, start: number, lastLine: number): boolean {
  const { comments } = file;
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < comments.length && comments[at]!.line <= lastLine; at += 1)
    if (givesReason(comments[at]!.text)) return true;
  return false;
}

/** The types that a handler takes, by their last names; a tuple within a tuple as well. */
export function typeNames(types: readonly SyntaxNode[]): { node: SyntaxNode; name: string }[] {
  return types.flatMap((node) =>
    node.type === "tuple"
      ? node.named.flatMap((inner) => (inner.type === "tuple" ? inner.named : inner)).map(typeName)
      : typeName(node),
  );
}

function typeName(node: SyntaxNode): { node: SyntaxNode; name: string } {
  const text = node.text.slice(-100);
  return { node, name: text.slice(text.lastIndexOf(".") + 1).trim() };
}
