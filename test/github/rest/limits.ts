import { laid, sample } from "../sample.ts";
import { ok, type Routes } from "./route.ts";

/** The budget as GitHub tells it; the headers of every answer say the same. */
export const limitRoutes: Routes = {
  "rate-limit/get": { needs: "nobody", answer: () => ok(laid(sample("rate-limit-overview"), {})) },
};
