import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NotTold } from "../../../adapters/github/client.ts";
import type { InstallationClient } from "../../../adapters/github/installation.ts";
import type { CommandReply } from "../../../app/commands/index.ts";
import { answerNext } from "../../../app/publish/answer.ts";
import { boundedReplies, queueReplies } from "../../../app/publish/replies.ts";
import type { Subject } from "../../../app/subject.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { fakeClock, type FakeClock } from "../fake-clock.ts";
import { keptLog, noMetrics, type KeptLog } from "../quiet-ports.ts";
import { plainStage } from "../../../core/stage.ts";

/** Answers to commands, on a GitHub that remembers what was asked of it. */
const queue: Extract<Subject, { kind: "replies" }> = { kind: "replies", installation: 7 };
const pull = (number: number) => ({ kind: "pull-request", installation: 7, repository: 70, number }) as const;

let clock: FakeClock;
let store: ReturnType<typeof modelStore>;
let log: KeptLog;
let comments: { id: number; body: string }[];
let asked: string[];
/** Thrown by the next writes, before or after they are done. */
let faults: { error: NotTold; isDone?: true }[];
let paused: Date | null;

beforeEach(() => {
  [clock, store, log] = [fakeClock(), modelStore(), keptLog()];
  [comments, asked, faults, paused] = [[], [], [], null];
});
afterEach(() => expect(new Set(comments.map(({ id }) => id)).size).toBe(comments.length));

function ports() {
  const client: InstallationClient = {
    id: 7,
    repository: (owner, name) => ({
      repository: { owner, name },
      get: () => Promise.reject(new Error("nothing is read singly")),
      list: (route, parameters, { items, shape }) => {
        asked.push(`${route} since ${String(parameters["since"])}`);
        const user = { login: "countersign[bot]", type: "Bot" };
        return Promise.resolve(items(shape.parse(comments.map((each) => ({ ...each, user })))));
      },
      query: (_, __, shape) => Promise.resolve(shape.parse({ viewer: { login: "countersign" }, repository: {} })),
    }),
    nameOf: () => Promise.resolve({ owner: "acme", name: "orders", private: true, defaultBranch: "main" }),
    write: (route, { body, comment_id }) => {
      asked.push(route.split(" ")[0] ?? "");
      const fault = faults.shift();
      if (fault !== undefined && fault.isDone !== true) return Promise.reject(fault.error);
      const id = typeof comment_id === "number" ? comment_id : comments.length + 100;
      comments = [...comments.filter((each) => each.id !== id), { id, body: String(body) }];
      if (fault !== undefined) return Promise.reject(fault.error);
      return Promise.resolve({ id, body, user: { login: "countersign[bot]", type: "Bot" } });
    },
    token: () => Promise.resolve("t"),
    pausedUntil: () => paused,
  };
  return { store, clock, log, metrics: noMetrics, stage: plainStage, instance: "one", installation: () => client };
}

function reply(comment: number, more: Partial<CommandReply> = {}): CommandReply {
  const at = new Date(Date.parse("2026-03-01T11:00:00Z") + comment * 1_000).toISOString();
  return { comment, at, by: `eve${comment}`, isInsider: false, granted: true, text: `Answer ${comment}.`, ...more };
}

const told = (replies: CommandReply[], number = 3) => queueReplies(ports(), { subject: pull(number), replies });

/** As the worker does, until nothing is due: the seconds at which something was written. */
async function workOff(seconds = 3_600): Promise<number[]> {
  const began = clock.now().getTime();
  const wrote: number[] = [];
  for (let second = 0; second <= seconds; second += 1) {
    const now = clock.now();
    const claimed = await store.subjects.claim(
      "one",
      now.toISOString(),
      new Date(now.getTime() + 60_000).toISOString(),
    );
    if (claimed !== null) {
      const before = asked.length;
      await answerNext(ports(), queue);
      await store.subjects.over(claimed.key, "one", claimed.generation);
      if (asked.slice(before).some((each) => each === "POST" || each === "PATCH"))
        wrote.push((now.getTime() - began) / 1_000);
    }
    clock.jump(1_000);
  }
  return wrote;
}

const bodies = () => comments.map(({ body }) => body.split("\n")[1]).sort();

describe("a storm of commands", () => {
  const storm = Array.from({ length: 5_000 }, (_, index) => reply(index + 1));
  const ofOne = Array.from({ length: 5_000 }, (_, index) => reply(index + 1, { by: index % 2 === 0 ? "eve" : "EVE" }));
  const member = reply(9_999, { by: "ann", isInsider: true });

  test.each([
    { says: "of 5,000 strangers", replies: storm, answered: 20 },
    { says: "of one stranger", replies: ofOne, answered: 5 },
    { says: "of a member", replies: ofOne.map((each) => ({ ...each, isInsider: true })), answered: 20 },
  ])("$says gets few answers, and a member theirs", ({ replies, answered }) => {
    const chosen = boundedReplies([...replies, member], new Map());
    expect(chosen).toHaveLength(answered + 1);
    expect(chosen.at(-1)).toEqual(member);
  });

  test("gets no further answers by taking back what was answered", () => {
    const written = new Map(storm.slice(0, 20).map((each) => [`reply/${each.comment}`, each]));
    expect(boundedReplies(storm.slice(20), written)).toEqual([]);
    expect(boundedReplies(storm, written)).toEqual(storm.slice(0, 20));
  });

  test("is answered one by one, ten seconds apart, over all pull requests, whatever is asked meanwhile", async () => {
    await told(storm, 3);
    await told(storm, 4);
    await store.subjects.mark([
      {
        key: "replies/7",
        installation: 7,
        repository: 0,
        about: JSON.stringify(queue),
        dueAt: clock.now().toISOString(),
      },
    ]);
    const wrote = await workOff();
    expect(wrote).toHaveLength(40);
    expect(wrote.slice(1).every((second, index) => second - (wrote[index] ?? 0) >= 10)).toBe(true);
    // No list of comments is read for it.
    expect(asked.filter((each) => each.includes("since"))).toEqual([]);
  });

  test("waits while GitHub is not to be asked", async () => {
    paused = new Date(clock.now().getTime() + 600_000);
    await told([member]);
    expect(await workOff()).toEqual([600]);
  });
});

