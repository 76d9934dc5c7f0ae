import { componentSchema } from "./openapi.ts";

/**
 * The smallest value that fits a component of GitHub's description: its required properties with invented values. What a
 * test says of the object is laid over it, so that answers are whole without anybody writing a hundred fields.
 */
export function sample(component: string): unknown {
  return sampleOf(componentSchema(component), (reference) => componentSchema(lastPart(reference)));
}

/** The smallest value that fits any schema; `resolve` finds what a reference in it means. */
export function sampleOf(schema: Schema, resolve: (reference: string) => Schema): unknown {
  return valueOf({ ...schema, nullable: false }, resolve, 0);
}

/** `over` laid over `under`, object by object. */
export function laid(under: unknown, over: unknown): unknown {
  if (!isRecord(under) || !isRecord(over)) return over;
  return { ...under, ...Object.fromEntries(Object.entries(over).map(([key, part]) => [key, laid(under[key], part)])) };
}

type Schema = Record<string, unknown>;
type Resolve = (reference: string) => Schema;

function valueOf(schema: Schema, resolve: Resolve, depth: number): unknown {
  const { $ref, enum: options, type, nullable, format } = schema;
  if (depth > 30) throw new Error("the description nests without end");
  if (typeof $ref === "string") return valueOf(resolve($ref), resolve, depth + 1);
  if (nullable === true || (Array.isArray(type) && type.includes("null"))) return null;
  if (schema["const"] !== undefined) return schema["const"];
  if (Array.isArray(options)) return options[0];
  const [first] = parts(schema, "oneOf").concat(parts(schema, "anyOf"));
  if (first !== undefined && type === undefined) return valueOf(first, resolve, depth + 1);
  const all = parts(schema, "allOf");
  if (all.length > 0) return all.map((part) => valueOf(part, resolve, depth + 1)).reduce(laid, {});
  switch (Array.isArray(type) ? type[0] : type) {
    case "string":
      return text(format);
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return false;
    case "array":
      return [];
    default:
      return objectOf(schema, resolve, depth);
  }
}

function objectOf({ properties, required }: Schema, resolve: Resolve, depth: number): Schema {
  const named = isRecord(properties) ? properties : {};
  const needed = Array.isArray(required) ? required.map(String) : [];
  return Object.fromEntries(
    needed.map((key) => {
      const part = named[key];
      return [key, isRecord(part) ? valueOf(part, resolve, depth + 1) : null];
    }),
  );
}

function text(format: unknown): string {
  if (format === "uri") return "https://api.github.com/x";
  if (format === "date-time") return "2026-01-31T12:00:00Z";
  return format === "email" ? "x@example.com" : "x";
}

function parts(schema: Schema, key: string): Schema[] {
  const value = schema[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function lastPart(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

function isRecord(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
