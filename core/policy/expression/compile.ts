import { parseExpression, type ExpressionProblem } from "./cel.ts";
import { checkExpression } from "./check.ts";
import type { Expression } from "./syntax.ts";
import type { Type } from "./types.ts";

/** An expression that was checked, ready to be evaluated. */
export interface Compiled {
  expression: Expression;
  types: ReadonlyMap<Expression, Type>;
  /** Whether it asks about the file that the rule looks at, and has one answer for each. */
  mentionsFile: boolean;
}

export type Compiling = { ok: true; compiled: Compiled } | { ok: false; problems: readonly ExpressionProblem[] };

/** Parses and checks an expression; everything that is wrong is told at once, but for what stops the parser. */
export function compileExpression(source: string): Compiling {
  const parsed = parseExpression(source);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  const { expression } = parsed;
  const { problems, types, variables } = checkExpression(expression);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, compiled: { expression, types, mentionsFile: variables.has("file") } };
}
