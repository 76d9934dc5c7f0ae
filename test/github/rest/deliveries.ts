import { Refusal } from "../refusal.ts";
import type { Delivery } from "../state.ts";
import { ok, type Call, type Routes } from "./route.ts";

/** What was sent to the App, newest first, and sending it again. https://docs.github.com/en/rest/apps/webhooks */
export const deliveryRoutes: Routes = {
  "apps/list-webhook-deliveries": { needs: "app", answer: listDeliveries },
  "apps/get-webhook-delivery": {
    needs: "app",
    answer: (call) => {
      const delivery = ownDelivery(call);
      const request = {
        headers: { "X-GitHub-Delivery": delivery.guid },
        payload: JSON.parse(delivery.body) as unknown,
      };
      return ok({ ...itemOf(delivery), url: call.world.url, request, response: { headers: {}, payload: "" } });
    },
  },
  "apps/redeliver-webhook-delivery": {
    needs: "app",
    answer: (call) => {
      call.webhooks.redeliver(ownDelivery(call));
      return { status: 202, data: {} };
    },
  },
};

function listDeliveries(call: Call) {
  const all = own(call).reverse();
  const wanted = call.query("status");
  const good = ({ statusCode }: Delivery) => statusCode >= 200 && statusCode < 300;
  const kept = all.filter((each) => wanted === null || good(each) === (wanted === "success"));
  const size = Number(call.query("per_page") ?? 30);
  const from = Number((call.query("cursor") ?? "v1_0").replace("v1_", ""));
  const next = new URL(call.url);
  next.searchParams.set("cursor", `v1_${from + size}`);
  const link: Record<string, string> = from + size < kept.length ? { link: `<${next.href}>; rel="next"` } : {};
  return { data: kept.slice(from, from + size).map(itemOf), headers: { link: "", ...link } };
}

function own(call: Call): Delivery[] {
  const { caller, world } = call;
  return world.deliveries.filter(
    ({ app, status }) => caller.kind === "app" && app === caller.app.id && status !== "pending",
  );
}

function ownDelivery(call: Call): Delivery {
  const found = own(call).find(({ id }) => id === call.number("delivery_id"));
  if (found === undefined) throw new Refusal(404, "Not Found");
  return found;
}

function itemOf(delivery: Delivery) {
  const { id, guid, deliveredAt, redelivery, duration, status, statusCode, event, action } = delivery;
  return {
    ...{ id, guid, delivered_at: deliveredAt, redelivery, duration, status, status_code: statusCode, event, action },
    ...{ installation_id: delivery.installation, repository_id: delivery.repository, throttled_at: null },
  };
}
