import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { OrderLine, Price } from "./pricing.ts";

export interface Order extends Price {
  id: string;
  customer: string;
  currency: string;
  status: "open" | "paid" | "cancelled";
  paymentId: string | null;
  createdAt: string;
}

export interface NewOrder extends Price {
  customer: string;
  currency: string;
  lines: OrderLine[];
}

const columns = `id, customer, currency, status, net_cents AS netCents, tax_cents AS taxCents,
  total_cents AS totalCents, payment_id AS paymentId, created_at AS createdAt`;

export class OrderStore {
  readonly #database: DatabaseSync;
  readonly #now: () => number;

  constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  create(order: NewOrder): Order {
    const id = randomUUID();
    const createdAt = new Date(this.#now()).toISOString();
    this.#database
      .prepare(
        `INSERT INTO orders (id, customer, currency, status, net_cents, tax_cents, total_cents, created_at)
         VALUES (?, ?, ?, 'open', ?, ?, ?, ?)`,
      )
      .run(id, order.customer, order.currency, order.netCents, order.taxCents, order.totalCents, createdAt);
    const addLine = this.#database.prepare(
      "INSERT INTO order_lines (order_id, position, sku, quantity, unit_cents) VALUES (?, ?, ?, ?, ?)",
    );
    for (const [position, line] of order.lines.entries()) {
      addLine.run(id, position, line.sku, line.quantity, line.unitCents);
    }
    const { lines: _, ...rest } = order;
    return { ...rest, id, status: "open", paymentId: null, createdAt };
  }

  find(id: string): Order | undefined {
    const row = this.#database.prepare(`SELECT ${columns} FROM orders WHERE id = ?`).get(id);
    return row as Order | undefined;
  }

  listFor(customer: string): Order[] {
    const rows = this.#database
      .prepare(`SELECT ${columns} FROM orders WHERE customer = ? ORDER BY created_at, id`)
      .all(customer);
    return rows as unknown as Order[];
  }

  markPaid(id: string, paymentId: string): void {
    this.#database
      .prepare("UPDATE orders SET status = 'paid', payment_id = ? WHERE id = ? AND status = 'open'")
      .run(paymentId, id);
  }

  cancel(id: string): void {
    this.#database.prepare("UPDATE orders SET status = 'cancelled' WHERE id = ? AND status = 'open'").run(id);
  }
}
