import type { SyntaxNode } from "../syntax/index.ts";

/** A decorator or an annotation on a function or class. */
export interface Annotation {
  node: SyntaxNode;
  /** Its last name: `route` of `@app.route("/x")`. */
  name: string;
  /** What stands before it: `app`. */
  receiver: string | null;
  /** Its first text. */
  path: string | null;
  /** Its name and those of what it is given: `UseGuards`, `AuthGuard`. */
  names: string[];
  text: string;
}

/** In the order of the text. In TypeScript the decorators of a method stand before it among the class's members. */
export function annotationsOn(node: SyntaxNode): Annotation[] {
  return annotationNodes(node).map(read);
}

function annotationNodes(node: SyntaxNode): SyntaxNode[] {
  const own = node.children.filter(({ type }) => type === "decorator");
  const modifiers = node.childOf("modifiers")?.named.filter(({ type }) => type.endsWith("annotation")) ?? [];
  const parent = node.parent;
  if (parent?.type === "decorated_definition" || parent?.type === "export_statement")
    return [...parent.children.filter(({ type }) => type === "decorator"), ...own];
  if (parent?.type !== "class_body") return [...own, ...modifiers];
  const before: SyntaxNode[] = [];
  for (let at = indexIn(parent, node) - 1; at >= 0 && parent.children[at]!.type === "decorator"; at -= 1)
    before.unshift(parent.children[at]!);
  return [...before, ...own, ...modifiers];
}

/** By halves: a class may have many members. */
function indexIn({ children }: SyntaxNode, node: SyntaxNode): number {
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle]!.start < node.start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function read(node: SyntaxNode): Annotation {
  const text = node.text.slice(0, mostText);
  const dotted = /^@\s*([\w.]{1,200})/.exec(text)?.[1] ?? "";
  const parts = dotted.split(".");
  const written = /["'`]([^"'`\n]{0,300})["'`]/.exec(text)?.[1] ?? null;
  const unquoted = text.replace(/["'`][^"'`\n]{0,300}["'`]/g, " ");
  const given = unquoted.slice(dotted.length + 1).match(/[A-Za-z_]\w{0,80}/g) ?? [];
  return {
    node,
    name: parts.at(-1) ?? "",
    receiver: parts.length > 1 ? parts.slice(0, -1).join(".") : null,
    path: written,
    names: [parts.at(-1) ?? "", ...given],
    text,
  };
}

const mostText = 1000;
