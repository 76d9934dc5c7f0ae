import { createHash } from "node:crypto";

/** sha256, in hex, of a value's canonical JSON. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** JSON without white space, the keys of every object in code-unit order: equal data gives equal text. Source: RFC 8785. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => sorted(item));
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
