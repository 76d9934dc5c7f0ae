import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Report } from "../pattern.ts";

/** `any` where it is the type of a value, a cast over `unknown` or `never`, `!`; `any` in the JSDoc of plain JavaScript. */
export function reportJavascriptEscapes(file: SourceFile, report: Report): void {
  if (file.grammar === "javascript") reportJsDoc(file, report);
  if (file.grammar === "javascript" || /\.d\.[cm]?ts$/.test(file.path)) return;
  for (const node of file.nodes("predefined_type"))
    if (node.text === "any" && !isBound(node))
      report(node, `${whereOf(node)} is \`any\`: nothing about it is checked.`);
  for (const node of file.nodes("as_expression", "type_assertion")) {
    const type = castType(node);
    if (type !== null && (isForced(file, node) || type.text === "never"))
      report(type, "A cast by way of `unknown` or `never` takes any value for this type.");
  }
  for (const node of file.nodes("non_null_expression"))
    if (!isElement(node))
      report({ start: node.end - 1, end: node.end }, "`!` says without a check that this is there.");
}

/** `/** @type {any} *\/` is how plain JavaScript says `any`. */
function reportJsDoc(file: SourceFile, report: Report): void {
  for (const { text, start } of file.comments) {
    if (!text.startsWith("/**")) continue;
    for (const match of text
      .slice(0, 20_000)
      .matchAll(/@(?:type|typedef|param|returns?|property|prop)\s*\{\s*any\s*\}/g))
      report(
        { start: start + match.index, end: start + match.index + match[0].length },
        "A type in the docs is `any`.",
      );
  }
}

/**
 * Not the type of a value, but what a type is measured by: `T extends Foo<any>`, `T = any`, and `Context<any>` for each of
 * its kinds. Arguments that are passed on, `...args: any[]`, and results that nobody takes, `() => any`, are `any` in every
 * library, for want of another way to say it.
 */
function isBound(node: SyntaxNode): boolean {
  let at: SyntaxNode = node;
  for (let step = 0; step < 20 && at.parent !== null; step += 1) {
    const { parent } = at;
    if (boundTypes.has(parent.type)) return true;
    if (parent.type === "conditional_type" && at.field === "right") return true;
    if (parent.type === "function_type" && at.field === "return_type") return true;
    if (parent.type === "type_arguments" && parent.parent?.type === "generic_type" && !holdsValues(parent.parent))
      return true;
    if (parent.type === "required_parameter" && parent.part("pattern")?.type === "rest_pattern") return true;
    if (parent.type.endsWith("_statement") || parent.type === "statement_block") return false;
    at = parent;
  }
  return false;
}

const boundTypes = new Set([
  "constraint",
  "default_type",
  "extends_clause",
  "implements_clause",
  "extends_type_clause",
]);

/** Whether the values that come out of it have the type that it is given. */
function holdsValues(generic: SyntaxNode): boolean {
  return valueHolders.has(generic.part("name")?.text ?? "");
}

const valueHolders = new Set(
  (
    "Promise PromiseLike Awaited Array ReadonlyArray Record Partial Readonly Required Map ReadonlyMap WeakMap Set ReadonlySet " +
    "Iterable AsyncIterable Observable Subject BehaviorSubject Ref SetStateAction Dispatch Optional Maybe Nullable Dict Dictionary"
  ).split(" "),
);

function whereOf(node: SyntaxNode): string {
  const { parent } = node;
  if (parent?.type === "as_expression" || parent?.parent?.type === "type_assertion") return "The type of this cast";
  return parent?.type === "type_annotation" ? "The type here" : "A part of the type here";
}

/** The type that a value is said to have. */
function castType(node: SyntaxNode): SyntaxNode | null {
  if (node.type === "type_assertion") return node.childOf("type_arguments")?.named[0] ?? null;
  const type = node.named.at(-1);
  return type === undefined || node.named.length < 2 ? null : type;
}

/** `a as unknown as T`. */
function isForced(file: SourceFile, node: SyntaxNode): boolean {
  let inner = node.type === "type_assertion" ? node.named.at(-1) : node.named[0];
  while (inner?.type === "parenthesized_expression") inner = inner.named[0];
  if (inner?.type !== "as_expression" && inner?.type !== "type_assertion") return false;
  return castType(inner)?.text === "unknown";
}

/** `list[0]!`: where reading an element gives `undefined` as well, this is how a loop says that it is within. */
function isElement(node: SyntaxNode): boolean {
  return node.named[0]?.type === "subscript_expression";
}
