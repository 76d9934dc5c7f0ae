import { spend, type Work } from "../work.ts";
import { applyFunction } from "./functions.ts";
import { print, type Call, type Expression, type Macro } from "./syntax.ts";
import type { Type } from "./types.ts";
import { Fields, isList, Unknown, type Value } from "./values.ts";

/** What a checked expression is evaluated in. */
export interface Scope {
  /** The variables of the schema, and those of the loops around. */
  get: (name: string) => Value;
  work: Work;
  types: ReadonlyMap<Expression, Type>;
}

/** What one part costs: evaluating it takes as long as comparing so many characters. */
const stepsOfPart = 25;

/**
 * The value of a checked expression. Follows cel-spec: `&&`, `||`, `all` and `exists` give an answer wherever the parts
 * that are known settle it, and are unknown otherwise. Absent evidence, a division by zero, a number too large and a
 * position outside a list are unknown.
 * @throws {Problem} when the decision's work is used up
 */
export function evaluateExpression(expression: Expression, scope: Scope): Value {
  spend(scope.work, stepsOfPart);
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "name":
      return scope.get(expression.name);
    case "field":
      return fieldOf(evaluateExpression(expression.of, scope), expression.field);
    case "has":
      return isThere(evaluateExpression(expression.of, scope), expression.field);
    case "list":
      return firstUnknown(expression.items.map((item) => evaluateExpression(item, scope)));
    case "macro":
      return evaluateMacro(expression, scope);
    case "call":
      return evaluateCall(expression, scope);
  }
}

function fieldOf(of: Value, field: string): Value {
  return of instanceof Fields ? of.get(field) : unknownOr(of);
}

/** Evidence that lies in absent evidence is not there either. */
function isThere(of: Value, field: string): Value {
  return of instanceof Fields && !(of.get(field) instanceof Unknown);
}

function evaluateCall(call: Call, scope: Scope): Value {
  const { name, args } = call;
  const [first, second, third] = args;
  if (first === undefined) throw new Error(`the checker let ${name} through without arguments`);
  if (name === "&&" || name === "||") return settle(args, name === "||", scope);
  const value = evaluateExpression(first, scope);
  if (value instanceof Unknown) return value;
  if (name === "?:") return evaluateExpression(known(value === true ? second : third), scope);
  const others = args.slice(1).map((arg) => evaluateExpression(arg, scope));
  const missing = others.find((other) => other instanceof Unknown);
  if (missing !== undefined) return missing;
  if (call.style !== "operator") return applyFunction(name, [value, ...others], scope.work);
  return operate(call, [value, ...others], scope);
}

/** `settling` is what decides at once: `true` for `||`, `false` for `&&`. */
function settle(parts: readonly Expression[], settling: boolean, scope: Scope): Value {
  let unknown: Value | null = null;
  for (const part of parts) {
    const value = evaluateExpression(part, scope);
    if (value === settling) return settling;
    if (value instanceof Unknown) unknown ??= value;
  }
  return unknown ?? !settling;
}

function operate(call: Call, [left, right]: readonly Value[], scope: Scope): Value {
  if (call.name === "!") return left !== true;
  if (call.name === "==") return left === right;
  if (call.name === "!=") return left !== right;
  if (call.name === "in") return isIn(left, right, scope.work);
  if (call.name === "[]") return itemAt(left, right);
  if (typeof left === "string" && typeof right === "string") return ofTexts(call.name, left, right, scope.work);
  if (typeof left !== "number") throw new Error(`the checker let ${call.name} through without numbers`);
  if (typeof right !== "number") return -left;
  const isWhole = scope.types.get(call)?.is === "int";
  return compareNumbers(call.name, left, right) ?? calculate(call, left, right, isWhole);
}

function isIn(item: Value | undefined, items: Value | undefined, work: Work): Value {
  if (!isList(items) || item === undefined) throw new Error("the checker let `in` through without a list");
  spend(work, items.length);
  return items.includes(item);
}

function itemAt(items: Value | undefined, position: Value | undefined): Value {
  if (!isList(items) || typeof position !== "number") throw new Error("the checker let `[]` through without a list");
  return items[position] ?? new Unknown(`the list has no position ${position}`, { failed: true });
}

function ofTexts(name: string, left: string, right: string, work: Work): Value {
  spend(work, left.length + right.length);
  if (name === "+") return left + right;
  return compare(name, left < right ? -1 : left > right ? 1 : 0) ?? false;
}

function compareNumbers(name: string, left: number, right: number): boolean | null {
  return compare(name, left - right);
}

function compare(name: string, order: number): boolean | null {
  if (name === "<") return order < 0;
  if (name === "<=") return order <= 0;
  if (name === ">") return order > 0;
  return name === ">=" ? order >= 0 : null;
}

function calculate(call: Call, left: number, right: number, isWhole: boolean): Value {
  if (isWhole && right === 0 && (call.name === "/" || call.name === "%")) {
    return new Unknown(`\`${print(call)}\` divides by zero`, { failed: true });
  }
  const result = arithmetic[call.name]?.(left, right) ?? NaN;
  // Negative zero is an ordinary zero among whole numbers.
  const value = isWhole ? Math.trunc(result) + 0 : result;
  if (isWhole ? Number.isSafeInteger(value) : Number.isFinite(value)) return value;
  return new Unknown(`\`${print(call)}\` is no number that can be told`, { failed: true });
}

const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
};

function evaluateMacro(macro: Macro, scope: Scope): Value {
  const range = evaluateExpression(macro.range, scope);
  if (!isList(range)) return unknownOr(range);
  const items: readonly Value[] = range;
  const each = (part: Expression) => (item: Value) => evaluateExpression(part, inside(scope, macro.variable, item));
  switch (macro.name) {
    case "all":
      return settleItems(items, false, each(macro.body));
    case "exists":
      return settleItems(items, true, each(macro.body));
    case "exists_one": {
      const values = firstUnknown(items.map(each(macro.body)));
      return isList(values) ? values.filter((value) => value === true).length === 1 : values;
    }
    case "filter":
      return chosen(items, each(macro.body));
    default: {
      const from = macro.condition === null ? items : chosen(items, each(macro.condition));
      return from instanceof Unknown ? from : firstUnknown(from.map(each(macro.body)));
    }
  }
}

function settleItems(items: readonly Value[], settling: boolean, ask: (item: Value) => Value): Value {
  let unknown: Value | null = null;
  for (const item of items) {
    const value = ask(item);
    if (value === settling) return settling;
    if (value instanceof Unknown) unknown ??= value;
  }
  return unknown ?? !settling;
}

function chosen(items: readonly Value[], ask: (item: Value) => Value): readonly Value[] | Unknown {
  const answers = items.map(ask);
  const unknown = answers.find((answer) => answer instanceof Unknown);
  return unknown ?? items.filter((_item, index) => answers[index] === true);
}

function inside(scope: Scope, variable: string, item: Value): Scope {
  return { ...scope, get: (name) => (name === variable ? item : scope.get(name)) };
}

function firstUnknown(values: readonly Value[]): readonly Value[] | Unknown {
  return values.find((value) => value instanceof Unknown) ?? values;
}

function unknownOr(value: Value): Value {
  if (value instanceof Unknown) return value;
  throw new Error("the checker let a part of something through that has no parts");
}

function known(expression: Expression | undefined): Expression {
  if (expression === undefined) throw new Error("the checker let `?:` through without both its sides");
  return expression;
}
