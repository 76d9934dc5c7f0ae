import { SyntaxNode } from "./node.ts";

/** A comment with its marks, and where it stands. */
export interface Comment {
  text: string;
  start: number;
  end: number;
  /** Of its first and last line, from 1. */
  line: number;
  endLine: number;
}

/** A parsed text. */
export class SyntaxTree {
  readonly source: string;
  /** In the order of the text. */
  readonly comments: Comment[] = [];
  /** Stretches of lines that the grammar could not make sense of, ascending. */
  readonly unread: { line: number; endLine: number }[] = [];
  readonly #nodesByType = new Map<string, SyntaxNode[]>();
  readonly #lineStarts: number[];
  #root: SyntaxNode | null = null;

  constructor(source: string) {
    this.source = source;
    this.#lineStarts = lineStarts(source);
  }

  get root(): SyntaxNode {
    if (this.#root === null) throw new Error("the tree has no root yet");
    return this.#root;
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }

  /** Every named node of these types, in the order of the text for one type, type by type. */
  nodes(...types: readonly string[]): SyntaxNode[] {
    return types.flatMap((type) => this.#nodesByType.get(type) ?? []);
  }

  /** The number of the line that holds an offset, from 1. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** A line without its end, by its number from 1. */
  line(number: number): string {
    const start = this.#lineStarts[number - 1] ?? this.source.length;
    const end = this.#lineStarts[number] ?? this.source.length;
    return this.source.slice(start, end).replace(/\r?\n$/, "");
  }

  /** Comments that begin between two offsets. */
  commentsBetween(start: number, end: number): Comment[] {
    return this.comments.filter((comment) => comment.start >= start && comment.start < end);
  }

  /** For whoever builds the tree. */
  add(node: SyntaxNode): void {
    this.#root ??= node;
    node.parent?.add(node);
    if (!node.isNamed) return;
    const same = this.#nodesByType.get(node.type);
    if (same === undefined) this.#nodesByType.set(node.type, [node]);
    else same.push(node);
  }
}

/** Where each line begins. Lines end as git counts them: at a line feed. */
function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  if (starts.length > 1 && starts.at(-1) === source.length) starts.pop();
  return starts;
}
