import { inertText } from "../../untrusted/index.ts";
import { closest } from "../suggest.ts";
import type { Call, Expression } from "./syntax.ts";
import { comparable, isMixed, isNumber } from "./type-relations.ts";
import { bool, text, typeName, type Type } from "./types.ts";

/** Takes what is wrong with a part of an expression, and gives no type. */
export type Tell = (part: { at: number }, what: string, fix: string) => null;

/** The type of two values with a sign between them, or null when there is none and that was told. A single value is both. */
export function operatorType(call: Call, left: Type, right: Type, tell: Tell): Type | null {
  if (call.name === "==" || call.name === "!=") return equality(call, left, right, tell);
  if (call.name === "in") return membership(call, left, right, tell);
  if (call.name === "[]") return position(call, left, right, tell);
  if (call.name.startsWith("<") || call.name.startsWith(">")) return order(call, left, right, tell);
  return arithmetic(call, left, right, tell);
}

function equality(call: Call, left: Type, right: Type, tell: Tell): Type | null {
  if (!comparable(left, right)) {
    const fix =
      left.is === "bool" || right.is === "bool"
        ? "Leave the comparison out: it is true or false itself."
        : "Compare values of one type.";
    return tell(call, `${typeName(left)} is never equal to ${typeName(right)}`, fix);
  }
  if (left.is === "list" || left.is === "record") {
    return tell(call, "lists and records cannot be compared as a whole", "Compare fields, or ask `in`.");
  }
  const [first, second] = call.args;
  const wrong = tellImpossible(first, right, tell) ?? tellImpossible(second, left, tell);
  return wrong ?? bool;
}

/** A text that the other side can never be; told, and then `bool` so that the rest is checked. */
function tellImpossible(written: Expression | undefined, other: Type, tell: Tell): Type | null {
  if (other.is !== "text" || other.values === undefined || written?.kind !== "literal") return null;
  if (typeof written.value !== "string" || other.values.includes(written.value)) return null;
  const shown = inertText(written.value, { maxGraphemes: 60 });
  tell(written, `it is never "${shown}"`, meant(written.value, other.values, "Values"));
  return bool;
}

function membership(call: Call, left: Type, right: Type, tell: Tell): Type | null {
  if (right.is !== "list") {
    const fix = right.is === "text" ? "Use `.contains(…)` for a part of a text." : "Put a list on the right side.";
    return tell(call, `\`in\` looks into a list, and this is ${typeName(right)}`, fix);
  }
  if (!comparable(left, right.of) || left.is === "list" || left.is === "record") {
    const fix = right.of.is === "record" ? "Ask about its fields by `.exists(…)`." : "Compare values of one type.";
    return tell(call, `${typeName(left)} is never in ${typeName(right)}`, fix);
  }
  const [item, listed] = call.args;
  if (listed?.kind === "list") listed.items.forEach((each) => tellImpossible(each, left, tell));
  else tellImpossible(item, right.of, tell);
  return bool;
}

function position(call: Call, left: Type, right: Type, tell: Tell): Type | null {
  if (left.is !== "list") return tell(call, `${typeName(left)} has no positions`, "Write `.field` for a field.");
  if (right.is === "int") return left.of;
  return tell(call, "a position in a list is a whole number", "Write a number from 0.");
}

function order(call: Call, left: Type, right: Type, tell: Tell): Type | null {
  if (isNumber(left) && isNumber(right)) return bool;
  if (left.is === "text" && right.is === "text" && left.values === undefined && right.values === undefined) return bool;
  const what = `${typeName(left)} and ${typeName(right)} have no order`;
  const named = (left.is === "text" && left.values) || (right.is === "text" && right.values);
  return tell(call, what, named ? "Compare with `==` or `in`." : "Compare numbers.");
}

function arithmetic(call: Call, left: Type, right: Type, tell: Tell): Type | null {
  if (isMixed(left) || isMixed(right)) {
    const what = `\`${call.name}\` does not work on a list's items of which some are whole numbers and some have decimals`;
    return tell(call, what, "Write all numbers of the list with decimals, or none.");
  }
  if (left.is === "double" && right.is === "double" && call.name === "%") {
    return tell(call, "`%` does not work on numbers with decimals", "Use it between whole numbers.");
  }
  if (left.is === right.is && isNumber(left)) return left;
  if (left.is === "text" && right.is === "text" && call.name === "+") return text;
  if (isNumber(left) && isNumber(right)) {
    const fix = "Write the number with decimals (`100.0`), or `double(…)` around the whole one.";
    return tell(call, `\`${call.name}\` does not mix whole numbers and numbers with decimals`, fix);
  }
  return tell(call, `\`${call.name}\` does not work on ${typeName(left)}`, "Use it between numbers.");
}

/** The name that was meant, or all that there are. */
export function meant(name: string, known: readonly string[], what: string): string {
  const close = closest(name, known);
  return close === null ? `${what}: ${known.join(", ")}.` : `Did you mean \`${close}\`?`;
}
