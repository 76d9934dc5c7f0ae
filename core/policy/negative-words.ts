import * as z from "zod";
import { unwrapped } from "./key-places.ts";
import { formatPath, type KeyPath } from "./problem.ts";
import type { Wording } from "./wording.ts";

/** Where somebody wrote a "no", and what the key takes. */
export interface Refused {
  path: KeyPath;
  value: unknown;
  schema: z.ZodType | null;
  wording: Wording | null;
  /** The words that may stand there. */
  options: readonly string[];
  /** The key or item at or above the value that a document may lack; null where there is none. */
  lacks: KeyPath | null;
}

/** What to do about a "no": leave the key out, or what the key calls it. An example would ask for, or grant, what was refused. */
export type NoAnswer = { write: unknown } | { says: string };

/** The answer to a word that refuses; null for any other value, and where the word is a name or a number that the key takes. */
export function answerToNo({ path, value, schema, wording, options, lacks }: Refused): NoAnswer | null {
  const word = String(value).toLowerCase();
  if (!(typeof value === "string" && negative.has(word)) && value !== false) return null;
  const takes = (meant: unknown) => meant !== undefined && schema !== null && schema.safeParse(meant).success;
  if (word === "0" && takes(0)) return { write: 0 };
  const named = [wording?.no, false].find(takes);
  if (named !== undefined) return { write: named };
  if (options.some((option) => option.toLowerCase() === word)) return null;
  return lacks === null || isNeededText(path, lacks, wording, options) ? null : { says: leaveOut(path, lacks) };
}

const negative = new Set(["no", "n", "off", "none", "false", "never", "disabled", "0"]);

/** A name, a reason or a day that must be given is none the less given wrongly: what it needs is the text. */
function isNeededText(path: KeyPath, lacks: KeyPath, wording: Wording | null, options: readonly string[]): boolean {
  return typeof wording?.example === "string" && options.length === 0 && lacks.length < path.length;
}

function leaveOut(path: KeyPath, lacks: KeyPath): string {
  if (lacks.length < path.length) return `Leave \`${formatPath(lacks)}\` out.`;
  if (typeof path.at(-1) === "number") return "Leave the item out.";
  return isRequirement(path) ? "Leave the key out: what is not written is not asked for." : "Leave the key out.";
}

/** `rules[0].require.secrets` */
export function isRequirement(path: KeyPath): boolean {
  return path.length === 4 && path[0] === "rules" && path[2] === "require";
}

/** Whether a mapping may lack one of its keys. */
export function mayLack(mapping: z.ZodType | null, key: string): boolean {
  const at = mapping === null ? null : unwrapped(mapping);
  if (!(at instanceof z.ZodObject)) return at instanceof z.ZodRecord;
  const child: unknown = Object.hasOwn(at.shape, key) ? at.shape[key] : null;
  return child instanceof z.ZodType && child.safeParse(undefined).success;
}
