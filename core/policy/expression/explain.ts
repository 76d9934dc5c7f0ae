import { inertText } from "../../untrusted/index.ts";
import { newWork } from "../work.ts";
import type { Compiled } from "./compile.ts";
import { evaluateExpression } from "./evaluate.ts";
import { partsOf, print, type Expression } from "./syntax.ts";
import { Fields, Unknown, type Value } from "./values.ts";

/** A part of an expression with what it came to, both inert. */
export interface ExplainedPart {
  source: string;
  value: string;
}

/**
 * What the parts of an expression come to, from the whole to its fields, each once: for `policy explain`. Parts inside a
 * loop have a value for each item and are left out; so are literals.
 */
export function explainExpression(compiled: Compiled, environment: Fields): ExplainedPart[] {
  const scope = { get: (name: string) => environment.get(name), work: newWork(), types: compiled.types };
  const parts = tellingParts(compiled.expression);
  const told = new Map(parts.map((part) => [inertText(print(part)), part]));
  return [...told].map(([source, part]) => ({ source, value: showResult(evaluateExpression(part, scope)) }));
}

/** `change.size.files` tells more than `change.size`: below a field nothing is told. */
function tellingParts(expression: Expression): Expression[] {
  if (expression.kind === "literal" || expression.kind === "name") return [];
  if (expression.kind === "field" || expression.kind === "has") return [expression];
  const parts = expression.kind === "macro" ? [expression.range] : partsOf(expression);
  if (expression.kind === "list" && parts.every(({ kind }) => kind === "literal")) return [];
  return [expression, ...parts.flatMap(tellingParts)];
}

/** A value in a few words. */
export function showResult(value: Value): string {
  if (value instanceof Unknown) return `unknown: ${value.reason}`;
  if (value instanceof Fields) return "a record";
  if (typeof value === "string") return JSON.stringify(inertText(value, { maxGraphemes: 80 }));
  if (typeof value === "number") return String(Number.isInteger(value) ? value : Number(value.toFixed(4)));
  if (typeof value === "boolean") return String(value);
  const shown = value.slice(0, 5).map(showResult).join(", ");
  if (value.some((item) => item instanceof Fields)) return `a list of ${value.length}`;
  return value.length > 5 ? `[${shown}, and ${value.length - 5} more]` : `[${shown}]`;
}
