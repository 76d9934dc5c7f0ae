import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import * as z from "zod";
import { appOf, instant, installationOf } from "./find.ts";
import { Refusal } from "./refusal.ts";
import type { App, Installation, Token, World } from "./state.ts";

/** Who asks: an App by its JWT, one of its installations, a person, or nobody. */
export type Caller =
  | { kind: "app"; app: App }
  | {
      kind: "installation";
      token: string;
      installation: Installation;
      app: App;
      permissions: App["permissions"];
      only: Set<number> | null;
    }
  | { kind: "user"; login: string }
  | { kind: "nobody" };

/** By the Authorization header of a request, or as git sends a token: the password of anybody. */
export function callerOf(world: World, header: string | undefined): Caller {
  if (header === undefined || header === "") return { kind: "nobody" };
  const [scheme = "", value = ""] = header.split(" ");
  const kind = scheme.toLowerCase();
  if (kind === "basic")
    return tokenCaller(
      world,
      Buffer.from(value, "base64")
        .toString("utf8")
        .replace(/^[^:]*:/, ""),
    );
  if (kind !== "bearer" && kind !== "token") throw new Refusal(401, "Bad credentials");
  return value.split(".").length === 3 ? { kind: "app", app: appOfJwt(world, value) } : tokenCaller(world, value);
}

function tokenCaller(world: World, value: string): Caller {
  const token = world.tokens.get(value);
  if (token === undefined) throw new Refusal(401, "Bad credentials");
  if (token.kind === "user") return { kind: "user", login: token.login };
  if (token.expires <= world.clock().getTime()) throw new Refusal(401, "Bad credentials");
  const installation = installationOf(world, token.installation);
  if (installation === null) throw new Refusal(401, "Bad credentials");
  if (installation.suspendedAt !== null) throw new Refusal(403, "This installation has been suspended");
  const { permissions, only } = token;
  return { kind: "installation", token: value, installation, app: appOf(world, installation.app), permissions, only };
}

const Header = z.object({ alg: z.literal("RS256") });
const Claims = z.object({ iss: z.union([z.string(), z.number()]), iat: z.number(), exp: z.number() });

/** https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
function appOfJwt(world: World, jwt: string): App {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  const undecodable = new Refusal(401, "A JSON web token could not be decoded");
  const algorithm = Header.safeParse(part(header));
  const claims = Claims.safeParse(part(payload));
  if (!algorithm.success || !claims.success) throw undecodable;
  const { iss, iat, exp } = claims.data;
  const app = [...world.apps.values()].find(({ id, clientId }) => String(iss) === String(id) || iss === clientId);
  if (app === undefined) throw new Refusal(404, "Integration not found");
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify("sha256", signed, createPublicKey(app.publicKey), Buffer.from(signature, "base64url"))) throw undecodable;
  const seconds = world.clock().getTime() / 1000;
  if (iat > seconds)
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued.",
    );
  if (exp <= seconds)
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires.",
    );
  if (exp > seconds + 600) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future.");
  return app;
}

function part(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

/** Good for an hour. */
export function mint(
  world: World,
  installation: Installation,
  asked: { permissions?: App["permissions"] | undefined; only: Set<number> | null },
): { token: string; expires_at: string; permissions: App["permissions"] } {
  const permissions = asked.permissions ?? installation.permissions;
  for (const [name, level] of Object.entries(permissions))
    if (!covers(installation.permissions[name], level))
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
  const expires = world.clock().getTime() + 60 * 60 * 1000;
  const token = `ghs_${String(world.serial()).padStart(36, "0")}`;
  const remembered: Token = {
    kind: "installation",
    installation: installation.id,
    permissions,
    only: asked.only,
    expires,
  };
  world.tokens.set(token, remembered);
  return { token, expires_at: instant(new Date(expires)), permissions };
}

export function covers(has: string | undefined, needs: string): boolean {
  const levels = ["read", "write", "admin"];
  return has !== undefined && levels.indexOf(has) >= levels.indexOf(needs);
}

/** Whose budget it is. */
export function callerName(caller: Caller): string {
  switch (caller.kind) {
    case "app":
      return `app ${caller.app.id}`;
    case "installation":
      return `installation ${caller.installation.id}`;
    case "user":
      return `user ${caller.login}`;
    case "nobody":
      return "nobody";
  }
}

let pair: { privateKey: string; publicKey: string } | null = null;

/** One key for all tests of a process: making one takes a while. */
export function appKeys(): { privateKey: string; publicKey: string } {
  pair ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return pair;
}
