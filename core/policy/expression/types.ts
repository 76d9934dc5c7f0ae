import type { Fact } from "../answer-events.ts";

/** The types of what an expression speaks about. `double` is a ratio or a quotient; counts are `int`. */
export type Type = Plain | TextType | ListType | RecordType;

/** A truth value or a number. */
export interface Plain {
  is: "bool" | "int" | "double";
  /** Some of the values that it stands for are whole numbers: they can be compared, and not calculated with. */
  mixed?: true;
}

/** A text, or one of a few words. */
export interface TextType {
  is: "text";
  /** All values that it can have, where that is known: a comparison with any other is a mistake. */
  values?: readonly string[];
}

/** A list of items of one type. */
export interface ListType {
  is: "list";
  of: Type;
}

/** What has fields. */
export interface RecordType {
  is: "record";
  /** What one is called: "a file". */
  name: string;
  fields: Readonly<Record<string, Field>>;
}

/** One field of a record, for the checker and for the docs. */
export interface Field {
  type: Type;
  /** For people: what it is. */
  says: string;
  /** When there is no evidence for it, as the end of "absent …"; left out for what is always there. */
  absent?: string;
  /** What its value is made from; left out for what only holds other fields, and for a part of what is named above it. */
  reads?: readonly Fact[];
}

/** A truth value. */
export const bool: Type = { is: "bool" };
/** A whole number: a count. */
export const int: Type = { is: "int" };
/** A number with decimals: a ratio or a quotient. */
export const double: Type = { is: "double" };
/** A number that is whole for some of what it stands for: it is compared, and not calculated with. */
export const mixed: Type = { is: "double", mixed: true };
/** Any text. */
export const text: Type = { is: "text" };
/** A text that is one of these words: a comparison with another is a mistake. */
export const oneOf = (values: readonly string[]): TextType => ({ is: "text", values });
/** A list of items of one type. */
export const list = (of: Type): ListType => ({ is: "list", of });
/** What has these fields, with the words for one of it, article included: "a file". */
export const record = (name: string, fields: RecordType["fields"]): RecordType => ({ is: "record", name, fields });

/** The type in words, with its article. */
export function typeName(type: Type): string {
  if (type.is === "list") return `a list of ${plural(type.of)}`;
  return type.is === "record" ? type.name : names[type.is];
}

const names = { bool: "`true` or `false`", int: "a whole number", double: "a number with decimals", text: "a text" };

function plural(type: Type): string {
  const plurals = { bool: "`true` and `false`", int: "whole numbers", double: "numbers", text: "texts", list: "lists" };
  if (type.is !== "record") return plurals[type.is];
  const name = type.name.replace(/^an? /, "");
  return name.endsWith("s") ? name : `${name}s`;
}
