import * as z from "zod";
import { Problem } from "../../core/problem.ts";

/** Whom Sigstore's tokens are for. */
const audience = "sigstore";

/**
 * An OpenID Connect token that says who signs: `SIGSTORE_ID_TOKEN`, or one from GitHub Actions for a job with
 * `permissions: id-token: write`. Throws a `Problem` when there is none to be had. Source: GitHub docs, "OpenID Connect reference".
 */
export async function readIdentityToken(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const { SIGSTORE_ID_TOKEN, ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = environment;
  if (SIGSTORE_ID_TOKEN) return SIGSTORE_ID_TOKEN;
  if (!url || !secret)
    throw new Problem(
      "There is no identity to sign with: neither GitHub Actions nor SIGSTORE_ID_TOKEN gives a token.",
      "In a workflow, give the job `permissions: id-token: write`. Elsewhere sign with a key: `--sign key --key key.pem`.",
    );
  return requestToken(url, secret);
}

const timeoutMs = 20_000;

async function requestToken(address: string, secret: string): Promise<string> {
  try {
    const url = new URL(address);
    url.searchParams.set("audience", audience);
    const headers = { authorization: `Bearer ${secret}`, accept: "application/json" };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs), redirect: "error" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return z.object({ value: z.string().min(1) }).parse(await response.json()).value;
  } catch (cause) {
    throw new Problem(
      "GitHub Actions gave no identity token to sign with.",
      "Run the job again; if it happens again, check that it has `permissions: id-token: write`.",
      { cause },
    );
  }
}
