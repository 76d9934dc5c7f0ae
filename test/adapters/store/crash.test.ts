import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import type { Store } from "../../../adapters/store/store.ts";
import { type Place, useEngines } from "./engines.ts";

const { databases } = useEngines();

describe.each(databases)("$name", ({ newPlace, open }) => {
  test("what was acknowledged is there after kill -9, and nothing is there by half", async () => {
    const place = await newPlace();
    const said: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const children = [startChild(place, `${round} one`, said), startChild(place, `${round} two`, said)];
      await Promise.all(children.map(({ lines }) => lines(40 + 25 * round)));
      await Promise.all(children.map(({ kill }) => kill()));
    }
    const store = await open(place);
    const found = await readAll(store);
    await store.close();

    const stored = said.filter((line) => line.startsWith("stored ")).map((line) => line.slice("stored ".length));
    const finished = said.filter((line) => line.startsWith("finished ")).map((line) => line.slice("finished ".length));
    expect(stored.length).toBeGreaterThan(100);
    expect(new Set(finished).size).toBe(finished.length);
    expect(stored.filter((id) => !found.waiting.has(id) && !found.handled.has(id))).toEqual([]);
    expect(finished.filter((id) => !found.handled.has(id))).toEqual([]);
    // A delivery's end and its effects are one: the subject is marked exactly where the audit line stands, once.
    expect([...found.handled].sort()).toEqual(found.marked);
    expect([...found.handled].filter((id) => found.waiting.has(id))).toEqual([]);
    expect(found.serials).toEqual(found.serials.map((_, index) => index + 1));
  });
});

function startChild(place: Place, name: string, said: string[]) {
  const program = join(import.meta.dirname, "crash-child.ts");
  const child = spawn(process.execPath, [program, place.path, place.url ?? "", name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const reader = createInterface({ input: child.stdout });
  // A line that the kill cut short was not acknowledged.
  let seen = 0;
  reader.on("line", (line) => {
    seen += 1;
    if (line.startsWith("stored ") || line.startsWith("finished ")) said.push(line);
  });
  return {
    lines: async (count: number) => {
      while (seen < count && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function readAll(store: Store) {
  const audit = await store.audit.read(0, 1_000_000);
  const later = ["2027-01-01", "2027-01-02"] as const;
  return {
    handled: new Set(audit.map(({ detail }) => detail)),
    serials: audit.map(({ serial }) => serial),
    marked: (await store.subjects.of({ installation: 1 })).map(({ key }) => key).sort(),
    waiting: new Set((await store.deliveries.claim("the test", 1_000_000, ...later)).map(({ id }) => id)),
  };
}
