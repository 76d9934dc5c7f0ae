import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { NotTold } from "../../adapters/github/client.ts";
import type { MadeApp } from "../../adapters/github/convert-manifest.ts";
import { errorCode } from "../../core/problem.ts";
import { answer, goTo, send, type PageAnswer } from "../pages/answer.ts";
import { Address, type Html } from "../pages/html.ts";
import { styleSource } from "../pages/style.ts";
import type { Log } from "../ports.ts";
import type { Handler } from "../server.ts";
import { readPublicUrl } from "../settings/places.ts";
import type { SetUpSettings } from "../settings/settings.ts";
import { appManifest, manifestFor } from "./app-manifest.ts";
import { donePage, manifestPage, troublePage, wishPage } from "./setup-pages.ts";
import { newSetUpDoor } from "./who-may-set-up.ts";

/** What the set-up page is lent. */
export interface SetUpPorts {
  log: Log;
  /** What GitHub made, by the code that it gave the browser; null when it does not know the code. */
  convert: (code: string) => Promise<MadeApp | null>;
  /** The settings file, for people to know. */
  path: string;
  /** Keeps what GitHub told, durably. Rejects when it cannot. */
  keep: (app: MadeApp, publicUrl: string) => Promise<void>;
  /** Called once, when the App is made and kept, and the answer that says so is out. */
  done: () => void;
}

/** The set-up page, and the token that lets one browser from elsewhere in. */
export interface SetUp {
  token: string;
  handle: Handler;
}

/** Where the App will stand, by the state that GitHub's answer has to bring back. */
type Wishes = Map<string, string>;

/**
 * The page by which an App is made where there is none, from app.yml. A server that serves it takes no deliveries, and
 * asks nobody in but the operator.
 */
export function setUp(settings: SetUpSettings, ports: SetUpPorts): SetUp {
  const door = newSetUpDoor();
  const wishes: Wishes = new Map();
  const webUrl = new URL(settings.github.webUrl);
  const handle: Handler = async (request, response) => {
    const origin = originOf(request, settings.publicUrl);
    const url = URL.parse(request.url ?? "", origin ?? "http://localhost");
    if (origin === null || url === null || !["/", "/setup/made"].includes(url.pathname)) return false;
    const isSecure = origin.startsWith("https:");
    const asked = door.ask(request, { token: url.searchParams.get("token"), isSecure });
    const found = (): Promise<PageAnswer> | PageAnswer => {
      if (asked.state === "out") return page(403, notYou, webUrl);
      // The token does not stay in the address.
      if (asked.state === "enter") return goTo("/", { "set-cookie": asked.cookie });
      if (request.method !== "GET" && request.method !== "HEAD") return page(405, notSo, webUrl);
      if (url.pathname === "/setup/made") return made(url.searchParams, wishes, webUrl, ports);
      return wanted(url.searchParams, { origin, settings, wishes, webUrl });
    };
    const answered = await found();
    send(response, answered, { isHead: request.method === "HEAD", isSecure });
    if (isDone.has(answered)) response.once("close", ports.done);
    return true;
  };
  return { token: door.token, handle };
}

/** The answers after which the App is there. */
const isDone = new WeakSet<PageAnswer>();

