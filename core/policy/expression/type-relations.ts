import { list, mixed, text, type Type } from "./types.ts";

/** Whether `==` can hold between the two. Whole numbers and numbers with decimals compare by value, as in cel-spec's "Numeric Values". */
export function comparable(left: Type, right: Type): boolean {
  if (isNumber(left) && isNumber(right)) return true;
  if (left.is === "list" && right.is === "list") return comparable(left.of, right.of);
  if (left.is === "record" && right.is === "record") return left === right;
  return left.is === right.is;
}

/** Of what may be the one or the other of two comparable types. */
export function typeOfBoth(one: Type, other: Type): Type {
  if (one.is === "text") return text;
  if (one.is === "list" && other.is === "list") return list(typeOfBoth(one.of, other.of));
  return isNumber(one) && (one.is !== other.is || isMixed(one) || isMixed(other)) ? mixed : one;
}

/** A number of which nobody knows whether a division of it keeps decimals. */
export function isMixed(type: Type): boolean {
  return type.is === "double" && type.mixed === true;
}

/** Whether it has an order and can be calculated with. */
export function isNumber(type: Type): boolean {
  return type.is === "int" || type.is === "double";
}
