import { createHash } from "node:crypto";
import type { App, World } from "../state.ts";
import { appKeys } from "../tokens.ts";
import { makeAccount } from "./people.ts";

export interface Manifest {
  name: string;
  permissions: App["permissions"];
  events: string[];
  webhookUrl: string | null;
  /** Otherwise a new one. */
  id?: number;
}

/** Registers an App, with a bot account of its own. */
export function addApp(world: World, owner: string, { name, permissions, events, webhookUrl, id }: Manifest): App {
  const slug = name.toLowerCase().replaceAll(" ", "-");
  const number = id ?? world.serial();
  const app: App = {
    ...{ id: number, slug, name, owner: makeAccount(world, owner, "User").login, permissions, events, webhookUrl },
    ...{ clientId: `Iv23li${number}`, clientSecret: secretOf(`client ${number}`) },
    ...{ webhookSecret: secretOf(`webhook ${number}`), ...appKeys() },
  };
  world.apps.set(number, app);
  makeAccount(world, `${slug}[bot]`, "Bot");
  return app;
}

/** 40 hexadecimal digits, as GitHub's are: words that everybody knows are refused as secrets. */
function secretOf(what: string): string {
  return createHash("sha1").update(what).digest("hex");
}
