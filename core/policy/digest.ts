import { createHash } from "node:crypto";

/** sha256, in hex, of a value's canonical JSON. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** JSON without white space, the keys of every object in code-unit order: equal data gives equal text. Source: RFC 8785. */
export function canonicalJson(value: unknown): string {
  if (value === undefined) return "null";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return canonicalArray(value);
  // Facts are megabytes of small objects: text is appended, and no list of pairs is made.
  const fields: Record<string, unknown> = { ...value };
  let text = "";
  for (const key of sorted(Object.keys(fields))) {
    if (fields[key] === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(fields[key])}`;
  }
  return `{${text}}`;
}

function sorted(keys: string[]): string[] {
  return keys.every((key, index) => index === 0 || keys[index - 1]! < key) ? keys : keys.sort();
}

/** Long columns of numbers need no sorting. */
function canonicalArray(items: readonly unknown[]): string {
  if (items.every((item) => typeof item === "number")) return JSON.stringify(items);
  let text = "";
  for (const item of items) text += `${text === "" ? "" : ","}${canonicalJson(item)}`;
  return `[${text}]`;
}
