import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Report } from "../pattern.ts";

/** `v.(T)` without the second result, which panics when the type is another, and pointers past the type system. */
export function reportGoEscapes(file: SourceFile, report: Report): void {
  for (const node of file.nodes("type_assertion_expression"))
    if (!isChecked(node) && !isOwnContainer(file, node))
      report(node, "This type assertion panics when the value has another type.");
  for (const call of file.calls)
    if (call.receiver !== null && pointers.has(file.calleeName(call)) && !isForC(call))
      report(call.node, "A pointer of package unsafe goes past the types.");
}

const pointers = new Set(["Pointer", "Slice", "SliceData", "String", "StringData"].map((name) => `unsafe.${name}`));

/** `t, ok := v.(T)`. */
function isChecked(node: SyntaxNode): boolean {
  let at = node;
  while (at.parent?.type === "parenthesized_expression") at = at.parent;
  const list = at.parent;
  if (list?.type !== "expression_list" || list.named.length !== 1) return false;
  const { parent } = list;
  const targets = parent?.type === "var_spec" ? parent.parts("name") : (parent?.part("left")?.named ?? []);
  return targets.length === 2;
}

/**
 * What comes back out of a pool, a list, a heap or an atomic value is what the same program put in: these take `any` for want
 * of type parameters, and everybody asserts there. So does everybody with what the standard library is known to give.
 */
function isOwnContainer(file: SourceFile, node: SyntaxNode): boolean {
  const operand = node.part("operand");
  if (operand === null) return false;
  const call = file.callAt(operand);
  const receiver = call?.receiver?.text ?? "";
  if (call?.name === "Get" && /pool$/i.test(receiver)) return true;
  if (/(?:^|\.)DefaultTransport$/.test(operand.text) || /^(?:Local|Remote)?Addr$/.test(call?.name ?? "")) return true;
  if (call?.name === "Load" && call.args.length === 0) return true;
  if (/^heap\.(?:Pop|Remove)$/.test(`${receiver}.${call?.name ?? ""}`)) return true;
  if (operand.type === "selector_expression" && operand.part("field")?.text === "Value")
    return file.text.includes('"container/list"');
  const around = file.functionAround(node);
  return around?.name === "Push" && around.node.type === "method_declaration" && operand.type === "identifier";
}

/** `C.free(unsafe.Pointer(text))`: there is no other way to call C. */
function isForC({ node }: Call): boolean {
  const list = node.parent;
  const callee = list?.type === "argument_list" ? list.parent?.part("function") : null;
  return callee?.type === "selector_expression" && callee.part("operand")?.text === "C";
}
