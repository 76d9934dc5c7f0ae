import { parse } from "@bufbuild/cel";
import * as z from "zod";
import { expressionLimits, shorten, sizeProblem } from "./expression-size.ts";
import { example, syntaxProblem, type ExpressionProblem } from "./expression-problem.ts";
import type { Expression } from "./syntax.ts";

/** An expression's tree, or the first thing that is wrong with it. */
export type Parsed = { ok: true; expression: Expression } | { ok: false; problem: ExpressionProblem };

/**
 * Parses an expression of the Common Expression Language. The one file that knows the library: its parser reads the
 * text, and its tree becomes ours here. Its evaluator is not used: docs/decisions/expressions.md. Never throws.
 */
export function parseExpression(source: string): Parsed {
  const tooMuch = sizeProblem(source);
  if (tooMuch !== null) return { ok: false, problem: tooMuch };
  try {
    const { expr, sourceInfo } = parse(source);
    const parts = { left: expressionLimits.parts };
    return { ok: true, expression: translate(expr, { source, sourceInfo, parts }) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    return { ok: false, problem: syntaxProblem(source, placeOf(error)) };
  }
}

/** The parser's tree, without a dependency on the package that declares it. */
type Tree = ReturnType<typeof parse>["expr"];
type SourceInfo = ReturnType<typeof parse>["sourceInfo"];

interface Walk {
  source: string;
  sourceInfo: SourceInfo;
  /** How many more parts an expression may have. */
  parts: { left: number };
}

class Refusal extends Error {
  readonly problem: ExpressionProblem;
  constructor(at: number, what: string, fix: string) {
    super(what);
    this.problem = { at, what, fix };
  }
}

function translate(tree: Tree, walk: Walk): Expression {
  const at = placeIn(walk, tree);
  walk.parts.left -= 1;
  if (walk.parts.left < 0) {
    throw new Refusal(at, `the expression has more than ${expressionLimits.parts} parts`, shorten);
  }
  const { exprKind } = tree;
  switch (exprKind.case) {
    case "constExpr":
      return literal(exprKind.value.constantKind, at);
    case "identExpr":
      return { kind: "name", at, name: exprKind.value.name };
    case "selectExpr": {
      const { operand, field, testOnly } = exprKind.value;
      return { kind: testOnly ? "has" : "field", at, of: translate(known(operand, at), walk), field };
    }
    case "listExpr":
      return { kind: "list", at, items: exprKind.value.elements.map((item) => translate(item, walk)) };
    case "callExpr": {
      const { function: name, target, args } = exprKind.value;
      return call({ name, target, args }, at, walk);
    }
    case "structExpr":
      throw new Refusal(at, "mappings and messages cannot be written in an expression", example);
    default:
      return macro(tree, at, walk);
  }
}

/** The parser places an operator at the white space before it. */
function placeIn({ source, sourceInfo }: Walk, { id }: Tree): number {
  const at = sourceInfo?.positions[String(id)] ?? 0;
  return at + source.slice(at).length - source.slice(at).trimStart().length;
}

type Constant = Extract<Tree["exprKind"], { case: "constExpr" }>["value"]["constantKind"];

function literal(constant: Constant, at: number): Expression {
  switch (constant.case) {
    case "boolValue":
      return { kind: "literal", at, type: "bool", value: constant.value };
    case "stringValue":
      return { kind: "literal", at, type: "text", value: constant.value };
    case "doubleValue":
      return { kind: "literal", at, type: "double", value: constant.value };
    case "int64Value": {
      const value = Number(constant.value);
      if (Number.isSafeInteger(value)) return { kind: "literal", at, type: "int", value };
      throw new Refusal(at, "the number is too large", "Write a number below 9007199254740992.");
    }
    case "uint64Value":
      throw new Refusal(at, "the number ends in `u`", "Leave the `u` out: counts are plain whole numbers.");
    case "nullValue":
      throw new Refusal(at, "there is no `null` here", "Ask whether something is known by `has(…)`.");
    default:
      throw new Refusal(at, "bytes cannot be written in an expression", "Write a text in quotes.");
  }
}

interface Called {
  name: string;
  target: Tree | undefined;
  args: readonly Tree[];
}

function call({ name, target, args }: Called, at: number, walk: Walk): Expression {
  const translated = (target === undefined ? args : [target, ...args]).map((arg) => translate(arg, walk));
  const sign = operators[name];
  if (sign !== undefined) return { kind: "call", style: "operator", at, name: sign, args: translated };
  return { kind: "call", style: target === undefined ? "function" : "method", at, name, args: translated };
}

/** The parser's names of operators. Source: cel-spec, `operators`. */
const operators: Readonly<Record<string, string>> = {
  "_&&_": "&&",
  "_||_": "||",
  "!_": "!",
  "-_": "-",
  "_==_": "==",
  "_!=_": "!=",
  "_<_": "<",
  "_<=_": "<=",
  "_>_": ">",
  "_>=_": ">=",
  "_+_": "+",
  "_-_": "-",
  "_*_": "*",
  "_/_": "/",
  "_%_": "%",
  "_?_:_": "?:",
  "@in": "in",
  "_[_]": "[]",
};

/** The parser expands macros into loops and keeps what was written beside them, by the loop's id. */
function macro({ id }: Tree, at: number, walk: Walk): Expression {
  const written = walk.sourceInfo?.macroCalls[String(id)]?.exprKind;
  if (written?.case !== "callExpr") throw unreadable(at);
  const { function: name, target, args } = written.value;
  // Inside a loop it is kept as it was written.
  if (name === "has") return has(known(args[0], at), at, walk);
  const [variable, first, second] = args.map((arg) => translate(arg, walk));
  // A call of the name that is no loop is left as it is by the parser, and told by the checker.
  if (variable?.kind !== "name" || first === undefined) throw unreadable(at);
  const range = translate(known(target, at), walk);
  const condition = second === undefined ? null : first;
  return { kind: "macro", at, name, range, variable: variable.name, condition, body: second ?? first };
}

function has({ exprKind }: Tree, at: number, walk: Walk): Expression {
  if (exprKind.case !== "selectExpr") throw unreadable(at);
  return { kind: "has", at, of: translate(known(exprKind.value.operand, at), walk), field: exprKind.value.field };
}

function known(tree: Tree | undefined, at: number): Tree {
  if (tree === undefined) throw unreadable(at);
  return tree;
}

/** What the parser never hands over, for all that is known of it. */
function unreadable(at: number): Refusal {
  return new Refusal(at, "this cannot be read", example);
}

/** The parser's errors say where; a stack that is too deep has no place. */
function placeOf(error: unknown): number {
  return Placed.safeParse(error).data?.location.start.offset ?? 0;
}

const Placed = z.object({ location: z.object({ start: z.object({ offset: z.number() }) }) });
