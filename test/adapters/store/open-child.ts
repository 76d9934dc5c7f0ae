import { createInterface } from "node:readline";
import { openStore } from "../../../adapters/store/open-store.ts";
import { delivery } from "./sample.ts";

/**
 * An instance that starts and ends again and again: opens the file that a line names, stores one delivery in it, closes it,
 * and says so, or why it could not.
 */
const [name = ""] = process.argv.slice(2);

for await (const line of createInterface({ input: process.stdin })) {
  const [path = "", round = ""] = line.split("\t");
  try {
    const store = await openStore({ path });
    await store.deliveries.append(delivery(`${name} ${round}`));
    await store.close();
    process.stdout.write("stored\n");
  } catch (error) {
    process.stdout.write(`${String(error)}\n`);
  }
}
