import type * as z from "zod";
import type { Memo } from "../adapters/store/store.ts";

/** What a memo holds; null for one that another version wrote in another shape: it says nothing. */
export function memoValue<T>(shape: z.ZodType<T>, { value }: Pick<Memo, "value">): T | null {
  try {
    const read = shape.safeParse(JSON.parse(value));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
