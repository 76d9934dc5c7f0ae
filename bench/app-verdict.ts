import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { setScene, type Scene } from "../test/app/scene.ts";
import { startWorld } from "../test/app/world.ts";

/**
 * How long a person waits for a verdict: from the moment at which something happens on GitHub, here the double of
 * test/github, to the check run that is completed because of it. The whole App with its embedded database, the double and
 * real git share one process and its two cores. `--pulls N`: so many are opened one after the other, reviewed one after the
 * other, and opened at once.
 */
const { values } = parseArgs({ options: { pulls: { type: "string", default: "20" } } });
const pulls = Number(values.pulls);
const world = await startWorld();

console.log("| | p50 | slowest |");
console.log("|---|---|---|");
const opened: Scene[] = [];
await timed("opened, one after the other", () => {
  const scene = setScene(world.github);
  opened.push(scene);
  return scene;
});
await timed("reviewed, one after the other", (index) => {
  const scene = opened[index];
  if (scene === undefined) throw new Error("each was opened before");
  scene.pull.review("ann", "APPROVED");
  return scene;
});
await timedTogether("opened at once");
await world.end();

async function timed(says: string, happens: (index: number) => Scene): Promise<void> {
  const took: number[] = [];
  for (let index = 0; index < pulls; index += 1) {
    const before = index < opened.length ? shown(opened[index]) : undefined;
    const began = performance.now();
    const scene = happens(index);
    took.push(await untilShown(scene, before, began));
    await world.github.settled();
  }
  tell(says, took);
}

async function timedTogether(says: string): Promise<void> {
  const began = performance.now();
  const scenes = Array.from({ length: pulls }, () => setScene(world.github));
  const took = await Promise.all(scenes.map((scene) => untilShown(scene, undefined, began)));
  tell(says, took);
}

/** Milliseconds until another conclusion is shown than before. */
async function untilShown(scene: Scene, before: string | undefined, began: number): Promise<number> {
  for (let now = shown(scene); now === undefined || now === before; now = shown(scene)) await pause(2);
  return performance.now() - began;
}

function shown(scene: Scene | undefined): string | undefined {
  return (scene === undefined ? undefined : world.check(scene.pull)?.conclusion) ?? undefined;
}

function tell(says: string, took: readonly number[]): void {
  const sorted = took.toSorted((a, b) => a - b);
  const seconds = (share: number) =>
    `${((sorted[Math.floor((sorted.length - 1) * share)] ?? NaN) / 1000).toFixed(2)} s`;
  console.log(`| ${says} | ${seconds(0.5)} | ${seconds(1)} |`);
}
