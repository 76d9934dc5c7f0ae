import { jsonDepthWithin } from "../../json-depth.ts";
import { recordLimits } from "./record.ts";

/** A JSON object whose fields are not known to be anything. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value of a JSON text, or undefined when it is none, or one that nobody writes: too deep. Never throws. */
export function parseJson(bytes: Uint8Array): unknown {
  if (!jsonDepthWithin(bytes, recordLimits.jsonDepth)) return undefined;
  try {
    const value: unknown = JSON.parse(lenient.decode(bytes));
    return value;
  } catch {
    return undefined;
  }
}

/** The object that a value is, or null. */
export function objectOf(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

/** The list that a value is; empty when it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An object's own field; undefined when there is none, whatever `Object.prototype` has. */
export function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A count of lines or characters, or null when it is none that could be. */
export function countIn(value: unknown, name: string): number | null {
  const count = fieldOf(value, name);
  return typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= mostCounted ? count : null;
}

const mostCounted = 1_000_000_000;
const lenient = new TextDecoder("utf-8");

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
