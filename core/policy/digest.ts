import { createHash } from "node:crypto";

/** sha256, in hex, of a value's canonical JSON. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** JSON without white space, the keys of every object in code-unit order: equal data gives equal text. Source: RFC 8785. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return canonicalArray(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

/** Facts hold long columns of numbers, which need no sorting. */
function canonicalArray(items: readonly unknown[]): string {
  if (items.every((item) => typeof item === "number")) return JSON.stringify(items);
  return `[${items.map(canonicalJson).join(",")}]`;
}
