import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../adapters/store/open-store.ts";
import { soak, standardShares } from "../../bench/soak/soak.ts";
import { modelStore } from "../adapters/store/model-store.ts";

/** `npm run soak` does the same with 100,000 deliveries. */
const plan = { deliveries: 2_000, pulls: 60, instances: 2, seed: 1, ...standardShares };

test.each([
  {
    says: "the model of a store, with instances that die before and after every call",
    open: () => Promise.resolve(modelStore()),
    more: { kills: 60, everyPoint: true },
  },
  {
    says: "SQLite, with instances that die",
    open: () => openStore({ path: join(mkdtempSync(join(tmpdir(), "soak-")), "store.db") }),
    more: { kills: 10, everyPoint: false },
  },
])(
  "2,000 deliveries, twice, late, lost or forged, on $says",
  async ({ open, more }) => {
    const store = await open();
    const report = await soak({ ...plan, ...more }, store);
    await store.close();
    expect(report).toMatchObject({
      ...{ delivered: 2_000, believed: 0, acknowledgedAndLost: 0, left: { deliveries: 0, subjects: 0 }, wrong: [] },
    });
    expect(report.kills).toBeGreaterThanOrEqual(more.kills);
    if (more.everyPoint) expect(report.points).toBe(report.pointsInAll);
    expect(Math.min(report.forged, report.lost)).toBeGreaterThan(0);
  },
  300_000,
);
