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
const Response = z.union([
  Reference,
  z.looseObject({ content: z.record(z.string(), z.object({ schema: Schema })).optional() }),
]);
const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.union([Reference, Parameter])).default([]),
  requestBody: z.unknown().optional(),
  responses: z.record(z.string(), Response),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({
    parameters: z.record(z.string(), Parameter),
    schemas: z.record(z.string(), Schema),
    responses: z.record(z.string(), z.looseObject({})).default({}),
  }),
});

/** One operation as a request names it. */
export interface Operation {
  id: string;
  /** The values of the path's parameters. */
  path: Record<string, string>;
  parameters: z.infer<typeof Parameter>[];
  /** The schema of what it takes, or null when it takes nothing. */
  body: Record<string, unknown> | null;
  /** The schema of each good answer by its status; null where it has no JSON body. */
  answers: Map<number, Record<string, unknown> | null>;
}

const file = new URL("openapi/api.github.com.json", import.meta.url);
let loaded: z.infer<typeof Document> | null = null;
const validators = new Map<boolean, Ajv>();
const compiled = new Map<string, ValidateFunction>();

function description(): z.infer<typeof Document> {
  loaded ??= Document.parse(JSON.parse(readFileSync(file, "utf8")));
  return loaded;
}

/** The operation of a request, or null where GitHub documents none. A path without parameters comes first. */
export function operationOf(method: string, pathname: string): Operation | null {
  const asked = pathname.split("/").map(decoded);
  const fitting = Object.entries(description().paths)
    .flatMap(([template, methods]) => {
      const path = match(template.split("/"), asked);
      const found = methods[method.toLowerCase()];
      return path === null || found === undefined ? [] : [{ path, found, length: template.split("/").length }];
    })
    .sort((a, b) => b.length - a.length || Object.keys(a.path).length - Object.keys(b.path).length)[0];
  if (fitting === undefined) return null;
  const { operationId, parameters, requestBody, responses } = Operation.parse(fitting.found);
  const known = parameters.map((parameter) =>
    "$ref" in parameter ? description().components.parameters[lastPart(parameter.$ref)]! : parameter,
  );
  const good = Object.entries(responses).map(([status, one]) => [Number(status), jsonSchema(resolved(one))] as const);
  return {
    id: operationId,
    path: fitting.path,
    parameters: known,
    body: jsonSchema(requestBody),
    answers: new Map(good),
  };
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
  return [...unknown, ...wrong, ...tooMany, ...bodyFaults(operation, body)];
}

function bodyFaults({ id, body: schema }: Operation, body: string): string[] {
  if (body === "") return [];
  if (schema === null) return [`${id}: a body where none is taken`];
  const read = parsed(body);
  if (read === undefined) return [`${id}: a body that is no JSON`];
  const check = compiled.get(`${id} body`) ?? ajv(false).compile(schema);
  compiled.set(`${id} body`, check);
  const wrong = check(read) ? [] : [`${id}: ${ajv(false).errorsText(check.errors?.slice(0, 3))}`];
  const known = Schema.safeParse(schema["properties"]).data;
  const unknown = Object.keys(Schema.safeParse(read).data ?? {}).filter(
    (key) => known !== undefined && !(key in known),
  );
  return [...wrong, ...unknown.map((key) => `${id} takes no ${key}`)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why an answer is not as described, or null. */
export function answerFault({ id, answers }: Operation, body: unknown, status = 200): string | null {
  const schema = answers.get(status);
  if (schema === undefined) return `${id} has no described answer ${status}`;
  if (schema === null) return body === undefined ? null : `${id} has no body with its ${status}`;
  const key = `${id} ${status}`;
  const check = compiled.get(key) ?? ajv(false).compile(schema);
  compiled.set(key, check);
  return check(body) ? null : `${id}: ${ajv(false).errorsText(check.errors?.slice(0, 3))}`;
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
    ajv(true).compile({ type: "object", properties: { value: localised(schema) }, required: ["value"] });
  compiled.set(key, check);
  return check({ ...data }) ? null : ajv(true).errorsText(check.errors);
}

/** With coercion for a query, which holds text alone. */
function ajv(coerceTypes: boolean): Ajv {
  const known = validators.get(coerceTypes);
  if (known !== undefined) return known;
  // GitHub's formats go beyond those of JSON Schema (int64, timestamp …).
  const validator = new Ajv({ strict: false, coerceTypes, validateFormats: true, logger: false });
  addFormats.default(validator);
  const schemas = description().components.schemas;
  for (const [name, schema] of Object.entries(schemas))
    validator.addSchema({ $id: `gh:${name}`, ...localised(schema) });
  validators.set(coerceTypes, validator);
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

function resolved(response: z.infer<typeof Response>): unknown {
  return "$ref" in response ? description().components.responses[lastPart(String(response.$ref))] : response;
}

function jsonSchema(response: unknown): Record<string, unknown> | null {
  const Content = z.object({ content: z.object({ "application/json": z.object({ schema: Schema }) }) });
  const read = Content.safeParse(response);
  return read.success ? localised(read.data.content["application/json"].schema) : null;
}

/** The last parameter may hold slashes where it names a file or a ref. */
function match(template: readonly string[], asked: readonly string[]): Record<string, string> | null {
  const last = template.at(-1) ?? "";
  const long = asked.length > template.length && ["{path}", "{ref}", "{branch}", "{basehead}"].includes(last);
  const parts = long ? [...asked.slice(0, template.length - 1), asked.slice(template.length - 1).join("/")] : asked;
  if (template.length !== parts.length) return null;
  const path: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const value = parts[index] ?? "";
    if (part.startsWith("{") && part.endsWith("}")) path[part.slice(1, -1)] = value;
    else if (part !== value) return null;
  }
  return path;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function lastPart(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
