import { openStore } from "../../../adapters/store/open-store.ts";
import { StoreFault } from "../../../adapters/store/store.ts";
import { delivery } from "./sample.ts";

/** Appends until the disk is full: a line for each that was acknowledged, and one for the fault that ended it. */
const store = await openStore({ path: process.argv[2] ?? "" });
try {
  for (let number = 0; number < 1000; number += 1) {
    await store.deliveries.append(delivery(`d${number}`, { body: "x".repeat(20_000) }));
    process.stdout.write(`d${number}\n`);
  }
} catch (error) {
  const told = error instanceof StoreFault ? error.message.replace("The database did not do what was asked: ", "") : "";
  process.stdout.write(`StoreFault: ${told}\n`);
}
await store.close();
