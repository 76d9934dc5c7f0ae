import { percentOf } from "../lib/money.ts";

export interface OrderLine {
  sku: string;
  quantity: number;
  unitCents: number;
}

export interface Price {
  netCents: number;
  taxCents: number;
  totalCents: number;
}

/** Ten pieces of one article cost 5 % less, a hundred pieces 12 % less. */
export function lineCents(line: OrderLine): number {
  const full = line.quantity * line.unitCents;
  if (line.quantity >= 100) return full - percentOf(full, 12);
  if (line.quantity >= 10) return full - percentOf(full, 5);
  return full;
}

/** What an order costs. A voucher is taken off before tax and never makes the order negative. */
export function priceOrder(lines: OrderLine[], taxPercent: number, voucherCents = 0): Price {
  const sum = lines.reduce((total, line) => total + lineCents(line), 0);
  const netCents = Math.max(0, sum - voucherCents);
  const taxCents = percentOf(netCents, taxPercent);
  return { netCents, taxCents, totalCents: netCents + taxCents };
}
