import { createHash, hkdfSync } from "node:crypto";
import type { Settings } from "../settings/settings.ts";

/** What a key is for: one that seals cookies signs no link. */
export type KeyUse = "session" | "sign-in" | "link";

/**
 * The keys of the pages, the one in force first, from the App's own secrets: nothing more to keep, and whoever changes the
 * private key, or the webhook secret for good, ends every session and every link.
 */
export function pageKeys({ app, webhookSecrets }: KeySource, use: KeyUse): [Buffer, ...Buffer[]] {
  const salt = createHash("sha256").update(app.privateKey).digest();
  const keyOf = (secret: string) => Buffer.from(hkdfSync("sha256", secret, salt, `countersign pages ${use}`, 32));
  const [inForce, ...before] = webhookSecrets;
  return [keyOf(inForce), ...before.map(keyOf)];
}

export interface KeySource {
  app: Pick<Settings["app"], "privateKey">;
  webhookSecrets: Settings["webhookSecrets"];
}
