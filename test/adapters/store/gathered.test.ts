import { expect, test } from "vitest";
import { gathered } from "../../../adapters/store/gathered.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("what one turn of the event loop brings is handed on at once, in its order, and what comes later goes by itself", async () => {
  const sent: number[][] = [];
  const hand = gathered((all: number[]) => sent.push(all));
  hand(1);
  await Promise.resolve();
  hand(2);
  expect(sent).toEqual([]);
  await turn();
  hand(3);
  await turn();
  await turn();
  expect(sent).toEqual([[1, 2], [3]]);
});
