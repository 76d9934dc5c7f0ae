import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openStore } from "../../../adapters/store/open-store.ts";

/** Instances that start at the same moment on one SQLite file: none is refused because another one is starting, too. */

test("two processes open one file together, new and again, and both write", async () => {
  const folder = mkdtempSync(join(tmpdir(), "store-"));
  const instances = ["one", "two"].map(startInstance);
  const said: string[] = [];
  for (let file = 0; file < files; file += 1)
    for (let again = 0; again < opensOfEach; again += 1)
      said.push(...(await Promise.all(instances.map(({ open }) => open(join(folder, `${file}.db`), again)))));
  for (const { end } of instances) end();
  expect(said.filter((line) => line !== "stored")).toEqual([]);
  expect(said).toHaveLength(2 * files * opensOfEach);
  const store = await openStore({ path: join(folder, "0.db") });
  expect((await store.deliveries.waiting()).count).toBe(2 * opensOfEach);
  await store.close();
  // Each opening waits for the disk some times.
}, 240_000);

const files = 8;
const opensOfEach = 2;

test("whoever has begun to write while another opens the file is waited for", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "store-")), "store.db");
  const other = new DatabaseSync(path);
  // SQLite refuses at once to set the journal's mode meanwhile, however long it is told to wait.
  other.exec("begin immediate");
  const opening = openStore({ path });
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  other.exec("commit");
  other.close();
  const store = await opening;
  await store.ping();
  await store.close();
});

test("four threads of one process open one file together, again and again", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "store-")), "store.db");
  for (let round = 0; round < 3; round += 1) {
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ path })));
    await Promise.all(stores.map((store) => store.ping()));
    await Promise.all(stores.map((store) => store.close()));
  }
});

function startInstance(name: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "open-child.ts"), name], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    open: async (path: string, round: number): Promise<string> => {
      child.stdin.write(`${path}\t${round}\n`);
      const next = await lines.next();
      return next.done === true ? "ended" : next.value;
    },
    end: () => child.stdin.end(),
  };
}
