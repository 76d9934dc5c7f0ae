import type { Binding, SourceFile, SyntaxNode } from "../syntax/index.ts";

/** Where the names of a file are read. What is only written to is not read, nor is what only refers to itself. */
export interface References {
  /** Whether what a binding stands for is read anywhere. */
  isRead: (binding: Binding) => boolean;
  /** Every place that reads this name, whatever it stands for there. */
  named: (name: string) => readonly SyntaxNode[];
}

/** Reads every use of a name once. What a scope declares in a way that is not known counts for all scopes around it. */
export function readReferences(file: SourceFile): References {
  const read = new Set<Binding>();
  const byName = new Map<string, SyntaxNode[]>();
  const declared = new Set(file.scopes.all().flatMap(({ declarations }) => declarations.map(({ name }) => name)));
  for (const node of file.nodes(...nameTypes[file.language])) {
    if (declared.has(node) || isNoReference(node, file)) continue;
    const same = byName.get(node.text);
    if (same === undefined) byName.set(node.text, [node]);
    else same.push(node);
    if (!isOnlyWritten(node, file)) markRead(node, file, read);
  }
  return { isRead: (binding) => read.has(binding), named: (name) => byName.get(name) ?? [] };
}

const nameTypes: Record<SourceFile["language"], readonly string[]> = {
  javascript: [
    "identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
    "type_identifier",
  ],
  python: ["identifier"],
  go: ["identifier", "type_identifier", "package_identifier"],
  java: ["identifier", "type_identifier"],
};

/** A name of a member, a keyword, an import or a declaration is not read where it stands. */
function isNoReference(node: SyntaxNode, { language }: SourceFile): boolean {
  const { parent, field } = node;
  if (parent === null) return true;
  if (language === "python")
    return (
      (parent.type === "attribute" && field === "attribute") ||
      (parent.type === "keyword_argument" && field === "name") ||
      inPythonImport(parent)
    );
  if (language === "javascript") return parent.type.startsWith("import_") || parent.type === "namespace_import";
  if (language === "java")
    return (
      (parent.type === "method_invocation" && field === "name" && parent.part("object") !== null) ||
      (parent.type === "field_access" && field === "field") ||
      (javaImportTypes.has(parent.type) && node.above(new Set(["import_declaration", "package_declaration"])) !== null)
    );
  return parent.type === "import_spec" || parent.type === "package_clause";
}

const javaImportTypes = new Set(["scoped_identifier", "import_declaration", "package_declaration"]);

function inPythonImport({ type, parent }: SyntaxNode): boolean {
  const holder = type === "dotted_name" || type === "aliased_import" ? parent : null;
  return [type, holder?.type, holder?.parent?.type].some(
    (name) => name === "import_statement" || name === "import_from_statement",
  );
}

/** `x = 1`, `x += 1` and `x++` as statements. In Python `x += 1` is taken as a use, as other tools do. */
function isOnlyWritten(node: SyntaxNode, { language }: SourceFile): boolean {
  const target = node.parent?.type === "expression_list" && node.parent.field === "left" ? node.parent : node;
  const parent = target.parent;
  if (parent === null) return false;
  if (plainWrites.has(parent.type)) {
    const operator = parent.part("operator")?.type ?? "=";
    if (target.field !== "left") return false;
    return operator === "=" ? language !== "python" || parent.type === "assignment" : isStatement(parent);
  }
  if (parent.type === "augmented_assignment_expression") return target.field === "left" && isStatement(parent);
  if (parent.type === "update_expression") return isStatement(parent);
  return parent.type === "inc_statement" || parent.type === "dec_statement";
}

const plainWrites = new Set(["assignment_expression", "assignment_statement", "assignment"]);

function isStatement({ parent, type }: SyntaxNode): boolean {
  return type === "assignment_statement" || parent?.type === "expression_statement";
}

function markRead(node: SyntaxNode, file: SourceFile, read: Set<Binding>): void {
  let at: SyntaxNode | null = outermostIterable(node) ?? node;
  for (let step = 0; at !== null && step < mostScopes; step += 1) {
    const binding: Binding | null = file.scopes.find(node, at);
    if (binding === null) return;
    const isOwn =
      binding.declarations.length < mostDeclarations &&
      binding.declarations.some((declaration) => isWithinOwn(node, declaration.name, declaration, file));
    if (!isOwn) read.add(binding);
    // A class of Python opens no scope for its methods, and `x := f(x)` of Go asks the scope around.
    const isMore = isOwn || binding.scope.type === "class_definition" || binding.scope.type === "class_body";
    if (!isMore) return;
    at = binding.scope.parent;
  }
}

/** Python asks for what its first loop goes through before a comprehension has names of its own. */
function outermostIterable(node: SyntaxNode): SyntaxNode | null {
  const clause = node.tree.root.type === "module" ? node.above(clauses, comprehensions) : null;
  if (clause === null || clause.part("right") === null || !node.isWithin(clause.part("right")!)) return null;
  const comprehension = clause.parent;
  return comprehension?.childOf("for_in_clause") === clause ? comprehension.parent : null;
}

const clauses = new Set(["for_in_clause"]);
const comprehensions = new Set([
  ...["list_comprehension", "dictionary_comprehension", "set_comprehension", "generator_expression", "block", "lambda"],
]);

const mostScopes = 20;
/** A name that is declared more often is taken as read: each use would be compared with each. */
const mostDeclarations = 50;

/** Within the function or class that it names, or in Go within the value that it is declared with. */
function isWithinOwn(
  node: SyntaxNode,
  name: SyntaxNode,
  { kind, value }: { kind: string; value: SyntaxNode | null },
  { language, dialect }: SourceFile,
): boolean {
  if (value === null || !node.isWithin(value) || node.start === name.start) return false;
  if (kind === "function" || kind === "class") return true;
  if (language === "go") return node.above(dialect.functions)?.isWithin(value) !== true;
  return dialect.functions.has(value.type);
}
