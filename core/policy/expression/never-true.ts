import { newWork } from "../work.ts";
import { compileExpression } from "./compile.ts";
import { evaluateExpression } from "./evaluate.ts";
import { allParts } from "./syntax.ts";
import { Unknown } from "./values.ts";

/**
 * Whether an expression is false by what is written in it alone, whatever the change is. Worked out with every name
 * unknown: what is false then stays so. `has` is not, which is false of what is unknown, and loops may take long.
 */
export function isNeverTrue(source: string): boolean {
  const compiling = compileExpression(source);
  if (!compiling.ok) return false;
  const { expression, types } = compiling.compiled;
  if (allParts(expression).some(({ kind }) => kind === "has" || kind === "macro")) return false;
  return evaluateExpression(expression, { get: () => anything, work: newWork(), types }) === false;
}

const anything = new Unknown("it may be anything");
