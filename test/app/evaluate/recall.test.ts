import { describe, expect, test } from "vitest";
import { NotTold, type GitHub } from "../../../adapters/github/client.ts";
import { memosOfComment, settledMemo } from "../../../app/commands/index.ts";
import { rightsOf } from "../../../app/evaluate/askers.ts";
import { forgetIdle, recall } from "../../../app/evaluate/recall.ts";
import type { Subject } from "../../../app/subject.ts";
import { absent } from "../../../core/evidence.ts";
import { modelStore } from "../../adapters/store/model-store.ts";

const subject: Subject = { kind: "pull-request", installation: 1, repository: 70, number: 3 };
const key = "pull-request/70/3";
const at = (second: number) => new Date(1.77e12 + second * 1000).toISOString();

/** A comment at that second, which is its id too. */
function said(by: string, second: number, body: string, association = "NONE") {
  const written = { subject: key, id: second, by, body: `/countersign ${body}`, before: null, at: at(second) };
  return memosOfComment({ ...written, association });
}

function flood(verb: string) {
  return Array.from({ length: 2_000 }, (_, index) => said(`stranger${index}`, index + 1, verb)).flat();
}

describe("who is asked about, where everybody may ask", () => {
  test.each([
    { verb: "explain" },
    { verb: "recheck" },
    { verb: "declare abcdef12 claude" },
    { verb: "clear abcdef12 by hand" },
    { verb: "override INC-1" },
  ])("2,000 strangers who write `$verb` push out no member's `declare`", async ({ verb }) => {
    const store = modelStore();
    await store.memory.remember([...flood(verb), ...said("ann", 9_999, "declare abcdef12 claude", "MEMBER")]);
    const { askers } = await recall(store, subject, new Date(at(20_000)));
    expect(askers[0]).toBe("ann");
    expect(askers.length).toBeLessThanOrEqual(20);
  });

  test("who was decided on makes room for the next", async () => {
    const store = modelStore();
    await store.memory.remember(flood("recheck"));
    const first = (await recall(store, subject, new Date(at(20_000)))).askers;
    const settled = first.map((_, index) => {
      const told = { comment: index + 1, at: at(index + 1), granted: false, commit: null, text: "no" };
      return settledMemo(key, told, at(1));
    });
    await store.memory.remember(settled);
    const next = (await recall(store, subject, new Date(at(20_000)))).askers;
    expect(next).toHaveLength(20);
    expect(next.filter((login) => first.includes(login))).toEqual([]);
  });
});

describe("an account about which GitHub says nothing", () => {
  const silent = (login: string, tries: number, second: number) => {
    const value = JSON.stringify({ tries });
    return { subject: key, kind: "seen" as const, id: `asker/${login}`, value, at: at(second) };
  };
  const day = 86_400;

  test.each([
    { says: "keeps no slot right after it was asked about", tries: 1, later: 119, asked: false },
    { says: "is asked about again two minutes later", tries: 1, later: 120, asked: true },
    { says: "waits twice as long each time", tries: 3, later: 479, asked: false },
    { says: "and no longer than that", tries: 3, later: 480, asked: true },
    { says: "waits a day at most", tries: 60, later: day, asked: true },
    { says: "nearly a day", tries: 60, later: day - 1, asked: false },
    { says: "is asked about where a clock was set back", tries: 60, later: -5, asked: true },
  ])("$says", async ({ tries, later, asked }) => {
    const store = modelStore();
    const gone = Array.from({ length: 20 }, (_, index) => `Gone${index}`);
    const requests = gone.flatMap((login, index) => said(login, index + 1, "declare abcdef12 claude", "MEMBER"));
    await store.memory.remember([...requests, ...said("eve", 50, "recheck")]);
    await store.memory.remember(gone.map((login) => silent(login.toLowerCase(), tries, 1_000)));
    const { askers } = await recall(store, subject, new Date(at(1_000 + later)));
    expect(askers).toEqual(asked ? gone : ["eve"]);
  });

  test("is remembered with how often it was asked about; who was answered is not", async () => {
    const [store, asked] = [modelStore(), [] as string[]];
    const github = {
      get: (_: string, { username }: { username: string }, shape: { parse: (value: unknown) => unknown }) => {
        asked.push(username);
        if (username === "Gone") return Promise.reject(new NotTold("404", 404));
        return Promise.resolve(shape.parse({ permission: "write" }));
      },
    } as unknown as GitHub;
    const ports = { store, clock: { now: () => new Date(at(9)), sleep: () => Promise.resolve() } };
    const facts = { people: absent("unread"), pullRequest: absent("unread") };
    for (let round = 0; round < 2; round += 1) {
      const recalled = { askers: ["Gone", "ann"], memos: await store.memory.of(key) };
      expect(await rightsOf({ ports, subject, github }, facts, recalled)).toEqual([{ login: "ann", canPush: true }]);
    }
    expect(await store.memory.of(key)).toEqual([silent("gone", 2, 9)]);
    expect(asked).toEqual(["Gone", "ann", "Gone", "ann"]);
  });

  test("is asked about at once again where GitHub failed, or had enough of us", async () => {
    const store = modelStore();
    for (const status of [503, 429, 403]) {
      const github = { get: () => Promise.reject(new NotTold("no answer", status)) } as unknown as GitHub;
      const ports = { store, clock: { now: () => new Date(at(9)), sleep: () => Promise.resolve() } };
      const facts = { people: absent("unread"), pullRequest: absent("unread") };
      expect(await rightsOf({ ports, subject, github }, facts, { askers: ["bob"], memos: [] })).toEqual([]);
    }
    expect(await store.memory.of(key)).toEqual([]);
  });
});

describe("what is remembered of comments and labels", () => {
  test("does not grow with the versions of a comment: some are forgotten each time", async () => {
    const store = modelStore();
    const versions = Array.from({ length: 150 }, (_, second) => {
      const written = { subject: key, id: 1, by: "eve", body: "/countersign override x", before: null, at: at(second) };
      return memosOfComment(written);
    });
    await store.memory.remember(versions.flat());
    const left: number[] = [];
    for (let judgement = 0; judgement < 3; judgement += 1) {
      await forgetIdle(store, await recall(store, subject, new Date(at(20_000))));
      left.push((await store.memory.of(key)).length);
    }
    expect(left).toEqual([50, 1, 1]);
    expect((await store.memory.of(key))[0]?.at).toBe(at(149));
  });

  test("of a label what was last done to it stays", async () => {
    const store = modelStore();
    const done = (label: string, set: boolean, second: number) => {
      const value = JSON.stringify({ label, by: "ann", set });
      return { subject: key, kind: "label" as const, id: `${label}/${at(second)}`, value, at: at(second) };
    };
    await store.memory.remember([
      done("AI", true, 1),
      done("ai", false, 2),
      done("ai", true, 2),
      done("other", true, 1),
    ]);
    await forgetIdle(store, await recall(store, subject, new Date(at(20_000))));
    expect((await store.memory.of(key)).map(({ id }) => id)).toEqual([`ai/${at(2)}`, `other/${at(1)}`]);
  });
});
