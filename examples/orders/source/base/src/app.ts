import type { Server } from "node:http";
import { guards } from "./auth/guard.ts";
import type { Config } from "./config.ts";
import { openDatabase } from "./db.ts";
import { Router } from "./http/router.ts";
import { serve } from "./http/server.ts";
import { addOrderRoutes } from "./orders/routes.ts";
import { OrderStore } from "./orders/store.ts";
import { PaymentClient } from "./payments/client.ts";

/** Puts the service together. The clock comes in, so that tests can hold it still. */
export function createApp(config: Config, now: () => number = Date.now): Server {
  const database = openDatabase(config.databasePath);
  const orders = new OrderStore(database, now);
  const payments = new PaymentClient({ url: config.paymentsUrl, timeoutMs: config.paymentsTimeoutMs });
  const router = new Router();

  router.get("/health", () => ({ status: 200, body: { ok: true } }));
  addOrderRoutes(router, {
    orders,
    payments,
    guards: guards(config.sessionSecret, now),
    taxPercent: config.taxPercent,
  });
  return serve(router);
}