describe("an answer", () => {
  test("is one for each comment, which is changed with its command", async () => {
    await told([reply(1)]);
    await workOff(30);
    await told([reply(1)]);
    expect(await workOff(30)).toEqual([]);
    await told([reply(1, { text: "Another." })]);
    await workOff(30);
    expect(bodies()).toEqual(["Another."]);
    expect(asked).toEqual(["POST", "PATCH"]);
  });

  test("is to the last version of a comment that declared two things", async () => {
    const both = [reply(1), reply(1, { at: "2026-03-01T11:30:00Z", text: "Another." })];
    for (let judgement = 0; judgement < 3; judgement += 1) {
      await told(both);
      await workOff(60);
    }
    expect([bodies(), asked]).toEqual([["Another."], ["POST"]]);
  });

  test("that is another before it is written is written as it is then", async () => {
    await told([reply(1)]);
    await told([reply(1, { text: "Another." })]);
    await workOff(60);
    expect([bodies(), asked]).toEqual([["Another."], ["POST"]]);
  });

  test.each([{ isDone: true as const }, {}])(
    "28. whose writing was not told of is there once: $isDone",
    async (fault) => {
      faults = [{ error: new NotTold("reset"), ...fault }];
      await told([reply(1)]);
      await workOff();
      expect(bodies()).toEqual(["Answer 1."]);
      // From the comment on that it answers: what is older cannot be it.
      expect(asked.find((each) => each.includes("since"))).toContain(reply(1).at);
    },
  );

  test.each([
    { says: "before", isDone: false },
    { says: "after", isDone: true },
  ])("11. is there once though the process died $says any of its calls", async ({ isDone }) => {
    let died = 0;
    for (let at = 0, ended = false; !ended; at += 1) {
      [store, comments] = [modelStore(), []];
      await told([reply(1)]);
      const whole = store;
      let left = at;
      const dying = <Given extends unknown[], T>(call: (...given: Given) => Promise<T>) => {
        return async (...given: Given): Promise<T> => {
          left -= 1;
          if (left !== -1) return call(...given);
          if (isDone) await call(...given);
          throw new Error("it died");
        };
      };
      const { remember, forget } = whole.memory;
      const memory = { ...whole.memory, remember: dying(remember), forget: dying(forget) };
      const client = ports().installation();
      const mortal = { ...ports(), store: { ...whole, memory } };
      const withClient = { ...mortal, installation: () => ({ ...client, write: dying(client.write) }) };
      const end: unknown = await answerNext(withClient, queue).catch((error: unknown) => error);
      ended = end === undefined;
      died += ended ? 0 : 1;
      await workOff(60);
      expect({ at, said: bodies() }).toEqual({ at, said: ["Answer 1."] });
    }
    expect(died).toBe(5);
  });

  test("30. that GitHub refuses is left out, and the next one is written", async () => {
    faults = [{ error: new NotTold("GitHub answered 403", 403) }];
    await told([reply(1), reply(2)]);
    await workOff(120);
    await told([reply(1), reply(2)]);
    await workOff(120);
    expect([bodies(), asked]).toEqual([["Answer 2."], ["POST", "POST"]]);
    expect(log.lines.map(({ event }) => event)).toEqual(["reply-left-out"]);
  });

  test("25. that fails is tried after one, four and sixteen minutes, and holds up no other", async () => {
    const down = new NotTold("GitHub answered 503", 503);
    faults = [{ error: down }];
    await told([reply(1), reply(2)]);
    await workOff(30);
    expect(bodies()).toEqual(["Answer 2."]);
    faults = [{ error: down }, { error: down }, { error: down }, { error: down }];
    await workOff(3_600);
    expect(bodies()).toEqual(["Answer 2."]);
    expect(asked.filter((each) => each === "POST")).toHaveLength(5);
    expect(log.lines.at(-1)?.event).toBe("reply-left-out");
  });

  test("that a person deleted stays deleted", async () => {
    await told([reply(1)]);
    await workOff(30);
    comments = [];
    faults = [{ error: new NotTold("GitHub answered 404", 404) }];
    await told([reply(1, { text: "Another." })]);
    await workOff(30);
    expect(comments).toEqual([]);
  });

  test("18. is not held up by a clock that was set back", async () => {
    await told([reply(1), reply(2)]);
    await workOff(5);
    clock.jump(-7_200_000);
    await store.subjects.mark([
      {
        key: "replies/7",
        installation: 7,
        repository: 0,
        about: JSON.stringify(queue),
        dueAt: clock.now().toISOString(),
      },
    ]);
    expect((await workOff(60)).length).toBe(1);
  });
});
