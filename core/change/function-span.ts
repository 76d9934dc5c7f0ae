import * as z from "zod";

/** Where a function stands at head. Lines from 1. */
export const FunctionSpan = z.strictObject({
  path: z.string(),
  /** Null for one without a name. */
  name: z.string().nullable(),
  start: z.int().positive(),
  end: z.int().positive(),
});
export type FunctionSpan = z.infer<typeof FunctionSpan>;
