import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openStore } from "../../adapters/store/open-store.ts";
import { startPostgres } from "../../test/adapters/store/postgres.ts";
import { soak, standardShares } from "./soak.ts";

/**
 * `npm run soak`: 100,000 deliveries over 500 pull requests, with instances that are killed at every call and then at
 * random (instances of the App, not the database); ends with code 1 when an acknowledged delivery was lost or a pull request shows something else than it should.
 * `--store sqlite|postgres --deliveries N --pulls N --instances N --kills N --seed N --minutes N`
 */
const { values } = parseArgs({
  options: {
    store: { type: "string", default: "postgres" },
    deliveries: { type: "string", default: "100000" },
    pulls: { type: "string", default: "500" },
    instances: { type: "string", default: "2" },
    kills: { type: "string", default: "250" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "25" },
  },
});
const folder = mkdtempSync(join(tmpdir(), "countersign-soak-"));
const postgres = values.store === "postgres" ? await startPostgres("in memory") : null;
const began = performance.now();
try {
  const url = await postgres?.create("soak");
  const store = await openStore({ ...(url === undefined ? {} : { url }), path: join(folder, "store.db") });
  const numbers = { deliveries: Number(values.deliveries), pulls: Number(values.pulls), kills: Number(values.kills) };
  const until = () => performance.now() - began > Number(values.minutes) * 60_000;
  const plan = {
    ...numbers,
    instances: Number(values.instances),
    seed: Number(values.seed),
    everyPoint: true,
    ...standardShares,
    until,
  };
  const report = await soak(plan, store);
  await store.close();
  const minutes = Math.round((performance.now() - began) / 6_000) / 10;
  console.log(JSON.stringify({ store: values.store, minutes, ...report }, null, 2));
  const { left, wrong, acknowledgedAndLost, believed } = report;
  if (wrong.length + left.deliveries + left.subjects + acknowledgedAndLost + believed > 0) process.exitCode = 1;
} finally {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
