import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pendingRow } from "../../../app/publish/verdict-row.ts";
import type { Subject } from "../../../app/subject.ts";
import type { MergeMethod } from "../../github/doings/merging.ts";
import { changeOf } from "../../core/report/judged-case.ts";
import { approved, judged, makeWorld, type Judged, type World } from "../publish/publish-world.ts";

/** What stands on a branch beside what was judged. */
let world: World;

beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => {
  expect(world.github.violations).toEqual([]);
  world.github.close();
});

function landing(after: string, over: Partial<Judged> = {}, before = world.orders.tip("main")): Judged {
  const place = { installation: world.installation.id, repository: world.orders.id };
  const subject: Subject = { kind: "landing", ...place, branch: "main", before, after };
  return { ...judged(world, approved), ...over, subject, head: after };
}

const runs = (sha: string) => world.orders.state.checkRuns.filter(({ headSha }) => headSha === sha);
const alarms = async () => {
  const entries = await world.store.audit.read(0, 50);
  return entries
    .filter(({ kind }) => kind.startsWith("landed-"))
    .map(({ kind, detail }) => {
      const told: unknown = JSON.parse(detail);
      return { kind, ...(told as object) };
    });
};

describe("fault 24: what was judged and landed as it was", () => {
  test.each<{ method: MergeMethod }>([{ method: "merge" }, { method: "squash" }, { method: "rebase" }])(
    "by $method leaves a line in the audit table, and no check",
    async ({ method }) => {
      await world.publish(judged(world, approved));
      const after = world.pull.merge(method);
      await world.publish(landing(after));
      expect(await alarms()).toMatchObject([{ kind: "landed-as-judged", result: "as-judged" }]);
      if (after !== world.pull.head) expect(runs(after)).toEqual([]);
    },
  );

  test("confirms the record that was kept before the merge", async () => {
    await world.publish(judged(world, approved));
    const after = world.pull.merge("squash");
    await world.publish(landing(after));
    const memos = await world.store.memory.of(`pull-request/${world.orders.id}/${world.pull.number}`);
    expect(memos.find(({ id }) => id === "record-landed")?.value).toBe(JSON.stringify({ commit: after }));
  });

  test("in a merge group, by the verdict on the group's own commit", async () => {
    await world.publish(judged(world, approved));
    const group = world.orders.mergeGroup(world.pull.number);
    const place = { installation: world.installation.id, repository: world.orders.id };
    const subject: Subject = {
      ...{ kind: "merge-group", ...place, head: group.headSha, headRef: group.headRef },
      ...{ baseRef: group.baseRef, baseSha: group.baseSha },
    };
    await world.publish({ ...judged(world, approved), subject, head: group.headSha });
    world.orders.endMergeGroup(group, "merged");
    await world.publish(landing(group.headSha));
    expect(await alarms()).toMatchObject([{ kind: "landed-as-judged" }]);
  });

  test("though the pull request was told to be over before", async () => {
    await world.publish(judged(world, approved));
    const after = world.pull.merge("squash");
    await world.publish({ state: "over", subject: judged(world).subject, reason: "closed" });
    await world.publish(landing(after));
    expect(await alarms()).toMatchObject([{ kind: "landed-as-judged" }]);
  });
});

describe("fault 24: an alarm, in the audit table and as a failed check on the commit", () => {
  const expectAlarm = async (after: string, result: string) => {
    expect(await alarms()).toMatchObject([{ kind: "landed-otherwise", result, after }]);
    expect(runs(after)).toMatchObject([{ conclusion: "failure", name: "countersign" }]);
    expect(runs(after)[0]?.title).toMatch(/^Alarm: /);
  };

  test("for an administrator who merges past the verdict", async () => {
    await world.publish(judged(world));
    const after = world.pull.merge("squash");
    await world.publish(landing(after));
    await expectAlarm(after, "past-the-verdict");
  });

  test("for a push without a pull request", async () => {
    const after = world.orders.push("main", { files: { "src/auth/login.ts": "2\n" } }, "dev");
    await world.publish(landing(after));
    await expectAlarm(after, "direct-push");
  });

  test("for content that is not what was judged", async () => {
    await world.publish(judged(world, approved));
    const after = world.pull.merge("squash");
    await world.publish(landing(after, { facts: judged(world, { change: changeOf(["src/other.ts"]) }).facts }));
    await expectAlarm(after, "other-content");
  });

  test("for content of which another version remembers in another shape what was judged", async () => {
    await world.publish(judged(world, approved));
    const about = `pull-request/${world.orders.id}/${world.pull.number}`;
    const kept = (await world.store.memory.of(about)).find(({ id }) => id === "content");
    await world.store.memory.remember([{ ...kept!, value: "{}" }]);
    const after = world.pull.merge("squash");
    await world.publish(landing(after));
    await expectAlarm(after, "other-content");
  });

  test("for a head that nobody judged", async () => {
    const after = world.pull.merge("squash");
    await world.publish(landing(after));
    await expectAlarm(after, "not-judged");
  });

  test("for one that came to its branch before it was judged for it, though it was green for another", async () => {
    await world.publish(judged(world, approved));
    const { head, number } = world.pull;
    const pull = { subject: `pull-request/${world.orders.id}/${number}`, number };
    const place = { installation: world.installation.id, repository: world.orders.id };
    await world.store.verdicts.append(
      pendingRow({ ...pull, ...place }, { head, base: "main" }, "2026-11-21T12:00:00.000Z"),
    );
    const after = world.pull.merge("squash");
    await world.publish(landing(after));
    await expectAlarm(after, "not-judged");
  });

  test.each([{ isOver: false }, { isOver: true }])(
    "for one that was green for another branch, and was merged before anybody heard that it was for this one",
    async ({ isOver }) => {
      world.orders.setBranch("lax", world.orders.tip("main"));
      world.pull.retarget("lax");
      await world.publish(judged(world, approved));
      world.pull.retarget("main");
      const after = world.pull.merge("squash");
      if (isOver) await world.publish({ state: "over", subject: judged(world).subject, reason: "it is merged" });
      await world.publish(landing(after));
      await expectAlarm(after, "not-judged");
    },
  );

  test("is raised once", async () => {
    const after = world.orders.push("main", { files: { "src/auth/login.ts": "2\n" } }, "dev");
    await world.publish(landing(after));
    await world.publish(landing(after));
    expect(await alarms()).toHaveLength(1);
    expect(runs(after)).toHaveLength(1);
  });
});

test("where no policy stands the audit table alone is told", async () => {
  const after = world.orders.push("main", { files: { "a.ts": "2\n" } }, "dev");
  const evaluation = landing(after);
  const { decision } = evaluation.review;
  const review = {
    ...evaluation.review,
    decision: { ...decision, policy: { ...decision.policy, source: "default" as const } },
  };
  await world.publish({ ...evaluation, review });
  expect(await alarms()).toMatchObject([{ kind: "landed-otherwise", result: "direct-push" }]);
  expect(runs(after)).toEqual([]);
});
