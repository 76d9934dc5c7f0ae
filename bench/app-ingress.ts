import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { forged, sender, type Sent } from "./app-ingress-load.ts";

/**
 * What acknowledging webhooks costs, beside stock Probot 14 with an empty handler, in one run: acknowledged deliveries a
 * second of 64 senders, the process's CPU time for each, latency at an open loop of 300 a second, and peak memory, also
 * under forged posts of 200 MB. `--seconds 10`, `--forged 20`, `--profile FOLDER`. Of a machine that is busy only the CPU time says something:
 * `worked through` is that of all threads until nothing of them waits any more. Countersign's are durable when they are acknowledged, and worked through meanwhile;
 * Probot's are in memory. Each server has a process of its own, bundled as a release is; the load comes from this one, on
 * the same cores.
 */
const seconds = option("--seconds", 10);
const forgedPosts = option("--forged", 20);
/** A folder for what Node's own profiler finds. */
const profile = textOption("--profile", "");
/** As `npm run app` and the image start it. */
const asStarted = ["--max-semi-space-size=4"];
const temporary = mkdtempSync(join(tmpdir(), "countersign-bench-ingress-"));
process.on("exit", () => rmSync(temporary, { recursive: true, force: true }));
const child = await bundled(join(temporary, "bundle"));
const servers = [
  { name: "Countersign", kind: "app", path: "/webhook" },
  { name: "stock Probot 14", kind: "probot", path: "/api/github/webhooks" },
] as const;

console.log(
  `| | acknowledged/s, 64 senders | CPU each | CPU each, worked through | p50 at 300/s | p99 at 300/s | slowest | not acknowledged | peak memory |`,
);
console.log("|---|---|---|---|---|---|---|---|---|");
for (const server of servers) await inProcess(server.kind, (port, taken) => deliveries(server, port, taken));

const posts = `${forgedPosts} forged posts of 200 MB`;
console.log(`\n| | before | peak under ${posts} | answers | slowest of others' meanwhile |`);
console.log("|---|---|---|---|---|");
for (const server of servers) await inProcess(server.kind, (port, taken) => forgedAtOnce(server, port, taken));

type Server = (typeof servers)[number];

/** What a server has taken so far. */
type Taken = () => Promise<{ peakMb: number; cpuMs: number }>;

async function deliveries({ name, path, kind }: Server, port: number, taken: Taken): Promise<void> {
  const { send, close } = sender(port, path);
  await closedLoop(send, 1);
  await workedThrough(kind, port);
  const before = await taken();
  const closed = await closedLoop(send, seconds);
  const acknowledged = await taken();
  await workedThrough(kind, port);
  const worked = await taken();
  const open = await openLoop(send, 300);
  const [half, most, slowest] = [0.5, 0.99, 1].map((share) => ms(at(open.latencies, share)));
  const memory = `${Math.round((await taken()).peakMb)} MB`;
  const each = [acknowledged, worked].map(({ cpuMs }) => `${((cpuMs - before.cpuMs) / closed.count).toFixed(2)} ms`);
  close();
  console.log(
    `| ${name} | ${Math.round(closed.perSecond)} | ${each.join(" | ")} | ${half} | ${most} | ${slowest} | ${closed.lost + open.lost} | ${memory} |`,
  );
}

async function forgedAtOnce({ name, path }: Server, port: number, taken: Taken): Promise<void> {
  const { send, close } = sender(port, path);
  await closedLoop(send, 1);
  const before = (await taken()).peakMb;
  const answers = Promise.all(Array.from({ length: forgedPosts }, () => forged(port, path, 200e6)));
  const state = { isDone: false };
  const others = (async () => {
    let slowest = 0;
    while (!state.isDone) slowest = Math.max(slowest, (await send(1)) ?? Infinity);
    return slowest;
  })();
  const statuses = await answers;
  state.isDone = true;
  const counted = [...new Set(statuses)].map(
    (status) => `${statuses.filter((each) => each === status).length} × ${status}`,
  );
  const slowest = await others;
  const peak = (await taken()).peakMb;
  close();
  console.log(
    `| ${name} | ${Math.round(before)} MB | ${Math.round(peak)} MB | ${counted.join(", ")} | ${ms(slowest)} |`,
  );
}

/** Until no stored delivery waits. Probot stores none. */
async function workedThrough(kind: Server["kind"], port: number): Promise<void> {
  for (;;) {
    if (kind === "probot") return;
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    if (text.includes("\ncountersign_deliveries_waiting 0\n")) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function closedLoop(send: Sent, duration: number): Promise<{ perSecond: number; count: number; lost: number }> {
  const began = performance.now();
  let [count, lost] = [0, 0];
  const one = async (): Promise<void> => {
    while (performance.now() < began + duration * 1000)
      if ((await send(count + lost)) === null) lost += 1;
      else count += 1;
  };
  await Promise.all(Array.from({ length: 64 }, one));
  return { perSecond: (count * 1000) / (performance.now() - began), count, lost };
}

/** From when each was due to be sent, so that a sender who came late hides nothing; in ascending order. */
async function openLoop(send: Sent, perSecond: number): Promise<{ latencies: number[]; lost: number }> {
  const began = performance.now();
  const sent: Promise<number | null>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = began + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    sent.push(send(index).then((took) => (took === null ? null : performance.now() - due)));
  }
  const all = await Promise.all(sent);
  const latencies = all.filter((took) => took !== null).sort((a, b) => a - b);
  return { latencies, lost: all.length - latencies.length };
}

async function inProcess(kind: string, run: (port: number, taken: Taken) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(temporary, "data-"));
  const server = fork(child, [kind, folder], {
    // Probot writes a line for each delivery otherwise, which would be measured, too.
    env: { ...process.env, LOG_LEVEL: "fatal" },
    execArgv: [
      ...(kind === "app" ? asStarted : []),
      ...(profile === "" ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`]),
    ],
  });
  const told = async (): Promise<Record<string, number>> => {
    const [message] = (await once(server, "message")) as [Record<string, number>];
    return message;
  };
  try {
    const { port = NaN } = await told();
    await run(port, async () => {
      server.send("taken");
      const { peakMb = NaN, cpuMs = NaN } = await told();
      return { peakMb, cpuMs };
    });
  } finally {
    // One that is profiled writes what it found when it ends by itself.
    if (profile === "") server.kill("SIGKILL");
    else server.disconnect();
    await once(server, "exit");
  }
}

/** One file with all that it needs, as scripts/build.ts makes them: what translates sources would be measured, too. */
async function bundled(outdir: string): Promise<string> {
  const require =
    "import { createRequire as bundleRequire } from 'node:module';\nconst require = bundleRequire(import.meta.url);";
  await build({
    ...{ entryPoints: [join(import.meta.dirname, "app-ingress-child.ts")], outdir, outExtension: { ".js": ".mjs" } },
    ...{ bundle: true, splitting: true, format: "esm", platform: "node", mainFields: ["module", "main"] },
    banner: { js: require },
    logLevel: "warning",
  });
  return join(outdir, "app-ingress-child.mjs");
}

function option(name: string, standard: number): number {
  return Number(textOption(name, String(standard)));
}

function textOption(name: string, standard: string): string {
  const index = process.argv.indexOf(name);
  return index === -1 ? standard : (process.argv[index + 1] ?? standard);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}
