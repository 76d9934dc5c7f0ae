import { expect, test } from "vitest";
import { formatCents, parseAmount } from "../src/lib/money.ts";
import { lineCents, priceOrder } from "../src/orders/pricing.ts";

test.each([
  { quantity: 1, cents: 200 },
  { quantity: 9, cents: 1800 },
  { quantity: 10, cents: 1900 },
  { quantity: 99, cents: 18810 },
])("$quantity pieces of 2.00 cost $cents cents", ({ quantity, cents }) => {
  expect(lineCents({ sku: "mug", quantity, unitCents: 200 })).toBe(cents);
});

test("tax is taken on what is left after the voucher", () => {
  const lines = [{ sku: "mug", quantity: 1, unitCents: 1000 }];
  expect(priceOrder(lines, 20)).toEqual({ netCents: 1000, taxCents: 200, totalCents: 1200 });
  expect(priceOrder(lines, 20, 400)).toEqual({ netCents: 600, taxCents: 120, totalCents: 720 });
  expect(priceOrder(lines, 20, 4000)).toEqual({ netCents: 0, taxCents: 0, totalCents: 0 });
});

test.each([
  { cents: 0, text: "0.00 EUR" },
  { cents: 5, text: "0.05 EUR" },
  { cents: 123456, text: "1234.56 EUR" },
])("$cents cents are written $text", ({ cents, text }) => {
  expect(formatCents(cents, "EUR")).toBe(text);
});

test.each([
  { text: "12", cents: 1200 },
  { text: " 12.5 ", cents: 1250 },
  { text: "0.05", cents: 5 },
  { text: "1e3", cents: undefined },
  { text: "-1", cents: undefined },
])("the amount $text is $cents cents", ({ text, cents }) => {
  expect(parseAmount(text)).toBe(cents);
});
