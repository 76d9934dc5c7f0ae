import { mayActFor, sessionOf, type Guards } from "../auth/guard.ts";
import { HttpError, type Context, type Router } from "../http/router.ts";
import type { PaymentClient } from "../payments/client.ts";
import { priceOrder, type OrderLine } from "./pricing.ts";
import type { Order, OrderStore } from "./store.ts";

export interface OrderParts {
  orders: OrderStore;
  payments: PaymentClient;
  guards: Guards;
  taxPercent: number;
}

export function addOrderRoutes(router: Router, parts: OrderParts): void {
  const { requireSession } = parts.guards;

  router.post("/orders", requireSession, (context) => {
    const { customer } = sessionOf(context);
    const { lines, currency } = orderBody(context.body);
    const price = priceOrder(lines, parts.taxPercent);
    return { status: 201, body: parts.orders.create({ customer, currency, lines, ...price }) };
  });

  router.get("/orders", requireSession, (context) => {
    return { status: 200, body: parts.orders.listFor(sessionOf(context).customer) };
  });

  router.get("/orders/:id", requireSession, (context) => {
    return { status: 200, body: visibleOrder(parts.orders, context) };
  });

  router.post("/orders/:id/pay", requireSession, async (context) => {
    const order = visibleOrder(parts.orders, context);
    if (order.status !== "open") throw new HttpError(409, `the order is ${order.status}`);
    const paymentId = await parts.payments.charge(order.id, order.totalCents, order.currency);
    parts.orders.markPaid(order.id, paymentId);
    return { status: 200, body: parts.orders.find(order.id) };
  });

  router.post("/orders/:id/cancel", requireSession, (context) => {
    const order = visibleOrder(parts.orders, context);
    if (order.status !== "open") throw new HttpError(409, `the order is ${order.status}`);
    parts.orders.cancel(order.id);
    return { status: 204 };
  });
}

/** The order in the path. Another customer's order looks like a missing one. */
export function visibleOrder(orders: OrderStore, context: Context): Order {
  const order = orders.find(context.params["id"] ?? "");
  if (!order || !mayActFor(sessionOf(context), order.customer)) {
    throw new HttpError(404, "no such order");
  }
  return order;
}

function orderBody(body: unknown): { lines: OrderLine[]; currency: string } {
  if (typeof body !== "object" || body === null) throw new HttpError(400, "an order is an object");
  const { lines, currency } = body as { lines?: unknown; currency?: unknown };
  if (typeof currency !== "string" || !/^[A-Z]{3}$/.test(currency)) {
    throw new HttpError(400, "currency must be three capital letters");
  }
  if (!Array.isArray(lines) || lines.length === 0) {
    throw new HttpError(400, "an order needs at least one line");
  }
  return { lines: lines.map(orderLine), currency };
}

function orderLine(value: unknown): OrderLine {
  const { sku, quantity, unitCents } = (value ?? {}) as Partial<Record<keyof OrderLine, unknown>>;
  if (typeof sku !== "string" || sku === "") throw new HttpError(400, "a line needs a sku");
  return { sku, quantity: count(quantity, 1, "quantity"), unitCents: count(unitCents, 0, "unitCents") };
}

function count(value: unknown, least: number, name: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least) {
    throw new HttpError(400, `${name} must be a whole number from ${least}`);
  }
  return value;
}
