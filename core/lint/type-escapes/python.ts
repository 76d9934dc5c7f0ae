import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Report } from "../pattern.ts";

/** `Any` as the type of a parameter, a result or a variable, and `cast(Any, …)`. */
export function reportPythonEscapes(file: SourceFile, report: Report): void {
  for (const node of file.nodes("type")) {
    const [type] = node.named;
    if (type !== undefined && isAnnotation(node) && isAny(file, type))
      report(type, "The type here is `Any`: nothing about it is checked.");
  }
  for (const call of file.calls) {
    if (call.name !== "cast" || !/^(?:typing|typing_extensions|t)\.cast$/.test(file.calleeName(call))) continue;
    const type = call.args[0]?.value;
    if (type !== undefined && isAny(file, type))
      report(call.node, "A cast to `Any` takes the value out of every check.");
  }
  for (const { text, start } of file.comments) {
    const match = /^#\s*type:\s*Any\b/.exec(text);
    if (match !== null)
      report({ start, end: start + match[0].length }, "The type here is `Any`: nothing about it is checked.");
  }
}

/**
 * Of a parameter, a result or a variable. Special methods take and give what the language lays down, and `*args` and
 * `**kwargs` pass on what they get.
 */
function isAnnotation(node: SyntaxNode): boolean {
  const { parent, field } = node;
  if (parent === null) return false;
  if (parent.type === "function_definition") return field === "return_type" && !isSpecial(parent);
  if (parent.type === "assignment") return field === "type";
  if (parent.type !== "typed_parameter" && parent.type !== "typed_default_parameter") return false;
  if (parent.childOf("list_splat_pattern", "dictionary_splat_pattern") !== null) return false;
  const around = parent.parent?.parent;
  return around === null || around === undefined || !isSpecial(around);
}

/** An override has the types of what it overrides. */
function isSpecial(node: SyntaxNode): boolean {
  const around = node.parent?.type === "decorated_definition" ? node.parent.children : [];
  if (around.some(({ type, text }) => type === "decorator" && /^@(?:\w+\.)?override$/.test(text))) return true;
  const name = node.part("name")?.text ?? "";
  return /^__\w+__$/.test(name) && !/^__(?:init|new|call|post_init)__$/.test(name);
}

/** `Any`, and what holds it as one of several: `Optional[Any]`, `Any | None`, `"Any"`. */
function isAny(file: SourceFile, type: SyntaxNode, depth = 0): boolean {
  if (depth > 5) return false;
  if (type.type === "string") return /^["'](?:typing\.)?Any["']$/.test(type.text);
  if (type.type === "identifier" || type.type === "attribute")
    return /^(?:typing|typing_extensions|t)\.Any$/.test(file.qualifiedName(type));
  if (type.type === "binary_operator" || type.type === "union_type")
    return type.named.some((part) => isAny(file, part, depth + 1));
  if (type.type === "type") return type.named.some((part) => isAny(file, part, depth + 1));
  if (type.type !== "generic_type" && type.type !== "subscript") return false;
  const [name, ...parameters] = type.named;
  if (name === undefined || !/^(?:\w+\.)?(?:Optional|Union|Annotated|Final|ClassVar)$/.test(name.text)) return false;
  const held = parameters.flatMap((part) => (part.type === "type_parameter" ? part.named : [part]));
  const values = /Annotated$/.test(name.text) ? held.slice(0, 1) : held;
  return values.some((part) => isAny(file, part, depth + 1));
}
