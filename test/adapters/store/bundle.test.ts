import { join } from "node:path";
import { expect, test } from "vitest";
import { runBundled } from "../../bundle.ts";
import { newFolder } from "../../git-repository.ts";

test("in a bundle the store finds the file of its thread", async () => {
  const contents = `
    const { openStore } = await import("./adapters/store/open-store.ts");
    const store = await openStore({ path: process.argv[2] });
    await store.ping();
    console.log(await store.subjects.waiting());
    await store.close();`;
  expect(await runBundled(contents, join(newFolder(), "folder/store.db"))).toBe("{ count: 0, oldest: null }\n");
});
