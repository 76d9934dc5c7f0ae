import { expect, test } from "vitest";
import { lintLimits } from "../../../adapters/sandbox/reader.ts";
import { giveBack, takeReader } from "../../../adapters/sandbox/spare-reader.ts";

test("a process that was given back is taken again, one is kept, and none that is gone or has other limits", async () => {
  const first = await takeReader(lintLimits);
  const second = await takeReader(lintLimits);
  expect(second).not.toBe(first);
  giveBack(first, lintLimits);
  giveBack(second, lintLimits);
  expect(await takeReader(lintLimits)).toBe(first);

  giveBack(first, lintLimits);
  const other = { ...lintLimits, heapMb: 256 };
  const third = await takeReader(other);
  expect(third).not.toBe(first);
  giveBack(third, other);

  expect(await takeReader(lintLimits)).toBe(first);
  first.end();
  giveBack(first, lintLimits);
  const fourth = await takeReader(lintLimits);
  expect(fourth.isAlive()).toBe(true);
  fourth.end();
});
