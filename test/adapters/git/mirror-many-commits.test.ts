import { expect, test, vi } from "vitest";
import { changeLimits } from "../../../adapters/git/read-change.ts";
import { counted, countedByGit, useMirrored } from "./mirrored-github.ts";

/** Fault 33 at its sizes, over HTTP from a real repository through the mirror: all of it is read, as git counts it. */
const mirrored = useMirrored();

// Thousands of commits go through several processes of git; on busy cores that takes a while.
vi.setConfig({ testTimeout: 240_000 });

test("33. 251, 2,000 and 10,000 commits, of 1,255, 10,000 and 50,000 files, one after the other in one mirror", async () => {
  const all = Array.from({ length: changeLimits.commits }, (_, step) => {
    const folder = `${step % 100}/${Math.floor(step / 100)}`;
    const files = Array.from({ length: 5 }, (_each, file) => [`${folder}/${file}.ts`, `${step}\n`] as const);
    return { files };
  });
  const made = mirrored.push(all);
  for (const count of [251, 2_000, changeLimits.commits]) {
    const head = made[count - 1]!;
    const told = counted(await mirrored.read(head));
    expect(told).toEqual(countedByGit(mirrored.orders, head));
    expect(told).toMatchObject({ commits: count, files: count * 5 });
  }
});
