import type { SyntaxTree } from "./tree.ts";

/**
 * One node of a syntax tree, with the names that the grammar gives it. Brackets, commas and semicolons are left out of the
 * children, and so are comments: those stand in the tree's own list. Keywords and operators are there.
 */
export class SyntaxNode {
  readonly tree: SyntaxTree;
  /** The grammar's name: `call_expression`; of a keyword or operator its own text: `await`, `+`. */
  readonly type: string;
  readonly isNamed: boolean;
  /** The part that it plays for its parent: `function`, `arguments`, `left`. */
  readonly field: string | null;
  readonly parent: SyntaxNode | null;
  /** Offsets into the text, in UTF-16 code units; the end is the first that no longer belongs to it. */
  readonly start: number;
  readonly end: number;
  #children: SyntaxNode[] | null = null;

  // Positions and no names: a change of a hundred thousand lines has a million of these.
  constructor(
    tree: SyntaxTree,
    type: string,
    isNamed: boolean,
    field: string | null,
    parent: SyntaxNode | null,
    start: number,
    end: number,
  ) {
    this.tree = tree;
    this.type = type;
    this.isNamed = isNamed;
    this.field = field;
    this.parent = parent;
    this.start = start;
    this.end = end;
  }

  get children(): readonly SyntaxNode[] {
    return this.#children ?? none;
  }

  /** For whoever builds the tree. */
  add(child: SyntaxNode): void {
    if (this.#children === null) this.#children = [child];
    else this.#children.push(child);
  }

  get text(): string {
    return this.tree.source.slice(this.start, this.end);
  }

  /** The number of its first line, from 1. */
  get line(): number {
    return this.tree.lineAt(this.start);
  }

  /** The number of its last line, from 1. */
  get endLine(): number {
    return this.tree.lineAt(Math.max(this.start, this.end - 1));
  }

  /** The first child that plays this part. */
  part(field: string): SyntaxNode | null {
    for (const child of this.children) if (child.field === field) return child;
    return null;
  }

  parts(field: string): SyntaxNode[] {
    return this.children.filter((child) => child.field === field);
  }

  /** Children that are no keyword and no operator. */
  get named(): SyntaxNode[] {
    return this.children.filter(({ isNamed }) => isNamed);
  }

  /** The first child of one of these types. */
  childOf(...types: readonly string[]): SyntaxNode | null {
    for (const child of this.children) if (types.includes(child.type)) return child;
    return null;
  }

  /** Whether a keyword or operator stands among its children: `async`, `static`. */
  has(keyword: string): boolean {
    return this.children.some(({ type, isNamed }) => !isNamed && type === keyword);
  }

  /** The nearest node above of one of these types, not past one of the types to stop at. */
  above(types: ReadonlySet<string>, stop?: ReadonlySet<string>): SyntaxNode | null {
    for (let at = this.parent; at !== null; at = at.parent) {
      if (types.has(at.type)) return at;
      if (stop?.has(at.type)) return null;
    }
    return null;
  }

  isWithin(other: Pick<SyntaxNode, "start" | "end">): boolean {
    return this.start >= other.start && this.end <= other.end;
  }

  /** It and everything below, parents first; below those of the types to stop at nothing is visited. */
  *walk(stop?: ReadonlySet<string>): Generator<SyntaxNode, void, undefined> {
    const left: SyntaxNode[] = [this];
    for (let node = left.pop(); node !== undefined; node = left.pop()) {
      yield node;
      if (node !== this && stop?.has(node.type)) continue;
      for (let index = node.children.length - 1; index >= 0; index -= 1) left.push(node.children[index]!);
    }
  }
}

/** Most nodes have no child. */
const none: readonly SyntaxNode[] = [];
