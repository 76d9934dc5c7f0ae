import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import * as z from "zod";
import { laid, sampleOf } from "./sample.ts";
import { Shapes, type Kind } from "./shapes.ts";
import type { Happening, Installation, World } from "./state.ts";

/**
 * Payloads of webhooks as GitHub's schemas describe them (@octokit/webhooks-schemas): the least of each kind with what is
 * known laid over it. https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export function payloadOf(world: World, happening: Happening, installation: Installation | null): unknown {
  const { event, action, repository, sender, over } = happening;
  const shapes = payloadShapes(world);
  const organization = repository?.owner ?? happening.organization ?? null;
  const isOrganization =
    organization !== null && world.accounts.get(organization.toLowerCase())?.type === "Organization";
  const known = {
    ...(action === null ? {} : { action }),
    ...(repository === null ? {} : { repository: shapes.repository(repository) }),
    ...(isOrganization ? { organization: shapes.organization(organization) } : {}),
    ...(installation === null ? {} : { installation: { id: installation.id, node_id: `MDQ6_${installation.id}` } }),
    ...{ sender: shapes.user(sender), ...over },
  };
  const name = definitionName(event, action);
  return laid(leastOf(name), only(name, known));
}

/** Why a payload is not as described, or null. */
export function payloadFault(event: string, action: string | null, payload: unknown): string | null {
  const name = definitionName(event, action);
  const check = checks.get(name) ?? ajv().compile({ $ref: `hooks#/definitions/${name}` });
  checks.set(name, check);
  return check(payload) ? null : `${name}: ${ajv().errorsText(check.errors?.slice(0, 3))}`;
}

/** Things as webhooks show them. */
export function payloadShapes(world: World): Shapes {
  return new Shapes(world, (kind, over) => {
    const name = definitions[kind];
    const data = laid(leastOf(name), only(name, over));
    return kind === "review" ? laid(data, { state: String(over["state"]).toLowerCase() }) : data;
  });
}

const definitions: Record<Kind, string> = {
  user: "user",
  organization: "organization",
  repository: "repository",
  "repository-lite": "repository-lite",
  "repository-full": "repository",
  label: "label",
  team: "team",
  pull: "pull-request",
  "pull-simple": "simple-pull-request",
  review: "pull-request-review",
  comment: "issue-comment",
  "check-run": "check_run$completed/check_run",
  app: "app",
  installation: "installation",
  commit: "status$event/commit",
};

/** `push$event` has no action; `pull_request$opened` has. */
function definitionName(event: string, action: string | null): string {
  return `${event}$${action ?? "event"}`;
}

const Schema = z.record(z.string(), z.unknown());
const Document = z.object({ definitions: z.record(z.string(), Schema) });
const file = new URL("../../node_modules/@octokit/webhooks-schemas/schema.json", import.meta.url);
let document: z.infer<typeof Document> | null = null;
let validator: Ajv | null = null;
const checks = new Map<string, ValidateFunction>();
const least = new Map<string, unknown>();

/** `a/b` is what `a` says of its property b: not everything has a definition of its own. */
function definition(name: string): Record<string, unknown> {
  document ??= Document.parse(JSON.parse(readFileSync(file, "utf8")));
  const [whole = "", part] = name.split("/");
  const found = document.definitions[whole];
  if (found === undefined) throw new Error(`GitHub describes no webhook ${whole}`);
  return part === undefined ? found : Schema.parse(Schema.parse(found["properties"])[part]);
}

function leastOf(name: string): unknown {
  if (!least.has(name))
    least.set(
      name,
      sampleOf(definition(name), (reference) => definition(lastPart(reference))),
    );
  return least.get(name);
}

/** Without what this description does not know, at any depth: it allows nothing else. */
function only(name: string, over: Record<string, unknown>): Record<string, unknown> {
  return Schema.parse(fitted(definition(name), over));
}

function fitted(schema: Record<string, unknown>, value: unknown): unknown {
  const { $ref, properties, additionalProperties } = schema;
  if (typeof $ref === "string") return fitted(definition(lastPart($ref)), value);
  const object = Schema.safeParse(value);
  const known = Schema.safeParse(properties);
  if (!object.success || !known.success) return value;
  const kept = Object.entries(object.data).filter(([key]) => key in known.data || additionalProperties !== false);
  return Object.fromEntries(
    kept.map(([key, part]) => {
      const of = Schema.safeParse(known.data[key]);
      return [key, of.success ? fitted(of.data, part) : part];
    }),
  );
}

function ajv(): Ajv {
  if (validator === null) {
    validator = new Ajv({ strict: false, logger: false });
    addFormats.default(validator);
    definition("user");
    validator.addSchema({ ...withoutNames(document), $id: "hooks" });
  }
  return validator;
}

/** The definitions name other drafts than the one they are written in. */
function withoutNames(part: unknown): Record<string, unknown> {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    const object = Schema.safeParse(value);
    if (!object.success) return value;
    return Object.fromEntries(
      Object.entries(object.data).flatMap(([key, each]) => (key === "$schema" ? [] : [[key, clean(each)]])),
    );
  };
  return Schema.parse(clean(part));
}

function lastPart(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
