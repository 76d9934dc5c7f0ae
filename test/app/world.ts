import { setTimeout as pause } from "node:timers/promises";
import { join } from "node:path";
import { openStore } from "../../adapters/store/open-store.ts";
import type { Store, VerdictRow } from "../../adapters/store/store.ts";
import { judge } from "../../app/judge.ts";
import { startApp, type RunningApp } from "../../app/main.ts";
import { readRow } from "../../app/publish/index.ts";
import { readSettings, type Settings } from "../../app/settings/settings.ts";
import { pullRequestKey } from "../../app/subject.ts";
import { newFolder } from "../git-repository.ts";
import { startGitHub, type GitHub } from "../github/github.ts";
import type { PullHandle } from "../github/pull.ts";
import type { CheckRun } from "../github/state.ts";
import { MovedClock } from "./moved-clock.ts";

/**
 * The whole App as `app/main.ts` starts it, with SQLite in a folder of its own, beside the GitHub of test/github on the
 * same clock: webhooks come in by HTTP, and what it does is looked at on GitHub.
 *
 *     const world = await startWorld();
 *     const orders = world.github.repository("octo/orders", { … });
 *     await world.until(); // everything that happened was heard of, judged and shown
 *     expect(world.check(pull)).toMatchObject({ conclusion: "success" });
 *     await world.end();
 */
export async function startWorld(): Promise<World> {
  const clock = new MovedClock();
  const github = await startGitHub({ clock: clock.now });
  // One installation on whatever octo has and will have.
  github.organization("octo");
  const world = new World(github, clock);
  await world.start();
  github.install("octo");
  await world.until();
  return world;
}

export class World {
  readonly github: GitHub;
  readonly clock: MovedClock;
  /** Its log, line by line. */
  readonly lines: string[] = [];
  readonly #folder = newFolder("app");
  #app: RunningApp | null = null;
  #store: Watched | null = null;

  constructor(github: GitHub, clock: MovedClock) {
    this.github = github;
    this.clock = clock;
  }

  /** Starts the App, on what an earlier start remembered; with further settings where some are given. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const settings = this.#settings(more);
    const store = await openStore(settings.store);
    this.#store = watched(store);
    this.#app = await startApp(settings, {
      judge,
      write: (line) => void this.lines.push(line),
      store: this.#store.store,
      clock: this.clock,
    });
    const { host, port } = this.#app.address;
    this.github.app.webhookUrl = `http://${host}:${port}/webhook`;
  }

  /** Ends the App alone; GitHub goes on. */
  async stop(): Promise<void> {
    await this.#app?.stop();
    this.#app = null;
  }

  async end(): Promise<void> {
    await this.stop();
    this.github.close();
  }

  get store(): Store {
    return this.#watched.store;
  }

  /**
   * When the App has nothing left to do: every webhook was sent, every delivery worked through, every subject judged. Time
   * is moved on to what waits for its instant, and by a second at the end: what happens next happens later.
   */
  async until(): Promise<void> {
    const patience = Date.now() + 120_000;
    for (let [quiet, asked] = [0, -1]; quiet < 3;) {
      if (Date.now() > patience) throw new Error(`The App does not come to rest.\n${await this.#told()}`);
      await this.github.settled();
      const waiting = await this.#waiting();
      const isBusy = this.#watched.inHand.size > 0;
      const { length } = this.github.requests;
      quiet = waiting === 0 && !isBusy && asked === length ? quiet + 1 : 0;
      asked = length;
      if (waiting > 0 && !isBusy) this.clock.advance(stepMs);
      await pause(waiting === 0 ? 15 : 5);
    }
    this.clock.advance(1_000);
  }

  /** So much later, with everything that follows from that. */
  async later(ms: number): Promise<void> {
    this.clock.advance(ms);
    // The loops wake up, and say what there is to do.
    await pause(50);
    await this.until();
  }

