import { join } from "node:path";
import { inertText } from "../../core/untrusted/index.ts";
import type { Given } from "./given-settings.ts";
import { readNumber } from "./limits.ts";
import type { Tell } from "./settings.ts";

/** Where the App stands, and where its GitHub and its database are. */
export interface Places {
  github: GitHubPlace;
  /** As `openStore` takes it. */
  store: { url?: string; path: string };
  /** An absolute path. */
  dataFolder: string;
  listen: { host: string; port: number };
  /** Without a slash at its end; null: nobody said. */
  publicUrl: string | null;
}

/** A GitHub, without slashes at the ends. */
export interface GitHubPlace {
  /** Where people go: `https://github.com`. */
  webUrl: string;
  /** `https://api.github.com`. */
  apiUrl: string;
}

/** All places, each with its default; what does not fit is told. */
export function readPlaces(given: Given, dataFolder: string, tell: Tell): Places {
  return {
    github: readGitHub(given, tell),
    store: { ...readDatabase(given, tell), path: join(dataFolder, "store.db") },
    dataFolder,
    listen: {
      host: readHost(given, tell),
      port: readNumber(given, "PORT", { standard: 3000, least: 0, most: 65_535 }, tell),
    },
    publicUrl: readPublicUrl(given.get("COUNTERSIGN_PUBLIC_URL"), tell),
  };
}

function readGitHub(given: Given, tell: Tell): GitHubPlace {
  const host = given.get("GHE_HOST");
  const protocol = given.get("GHE_PROTOCOL") ?? "https";
  const own = { webUrl: "https://github.com", apiUrl: "https://api.github.com" };
  if (host === undefined) return own;
  const url = urlOf(`${protocol}://${host}`);
  if ((protocol !== "https" && protocol !== "http") || url === null || url.host !== host.toLowerCase()) {
    tell(
      `GHE_HOST and GHE_PROTOCOL make ${inertText(`${protocol}://${host}`)}, which is no address of a server.`,
      "Write the host alone, like `GHE_HOST=github.example.com`, and `https` or nothing for the protocol.",
    );
    return own;
  }
  if (protocol === "http" && !isLoopback(url.hostname))
    tell("GHE_PROTOCOL is http, and tokens would travel in the clear.", "Take GHE_PROTOCOL away.");
  return { webUrl: url.origin, apiUrl: apiOf(url) };
}

/** A company's own part of GitHub's cloud has its API on a host of its own; a server below a path. */
function apiOf(url: URL): string {
  const isCloud = url.hostname === "github.com" || url.hostname.endsWith(".ghe.com");
  return isCloud ? `${url.protocol}//api.${url.host}` : `${url.origin}/api/v3`;
}

function readDatabase(given: Given, tell: Tell): { url?: string } {
  const url = given.get("DATABASE_URL");
  if (url === undefined) return {};
  if (url.startsWith("postgres://") || url.startsWith("postgresql://")) return { url };
  // The address may hold a password, so it is not shown.
  tell(
    url === "" ? "DATABASE_URL is empty." : "DATABASE_URL is no address of a PostgreSQL database.",
    "Write `postgres://USER:PASSWORD@HOST/NAME`, or take it away for the embedded database.",
  );
  return {};
}

function readHost(given: Given, tell: Tell): string {
  const host = given.get("HOST") ?? "127.0.0.1";
  if (!/^[A-Za-z0-9.:_-]{1,255}$/.test(host))
    tell(`HOST is ${inertText(host) || "empty"}, which is no address.`, "Write `HOST=0.0.0.0` or `HOST=127.0.0.1`.");
  return host;
}

/** An address under which the App can be public, without a slash at its end; anything else is told. */
export function readPublicUrl(text: string | undefined, tell: Tell): string | null {
  if (text === undefined) return null;
  const url = urlOf(text);
  const isPlain =
    url !== null && url.username === "" && url.password === "" && !url.href.includes("?") && !url.href.includes("#");
  if (isPlain && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))))
    return url.href.endsWith("/") ? url.href.slice(0, -1) : url.href;
  tell(
    `COUNTERSIGN_PUBLIC_URL is ${inertText(text, { maxGraphemes: 200 }) || "empty"}, which is no address of a public page.`,
    "Write one like `https://countersign.example.com`: with https, without a name, a question mark or a hash.",
  );
  return null;
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Whether a host of an address is this machine itself. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
