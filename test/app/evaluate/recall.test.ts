import { describe, expect, test } from "vitest";
import { memosOfComment, settledMemo } from "../../../app/commands/index.ts";
import { recall } from "../../../app/evaluate/recall.ts";
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
