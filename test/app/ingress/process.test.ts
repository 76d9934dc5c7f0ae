import { fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../../adapters/store/open-store.ts";
import { bytes, deliver, push, sign } from "./serve.ts";

let folder = "";
const children: ChildProcess[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "countersign-ingress-"))));
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function start() {
  // As `npm run app` starts Node.
  const execArgv = ["--max-semi-space-size=4"];
  const child = fork(join(import.meta.dirname, "ingress-child.ts"), [join(folder, "store.db")], {
    ...{ silent: true, execArgv },
  });
  children.push(child);
  const told = async <T>(): Promise<T> => ((await once(child, "message")) as [T])[0];
  const { port } = await told<{ port: number }>();
  const peakMb = async () => {
    child.send("memory");
    return (await told<{ peakMb: number }>()).peakMb;
  };
  return { child, port, peakMb };
}

test("row 11: of what was acknowledged before the process was killed, nothing is lost", async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    const { child, port } = await start();
    const before = acknowledged.size;
    let isDone = false;
    const send = async (): Promise<void> => {
      while (!isDone) {
        const id = randomUUID();
        const { status } = await deliver(port, push(), { "x-github-delivery": id });
        if (status === 202) acknowledged.add(id);
        else isDone = true;
      }
    };
    const senders = Array.from({ length: 16 }, send);
    while (acknowledged.size < before + 50 + round * 37) await wait(1);
    child.kill("SIGKILL");
    await Promise.all(senders);
  }
  const store = await openStore({ path: join(folder, "store.db") });
  const far = "9999-01-01T00:00:00.000Z";
  const stored = new Set((await store.deliveries.claim("test", 1_000_000, far, far)).map(({ id }) => id));
  await store.close();
  expect(acknowledged.size).toBeGreaterThan(250);
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
});

test("row 3, row 4: twenty forged posts of 200 MB at once take little memory, and hold up nobody", async () => {
  const { port, peakMb } = await start();
  for (let at = 0; at < 50; at += 1) await deliver(port, push());
  const before = await peakMb();
  const signature = { "x-hub-signature-256": sign("") };
  const forged = Array.from({ length: 20 }, (_, index) =>
    // Half say how long they are, which is refused unread.
    deliver(port, bytes(200e6), { ...signature, ...(index % 2 === 0 ? { "content-length": 200e6 } : {}) }),
  );
  const latencies: number[] = [];
  for (let at = 0; at < 100; at += 1) {
    const { status, ms } = await deliver(port, push());
    expect(status).toBe(202);
    latencies.push(ms);
    await wait(5);
  }
  const statuses = (await Promise.all(forged)).map((answer) => answer.status);
  expect(statuses.filter((status) => ![413, 408, 0].includes(status))).toEqual([]);
  expect(statuses.filter((status) => status === 413).length).toBeGreaterThanOrEqual(10);
  expect(latencies.toSorted((a, b) => a - b)[98]).toBeLessThan(3_000);
  const peak = await peakMb();
  process.stdout.write(`peak memory ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB after\n`);
  // Of the rest of its memory, much is what translates these sources; bench/app-ingress.ts measures what is built.
  expect(peak - before).toBeLessThan(250);
});
