import { accountOf } from "../find.ts";
import type { World } from "../state.ts";

/** Somebody who does things. The graph calls a bot by its name without `[bot]`, unlike the REST API. */
export function actorNode(world: World, name: string): Record<string, unknown> {
  const { id, login, type } = accountOf(world, name);
  const prefix = { User: "U", Bot: "BOT", Organization: "O" }[type];
  return {
    ...{ __typename: type, id: `${prefix}_${id}`, databaseId: id, login: login.replace(/\[bot\]$/, ""), name: login },
    ...{ url: `${world.url}/${login}`, resourcePath: `/${login}` },
  };
}

/** A person by an account, or null. Bots are no users there. */
export function userNode(world: World, name: string | undefined): Record<string, unknown> | null {
  if (name === undefined) return null;
  return accountOf(world, name).type === "User" ? actorNode(world, name) : null;
}
