import type { FunctionParts, SourceFile, SyntaxNode } from "../syntax/index.ts";
import type { References } from "./references.ts";
import type { Known, UnusedName } from "./unused-names.ts";

/**
 * Parameters that a function does not use, where the function alone decides what they are: it is seen in this file only,
 * and is called there, never handed on. Those before one that is used keep their places.
 */
export function unusedParameters(file: SourceFile, known: Known): UnusedName[] {
  if (file.language === "go") return [];
  return file.functions.flatMap((parts) => {
    if (parts.parameters.length === 0 || !isItsOwn(parts, file, known) || isStub(parts, file)) return [];
    const { parameters } = parts;
    const used = parameters.map(({ node }) => isUsed(node, file, known.references));
    const last = file.language === "javascript" ? used.lastIndexOf(true) : -1;
    return parameters
      .filter(({ name }, index) => index > last && !used[index]! && !knownNames.test(name))
      .map(({ node }): UnusedName => ({ name: node, what: "parameter", isVisible: false }));
  });
}

/** Names that say it themselves, and those that a language demands. */
const knownNames = /^(?:_|self$|cls$|this$|(?:ignored?|unused)(?![a-z]))/;

function isUsed(name: SyntaxNode, file: SourceFile, references: References): boolean {
  const binding = file.scopes.find(name);
  return binding === null || references.isRead(binding) || name.above(restPatterns, file.dialect.functions) !== null;
}

const restPatterns = new Set([
  ...["rest_pattern", "object_pattern", "array_pattern", "list_splat_pattern", "dictionary_splat_pattern"],
  "spread_parameter",
]);

function isItsOwn({ node, name }: FunctionParts, file: SourceFile, { references, hints }: Known): boolean {
  if (name === null) return false;
  if (file.language === "java")
    return isPrivateMethod(node) && !hints.handedOn.has(name) && !/^(?:read|write)Object/.test(name);
  if (!declaringTypes.has(node.type) && node.parent?.type !== "variable_declarator") return false;
  if (node.above(exporting, file.dialect.functions) !== null || node.parent?.type === "decorated_definition")
    return false;
  if (file.language === "python" && node.above(file.dialect.functions) === null) return false;
  if (node.parent?.parent?.type === "class_definition") return false;
  const uses = references.named(name);
  return (
    uses.length > 0 &&
    uses.length < mostUses &&
    uses.every((use) => use.field === "function" && use.parent !== null && file.dialect.calls.has(use.parent.type))
  );
}

/** A function that is called more often has many of its name. */
const mostUses = 2000;

const declaringTypes = new Set(["function_declaration", "generator_function_declaration", "function_definition"]);
const exporting = new Set(["export_statement", "ambient_declaration", "internal_module"]);

function isPrivateMethod(node: SyntaxNode): boolean {
  const modifiers = node.childOf("modifiers");
  if (node.type !== "method_declaration" || modifiers?.has("private") !== true || modifiers.has("native")) return false;
  return !modifiers.named.some(({ type }) => type.endsWith("annotation"));
}

/** A body that only says that there is none yet, or that throws. */
function isStub({ body }: FunctionParts, file: SourceFile): boolean {
  if (body === null) return true;
  const statements = body.type.includes("block") ? file.statements(body) : [body];
  return (
    statements.length > 0 &&
    statements.every(
      ({ type, named }) =>
        stubTypes.has(type) ||
        (type === "expression_statement" && ["string", "ellipsis"].includes(named[0]?.type ?? "")),
    )
  );
}

const stubTypes = new Set(["pass_statement", "raise_statement", "throw_statement", "empty_statement"]);
