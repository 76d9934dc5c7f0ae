import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";
import { gitHubLimits, NotTold, openGitHub } from "./client.ts";

/** Which App people sign in with, and at which GitHub. */
export interface SignInAddress {
  /** `https://github.com`, or that of a GitHub Enterprise Server. */
  webUrl: string;
  apiUrl: string;
  client: { id: string; secret: string };
}

/** What is asked of GitHub in the name of a person at a browser. Methods throw `NotTold` for what was not to be had. */
export interface UserAccess {
  /** A sign-in that begins: where the browser goes, and what only this server knows of it. */
  begin: (returnTo: string) => SignInBegun;
  /** The person behind a code; null when GitHub does not know the code, or not with this verifier. */
  finish: (code: string, verifier: string, returnTo: string) => Promise<SignedIn | null>;
  /** The repository by its present name, when GitHub shows it to this person; null when it does not. 401: the token is over. */
  readable: (token: string, owner: string, name: string) => Promise<ReadableRepository | null>;
}

export interface SignInBegun {
  address: string;
  state: string;
  verifier: string;
}

export interface SignedIn {
  login: string;
  token: string;
  /** How long the token is good for, in seconds; null: GitHub did not say. */
  seconds: number | null;
}

export interface ReadableRepository {
  id: number;
  owner: string;
  name: string;
}

/**
 * The web flow with state and PKCE.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app
 */
export function openUserAccess(address: SignInAddress): UserAccess {
  return {
    begin: (returnTo) => begin(address, returnTo),
    finish: (code, verifier, returnTo) => finish(address, { code, code_verifier: verifier, redirect_uri: returnTo }),
    readable: (token, owner, name) => readable(address, token, { owner, name }),
  };
}

function begin({ webUrl, client }: SignInAddress, returnTo: string): SignInBegun {
  const [state, verifier] = [randomBytes(32).toString("base64url"), randomBytes(32).toString("base64url")];
  const url = new URL("/login/oauth/authorize", webUrl);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const query = { client_id: client.id, redirect_uri: returnTo, state, code_challenge: challenge };
  for (const [name, value] of Object.entries({ ...query, code_challenge_method: "S256" }))
    url.searchParams.set(name, value);
  return { address: url.href, state, verifier };
}

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.int().positive().optional() });
/** With status 200, too: a code is wrong, used, or ten minutes old. */
const Denied = z.object({ error: z.string() });
const Person = z.object({ login: z.string() });

type Grant = Readonly<Record<"code" | "code_verifier" | "redirect_uri", string>>;

async function finish(address: SignInAddress, grant: Grant): Promise<SignedIn | null> {
  const { id, secret } = address.client;
  const body = new URLSearchParams({ client_id: id, client_secret: secret, ...grant });
  const answer = await post(new URL("/login/oauth/access_token", address.webUrl), body);
  const granted = Granted.safeParse(answer);
  if (!granted.success) {
    if (Denied.safeParse(answer).success) return null;
    throw new NotTold("GitHub's answer has another shape than documented");
  }
  const { access_token: token, expires_in: seconds = null } = granted.data;
  const github = await openGitHub({ apiUrl: address.apiUrl, token, owner: "", name: "" });
  const { login } = await github.get("GET /user", {}, Person);
  return { login, token, seconds };
}

async function post(url: URL, body: URLSearchParams): Promise<unknown> {
  const signal = AbortSignal.timeout(gitHubLimits.timeoutMs);
  const headers = { accept: "application/json" };
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "error" });
    if (!response.ok) throw new NotTold(`GitHub answered ${response.status}`, response.status);
    return await response.json();
  } catch (error) {
    // The cause may name the address, never the body with the secret in it.
    throw error instanceof NotTold ? error : new NotTold("GitHub did not answer as documented", null);
  }
}

const Repository = z.object({ id: z.int().positive(), name: z.string(), owner: Person });

async function readable(
  { apiUrl }: SignInAddress,
  token: string,
  asked: { owner: string; name: string },
): Promise<ReadableRepository | null> {
  const github = await openGitHub({ apiUrl, token, ...asked });
  try {
    const { id, name, owner } = await github.get("GET /repos/{owner}/{repo}", {}, Repository);
    return { id, name, owner: owner.login };
  } catch (error) {
    // 403: single sign-on, a block, or a rule of the organisation; 451: taken down. To this person there is nothing.
    if (error instanceof NotTold && [403, 404, 451].includes(error.status ?? 0)) return null;
    throw error;
  }
}
