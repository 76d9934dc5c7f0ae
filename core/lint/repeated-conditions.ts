import type { SourceFile, SyntaxNode } from "../syntax/index.ts";

/**
 * Conditions of `else if` that an earlier one of the same chain has answered: the same, or one that holds only where the
 * earlier holds: `a && b` after `a`.
 */
export function repeatedConditions(file: SourceFile): SyntaxNode[] {
  return file
    .nodes("if_statement")
    .filter((node) => !isContinued(node))
    .flatMap(repeatedInChain);
}

function isContinued({ parent, field }: SyntaxNode): boolean {
  return parent?.type === "else_clause" || (parent?.type === "if_statement" && field === "alternative");
}

function repeatedInChain(first: SyntaxNode): SyntaxNode[] {
  const answered = new Answered();
  return chainOf(first)
    .filter(({ condition, isOwn }) => {
      if (!isOwn) answered.forget();
      if (!isSteady(condition)) return false;
      const alternatives = operands(condition, "||", "or").map((part) => operands(part, "&&", "and").map(keyOf));
      const isRepeated = alternatives.every((terms) => answered.covers(terms));
      for (const terms of alternatives) answered.add(terms);
      return isRepeated;
    })
    .map(({ condition }) => condition);
}

interface Link {
  condition: SyntaxNode;
  /** False where names get new values before it is asked: `else if err := f(); err != nil`. */
  isOwn: boolean;
}

function chainOf(first: SyntaxNode): Link[] {
  const links: Link[] = [];
  for (let at: SyntaxNode | null = first; at !== null; at = nextOf(at)) {
    for (const branch of [at, ...at.parts("alternative").filter(({ type }) => type === "elif_clause")]) {
      const condition = branch.part("condition");
      if (condition !== null) links.push({ condition, isOwn: branch.part("initializer") === null });
    }
  }
  return links;
}

function nextOf(node: SyntaxNode): SyntaxNode | null {
  const last = node.parts("alternative").at(-1);
  const inner = last?.type === "else_clause" && last.named.length === 1 ? last.named[0]! : last;
  return inner?.type === "if_statement" ? inner : null;
}

/** What is asked twice may get two answers: `if (next()) … else if (next())`. */
function isSteady(condition: SyntaxNode): boolean {
  let left = mostNodes;
  for (const { type } of condition.walk()) if (unsteady.has(type) || (left -= 1) < 0) return false;
  return true;
}

const mostNodes = 500;
const unsteady = new Set([
  ...["assignment_expression", "augmented_assignment_expression", "update_expression", "await_expression", "await"],
  ...["yield_expression", "yield", "named_expression"],
]);

function operands(condition: SyntaxNode, ...operators: readonly string[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const left = [condition];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.type === "parenthesized_expression" && node.named.length === 1) left.push(node.named[0]!);
    else if (operators.includes(node.part("operator")?.type ?? "")) left.push(...node.named);
    else found.push(node);
  }
  return found;
}

/** The text without the spaces that say nothing; those of a string may. */
function keyOf({ text }: SyntaxNode): string {
  const even = text.replace(/\s+/g, " ");
  return /["'`]/.test(even) ? even : even.replace(/ ?([^\w$ ]) ?/g, "$1");
}

/** What has been asked so far, each a set of terms that hold together. */
class Answered {
  readonly #single = new Set<string>();
  readonly #several: ReadonlySet<string>[] = [];

  add(terms: readonly string[]): void {
    if (terms.length === 1) this.#single.add(terms[0]!);
    else if (this.#several.length < mostSeveral) this.#several.push(new Set(terms));
  }

  covers(terms: readonly string[]): boolean {
    if (terms.some((term) => this.#single.has(term))) return true;
    const own = new Set(terms);
    return this.#several.some((earlier) => earlier.size <= own.size && [...earlier].every((term) => own.has(term)));
  }

  forget(): void {
    this.#single.clear();
    this.#several.length = 0;
  }
}

/** A chain asks more only in generated code, and each later one is compared with all of these. */
const mostSeveral = 50;
