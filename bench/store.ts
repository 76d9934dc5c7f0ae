import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { openStore } from "../adapters/store/open-store.ts";
import type { Delivery, Store } from "../adapters/store/store.ts";
import { startPostgres } from "../test/adapters/store/postgres.ts";

/**
 * How many deliveries each database acknowledges durably: as many as 64 senders can give it (closed loop), and at an open
 * loop of 300 a second, with what the event loop waited meanwhile. Bodies of 8 kB. `--seconds 5`
 */
const seconds = Number(process.argv[process.argv.indexOf("--seconds") + 1]) || 5;
const body = JSON.stringify({ text: randomBytes(4000).toString("hex") });
let lastId = 0;

const folder = mkdtempSync(join(tmpdir(), "countersign-bench-store-"));
const postgres = await startPostgres("on the disk");
try {
  console.log("| | acknowledged/s, 64 senders | p50 at 300/s | p99 at 300/s | slowest | event loop p99 |");
  console.log("|---|---|---|---|---|---|");
  await bench("node:sqlite", await openStore({ path: join(folder, "store.db") }));
  await bench("PostgreSQL", await openStore({ url: await postgres.create("bench"), path: "" }));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function bench(name: string, store: Store): Promise<void> {
  await closedLoop(store, 1);
  const perSecond = await closedLoop(store, seconds);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const latencies = await openLoop(store, 300);
  loop.disable();
  const [half, most, slowest] = [0.5, 0.99, 1].map((share) => ms(at(latencies, share)));
  console.log(
    `| ${name} | ${Math.round(perSecond)} | ${half} | ${most} | ${slowest} | ${ms(loop.percentile(99) / 1e6)} |`,
  );
  await store.close();
}

async function closedLoop(store: Store, duration: number): Promise<number> {
  const end = performance.now() + duration * 1000;
  let count = 0;
  const sender = async () => {
    while (performance.now() < end) {
      await store.deliveries.append(nextDelivery());
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: 64 }, sender));
  return count / duration;
}

/** Milliseconds from when each was due to be sent, so that a sender who came late hides nothing; in ascending order. */
async function openLoop(store: Store, perSecond: number): Promise<number[]> {
  const start = performance.now();
  const sent: Promise<number>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = start + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    sent.push(store.deliveries.append(nextDelivery()).then(() => performance.now() - due));
  }
  return (await Promise.all(sent)).sort((a, b) => a - b);
}

function nextDelivery(): Delivery {
  lastId += 1;
  const receivedAt = new Date().toISOString();
  return { id: `delivery ${lastId}`, event: "pull_request", bodyHash: `hash ${lastId}`, body, receivedAt };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
