import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as z from "zod";

/**
 * A process of its own that serves GitHub's artifact storage on a free loopback port, with the code of another project
 * (dtu-github-actions). That project's usual start listens on all interfaces and ends other processes, so only its
 * routes are used, without its reset. It prints its address, and ends when its standard input does.
 */
const Service = z.object({
  bootstrapAndReturnApp: z.custom<(options: { reset: false }) => Promise<{ handler: unknown }>>(
    (value) => typeof value === "function",
  ),
});
const Handler = z.custom<(request: unknown, response: unknown) => void>((value) => typeof value === "function");

const routes: unknown = await import(
  new URL("../../node_modules/dtu-github-actions/dist/server/index.js", import.meta.url).href
);
const app = await Service.parse(routes).bootstrapAndReturnApp({ reset: false });
const handle = Handler.parse(app.handler);
const server = createServer((request, response) => handle(request, response));
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
process.stdin.resume().on("end", () => process.exit(0));
