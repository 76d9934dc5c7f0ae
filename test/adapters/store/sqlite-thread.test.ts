import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { openStore } from "../../../adapters/store/open-store.ts";
import { StoreFault } from "../../../adapters/store/store.ts";
import { delivery } from "./sample.ts";

/** A store in a folder of its own, with its thread, and what it told of its end. */
async function opened() {
  const ends: StoreFault[] = [];
  const thread = once(process, "worker") as Promise<[Worker]>;
  const path = join(mkdtempSync(join(tmpdir(), "store-")), "store.db");
  const store = await openStore({ path }, (fault) => ends.push(fault));
  return { store, thread: (await thread)[0], ends };
}

test("a thread that ends is told once, and everything that is asked fails at once", async () => {
  const { store, thread, ends } = await opened();
  const asked = store.deliveries.append(delivery("a")).catch((error: unknown) => error);
  await thread.terminate();
  expect(await asked).toBeInstanceOf(StoreFault);
  await expect(store.ping()).rejects.toThrow("The database's thread stopped: it ended. Start Countersign again.");
  expect(ends.map(({ message }) => message)).toEqual([
    "The database's thread stopped: it ended. Start Countersign again.",
  ]);
  await store.close();
});

test("one that is closed is no thread that ended", async () => {
  const { store, thread, ends } = await opened();
  const ended = once(thread, "exit");
  await store.close();
  await ended;
  expect(ends).toEqual([]);
});
