import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Report } from "../pattern.ts";

/** Casts that no check stands behind: to a raw type, to a type parameter, to a type with parameters, by way of `Object`. */
export function reportJavaEscapes(file: SourceFile, report: Report): void {
  for (const node of file.nodes("cast_expression")) {
    const type = node.part("type");
    const value = node.part("value");
    if (type === null || value === null || isPlainValue(value)) continue;
    const message = escapeOf(node, type, value);
    if (message !== null) report(node, message);
  }
}

/** `(T) this`, `(T[]) new Object[8]`, `(Map<String, A>) null` and typed lambdas are how it is written, for want of another way. */
function isPlainValue(value: SyntaxNode): boolean {
  return ["this", "array_creation_expression", "null_literal", "lambda_expression", "method_reference"].includes(
    value.type,
  );
}

function escapeOf(node: SyntaxNode, type: SyntaxNode, value: SyntaxNode): string | null {
  if (rawTypes.has(type.text)) return "A cast to a raw type drops the types of what is within.";
  if (type.type === "generic_type")
    return hasOnlyWildcards(type)
      ? null
      : "This cast is not checked: its type parameters are gone when the program runs.";
  const element = type.type === "array_type" ? (type.part("element") ?? type) : type;
  if (element.type === "type_identifier" && isTypeParameter(node, element.text))
    return "This cast is not checked: the type parameter is gone when the program runs.";
  return value.type === "cast_expression" && value.part("type")?.text === "Object"
    ? "A cast by way of `Object` takes any value for this type."
    : isObject(node, type)
      ? "A cast to `Object` drops the type."
      : null;
}

const rawTypes = new Set(
  (
    "List ArrayList LinkedList Collection Iterable Iterator ListIterator Set HashSet TreeSet SortedSet LinkedHashSet Map HashMap " +
    "LinkedHashMap TreeMap SortedMap ConcurrentMap ConcurrentHashMap Hashtable Vector Queue Deque Optional Supplier Consumer " +
    "Function BiFunction Predicate Callable Future CompletableFuture Comparator Comparable Stream Class ThreadLocal Map.Entry"
  ).split(" "),
);

function hasOnlyWildcards(type: SyntaxNode): boolean {
  const values = type.childOf("type_arguments")?.named ?? [];
  return values.every((value) => value.type === "wildcard" && value.named.length === 0);
}

/** Whether a class or a method around declares this name as a type parameter. */
function isTypeParameter(node: SyntaxNode, name: string): boolean {
  for (let at = node.parent; at !== null; at = at.parent) {
    const declared = at.part("type_parameters") ?? at.childOf("type_parameters");
    if (
      declared?.named.some((parameter) =>
        parameter.named.some(({ text, type }) => type === "type_identifier" && text === name),
      )
    )
      return true;
  }
  return false;
}

/** As an argument or beside `==` the cast chooses between methods, or makes an odd comparison compile. */
function isObject(node: SyntaxNode, type: SyntaxNode): boolean {
  if (type.text !== "Object" && type.text !== "java.lang.Object") return false;
  let { parent } = node;
  while (parent?.type === "parenthesized_expression") parent = parent.parent;
  return (
    parent?.type === "variable_declarator" ||
    parent?.type === "return_statement" ||
    parent?.type === "assignment_expression"
  );
}
