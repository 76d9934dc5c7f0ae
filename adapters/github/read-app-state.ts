import * as z from "zod";
import type { Evidence } from "../../core/evidence.ts";
import type { AppClient } from "./app-token.ts";
import { evidenceOf } from "./client.ts";

/** What may be done, and what is heard of. */
export interface Rights {
  /** `read`, `write` or `admin` by name. */
  permissions: Readonly<Record<string, string>>;
  events: readonly string[];
}

/** The App as GitHub has it. */
export interface AppState {
  id: number;
  own: Rights;
  installation: Evidence<{ id: number; isSuspended: boolean; rights: Rights }>;
  /** Where webhooks go; empty: nowhere. */
  webhookUrl: string;
  /** Where they should go; null: nobody said. */
  expectedWebhookUrl: string | null;
  /** The latest hundred: how many, and the status of each that was not answered well. */
  deliveries: Evidence<{ seen: number; failed: readonly number[] }>;
}

const AnyRights = z.looseObject({
  permissions: z.record(z.string(), z.string().optional()),
  events: z.array(z.string()),
});
const App = z.looseObject({ ...AnyRights.shape, id: z.number() });
const Installation = z.looseObject({ ...AnyRights.shape, id: z.number(), suspended_at: z.string().nullish() });
const Hook = z.looseObject({ url: z.string().default("") });
const Deliveries = z.array(z.looseObject({ status_code: z.number() }));

/** Reads the App, its installation on one repository, and how its webhooks arrive. Throws `NotTold` for the App itself. */
export async function readAppState(
  app: AppClient,
  { owner, name }: { owner: string; name: string },
  expectedWebhookUrl: string | null,
): Promise<AppState> {
  const { value: own } = await app.get("GET /app", {}, App);
  const { value: hook } = await app.get("GET /app/hook/config", {}, Hook);
  const installation = await evidenceOf(
    "the installation",
    `the App is not installed on ${owner}/${name}`,
    async () => {
      const { value } = await app.get("GET /repos/{owner}/{repo}/installation", { owner, repo: name }, Installation);
      return { id: value.id, isSuspended: value.suspended_at != null, rights: rightsOf(value) };
    },
  );
  const deliveries = await evidenceOf("the deliveries", "GitHub did not tell them", async () => {
    const { value } = await app.get("GET /app/hook/deliveries", { per_page: 100 }, Deliveries);
    const statuses = value.map(({ status_code }) => status_code);
    return { seen: statuses.length, failed: statuses.filter((status) => status < 200 || status > 299) };
  });
  return { id: own.id, own: rightsOf(own), installation, webhookUrl: hook.url, expectedWebhookUrl, deliveries };
}

function rightsOf({ permissions, events }: z.infer<typeof AnyRights>): Rights {
  const all = Object.entries(permissions).flatMap(([name, access]): [string, string][] =>
    access === undefined ? [] : [[name, access]],
  );
  return { permissions: Object.fromEntries(all), events };
}
