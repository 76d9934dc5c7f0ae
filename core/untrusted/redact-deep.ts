import { redact } from "./redact.ts";

/** The deepest nesting that is redacted; facts and reports stay far below. */
export const deepestRedacted = 100;

/**
 * A copy of a plain JSON value with `redact` applied to every string, keys included. The order of keys stays, and
 * nothing is dropped: keys that become equal are numbered. `undefined` counts as plain, as an absent property does.
 * Throws a RangeError for a value nested deeper than 100 levels (a cycle is one), and a TypeError for anything that is
 * not JSON, which could carry text past the redactor.
 */
export function redactDeep<Value>(value: Value): Value {
  // The copy has the shape of the value: only the text of strings and keys differs.
  return redactedCopy(value, redactOnce, 0) as Value;
}

/**
 * Texts known to hold no secret, so that what was redacted in the facts is not searched again in each report made from
 * them. It never holds a secret, changes no result, and is emptied when it is full.
 */
const harmless = new Set<string>();
const harmlessLimit = 200_000;
const longestRemembered = 500;

function redactOnce(text: string): string {
  if (isObjectId(text) || harmless.has(text)) return text;
  const redacted = redact(text);
  if (harmless.size >= harmlessLimit) harmless.clear();
  if (redacted === text && text.length <= longestRemembered) harmless.add(text);
  return redacted;
}

/** Half of all texts in facts are git's object ids, which `redact` never touches. */
function isObjectId(text: string): boolean {
  return (text.length === 40 || text.length === 64) && /^[0-9a-f]+$/.test(text);
}

function redactedCopy(value: unknown, redactText: (text: string) => string, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object") throw new TypeError(`redactDeep: a ${typeof value} is not JSON.`);
  if (depth >= deepestRedacted)
    throw new RangeError(`redactDeep: the value is nested deeper than ${deepestRedacted} levels.`);
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) return [...value];
  if (Array.isArray(value)) return value.map((item) => redactedCopy(item, redactText, depth + 1));
  return redactedObject(value, redactText, depth);
}

function redactedObject(value: object, redactText: (text: string) => string, depth: number): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError("redactDeep: only plain objects are JSON.");
  const keys = new Set<string>();
  // `fromEntries` makes own properties, so that even a key `__proto__` stays plain data.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => {
      const unique = uniqueKey(redactText(key), keys);
      keys.add(unique);
      return [unique, redactedCopy(item, redactText, depth + 1)];
    }),
  );
}

function uniqueKey(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key;
  let number = 2;
  while (taken.has(`${key} ${number}`)) number++;
  return `${key} ${number}`;
}
