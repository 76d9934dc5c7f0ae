import type { FunctionParts, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { parameterCount } from "./parameter-count.ts";

/** How hard a function is to follow. Functions within it are measured by themselves. */
export interface Complexity {
  /** 1, and one for each branch: `if`, loop, case, handler, `?:`, `&&`, `||`. Not `??`, which gives a default. */
  cyclomatic: number;
  /** One for each break in the flow, and one more for each level that it stands in; an `else` and a run of `&&` once. */
  cognitive: number;
  /** How deep `if`, loops, `switch` and `try` stand in each other. */
  nesting: number;
  parameters: number;
}

export interface MeasuredFunction {
  parts: FunctionParts;
  complexity: Complexity;
}

/** Measures every function of a file in one pass over its tree. */
export function measureFunctions(file: SourceFile): MeasuredFunction[] {
  const measured = new Map(
    file.functions.map((parts): [SyntaxNode, MeasuredFunction] => [parts.node, begin(parts, file)]),
  );
  const left: Step[] = [{ node: file.tree.root, into: null, level: 0, depth: 0 }];
  for (let step = left.pop(); step !== undefined; step = left.pop()) {
    const own = measured.get(step.node);
    const here = own === undefined ? step : { node: step.node, into: own.complexity, level: 0, depth: 0 };
    if (own === undefined && here.into !== null) count(here, here.into);
    for (const child of here.node.named) left.push(below(here, child));
  }
  return [...measured.values()];
}

interface Step {
  node: SyntaxNode;
  /** The function around; null at the top of the file. */
  into: Complexity | null;
  /** How many breaks in the flow it stands within. */
  level: number;
  /** How many statements that open a block. */
  depth: number;
}

function begin(parts: FunctionParts, file: SourceFile): MeasuredFunction {
  return { parts, complexity: { cyclomatic: 1, cognitive: 0, nesting: 0, parameters: parameterCount(parts, file) } };
}

function count({ node, level, depth }: Step, into: Complexity): void {
  const { type } = node;
  if (nested.has(type)) into.nesting = Math.max(into.nesting, isElseIf(node) ? depth : depth + 1);
  if (isDecision(node)) into.cyclomatic += 1;
  if (isElseIf(node) || isElse(node)) into.cognitive += 1;
  else if (breaksFlow.has(type)) into.cognitive += 1 + level;
  else if (isJump(node) || startsRun(node)) into.cognitive += 1;
}

/** What stands in a branch is one level deeper; a condition is not, and an `else if` stands beside its `if`. */
function below({ node, into, level, depth }: Step, child: SyntaxNode): Step {
  const isInside = branchOf(node, child);
  return {
    node: child,
    into,
    level: isInside && (breaksFlow.has(node.type) || isOtherBranch(node)) ? level + 1 : level,
    depth: isInside && (nested.has(node.type) || isOtherBranch(node)) ? depth + 1 : depth,
  };
}

/** What follows an `if` as a node of its own; the `else` of Java and Go is a branch of the `if` itself. */
function isOtherBranch(node: SyntaxNode): boolean {
  return node.type === "elif_clause" || (node.type === "else_clause" && isElse(node));
}

function branchOf(node: SyntaxNode, child: SyntaxNode): boolean {
  if (node.type === "else_clause" || node.type === "elif_clause")
    return child.type !== "if_statement" && child.field !== "condition";
  if (isElseIf(child) || child.type === "else_clause" || child.type === "elif_clause") return false;
  return !conditionFields.has(child.field ?? "") && child.type !== "for_clause" && child.type !== "range_clause";
}

const conditionFields = new Set([
  "condition",
  "value",
  "left",
  "right",
  "initializer",
  "update",
  "increment",
  "subject",
]);

const loops = ["for_statement", "for_in_statement", "enhanced_for_statement", "while_statement", "do_statement"];
const switches = [
  ...["switch_statement", "switch_expression", "expression_switch_statement", "type_switch_statement"],
  ...["select_statement", "match_statement"],
];
const handlers = ["catch_clause", "except_clause", "except_group_clause"];
const ternaries = ["ternary_expression", "conditional_expression"];

const breaksFlow = new Set(["if_statement", ...loops, ...switches, ...handlers, ...ternaries]);
const nested = new Set(["if_statement", ...loops, ...switches, "try_statement", "try_with_resources_statement"]);
const decisions = new Set([
  ...["if_statement", "elif_clause", ...loops, ...handlers, ...ternaries],
  ...["switch_case", "expression_case", "type_case", "communication_case"],
]);

function isDecision(node: SyntaxNode): boolean {
  if (decisions.has(node.type)) return true;
  if (node.type === "switch_label") return !node.text.startsWith("default");
  if (node.type === "case_clause") return node.part("guard") !== null || node.childOf("case_pattern")?.text !== "_";
  return isLogical(node);
}

/** In Java and Go an `else` has no node of its own: what it holds is the alternative. */
function isElseIf({ type, field, parent }: SyntaxNode): boolean {
  if (type === "elif_clause") return true;
  return (
    type === "if_statement" && (parent?.type === "else_clause" || (field === "alternative" && parent?.type === type))
  );
}

function isElse({ type, field, parent, named }: SyntaxNode): boolean {
  if (type === "else_clause") return parent?.type === "if_statement" && named[0]?.type !== "if_statement";
  return (
    field === "alternative" && parent?.type === "if_statement" && type !== "if_statement" && type !== "elif_clause"
  );
}

function isLogical(node: SyntaxNode): boolean {
  return logicalOperator(node) !== null;
}

function logicalOperator(node: SyntaxNode): string | null {
  if (node.type !== "binary_expression" && node.type !== "boolean_operator") return null;
  const operator = node.part("operator")?.type ?? "";
  return ["&&", "||", "and", "or"].includes(operator) ? operator : null;
}

/** The first of a run of the same operator: `a && b && c` is read at once. */
function startsRun(node: SyntaxNode): boolean {
  const operator = logicalOperator(node);
  return operator !== null && (node.parent === null || logicalOperator(node.parent) !== operator);
}

/** A jump to a label. */
function isJump({ type, named }: SyntaxNode): boolean {
  if (type === "goto_statement") return true;
  return (type === "break_statement" || type === "continue_statement") && named.length > 0;
}
