import type { UserAccess } from "../../adapters/github/user-access.ts";
import type { Store } from "../../adapters/store/store.ts";
import { isLoopback } from "../settings/places.ts";
import type { Settings } from "../settings/settings.ts";
import { pageKeys, type KeyUse } from "./keys.ts";

/** What of the settings the pages need. */
export type PagesSettings = Pick<Settings, "app" | "webhookSecrets" | "github" | "publicUrl" | "listen">;

/** What every page works with. */
export interface PagesHouse {
  store: Pick<Store, "verdicts" | "installations" | "memory">;
  now: () => Date;
  /** For each use the key in force first, then the one before it. */
  keys: Readonly<Record<KeyUse, readonly [Buffer, ...Buffer[]]>>;
  /** Where people find us, without a slash at its end; null: nobody said, so nobody can sign in. */
  origin: string | null;
  /** Whether they come by https. */
  isSecure: boolean;
  webUrl: URL;
  /** Null where nobody can sign in. */
  access: UserAccess | null;
}

/** Never by the request's own `Host`: whoever sends one would choose where a sign-in returns to. */
export function houseOf(
  settings: PagesSettings,
  { store, now, access }: Pick<PagesHouse, "store" | "now" | "access">,
): PagesHouse {
  const origin = settings.publicUrl ?? loopbackOrigin(settings);
  const keys = { session: pageKeys(settings, "session"), link: pageKeys(settings, "link") };
  return {
    ...{ store, now, origin, keys: { ...keys, "sign-in": pageKeys(settings, "sign-in") } },
    isSecure: !(origin ?? "https:").startsWith("http:"),
    webUrl: new URL(settings.github.webUrl),
    access: origin === null ? null : access,
  };
}

function loopbackOrigin({ listen: { host, port } }: PagesSettings): string | null {
  return isLoopback(host) && port > 0 ? `http://${host}:${port}` : null;
}
