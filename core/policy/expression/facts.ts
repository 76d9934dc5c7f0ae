import { factsInOrder, type Fact } from "../answer-events.ts";
import type { Compiled } from "./compile.ts";
import { root } from "./schema.ts";
import { allParts, type Expression } from "./syntax.ts";
import type { Field, RecordType, Type } from "./types.ts";

/** What the answer of one expression depends on: what the fields read that it mentions, evaluated or not. */
export function factsOfExpression({ expression, types }: Compiled): Fact[] {
  return factsInOrder(allParts(expression).flatMap((part) => fieldAt(part, types)?.reads ?? []));
}

/** What any expression can depend on. */
export const factsOfExpressions: readonly Fact[] = factsInOrder(readsIn(root));

/** The field that a part of an expression names. A loop's variable is none, and is never called like one. */
function fieldAt(part: Expression, types: Compiled["types"]): Field | undefined {
  if (part.kind === "name") return own(root, part.name);
  if (part.kind !== "field" && part.kind !== "has") return undefined;
  const of = types.get(part.of);
  return of?.is === "record" ? own(of, part.field) : undefined;
}

function own({ fields }: RecordType, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function readsIn(type: Type): Fact[] {
  if (type.is === "list") return readsIn(type.of);
  if (type.is !== "record") return [];
  return Object.values(type.fields).flatMap((field) => [...(field.reads ?? []), ...readsIn(field.type)]);
}
