import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../../adapters/store/open-store.ts";

test("on a full disk nothing is acknowledged that is not there, and it goes on when there is room", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "store-")), "store.db");
  const program = join(import.meta.dirname, "full-disk-child.ts");
  // The system's limit on a file's size stands for the disk's end: 1 kB blocks, and no signal but an error.
  const limited = `trap '' XFSZ; ulimit -f 3000; exec "$0" "$@"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", limited, process.execPath, program, path], { encoding: "utf8" });
  expect(stderr).toBe("");
  const lines = stdout.trim().split("\n");
  expect(lines.pop()).toBe("StoreFault: disk I/O error. Make room on its disk; nothing that was acknowledged is lost.");
  expect(lines.length).toBeGreaterThan(20);

  const store = await openStore({ path });
  const waiting = await store.deliveries.claim("me", 1000, "2027-01-01", "2027-01-02");
  expect(waiting.map(({ id }) => id).sort()).toEqual(lines.sort());
  await store.ping();
  await store.close();
});
