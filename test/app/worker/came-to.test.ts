import { expect, test } from "vitest";
import { cameTo, keepCameTo, startingAfter } from "../../../app/worker/came-to.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { systemClock } from "../../../app/system-clock.ts";

test.each([
  { says: "what was kept", value: '{"repository":7}', is: 7 },
  { says: "nothing, of another version's shape", value: '{"name":"orders"}', is: 0 },
  { says: "nothing, of what is no JSON", value: "orders", is: 0 },
])("a sweep goes on behind $says", async ({ value, is }) => {
  const store = modelStore();
  await keepCameTo(1, 7, { store, clock: systemClock });
  const [kept] = await store.memory.of("installation/1");
  await store.memory.remember([{ ...kept!, value }]);
  expect(await cameTo(1, store)).toBe(is);
});

test("where none was kept, it begins at the first", async () => {
  expect(startingAfter(await cameTo(1, modelStore()), [3, 1, 2])).toEqual([1, 2, 3]);
  expect(startingAfter(2, [3, 1, 2])).toEqual([3, 1, 2]);
});
