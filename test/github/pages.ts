import { createHash } from "node:crypto";
import type { World } from "./state.ts";
import { addApp, type Manifest } from "./doings/apps.ts";
import * as z from "zod";

/** What a browser sees of GitHub: signing in for an App, and making an App of a manifest. */
export interface PageAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The answer to a browser's request, or null for what is no page. `signedIn` is who sits before it. */
export function page(
  world: World,
  method: string,
  url: URL,
  body: string,
  browser: { signedIn: string | null; wantsJson: boolean },
): PageAnswer | null {
  if (url.pathname === "/login/oauth/authorize") return authorize(world, url, browser.signedIn);
  if (url.pathname === "/login/oauth/access_token" && method === "POST")
    return accessToken(world, url, body, browser.wantsJson);
  if (!/^(\/organizations\/[^/]+)?\/settings\/apps\/new$/.test(url.pathname) || method !== "POST") return null;
  return makeApp(world, url, body, browser.signedIn);
}

/** https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app */
function authorize(world: World, url: URL, signedIn: string | null): PageAnswer {
  const app = [...world.apps.values()].find(({ clientId }) => clientId === url.searchParams.get("client_id"));
  const target = url.searchParams.get("redirect_uri");
  if (app === undefined || target === null) return plain(404, "Not Found");
  if (signedIn === null) return plain(200, "Sign in to GitHub");
  const code = `code-${world.serial()}`;
  const challenge = url.searchParams.get("code_challenge");
  world.codes.set(code, { login: signedIn, app: app.id, ...(challenge === null ? {} : { challenge, target }) });
  return redirect(target, { code, state: url.searchParams.get("state") });
}

const Body = z.object({
  ...{ client_id: z.string(), client_secret: z.string(), code: z.string() },
  ...{ code_verifier: z.string().default(""), redirect_uri: z.string().optional() },
});

/** Whether a code that was asked for with a challenge comes with what it was made of (PKCE, RFC 7636), for the same place. */
function isProved(
  { challenge, target }: { challenge?: string; target?: string },
  { code_verifier, redirect_uri }: z.infer<typeof Body>,
): boolean {
  if (challenge === undefined) return true;
  return createHash("sha256").update(code_verifier).digest("base64url") === challenge && redirect_uri === target;
}

function accessToken(world: World, url: URL, body: string, wantsJson: boolean): PageAnswer {
  const read = Body.safeParse(fieldsOf(url, body));
  const known = read.success ? world.codes.get(read.data.code) : undefined;
  const app = known === undefined ? undefined : world.apps.get(known.app);
  const fits = read.success && app?.clientId === read.data.client_id && app.clientSecret === read.data.client_secret;
  // GitHub says so with 200.
  if (known === undefined || !fits || !isProved(known, read.data))
    return answered(
      { error: "bad_verification_code", error_description: "The code passed is incorrect or expired." },
      wantsJson,
    );
  world.codes.delete(read.data.code);
  const token = `ghu_${String(world.serial()).padStart(36, "0")}`;
  world.tokens.set(token, { kind: "user", login: known.login, app: known.app });
  return answered({ access_token: token, token_type: "bearer", scope: "" }, wantsJson);
}

function fieldsOf(url: URL, body: string): Record<string, unknown> {
  const isJson = body.trimStart().startsWith("{");
  const read = isJson ? z.record(z.string(), z.unknown()).safeParse(JSON.parse(body)) : null;
  if (read?.success === true) return read.data;
  return { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(new URLSearchParams(body)) };
}

function answered(fields: Record<string, string>, wantsJson: boolean): PageAnswer {
  const body = wantsJson ? JSON.stringify(fields) : new URLSearchParams(fields).toString();
  const type = wantsJson ? "application/json; charset=utf-8" : "application/x-www-form-urlencoded";
  return { status: 200, headers: { "content-type": type }, body };
}

const ManifestShape = z.object({
  ...{ name: z.string(), url: z.string(), redirect_url: z.string() },
  hook_attributes: z.object({ url: z.string(), active: z.boolean().optional() }),
  default_permissions: z.record(z.string(), z.enum(["read", "write", "admin"])),
  default_events: z.array(z.string()),
});

/** https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest */
function makeApp(world: World, url: URL, body: string, signedIn: string | null): PageAnswer {
  if (signedIn === null) return plain(200, "Sign in to GitHub");
  const text = new URLSearchParams(body).get("manifest") ?? "";
  const manifest = ManifestShape.parse(JSON.parse(text));
  const made: Manifest = {
    ...{ name: manifest.name, permissions: manifest.default_permissions, events: manifest.default_events },
    webhookUrl: manifest.hook_attributes.url,
  };
  const app = addApp(world, signedIn, made);
  const code = `manifest-${app.id}`;
  world.codes.set(code, { login: signedIn, app: app.id });
  return redirect(manifest.redirect_url, { code, state: url.searchParams.get("state") });
}

function redirect(target: string, parameters: Record<string, string | null>): PageAnswer {
  const location = new URL(target);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) location.searchParams.set(name, value);
  return { status: 302, headers: { location: location.href }, body: "" };
}

function plain(status: number, body: string): PageAnswer {
  return { status, headers: { "content-type": "text/plain" }, body };
}
