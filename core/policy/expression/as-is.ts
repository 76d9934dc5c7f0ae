import { compileExpression } from "./compile.ts";
import { allParts, type Expression } from "./syntax.ts";

/**
 * Whether an expression compares an acceptance with `as-is` and with `unstated` nowhere: saying nothing then evades it,
 * while everywhere else silence weighs as `as-is`.
 */
export function asksOnlyForAsIs(source: string): boolean {
  const compiling = compileExpression(source);
  if (!compiling.ok) return false;
  const compared = allParts(compiling.compiled.expression).filter(comparesAcceptance).flatMap(allParts);
  const asked = compared.flatMap((part) => (part.kind === "literal" ? part.value : []));
  return asked.includes("as-is") && !asked.includes("unstated");
}

function comparesAcceptance(part: Expression): boolean {
  if (part.kind !== "call" || !["==", "!=", "in"].includes(part.name)) return false;
  return part.args.some((side) =>
    allParts(side).some((inside) => inside.kind === "field" && inside.field === "acceptance"),
  );
}
