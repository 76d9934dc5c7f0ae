import { parseExpression } from "./cel.ts";
import { checkExpression } from "./check.ts";
import type { ExpressionProblem } from "./expression-problem.ts";
import type { Expression } from "./syntax.ts";
import type { Type } from "./types.ts";

/** An expression that was checked, ready to be evaluated. */
export interface Compiled {
  expression: Expression;
  types: ReadonlyMap<Expression, Type>;
  /** Whether it asks about the file that the rule looks at, and has one answer for each. */
  mentionsFile: boolean;
}

/** An expression that can be evaluated, or everything that is wrong with it. */
export type Compiling = { ok: true; compiled: Compiled } | { ok: false; problems: readonly ExpressionProblem[] };

/**
 * Parses and checks an expression; everything that is wrong is told at once, but for what stops the parser. A policy's
 * expressions are asked for when it is checked, resolved and evaluated: the latest ones are kept.
 */
export function compileExpression(source: string): Compiling {
  const known = kept.get(source);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const fresh = compile(source);
  kept.set(source, fresh);
  return fresh;
}

const kept = new Map<string, Compiling>();
const mostKept = 500;

function compile(source: string): Compiling {
  const parsed = parseExpression(source);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  const { expression } = parsed;
  const { problems, types, variables } = checkExpression(expression);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, compiled: { expression, types, mentionsFile: variables.has("file") } };
}
