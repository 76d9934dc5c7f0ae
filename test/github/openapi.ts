import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import * as z from "zod";

/**
 * GitHub's published description of its REST API, as far as a fake needs it: which operation a request is, what is wrong
 * with it, and what an answer must look like. Only the part that scripts/trim-openapi.ts keeps is here; validators are
 * compiled when asked for.
 */

const Schema = z.record(z.string(), z.unknown());
const Parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: Schema });
const Reference = z.object({ $ref: z.string() });
const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.union([Reference, Parameter])).default([]),
  responses: z.record(z.string(), z.looseObject({})),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ parameters: z.record(z.string(), Parameter), schemas: z.record(z.string(), Schema) }),
});

/** One operation as a request names it. */
export interface Operation {
  id: string;
  /** The values of the path's parameters. */
  path: Record<string, string>;
  parameters: z.infer<typeof Parameter>[];
  /** The schema of a 200, or null when the description has none. */
  answer: Record<string, unknown> | null;
}

const file = new URL("openapi/api.github.com.json", import.meta.url);
let loaded: z.infer<typeof Document> | null = null;
let validator: Ajv | null = null;
const compiled = new Map<string, ValidateFunction>();

function description(): z.infer<typeof Document> {
  loaded ??= Document.parse(JSON.parse(readFileSync(file, "utf8")));
  return loaded;
}

/** The operation of a request, or null where GitHub documents none. A path without parameters comes first. */
export function operationOf(method: string, pathname: string): Operation | null {
  const asked = pathname.split("/").map(decodeURIComponent);
  const fitting = Object.entries(description().paths)
    .flatMap(([template, methods]) => {
      const path = match(template.split("/"), asked);
      const found = methods[method.toLowerCase()];
      return path === null || found === undefined ? [] : [{ path, found }];
    })
    .sort((a, b) => Object.keys(a.path).length - Object.keys(b.path).length)[0];
  if (fitting === undefined) return null;
  const { operationId, parameters, responses } = Operation.parse(fitting.found);
  const known = parameters.map((parameter) =>
    "$ref" in parameter ? description().components.parameters[lastPart(parameter.$ref)]! : parameter,
  );
  return { id: operationId, path: fitting.path, parameters: known, answer: jsonSchema(responses["200"]) };
}

/** What is wrong with a request by the description: a parameter that is unknown, missing, or of another kind. */
export function faultsOf(operation: Operation, query: URLSearchParams, body: string): string[] {
  const declared = operation.parameters.filter((parameter) => parameter.in === "query");
  const unknown = [...query.keys()]
    .filter((key) => !declared.some(({ name }) => name === key))
    .map((key) => `${operation.id} has no parameter ${key}`);
  const given = [
    ...declared.map((parameter) => ({ parameter, value: query.get(parameter.name) })),
    ...operation.parameters
      .filter((parameter) => parameter.in === "path")
      .map((parameter) => ({ parameter, value: operation.path[parameter.name] ?? null })),
  ];
  const wrong = given.flatMap(({ parameter: { name, required, schema }, value }) => {
    if (value === null) return required === true ? [`${operation.id} needs ${name}`] : [];
    const fault = fits(schema, { value });
    return fault === null ? [] : [`${operation.id}: ${name} ${fault}`];
  });
  // Said in the parameter's description alone.
  const tooMany = Number(query.get("per_page") ?? 30) > 100 ? [`${operation.id}: more than 100 a page`] : [];
  return [...unknown, ...wrong, ...tooMany, ...(body === "" ? [] : [`${operation.id}: a GET with a body`])];
}

/** Why an answer is not as described, or null. */
export function answerFault({ id, answer }: Operation, body: unknown): string | null {
  if (answer === null) return `${id} has no described answer`;
  const check = compiled.get(id) ?? ajv().compile(answer);
  compiled.set(id, check);
  return check(body) ? null : `${id}: ${ajv().errorsText(check.errors?.slice(0, 3))}`;
}

/** A component's schema, by name. */
export function componentSchema(name: string): Record<string, unknown> {
  const schema = description().components.schemas[name];
  if (schema === undefined) throw new Error(`GitHub describes no ${name}`);
  return schema;
}

function fits(schema: Record<string, unknown>, data: { value: string }): string | null {
  const key = JSON.stringify(schema);
  const check =
    compiled.get(key) ??
    ajv().compile({ type: "object", properties: { value: localised(schema) }, required: ["value"] });
  compiled.set(key, check);
  return check({ ...data }) ? null : ajv().errorsText(check.errors);
}

function ajv(): Ajv {
  if (validator === null) {
    // Coercion: a query holds text. GitHub's formats go beyond those of JSON Schema (int64, timestamp …).
    validator = new Ajv({ strict: false, coerceTypes: true, validateFormats: true, logger: false });
    addFormats.default(validator);
    const schemas = description().components.schemas;
    for (const [name, schema] of Object.entries(schemas))
      validator.addSchema({ $id: `gh:${name}`, ...localised(schema) });
  }
  return validator;
}

/**
 * As JSON Schema: with references to components as ids of their own, so that only those that are needed are compiled, and
 * with OpenAPI's `nullable` as the choice that it is.
 */
function localised(schema: Record<string, unknown>): Record<string, unknown> {
  const { nullable, $ref, ...rest } = schema;
  const parts = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, localisedPart(part)]));
  const plain = typeof $ref === "string" ? { $ref: `gh:${lastPart($ref)}` } : parts;
  return nullable === true ? { anyOf: [{ type: "null" }, plain] } : plain;
}

function localisedPart(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(localisedPart);
  const read = Schema.safeParse(part);
  return read.success ? localised(read.data) : part;
}

function jsonSchema(response: unknown): Record<string, unknown> | null {
  const Content = z.object({ content: z.object({ "application/json": z.object({ schema: Schema }) }) });
  const read = Content.safeParse(response);
  return read.success ? localised(read.data.content["application/json"].schema) : null;
}

function match(template: readonly string[], asked: readonly string[]): Record<string, string> | null {
  if (template.length !== asked.length) return null;
  const path: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const value = asked[index] ?? "";
    if (part.startsWith("{") && part.endsWith("}")) path[part.slice(1, -1)] = value;
    else if (part !== value) return null;
  }
  return path;
}

function lastPart(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
