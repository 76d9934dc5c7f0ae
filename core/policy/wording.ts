import * as z from "zod";
import type { ProblemCode } from "./problem-codes.ts";

/** How one key of the policy is explained: the source of the JSON Schema, of docs/policy.md and of every error. */
export interface Wording {
  /** What the key does, with its default; the hover text of an editor. */
  says: string;
  /** What a value must be, as the end of "expected …". */
  expects: string;
  /** A value to copy. */
  example: unknown;
  /** The code of a wrong value; CS012 unless given. */
  code?: ProblemCode;
  /** What to write for a value that means another key, by the value in lower case; whole sentences. */
  instead?: Readonly<Record<string, string>>;
  /** The value that means no, where that is not to leave the key out. */
  no?: unknown;
}

/** The wording of each schema that has one. */
export const wordings = z.registry<Wording>();

/** The schema with its wording. `more` goes into the JSON Schema as it is, for what the schema checks by a function. */
export function worded<T extends z.ZodType>(schema: T, wording: Wording, more: Record<string, unknown> = {}): T {
  const described = schema.meta({ description: wording.says, examples: [wording.example], ...more });
  wordings.add(described, wording);
  return described;
}
