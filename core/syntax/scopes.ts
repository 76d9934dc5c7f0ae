import type { Declaration, Dialect } from "./dialect.ts";
import type { SyntaxNode } from "./node.ts";
import type { SyntaxTree } from "./tree.ts";

/** A name in the scope that declares it, and everything that it gets. */
export interface Binding {
  name: string;
  /** The scope's node. */
  scope: SyntaxNode;
  /** In the order of the text; of a name that several branches assign, several. */
  declarations: Declaration[];
  /** Later values: `x = …`, `x += …`. */
  values: { value: SyntaxNode; operator: string }[];
}

/** Which names each scope declares. */
export interface Scopes {
  /**
   * What a name stands for where it is used, or where another node stands; null for one that is declared nowhere in the
   * file.
   */
  find: (name: SyntaxNode, from?: SyntaxNode) => Binding | null;
  /** Every binding of the file. */
  all: () => Binding[];
}

/** Reads the scopes of a file once. */
export function readScopes(tree: SyntaxTree, dialect: Dialect): Scopes {
  const byScope = new Map<SyntaxNode, Map<string, Binding>>();
  for (const node of tree.nodes(...dialect.declarations))
    for (const declaration of dialect.readDeclarations(node))
      declare(byScope, scopeFor(declaration, node, dialect), declaration);
  const find = (name: SyntaxNode, from = name): Binding | null => {
    for (let at: SyntaxNode | null = from; at !== null; at = at.parent) {
      const binding = byScope.get(at)?.get(name.text);
      if (binding !== undefined) return binding;
    }
    return null;
  };
  for (const node of tree.nodes(...dialect.assignments))
    for (const { target, value, operator } of dialect.readAssignments(node)) {
      const binding = dialect.names.has(target.type) ? find(target) : null;
      if (binding === null || binding.declarations.some((known) => known.value === value)) continue;
      binding.values.push({ value, operator });
    }
  return { find, all: () => [...byScope.values()].flatMap((names) => [...names.values()]) };
}

function declare(byScope: Map<SyntaxNode, Map<string, Binding>>, scope: SyntaxNode, declaration: Declaration): void {
  const names = byScope.get(scope) ?? new Map<string, Binding>();
  byScope.set(scope, names);
  const name = declaration.bound ?? declaration.name.text;
  const binding = names.get(name);
  if (binding === undefined) names.set(name, { name, scope, declarations: [declaration], values: [] });
  else binding.declarations.push(declaration);
}

/** Parameters belong to their function; everything else to the scope around. */
function scopeFor({ kind }: Declaration, node: SyntaxNode, { scopes }: Dialect): SyntaxNode {
  if ((kind === "parameter" || opensScope.has(node.type)) && scopes.has(node.type)) return node;
  for (let at = node.parent; at !== null; at = at.parent) if (scopes.has(at.type)) return at;
  return node.tree.root;
}

/** Statements whose names hold within them alone. */
const opensScope = new Set(["for_in_statement", "enhanced_for_statement", "try_with_resources_statement"]);
