import * as z from "zod";
import { keysOf, type PolicyKey } from "../policy/index.ts";
import { WrittenCases } from "./written-case.ts";

/** The JSON Schema of a file of cases, draft 7, as editors read it. The loader is stricter: it knows names, and what no change can have. */
export function caseJsonSchema(): object {
  return z.toJSONSchema(WrittenCases, { target: "draft-7", io: "input" });
}

/** One key of a file of cases, for the documentation. */
export interface CaseKey extends PolicyKey {
  /** The first key that is the same thing; null for the first itself. What is inside of another is not listed again. */
  sameAs: string | null;
}

/** Every key that a file of cases may have, in the order of the schema, parents before children. */
export function caseKeys(): CaseKey[] {
  const first = new Map<z.ZodType, string>();
  const repeated: string[] = [];
  return keysOf(WrittenCases).flatMap((key): CaseKey[] => {
    if (repeated.some((path) => isInside(key.path, path))) return [];
    const sameAs = first.get(key.schema) ?? null;
    if (sameAs === null) first.set(key.schema, key.path);
    else repeated.push(key.path);
    return [{ ...key, sameAs }];
  });
}

function isInside(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}
