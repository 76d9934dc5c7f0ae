import * as z from "zod";
import { NotTold } from "./client.ts";

/** An App that GitHub has just made, with everything that it tells of it once and never again. */
export interface MadeApp {
  id: number;
  slug: string;
  /** The App's page. */
  url: string;
  privateKey: string;
  webhookSecret: string;
  client: { id: string; secret: string };
}

const Made = z.object({
  id: z.int().positive(),
  slug: z.string().regex(/^[a-z0-9-]{1,100}$/),
  html_url: z.url(),
  pem: z.string().min(1),
  webhook_secret: z.string().min(1),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
});

/**
 * The App behind the code that GitHub gave the browser; null when GitHub does not know the code, which is good once and
 * for an hour. Throws `NotTold`. https://docs.github.com/en/rest/apps/apps#create-a-github-app-from-a-manifest
 */
export async function convertManifest(apiUrl: string, code: string): Promise<MadeApp | null> {
  const answer = await fetch(`${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`, {
    method: "POST",
    headers: { accept: "application/vnd.github+json", "user-agent": "countersign" },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw new NotTold(`GitHub did not answer (${cause instanceof Error ? cause.name : "unknown error"})`);
  });
  if (answer.status === 404 || answer.status === 422) return null;
  if (answer.status !== 201) throw new NotTold(`GitHub answered ${answer.status}`, answer.status);
  const read = Made.safeParse(await answer.json().catch(() => null));
  if (!read.success) throw new NotTold("GitHub's answer has another shape than documented");
  const { id, slug, html_url: url, pem, webhook_secret, client_id, client_secret } = read.data;
  return {
    ...{ id, slug, url, privateKey: pem, webhookSecret: webhook_secret },
    client: { id: client_id, secret: client_secret },
  };
}

/** GitHub makes a key first. */
const timeoutMs = 20_000;
