import { describe, expect, test } from "vitest";
import { memosOfComment, settledMemo } from "../../../app/commands/index.ts";
import { forgetIdle, recall } from "../../../app/evaluate/recall.ts";
import type { Subject } from "../../../app/subject.ts";
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
    const { askers } = await recall(store, subject);
    expect(askers[0]).toBe("ann");
    expect(askers.length).toBeLessThanOrEqual(20);
  });

  test("who was decided on makes room for the next", async () => {
    const store = modelStore();
    await store.memory.remember(flood("recheck"));
    const first = (await recall(store, subject)).askers;
    const settled = first.map((_, index) => {
      const told = { comment: index + 1, at: at(index + 1), granted: false, commit: null, text: "no" };
      return settledMemo(key, told, at(1));
    });
    await store.memory.remember(settled);
    const next = (await recall(store, subject)).askers;
    expect(next).toHaveLength(20);
    expect(next.filter((login) => first.includes(login))).toEqual([]);
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
      await forgetIdle(store, await recall(store, subject));
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
    await forgetIdle(store, await recall(store, subject));
    expect((await store.memory.of(key)).map(({ id }) => id)).toEqual([`ai/${at(2)}`, `other/${at(1)}`]);
  });
});
