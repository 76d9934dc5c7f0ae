import { openStore } from "../../../adapters/store/open-store.ts";
import { serveIngress } from "./serve.ts";

/** The ingress on SQLite in a process of its own: one that can be killed, and whose memory is its own. */
const { port } = await serveIngress(await openStore({ path: process.argv[2] ?? "" }));
process.send?.({ port });
process.on("message", () => process.send?.({ peakMb: process.resourceUsage().maxRSS / 1024 }));
process.on("disconnect", () => process.exit());
