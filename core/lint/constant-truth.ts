import type { SourceFile, SyntaxNode } from "../syntax/index.ts";

/**
 * Whether a condition is always true or always false by what is written in it; null when it depends on anything. Names are
 * not followed: `if (DEBUG)` is a switch that somebody turns.
 */
export function constantTruth(condition: SyntaxNode | null, file: SourceFile, depth = 0): boolean | null {
  if (condition === null || depth > deepest) return null;
  const node = unwrapped(condition);
  const judge = (part: SyntaxNode | null) => constantTruth(part, file, depth + 1);
  if (isFalseLiteral(node)) return false;
  if (isTrueLiteral(node)) return true;
  switch (node.type) {
    case "unary_expression":
    case "not_operator":
      return unaryTruth(node, judge);
    case "binary_expression":
    case "boolean_operator":
    case "comparison_operator":
      return binaryTruth(node, judge);
    case "assignment_expression":
      return file.language === "javascript" ? judge(node.part("right")) : null;
    case "sequence_expression":
      return judge(node.named.at(-1) ?? null);
    default:
      return null;
  }
}

/** Nobody writes a condition nested deeper. */
const deepest = 50;

function unwrapped(condition: SyntaxNode): SyntaxNode {
  let node = condition;
  while (node.type === "parenthesized_expression" && node.named.length === 1) node = node.named[0]!;
  return node;
}

function isFalseLiteral({ type, text, named }: SyntaxNode): boolean {
  if (["false", "null", "none", "undefined", "null_literal"].includes(type)) return true;
  if (numberTypes.has(type)) return isZero(text);
  if (["string", "template_string"].includes(type)) return text === '""' || text === "''" || text === "``";
  return ["list", "dictionary", "tuple"].includes(type) && named.length === 0;
}

function isTrueLiteral({ type, text, named }: SyntaxNode): boolean {
  if (type === "true" || alwaysTrue.has(type)) return true;
  if (numberTypes.has(type)) return !isZero(text);
  if (type === "string") return !named.some((part) => part.type === "interpolation") && text.length > 2;
  if (type === "template_string") return named.some((part) => part.type === "string_fragment");
  return ["list", "dictionary", "set", "tuple"].includes(type) && named.some((part) => !part.type.includes("splat"));
}

const numberTypes = new Set(["number", "integer", "float"]);
const alwaysTrue = new Set([
  ...["array", "object", "function_expression", "arrow_function", "class", "regex", "lambda", "new_expression"],
]);

function isZero(text: string): boolean {
  return /^0(?:[xob])?[0_]*(?:\.0*)?n?$/i.test(text);
}

function unaryTruth(node: SyntaxNode, judge: (part: SyntaxNode | null) => boolean | null): boolean | null {
  const operator = node.children.find(({ isNamed }) => !isNamed)?.type;
  const operand = node.part("argument") ?? node.part("operand") ?? node.named[0] ?? null;
  if (operator === "typeof") return true;
  if (operator === "void") return false;
  if (operator === "!" || operator === "not") {
    const inner = judge(operand);
    return inner === null ? null : !inner;
  }
  return (operator === "-" || operator === "+") && operand !== null && numberTypes.has(operand.type)
    ? judge(operand)
    : null;
}

function binaryTruth(node: SyntaxNode, judge: (part: SyntaxNode | null) => boolean | null): boolean | null {
  const operator = node.part("operator")?.type ?? node.part("operators")?.type;
  const [left, right] = node.named.map(unwrapped);
  if (left === undefined || right === undefined || node.named.length > 2) return null;
  if (operator === "&&" || operator === "and") return all(judge(left), judge(right));
  if (operator === "||" || operator === "or") return some(judge(left), judge(right));
  const compare = operator === undefined ? undefined : comparisons.get(operator);
  if (compare === undefined || !isPlain(left) || !isPlain(right) || left.type !== right.type) return null;
  return compare(plainValue(left), plainValue(right));
}

function all(left: boolean | null, right: boolean | null): boolean | null {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : null;
}

function some(left: boolean | null, right: boolean | null): boolean | null {
  if (left === true || right === true) return true;
  return left === false && right === false ? false : null;
}

type Compare = (left: number | string, right: number | string) => boolean;

const comparisons = new Map<string, Compare>([
  ["==", (left, right) => left === right],
  ["===", (left, right) => left === right],
  ["!=", (left, right) => left !== right],
  ["!==", (left, right) => left !== right],
  ["<", (left, right) => left < right],
  [">", (left, right) => left > right],
  ["<=", (left, right) => left <= right],
  [">=", (left, right) => left >= right],
]);

function isPlain({ type, text }: SyntaxNode): boolean {
  if (type.includes("string")) return /^(["'])[^"'\\{]*\1$/.test(text);
  return /^(?:number|integer|int_literal|decimal_integer_literal|true|false)$/.test(type);
}

function plainValue({ type, text }: SyntaxNode): number | string {
  return /number|int/.test(type) && !type.includes("string")
    ? Number(text.replaceAll("_", ""))
    : text.slice(1, -1) || text;
}
