import { expect, test } from "vitest";
import { isLost } from "../../../app/lost.ts";
import { startBench } from "./bench.ts";

test("a repository that the App lost is remembered as lost, and not once it is there again", async () => {
  const { world, clock, tell, store } = await startBench();
  const lost = async () => isLost(await store.memory.of("repository/71"));
  expect(await lost()).toBe(false);
  world.repositories.get(71)!.gone = true;
  await tell({ kind: "rename" });
  await clock.advance(3_000);
  expect(await lost()).toBe(true);
  world.repositories.get(71)!.gone = false;
  await tell({ kind: "rename" });
  await clock.advance(3_000);
  expect(await lost()).toBe(false);
});