  /** The newest check run of ours on the pull request's head. */
  check(pull: PullHandle, name = "countersign"): CheckRun | undefined {
    return pull.checkRuns().findLast((run) => run.name === name);
  }

  /** The latest verdict, with what became of each rule. */
  async verdict(pull: PullHandle): Promise<Seen> {
    const { id } = pull.repository;
    const row = await this.store.verdicts.latest(pullRequestKey(id, pull.number));
    if (row === null) return { row, decision: null, states: {} };
    const read = readRow(row);
    const rules = "fault" in read ? [] : read.decision.rules;
    return { row, decision: row.decision, states: Object.fromEntries(rules.map((rule) => [rule.id, rule.state])) };
  }

  get #watched(): Watched {
    if (this.#store === null) throw new Error("the App was not started");
    return this.#store;
  }

  async #waiting(): Promise<number> {
    const { deliveries, subjects } = this.store;
    return (await deliveries.waiting()).count + (await subjects.waiting()).count;
  }

  async #told(): Promise<string> {
    const stuck = await this.store.subjects.stuck("9999-01-01T00:00:00.000Z");
    return [
      ...stuck.map(({ key, attempts, fault }) => `${key} ${attempts} ${fault ?? ""}`),
      ...this.lines.slice(-20),
    ].join("\n");
  }

  #settings(more: Readonly<Record<string, string>>): Settings {
    const { app } = this.github;
    const { host } = new URL(this.github.url);
    const environment = {
      ...{ APP_ID: String(app.id), PRIVATE_KEY: app.privateKey, WEBHOOK_SECRET: app.webhookSecret },
      ...{ GITHUB_CLIENT_ID: app.clientId, GITHUB_CLIENT_SECRET: app.clientSecret },
      ...{ GHE_HOST: host, GHE_PROTOCOL: "http", PORT: "0", COUNTERSIGN_DATA: join(this.#folder, "data") },
      COUNTERSIGN_PUBLIC_URL: "https://countersign.example.com",
      ...more,
    };
    const read = readSettings({ environment, folder: this.#folder, file: null, readText: () => null });
    if (read.state === "app") return read.settings;
    throw new Error(read.state === "refused" ? read.problems.map(({ what }) => what).join("\n") : read.state);
  }
}

/** What was seen of a pull request. */
export interface Seen {
  row: VerdictRow | null;
  decision: string | null;
  /** By the id of the rule. */
  states: Record<string, string>;
}

/** What waits for its instant is reached in steps, each shorter than any wait that matters. */
const stepMs = 250;

interface Watched {
  store: Store;
  /** What somebody works on at this moment. */
  inHand: Set<string>;
}

/** A store that tells what was taken up and not given back: time must not be moved on while something is worked on. */
function watched(store: Store): Watched {
  const inHand = new Set<string>();
  const given = <Rest extends unknown[], Result>(method: (key: string, ...rest: Rest) => Promise<Result>) => {
    return (key: string, ...rest: Rest) => method(key, ...rest).finally(() => inHand.delete(key));
  };
  const { subjects, deliveries, leases } = store;
  return {
    inHand,
    store: {
      ...store,
      subjects: {
        ...subjects,
        claim: async (...asked) => {
          const claimed = await subjects.claim(...asked);
          if (claimed !== null) inHand.add(claimed.key);
          return claimed;
        },
        finish: given(subjects.finish),
        over: given(subjects.over),
        postpone: given(subjects.postpone),
      },
      deliveries: {
        ...deliveries,
        claim: async (...asked) => {
          const claimed = await deliveries.claim(...asked);
          for (const { id } of claimed) inHand.add(id);
          return claimed;
        },
        finish: given(deliveries.finish),
        postpone: given(deliveries.postpone),
      },
      leases: {
        take: async (name, ...asked) => {
          const taken = await leases.take(name, ...asked);
          if (taken) inHand.add(name);
          return taken;
        },
        release: given(leases.release),
      },
    },
  };
}
