import * as z from "zod";
import type { AppClient } from "./app-token.ts";
import { NotTold, type Parameters } from "./client.ts";
import type { InstallationClient } from "./installation.ts";

/** What GitHub knows of the App itself: where it is installed, and what it tried to deliver. */

/** All installations of the App. Throws `NotTold`, and never gives a part. */
export async function readInstallations(app: AppClient): Promise<InstalledNow[]> {
  const found: InstalledNow[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const { value, hasNext } = await app.get("GET /app/installations", { per_page: 100, page }, Installations);
    found.push(
      ...value.map(({ id, account, suspended_at: at }) => ({ id, account: nameOf(account), suspendedAt: at })),
    );
    if (!hasNext) return found;
  }
  throw new NotTold(`there are more than ${mostPages * 100} installations`);
}

/** An installation, as a list tells it. */
export interface InstalledNow {
  id: number;
  account: string;
  suspendedAt: string | null;
}

/** Ids of the repositories that an installation covers. Throws `NotTold`. */
export async function readCoveredRepositories(client: InstallationClient): Promise<number[]> {
  const reading = {
    shape: Repositories,
    items: ({ repositories }: z.infer<typeof Repositories>) => repositories.map(({ id }) => id),
    key: (id: number) => id,
    mostPages,
  };
  return client.repository("", "", "sweep").list("GET /installation/repositories", {}, reading);
}

/**
 * GitHub's attempts to deliver something to the App since that instant: all of them, or, where they take more than `pages`
 * of a hundred, the newest. Throws `NotTold`.
 */
export async function readHookDeliveries(
  app: AppClient,
  since: Date,
  pages = mostPages,
): Promise<{ attempts: HookAttempt[]; isWhole: boolean }> {
  const found = new Map<number, HookAttempt>();
  let cursor: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const asked: Parameters = { per_page: 100, ...(cursor === null ? {} : { cursor }) };
    const { value, next }: Page = await app.get("GET /app/hook/deliveries", asked, Deliveries);
    const recent = value.filter(({ delivered_at: at }) => Date.parse(at) >= since.getTime());
    for (const { id, guid, delivered_at, status_code: code } of recent)
      found.set(id, { id, guid, deliveredAt: delivered_at, arrived: code >= 200 && code < 300 });
    // Newest first: after one that is older there are only older ones.
    if (next === null || recent.length < value.length) return { attempts: [...found.values()], isWhole: true };
    cursor = next;
  }
  return { attempts: [...found.values()], isWhole: false };
}

/** One attempt to deliver an event. */
export interface HookAttempt {
  /** Of the attempt; `guid` is that of the event, and the same for all its attempts. */
  id: number;
  guid: string;
  deliveredAt: string;
  arrived: boolean;
}

/** Has GitHub deliver it once more. Throws `NotTold`. */
export async function askForRedelivery(app: AppClient, id: number): Promise<void> {
  await app.write("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
}

const mostPages = 400;

/** A person or an organisation has a login, an enterprise a slug. */
const Account = z.object({ login: z.string().optional(), slug: z.string().optional() }).nullable();
const Installations = z.array(
  z.object({ id: z.int().positive(), account: Account, suspended_at: z.iso.datetime().nullable() }),
);
const Repositories = z.object({ repositories: z.array(z.object({ id: z.int().positive() })) });
const Deliveries = z.array(
  z.object({ id: z.int(), guid: z.string(), delivered_at: z.iso.datetime(), status_code: z.int() }),
);
type Page = { value: z.infer<typeof Deliveries>; next: string | null };

function nameOf(account: z.infer<typeof Account>): string {
  return account?.login ?? account?.slug ?? "";
}
