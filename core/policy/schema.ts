import * as z from "zod";
import { unwrapped } from "./key-places.ts";
import { wordings } from "./wording.ts";
import { WrittenPolicy } from "./written-policy.ts";

/** The JSON Schema of a policy file, draft 7, as editors read it. The loader is a little stricter: it knows names. */
export function policyJsonSchema(): object {
  return z.toJSONSchema(WrittenPolicy, { target: "draft-7", io: "input" });
}

/** One key of the policy, for the tables of the documentation. */
export interface PolicyKey {
  /** `rules[].require.coverage.patch_lines`; `<name>` stands for a name that people choose. */
  path: string;
  says: string;
  example: unknown;
  /** What may stand there: the same object for keys that are the same thing. */
  schema: z.ZodType;
}

/** Every key that a policy may have, in the order of the schema, parents before children. */
export function policyKeys(): PolicyKey[] {
  return keysOf(WrittenPolicy);
}

/** Every key that a document of the schema may have, in the order of the schema, parents before children. */
export function keysOf(schema: z.ZodType): PolicyKey[] {
  return keysIn(schema, "").slice(1);
}

function keysIn(schema: unknown, path: string): PolicyKey[] {
  const inner = schema instanceof z.ZodType ? unwrapped(schema) : null;
  if (inner === null) return [];
  const wording = wordings.get(inner);
  const self =
    wording === undefined || path.endsWith("[]")
      ? []
      : [{ path, says: wording.says, example: wording.example, schema: inner }];
  return [...self, ...children(inner, path)];
}

function children(schema: z.ZodType, path: string): PolicyKey[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, value]) => keysIn(value, path === "" ? key : `${path}.${key}`));
  }
  if (schema instanceof z.ZodUnion) {
    const mapping = schema.options.find((option) => option instanceof z.ZodObject);
    return mapping === undefined ? [] : children(mapping, path);
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) return keysIn(schema.element, `${path}[]`);
  if (schema instanceof z.ZodRecord && hasKeys(schema.valueType)) return keysIn(schema.valueType, `${path}.<name>`);
  return [];
}

/** Whether it is a mapping, or may be one. */
function hasKeys(schema: unknown): boolean {
  return (
    schema instanceof z.ZodObject ||
    (schema instanceof z.ZodUnion && schema.options.some((option) => option instanceof z.ZodObject))
  );
}
