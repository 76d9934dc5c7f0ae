import { SyntaxNode } from "./node.ts";
import { SyntaxTree } from "./tree.ts";

/** What is asked of a parser's cursor; `TreeCursor` of web-tree-sitter has this shape. Offsets are UTF-16 code units. */
export interface TreeCursor {
  readonly nodeTypeId: number;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly currentFieldId: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** What the grammar calls its nodes and their parts, by their numbers. */
export interface GrammarNames {
  types: readonly (string | null)[];
  isNamed: (typeId: number) => boolean;
  fields: readonly (string | null)[];
}

/** Nested deeper than this, a text is no program that a person reads, and walking it could end in a full stack. */
export const deepestNesting = 1000;

/** The tree as plain objects, so that rules need no parser; null when it is nested too deeply. */
export function buildTree(source: string, cursor: TreeCursor, names: GrammarNames): SyntaxTree | null {
  const tree = new SyntaxTree(source);
  const kinds = nodeKinds(names);
  const above: (SyntaxNode | null)[] = [];
  let parent: SyntaxNode | null = null;
  for (;;) {
    const kind = kinds[cursor.nodeTypeId] ?? errorKind;
    const start = cursor.startIndex;
    let node: SyntaxNode | null = null;
    if (kind.is === "comment") addComment(tree, start, cursor.endIndex);
    else if (kind.is === "error") tree.unread.push(linesOf(tree, start, cursor.endIndex));
    if (kind.is === "named" || kind.is === "word" || kind.is === "error") {
      const field: string | null = parent === null ? null : (names.fields[cursor.currentFieldId] ?? null);
      const { type } = kind;
      node = new SyntaxNode(tree, type, kind.is !== "word", field, parent, start, cursor.endIndex);
      tree.add(node);
    }
    if (node?.isNamed && cursor.gotoFirstChild()) {
      above.push(parent);
      if (above.length > deepestNesting) return null;
      parent = node;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (above.length === 0) return tree;
      cursor.gotoParent();
      parent = above.pop()!;
    }
  }
}

interface NodeKind {
  type: string;
  is: "named" | "word" | "comment" | "error" | "mark";
}

const errorKind: NodeKind = { type: "ERROR", is: "error" };

/** Each grammar's answer is asked once. */
const known = new WeakMap<GrammarNames, NodeKind[]>();

function nodeKinds(names: GrammarNames): NodeKind[] {
  const read = known.get(names);
  if (read !== undefined) return read;
  const kinds = names.types.map((type, id): NodeKind => {
    const name = type ?? "";
    if (name === "ERROR") return errorKind;
    if (commentTypes.has(name)) return { type: name, is: "comment" };
    if (names.isNamed(id)) return { type: name, is: "named" };
    return { type: name, is: marks.has(name) ? "mark" : "word" };
  });
  known.set(names, kinds);
  return kinds;
}

const commentTypes = new Set(["comment", "line_comment", "block_comment", "html_comment"]);
const marks = new Set([
  "(",
  ")",
  "{",
  "}",
  "[",
  "]",
  ",",
  ";",
  ":",
  ".",
  '"',
  "'",
  "`",
  '"""',
  "${",
  "\n",
  "\0",
  "</",
  "/>",
  "",
]);

function addComment(tree: SyntaxTree, start: number, end: number): void {
  const text = tree.source.slice(start, end);
  tree.comments.push({ text, start, end, ...linesOf(tree, start, end) });
}

function linesOf(tree: SyntaxTree, start: number, end: number): { line: number; endLine: number } {
  return { line: tree.lineAt(start), endLine: tree.lineAt(Math.max(start, end - 1)) };
}
