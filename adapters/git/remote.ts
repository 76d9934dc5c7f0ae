import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";
import type { GitOptions } from "./run-git.ts";
import { asConfiguration } from "./safe-git.ts";

/** The repository on the server. Its address comes from the runner, never from the clone's own configuration. */
export interface Remote {
  /** `https://github.com/owner/name`; `http:` only where the server itself is reached that way. */
  url: string;
  /** Empty for a repository that anybody may read. Never an argument of a process: others can see those. */
  token: string;
}

/** A fetch that brings what it is told to, and says nothing else. */
export const fetchFlags = [
  "--quiet",
  "--no-tags",
  "--no-write-fetch-head",
  "--no-auto-maintenance",
  "--recurse-submodules=no",
];

/**
 * Lets this one command reach the server, with the token and without anybody's credential helper. To be used in a git
 * directory of ours, where nothing of the clone's configuration counts. Throws a `Problem` when the address is none.
 */
export function network({ url, token }: Remote): GitOptions {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address === null || !["https:", "http:"].includes(address.protocol)) throw noAddress(url);
  const header = `http.${address.origin}/.extraheader`;
  const secret = Buffer.from(`x-access-token:${token}`).toString("base64");
  const headers = token === "" ? [] : [[header, `AUTHORIZATION: basic ${secret}`] as const];
  return {
    settings: [`protocol.${address.protocol.slice(0, -1)}.allow=always`, "http.sslVerify=true", "credential.helper="],
    environment: { ...proxies(), ...asConfiguration(headers) },
  };
}

/** A self-hosted runner may reach GitHub only through a proxy. */
function proxies(): Record<string, string> {
  const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function noAddress(url: string): Problem {
  return new Problem(
    `${inertText(url, { maxGraphemes: 200 })} is no address of a server to fetch from, and the clone does not hold everything.`,
    "Give actions/checkout `fetch-depth: 0`, and leave GITHUB_SERVER_URL as the runner sets it.",
  );
}
