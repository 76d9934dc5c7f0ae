import type { Budgets } from "../budgets.ts";
import { laid, sample } from "../sample.ts";
import { callerName } from "../tokens.ts";
import { ok, type Routes } from "./route.ts";

/** The budget as GitHub tells it; the headers of every answer say the same. */
export function limitRoutes(budgets: Budgets): Routes {
  return {
    "rate-limit/get": {
      needs: "nobody",
      answer: ({ caller }) => {
        const name = callerName(caller);
        const core = budgets.left(name, "core");
        const resources = { core, graphql: budgets.left(name, "graphql") };
        return ok(laid(sample("rate-limit-overview"), { resources, rate: core }));
      },
    },
  };
}
