import { afterEach, beforeEach, expect, test } from "vitest";
import { startService, type Service } from "./support/service.ts";

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const order = { currency: "EUR", lines: [{ sku: "mug", quantity: 2, unitCents: 1250 }] };

test("a customer places an order and sees it again", async () => {
  const placed = await service.call("POST", "/orders", { as: "carla", body: order });
  expect(placed).toMatchObject({
    status: 201,
    body: { customer: "carla", status: "open", netCents: 2500, taxCents: 500, totalCents: 3000 },
  });
  const shown = await service.call("GET", `/orders/${placed.body.id}`, { as: "carla" });
  expect(shown).toEqual({ status: 200, body: placed.body });
  const list = await service.call("GET", "/orders", { as: "carla" });
  expect(list.body).toHaveLength(1);
});

test("another customer's order looks like a missing one, support sees it", async () => {
  const { body } = await service.call("POST", "/orders", { as: "carla", body: order });
  expect(await service.call("GET", `/orders/${body.id}`, { as: "dora" })).toMatchObject({ status: 404 });
  expect(await service.call("GET", `/orders/${body.id}`, { as: "sam", role: "support" })).toMatchObject({
    status: 200,
  });
});

test("nobody gets in without a session", async () => {
  expect(await service.call("GET", "/orders")).toEqual({ status: 401, body: { error: "sign in first" } });
});

test("paying charges the whole amount once", async () => {
  const { body } = await service.call("POST", "/orders", { as: "carla", body: order });
  const paid = await service.call("POST", `/orders/${body.id}/pay`, { as: "carla" });
  expect(paid).toMatchObject({ status: 200, body: { status: "paid", paymentId: "pay-1" } });
  expect(service.provider.calls).toEqual([
    {
      path: "/charges",
      body: { key: body.id, cents: 3000, currency: "EUR", text: `Order ${body.id}, 30.00 EUR` },
    },
  ]);
  const again = await service.call("POST", `/orders/${body.id}/pay`, { as: "carla" });
  expect(again).toEqual({ status: 409, body: { error: "the order is paid" } });
});

test("a declined payment leaves the order open", async () => {
  const { body } = await service.call("POST", "/orders", { as: "carla", body: order });
  service.provider.answers.push({ status: 402 });
  expect(await service.call("POST", `/orders/${body.id}/pay`, { as: "carla" })).toMatchObject({
    status: 402,
  });
  expect(await service.call("GET", `/orders/${body.id}`, { as: "carla" })).toMatchObject({
    body: { status: "open" },
  });
});

test.each([
  { says: "fails", answer: { status: 500 }, error: "the payment provider answered 500" },
  { says: "sends no id", answer: { status: 200, body: {} }, error: "the payment provider sent no id" },
])("a provider that $says is a bad gateway", async ({ answer, error }) => {
  const { body } = await service.call("POST", "/orders", { as: "carla", body: order });
  service.provider.answers.push(answer);
  expect(await service.call("POST", `/orders/${body.id}/pay`, { as: "carla" })).toEqual({
    status: 502,
    body: { error },
  });
});

test("an open order can be cancelled", async () => {
  const { body } = await service.call("POST", "/orders", { as: "carla", body: order });
  expect(await service.call("POST", `/orders/${body.id}/cancel`, { as: "carla" })).toEqual({
    status: 204,
    body: undefined,
  });
});

test.each([
  { says: "no object", body: undefined, error: "an order is an object" },
  { says: "no JSON", body: "{", error: "the body is not JSON" },
  { says: "no currency", body: { lines: order.lines }, error: "currency must be three capital letters" },
  { says: "no line", body: { currency: "EUR", lines: [] }, error: "an order needs at least one line" },
  {
    says: "half a mug",
    body: { currency: "EUR", lines: [{ sku: "mug", quantity: 0.5, unitCents: 1 }] },
    error: "quantity must be a whole number from 1",
  },
])("an order with $says is refused", async ({ body, error }) => {
  expect(await service.call("POST", "/orders", { as: "carla", body })).toEqual({
    status: 400,
    body: { error },
  });
});

test("an unknown path and a wrong method are told apart", async () => {
  expect(await service.call("GET", "/nowhere")).toMatchObject({ status: 404 });
  expect(await service.call("POST", "/health")).toMatchObject({ status: 405 });
});
