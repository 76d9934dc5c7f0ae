import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NotTold } from "../../../adapters/github/client.ts";
import type { InstallationClient } from "../../../adapters/github/installation.ts";
import type { Store } from "../../../adapters/store/store.ts";
import { HeadBusy } from "../../../app/publish/head-lease.ts";
import { publisher, type PublishSettings } from "../../../app/publish/index.ts";
import { takeUp } from "../../../app/publish/take-up.ts";
import type { AppPorts } from "../../../app/ports.ts";
import { approved, judged, makeWorld, visible, type Judged, type World } from "./publish-world.ts";

/**
 * Between any two steps: the process dies, or GitHub's answer is lost, whether or not it was done. Then it runs again, and
 * what people see is what they would have seen, each thing once.
 */
class Crash extends Error {}

type Fault = { at: number; done: boolean; error: () => Error };

let world: World;

beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.github.close());

/** What people see where nothing goes wrong. */
async function undisturbed(): Promise<object> {
  const other = await makeWorld();
  await run(other, { at: Infinity, done: false, error: () => new Crash() });
  other.github.close();
  return visible(other);
}

type Doing = (ports: AppPorts, settings: PublishSettings, into: World) => Promise<void>;

/** As a verdict is shown with everything beside it. */
const publishing: Doing = (ports, settings, into) =>
  publisher(ports, { ...settings, choices: { ...settings.choices, comment: true } })(
    flooded(into),
    new AbortController().signal,
  );

/** Does it once with a fault at the n-th call of GitHub or the store; true when the fault came. */
async function run(into: World, fault: Fault, doing: Doing = publishing): Promise<boolean> {
  const counter = { left: fault.at };
  const ports = {
    ...into.ports,
    store: wrapped(into.store, counter, fault),
    installation: (id: number) => wrappedClient(into.ports.installation(id), counter, fault),
  };
  try {
    await doing(ports, into.settings, into);
  } catch (error) {
    // Whoever died held the head for some time more.
    if (error instanceof HeadBusy) return run(into, fault, doing);
    if (!(error instanceof Crash) && !(error instanceof NotTold)) throw error;
  }
  return counter.left < 0;
}

/** With more annotations than go into one request. */
function flooded(into: World): Judged {
  const evaluation = judged(into);
  const findings = Array.from({ length: 120 }, (_, index) => ({
    ...{ rule: `rule-${index}`, message: "m", identity: `${index}`, severity: "warning" as const, severityReason: "r" },
    place: { kind: "lines" as const, path: "src/list.ts", start: 1, end: 1 },
    ...{ confidence: "high" as const, help: "h", writer: null, waivedBy: null },
    fingerprint: index.toString(16).padStart(32, "0"),
  }));
  return { ...evaluation, review: { ...evaluation.review, findings } };
}

function failing<T>(call: () => Promise<T>, counter: { left: number }, { done, error }: Fault): Promise<T> {
  counter.left -= 1;
  if (counter.left !== -1) return call();
  if (!done) return Promise.reject(error());
  return call().then(() => Promise.reject(error()));
}

function wrapped(store: Store, counter: { left: number }, fault: Fault): Store {
  const rooms = Object.entries(store).map(([name, room]: [string, unknown]) => {
    if (typeof room === "function") return [name, room] as const;
    const methods = Object.entries(room as Record<string, (...args: unknown[]) => Promise<unknown>>);
    const failingRoom = methods.map(([method, call]) => {
      const isWrite = !["read", "of", "latest", "onHead", "history"].includes(method);
      return [
        method,
        (...args: unknown[]) =>
          isWrite && crashes(fault) ? failing(() => call(...args), counter, fault) : call(...args),
      ];
    });
    return [name, Object.fromEntries(failingRoom)] as const;
  });
  return Object.fromEntries(rooms) as unknown as Store;
}

/** A lost answer is GitHub's; the store's is a crash. */
function crashes({ error }: Fault): boolean {
  return error() instanceof Crash;
}

function wrappedClient(client: InstallationClient, counter: { left: number }, fault: Fault): InstallationClient {
  return {
    ...client,
    write: (...args) => failing(() => client.write(...args), counter, fault),
    repository: (...args) => {
      const reader = client.repository(...args);
      return {
        ...reader,
        get: (...asked) => failing(() => reader.get(...asked), counter, fault),
        list: (...asked) => failing(() => reader.list(...asked), counter, fault),
        query: (...asked) => failing(() => reader.query(...asked), counter, fault),
      };
    },
  };
}

describe.each([
  { says: "the process dies before a call is done", done: false, error: () => new Crash() },
  { says: "the process dies after a call is done", done: true, error: () => new Crash() },
  { says: "fault 28: GitHub's answer is lost, and it was not done", done: false, error: () => new NotTold("reset") },
  { says: "fault 28: GitHub's answer is lost, and it was done", done: true, error: () => new NotTold("reset") },
])("$says", ({ done, error }) => {
  test("run again, at every call: the same is seen, and nothing twice", async () => {
    const expected = await undisturbed();
    let at = 0;
    for (; await run(world, { at, done, error }); at += 1) {
      await run(world, { at: Infinity, done, error });
      expect({ at, ...visible(world) }).toEqual({ at, ...expected });
      expect(world.github.violations).toEqual([]);
      world.github.close();
      world = await makeWorld();
    }
    expect(at).toBeGreaterThan(10);
    expect(visible(world)).toEqual(expected);
  }, 240_000);

  const over: Doing = (ports, settings, into) =>
    publisher(ports, settings)(
      { state: "over", subject: judged(into).subject, reason: "it is closed", closed: true },
      new AbortController().signal,
    );
  const retargeted: Doing = (ports, settings, into) => {
    const { subject } = judged(into);
    if (subject.kind !== "pull-request") throw new Error(subject.kind);
    const stand = { head: into.pull.head, base: into.pull.state.baseRef };
    return takeUp(ports, settings, subject, stand, new AbortController().signal);
  };

  test.each([
    { what: "closed", doing: over, before: (into: World) => into.pull.close(), shown: "failure" },
    {
      what: "retargeted",
      doing: retargeted,
      before: (into: World) => into.pull.retarget("release"),
      shown: "in_progress",
    },
  ])(
    "a green is taken back, once, when its pull request is $what",
    async ({ doing, before, shown }) => {
      const prepare = async (into: World) => {
        into.orders.setBranch("release", into.orders.tip("main"));
        await into.publish(judged(into, approved));
        before(into);
      };
      await prepare(world);
      let at = 0;
      for (; await run(world, { at, done, error }, doing); at += 1) {
        // Whoever died may have held the head, for two minutes more.
        for (let times = 0; times < 8; times += 1) await run(world, { at: Infinity, done, error }, doing);
        const runs = world.orders.state.checkRuns.map(({ conclusion, status }) => conclusion ?? status);
        expect({ at, runs }).toEqual({ at, runs: ["success", shown] });
        expect(world.github.violations).toEqual([]);
        world.github.close();
        world = await makeWorld();
        await prepare(world);
      }
      expect(at).toBeGreaterThanOrEqual(1);
    },
    240_000,
  );
});
