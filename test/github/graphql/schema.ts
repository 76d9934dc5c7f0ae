import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLSchema } from "graphql";

const file = new URL("../../../node_modules/@octokit/graphql-schema/schema.graphql", import.meta.url);
let built: GraphQLSchema | null = null;

/** GitHub's published schema. Building it takes a while: once for all tests of a process. */
export function githubSchema(): GraphQLSchema {
  built ??= buildSchema(readFileSync(file, "utf8"), { assumeValid: true });
  return built;
}
