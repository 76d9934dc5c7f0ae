/**
 * JSON for people and machines: two spaces, the keys in the order of the value, one newline at the end. Below the
 * `depth`-th level a value stands on one line: a file's covered lines are one fact, not a thousand.
 * Takes plain JSON values; an `undefined` property is left out.
 */
export function jsonText(value: unknown, depth = 5): string {
  return `${write(value, "\n", depth)}\n`;
}

function write(value: unknown, newline: string, depth: number): string {
  if (value === undefined) return "null";
  if (value === null || typeof value !== "object" || depth === 0) return JSON.stringify(value);
  const inner = `${newline}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object")) return JSON.stringify(value);
    return `[${inner}${value.map((item) => write(item, inner, depth - 1)).join(`,${inner}`)}${newline}]`;
  }
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  if (fields.length === 0) return "{}";
  const lines = fields.map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner, depth - 1)}`);
  return `{${inner}${lines.join(`,${inner}`)}${newline}}`;
}
