import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Store } from "../../../adapters/store/store.ts";
import { pages, type PagesSettings } from "../../../app/pages/index.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { sampleSettings } from "./pages-sample.ts";

export interface ServedPages {
  origin: string;
  settings: PagesSettings;
  store: Store;
  /** What the log was told. */
  errors: unknown[];
  /** The pages' own time, which a test moves. */
  clock: { now: Date };
}

/** The pages on a port of loopback, as the App's server lends them its requests. */
export async function servePages(rest: Partial<PagesSettings> = {}, store: Store = modelStore()): Promise<ServedPages> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const settings = sampleSettings({ publicUrl: null, listen: { host: "127.0.0.1", port }, ...rest });
  const errors: unknown[] = [];
  const clock = { now: new Date("2026-11-21T21:00:00Z") };
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (_event: string, error: unknown) => void errors.push(error),
  };
  const handle = pages({ store, log, clock: { now: () => clock.now, sleep: () => Promise.resolve() } }, settings);
  server.on("request", (request, response) => {
    void handle(request, response).then((isMine) => {
      if (!isMine) response.writeHead(418).end();
    });
  });
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(close);
  return { origin: `http://127.0.0.1:${port}`, settings, store, errors, clock };
}
