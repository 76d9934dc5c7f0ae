import * as z from "zod";

/**
 * Where each key of a document stands, as paths (`rules[].when.area`, `areas.<name>.owners`), those nearest to the top
 * first: for whoever wrote one in another place.
 */
export function keyPlaces(schema: z.ZodType): ReadonlyMap<string, readonly string[]> {
  const known = placesIn.get(schema);
  if (known !== undefined) return known;
  const found = new Map<string, Set<string>>();
  walk(schema, "", found);
  const fresh = new Map([...found].map(([key, places]) => [key, [...places].sort((a, b) => depth(a) - depth(b))]));
  placesIn.set(schema, fresh);
  return fresh;
}

/** Asked again for each key that is not known. */
const placesIn = new WeakMap<z.ZodType, ReadonlyMap<string, readonly string[]>>();

/** The schema behind an optional one. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : null;
  return inner instanceof z.ZodType ? inner : schema;
}

function walk(schema: unknown, path: string, found: Map<string, Set<string>>): void {
  const at = schema instanceof z.ZodType ? unwrapped(schema) : null;
  if (at instanceof z.ZodObject) walkMapping(at, path, found);
  if (at instanceof z.ZodArray) walk(at.element, `${path}[]`, found);
  if (at instanceof z.ZodRecord) walk(at.valueType, `${path}.<name>`, found);
  if (at instanceof z.ZodUnion) for (const option of at.options) walk(option, path, found);
}

function walkMapping(mapping: z.ZodObject, path: string, found: Map<string, Set<string>>): void {
  for (const [key, child] of Object.entries(mapping.shape)) {
    const place = path === "" ? key : `${path}.${key}`;
    found.set(key, (found.get(key) ?? new Set()).add(place));
    walk(child, place, found);
  }
}

function depth(path: string): number {
  return path.split(".").length;
}
