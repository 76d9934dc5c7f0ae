import * as z from "zod";
import { type Database, type Parameter, type Query, storable } from "./database.ts";
import { compareBytes } from "./rows.ts";
import * as statements from "./statements.ts";
import type { Delivery } from "./store.ts";

/** What one delivery's append answers, given whether the statement for the whole group has stored it. */
type Answer<T> = (query: Query, delivery: Delivery, stored: boolean) => Promise<T>;

/**
 * For a server: deliveries that come while a group of them is on its way wait for the next group, and travel in one
 * statement. One by one, each would cost three exchanges with the server and a flush of its disk.
 */
export function appendTogether<T>(database: Database, answer: Answer<T>): (delivery: Delivery) => Promise<T> {
  let waiting: Waiting<T>[] = [];
  let running = false;
  const run = async () => {
    running = true;
    while (waiting.length > 0) {
      const group = nextGroup(waiting);
      waiting = waiting.slice(group.length);
      await appendGroup(database, group, answer);
    }
    running = false;
  };
  return (delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject });
      if (!running) void run();
    });
}

interface Waiting<T> {
  delivery: Delivery;
  resolve: (answer: T) => void;
  reject: (error: unknown) => void;
}

/** Bound the memory of one statement, and how long the last of a group waits. One alone goes whatever its size. */
const [mostAtOnce, mostCharacters] = [200, 8_000_000];

function nextGroup<T>(waiting: readonly Waiting<T>[]): Waiting<T>[] {
  let characters = 0;
  const end = waiting.findIndex(({ delivery }, index) => {
    characters += delivery.body.length;
    return index === mostAtOnce || (index > 0 && characters > mostCharacters);
  });
  return end === -1 ? [...waiting] : waiting.slice(0, end);
}

async function appendGroup<T>(database: Database, group: readonly Waiting<T>[], answer: Answer<T>): Promise<void> {
  try {
    const answers = await database.write(async (query) => {
      const firsts = firstOfEach(group.map(({ delivery }) => delivery));
      const rows = await query(statements.insertDeliveries, JSON.stringify(firsts.map((each) => rowOf(each))));
      const stored = new Set<Parameter>(
        z
          .array(z.object({ id: z.string() }))
          .parse(rows)
          .map(({ id }) => id),
      );
      const found: T[] = [];
      for (const { delivery } of group) {
        found.push(await answer(query, delivery, firsts.includes(delivery) && stored.has(storable(delivery.id))));
      }
      return found;
    });
    for (const [index, each] of group.entries()) each.resolve(answers[index]!);
  } catch (error) {
    for (const each of group) each.reject(error);
  }
}

/** In the order of ids: two groups that met the other way round would wait for each other's rows. */
function firstOfEach(deliveries: readonly Delivery[]): Delivery[] {
  const firsts = new Map<string, Delivery>();
  for (const delivery of deliveries) if (!firsts.has(delivery.id)) firsts.set(delivery.id, delivery);
  return [...firsts.values()].sort((a, b) => compareBytes(a.id, b.id));
}

function rowOf({ id, event, bodyHash, body, receivedAt }: Delivery): Record<string, unknown> {
  const row = { id, event, body_hash: bodyHash, body, received_at: receivedAt };
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, storable(value)]));
}
