import type { SourceFile, SyntaxNode } from "../syntax/index.ts";

/** The type that a name is declared with, as written without its colon: `int`, `string | null`. Null where none is. */
export function declaredType(file: SourceFile, name: SyntaxNode): string | null {
  const binding = file.bindingOf(name);
  if (binding?.declarations.length !== 1) return null;
  const declared = binding.declarations[0]!.name;
  for (let at = declared.parent, step = 0; at !== null && step < 3; at = at.parent, step += 1) {
    const type = at.part("type");
    if (type !== null && typed.has(at.type)) return type.text.slice(0, 80).replace(/^:\s*/, "");
    if (type !== null || file.dialect.scopes.has(at.type)) return null;
  }
  return null;
}

const typed = new Set([
  ...["required_parameter", "optional_parameter", "variable_declarator", "typed_parameter", "typed_default_parameter"],
  ...[
    "assignment",
    "parameter_declaration",
    "var_spec",
    "formal_parameter",
    "local_variable_declaration",
    "field_declaration",
  ],
  ...["enhanced_for_statement", "spread_parameter", "resource"],
]);
