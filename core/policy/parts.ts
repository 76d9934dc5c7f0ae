import * as z from "zod";

/** Conditions and requirements are tables from a key to a part. These work on either table, for all its keys at once. */

/** The schema of a mapping in which every key of the table may stand. */
export function partsShape<T extends Record<string, { readonly schema: z.ZodType }>>(table: T) {
  const shape = Object.fromEntries(Object.entries(table).map(([key, part]) => [key, part.schema.optional()]));
  // Object.fromEntries forgets which key had which value; the line above keeps them together.
  return shape as { [K in keyof T]: z.ZodOptional<T[K]["schema"]> };
}

/** What each key was resolved to; null for a key that was not written. */
export type Resolved<T extends Record<string, { readonly resolve: (written: never) => unknown }>> = {
  readonly [K in keyof T]: ReturnType<T[K]["resolve"]> | null;
};

type Resolvers<Written, Asked> = {
  readonly [K in keyof Written & keyof Asked]: {
    readonly resolve: (written: NonNullable<Written[K]>) => NonNullable<Asked[K]>;
  };
};

/** Every key of the table with what its part makes of what was written, or null. */
export function resolveParts<Written extends object, Asked extends { [K in keyof Asked]: Asked[K] | null }>(
  table: Resolvers<Written, Asked>,
  written: Written,
): Asked {
  const keys = Object.keys(table) as (keyof Written & keyof Asked)[];
  const resolved = keys.map((key) => {
    const value = written[key];
    return [key, value === undefined || value === null ? null : table[key].resolve(value)];
  });
  // As above: each key is paired with its own value.
  return Object.fromEntries(resolved) as Asked;
}