/** Where this browser is, so that GitHub sends it back here; null for a `Host` that is none. */
function originOf({ headers }: IncomingMessage, publicUrl: string | null): string | null {
  const host = headers.host ?? "";
  if (!/^[A-Za-z0-9.:[\]-]{1,255}$/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return publicUrl !== null && new URL(publicUrl).host === host ? new URL(publicUrl).origin : `http://${host}`;
}

interface Wanted {
  origin: string;
  settings: SetUpSettings;
  wishes: Wishes;
  webUrl: URL;
}

/** What somebody wants, or, when all of it is said, what GitHub is to make. */
function wanted(query: URLSearchParams, { origin, settings, wishes, webUrl }: Wanted): PageAnswer {
  const url = query.get("url");
  if (url === null) return page(200, wishPage({ publicUrl: settings.publicUrl ?? "", problem: null }), webUrl);
  const [name, organization] = [query.get("name") ?? "", query.get("organization") ?? ""];
  const publicUrl = readPublicUrl(url, () => undefined);
  const problem =
    publicUrl === null
      ? "The address has to begin with https, and to have no name, question mark or hash."
      : wrongName(name, organization);
  if (publicUrl === null || problem !== null) return page(400, wishPage({ publicUrl: url, problem }), webUrl);
  const state = randomBytes(24).toString("base64url");
  // A browser that goes back and forth makes many, of which the last are good.
  if (wishes.size >= 20) wishes.delete([...wishes.keys()][0] ?? "");
  wishes.set(state, publicUrl);
  const manifest = appManifest();
  const json = JSON.stringify(manifestFor(manifest, { publicUrl, name, redirectUrl: `${origin}/setup/made` }));
  const owner = organization === "" ? "" : `organizations/${organization}/`;
  const action = new Address(`/${owner}settings/apps/new?state=${state}`, webUrl);
  return page(200, manifestPage(manifest, { action, json }), webUrl);
}

function wrongName(name: string, organization: string): string | null {
  if (!/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,33}$/.test(name))
    return "The name has to be 1 to 34 letters, digits, spaces, dots and dashes.";
  if (organization !== "" && !/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/.test(organization))
    return "The organization is written as in its address on GitHub.";
  return null;
}

/** The browser comes back from GitHub. Whatever it brings is nobody's word but for a state of ours, and that once. */
async function made(
  query: URLSearchParams,
  wishes: Wishes,
  webUrl: URL,
  { convert, keep, path, log }: SetUpPorts,
): Promise<PageAnswer> {
  const [state, code] = [query.get("state") ?? "", query.get("code") ?? ""];
  const publicUrl = wishes.get(state);
  wishes.delete(state);
  if (publicUrl === undefined) return page(403, strange, webUrl);
  if (!/^[A-Za-z0-9_-]{1,200}$/.test(code)) return page(400, strange, webUrl);
  try {
    const app = await convert(code);
    if (app === null) return page(400, used, webUrl);
    await keep(app, publicUrl);
    log.info("app-made", { app: app.id, slug: app.slug });
    const answered = page(200, donePage({ slug: app.slug, path, webUrl }), webUrl);
    isDone.add(answered);
    return answered;
  } catch (error) {
    log.error("set-up-failed", error);
    return error instanceof NotTold ? page(502, silent, webUrl) : page(500, unkept(path, error), webUrl);
  }
}

const notYou = troublePage(
  "This page is for whoever runs this server.",
  "Open it in a browser on the server itself, or by the address with a token that the server printed when it started. The token is good once; a restart prints another.",
);
const notSo = troublePage("This address does not take that kind of request.", "Begin again.");
const strange = troublePage(
  "This answer of GitHub's does not belong to a question of this page.",
  "It may be an old one, or somebody else's. Nothing was kept.",
);
const used = troublePage(
  "GitHub does not know the code that it gave the browser.",
  "It is good once, and for an hour. If the App is on GitHub already, delete it there.",
);
const silent = troublePage(
  "GitHub did not tell the secrets of the App that it made.",
  "It tells them once. Delete the App on GitHub.",
);

function unkept(path: string, error: unknown): Html {
  return troublePage(
    `The settings could not be written to ${path} (${errorCode(error)}).`,
    "Let the user that runs Countersign write there, and delete the App on GitHub: it tells its secrets once.",
  );
}

/** Forms lead to GitHub, and links do; nothing else does. */
function page(status: number, content: Html, webUrl: URL): PageAnswer {
  const policy = `default-src 'none'; style-src ${styleSource}; form-action 'self' ${webUrl.origin}; base-uri 'none'; frame-ancestors 'none'`;
  return answer(status, content, { "content-security-policy": policy });
}
