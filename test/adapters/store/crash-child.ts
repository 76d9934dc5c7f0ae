import { openStore } from "../../../adapters/store/open-store.ts";
import { delivery, entry, effects, mark } from "./sample.ts";

/**
 * A process that is killed in the middle: appends deliveries from several sides at once, and says the id of each on a line
 * of its own once it is acknowledged. Every other one is finished, with its effects, and said once more.
 */
const [path = "", url = "", name = ""] = process.argv.slice(2);
const store = await openStore(url === "" ? { path } : { path, url });

async function append(lane: number): Promise<void> {
  for (let number = 0; ; number += 1) {
    const id = `${name}-${lane}-${number}`;
    await store.deliveries.append(delivery(id));
    process.stdout.write(`stored ${id}\n`);
    if (number % 2 === 0) await workThrough(id);
  }
}

async function workThrough(id: string): Promise<void> {
  const claimed = await store.deliveries.claim(`${name} ${id}`, 1, "2026-02-01", "2026-02-02");
  for (const { id: found } of claimed) {
    const left = effects({ subjects: [mark(found)], audit: [entry(found)] });
    await store.deliveries.finish(found, `${name} ${id}`, "handled", left);
    process.stdout.write(`finished ${found}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, lane) => append(lane)));
