import * as z from "zod";

/**
 * A value that was read, or the reason why it was not.
 * Unknown is never zero: no report is not 0 %, no trailer is not "human".
 */
export type Evidence<T> = Present<T> | Absent;

export interface Present<T> {
  state: "present";
  value: T;
}

export interface Absent {
  state: "absent";
  /** One sentence for people: why there is no value. */
  reason: string;
}

export function present<T>(value: T): Present<T> {
  return { state: "present", value };
}

export function absent(reason: string): Absent {
  return { state: "absent", reason };
}

/** The value with `change` applied; an absence stays the absence it was. */
export function mapEvidence<T, U>(evidence: Evidence<T>, change: (value: T) => U): Evidence<U> {
  return evidence.state === "present" ? present(change(evidence.value)) : evidence;
}

/** The shape of an `Evidence` in JSON, for schemas. */
export function evidenceSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("present"), value }),
    z.strictObject({ state: z.literal("absent"), reason: z.string() }),
  ]);
}
