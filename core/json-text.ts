/**
 * JSON for people and machines: two spaces, the keys in the order of the value, arrays of numbers on one line (a file's
 * covered lines are one fact, not a thousand), one newline at the end. Takes plain JSON values.
 */
export function jsonText(value: unknown): string {
  return `${write(value, "\n")}\n`;
}

function write(value: unknown, newline: string): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const inner = `${newline}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    if (value.every((item) => typeof item === "number")) return JSON.stringify(value);
    return `[${inner}${value.map((item) => write(item, inner)).join(`,${inner}`)}${newline}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return "{}";
  if (isSmall(entries))
    return `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${JSON.stringify(item)}`).join(", ")} }`;
  return `{${inner}${entries.map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner)}`).join(`,${inner}`)}${newline}}`;
}

/** A hunk or a ratio reads best on one line. */
function isSmall(entries: readonly [string, unknown][]): boolean {
  return entries.length <= 4 && entries.every(([, item]) => typeof item === "number");
}
