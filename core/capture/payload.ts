import type { Payload } from "./events.ts";

/** The JSON object in a hook's standard input, or null: a hook never complains to its agent. */
export function parsePayload(text: string): Payload | null {
  try {
    const value: unknown = JSON.parse(text);
    return isPayload(value) ? value : null;
  } catch {
    // Not JSON, or nested deeper than the parser's stack.
    return null;
  }
}

/** True for a JSON object. */
export function isPayload(value: unknown): value is Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first of the fields that is a text of at least one character, or null. */
export function textField(payload: Payload, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = Object.hasOwn(payload, name) ? payload[name] : undefined;
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

/** The field as an object; some agents send it as JSON in a text. Empty when it is neither. */
export function objectField(payload: Payload, ...names: readonly string[]): Payload {
  for (const name of names) {
    const value = Object.hasOwn(payload, name) ? payload[name] : undefined;
    if (isPayload(value)) return value;
    const parsed = typeof value === "string" ? parsePayload(value) : null;
    if (parsed !== null) return parsed;
  }
  return {};
}
