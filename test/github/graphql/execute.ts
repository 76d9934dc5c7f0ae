import { execute, GraphQLError, parse, validate, type DocumentNode, type GraphQLFieldResolver } from "graphql";
import type { Caller } from "../tokens.ts";
import type { World } from "../state.ts";
import { costOf } from "./cost.ts";
import { Graph } from "./graph.ts";
import { githubSchema } from "./schema.ts";

export interface GraphQlAnswer {
  data?: unknown;
  errors?: unknown[];
}

/** A query that was read, or what GitHub says of one that it does not understand. */
export type Prepared = { document: DocumentNode; points: number } | { errors: unknown[] };

const known = new Map<string, DocumentNode | unknown[]>();

/** Holds a query against GitHub's own schema. What does not fit there is a mistake of whoever wrote it. */
export function prepare(world: World, query: string, variables: Readonly<Record<string, unknown>>): Prepared {
  if (!known.has(query)) known.set(query, read(query));
  const document = known.get(query);
  if (document === undefined || Array.isArray(document)) {
    const errors = document ?? [];
    world.violations.push(`a query that GitHub would refuse: ${JSON.stringify(errors)}`);
    return { errors };
  }
  const { points, nodes } = costOf(document, variables);
  if (nodes <= 500_000) return { document, points };
  world.violations.push(`a query that could give ${nodes} nodes`);
  return {
    errors: [
      {
        type: "MAX_NODE_LIMIT_EXCEEDED",
        message: `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of 500,000.`,
      },
    ],
  };
}

function read(query: string): DocumentNode | unknown[] {
  try {
    const document = parse(query);
    const errors = validate(githubSchema(), document);
    return errors.length === 0 ? document : errors.map(({ message }) => ({ message }));
  } catch (error) {
    if (error instanceof GraphQLError) return [{ message: error.message }];
    throw error;
  }
}

/** Answers with whatever could be answered: what could not is null there, with an error that names its path. */
export async function answer(
  world: World,
  caller: Caller,
  {
    document,
    variables,
    rateLimit,
  }: { document: DocumentNode; variables: Record<string, unknown>; rateLimit: unknown },
): Promise<GraphQlAnswer> {
  const result = await execute({
    ...{ schema: githubSchema(), document, variableValues: variables },
    rootValue: { ...new Graph(world, caller).root(), rateLimit: () => rateLimit },
    fieldResolver: resolverFor(world),
    typeResolver: (value: unknown) => nameOf(value),
  });
  const errors = result.errors?.map(typed);
  return { ...(result.data === undefined ? {} : { data: result.data }), ...(errors === undefined ? {} : { errors }) };
}

/** A field that the fake was never taught is no null of GitHub's. */
function resolverFor(world: World): GraphQLFieldResolver<unknown, unknown> {
  return (source, args, _context, { fieldName, parentType }) => {
    const value: unknown = typeof source === "object" && source !== null ? Reflect.get(source, fieldName) : undefined;
    if (value === undefined) {
      world.violations.push(`the fake knows no ${parentType.name}.${fieldName}`);
      return null;
    }
    return typeof value === "function" ? (Reflect.apply(value, source, [args]) as unknown) : value;
  };
}

function nameOf(value: unknown): string {
  return typeof value === "object" && value !== null && "__typename" in value ? String(value.__typename) : "";
}

/** GitHub puts the type beside the message. */
function typed({ message, path, extensions }: GraphQLError): unknown {
  const type = extensions["type"];
  return { ...(typeof type === "string" ? { type } : {}), message, ...(path === undefined ? {} : { path }) };
}
