import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { announcing } from "../../../app/publish/index.ts";
import type { PullHandle } from "../../github/pull.ts";
import { approved, judged, makeWorld, type Judged, type World } from "./publish-world.ts";

/** GitHub counts a check for whatever has the commit. A verdict holds for one pull request and one base. */
let world: World;

beforeEach(async () => {
  world = await makeWorld();
  world.orders.setBranch("release", world.orders.tip("main"));
});
afterEach(() => {
  expect(world.github.violations).toEqual([]);
  world.github.close();
});

const runs = () =>
  world.orders.state.checkRuns
    .filter(({ app }) => app === world.github.app.id)
    .map(({ conclusion, status }) => conclusion ?? status);
const green = (of: PullHandle = world.pull) => judged(world, approved, of);
const second = () => world.orders.pullRequest({ head: "refunds", base: "release", author: "dev" });
const signal = new AbortController().signal;

/** Judges a pull request as far as to know where it stands: publishing what it comes to is the rest. */
async function begin(evaluation: Judged, of: PullHandle = world.pull): Promise<Judged> {
  const stand = { head: of.head, base: of.state.baseRef };
  const evaluate = announcing(
    { ...world.ports, clock: patient() },
    world.settings,
    async (_subject, _signal, found) => {
      await found?.(stand);
      return evaluation;
    },
  );
  await evaluate(evaluation.subject, signal);
  return evaluation;
}

/** Five seconds, after which it would be told that something is judged, are never over. */
function patient(): World["ports"]["clock"] {
  const { clock } = world.ports;
  return {
    now: () => clock.now(),
    sleep: (ms, stop) =>
      ms === 5_000
        ? new Promise((_, reject) => stop?.addEventListener("abort", () => reject(new Error("it was judged"))))
        : clock.sleep(ms, stop),
  };
}

async function whole(evaluation: Judged, of: PullHandle = world.pull): Promise<void> {
  await world.publish(await begin(evaluation, of));
}

describe("a green is taken back before anything else is judged", () => {
  test("when another pull request is opened on the commit, and comes back when that is green too", async () => {
    await whole(green());
    const other = second();
    await begin(green(other), other);
    expect(runs()).toEqual(["success", "in_progress"]);
    await world.publish(green(other));
    expect(runs()).toEqual(["success", "success"]);
  });

  test("and nothing that the first one comes to meanwhile turns it green", async () => {
    await whole(judged(world));
    const other = second();
    await begin(green(other), other);
    expect(runs()).toEqual(["action_required"]);
    await whole(green());
    expect(runs().at(-1)).toBe("in_progress");
    await world.publish(green(other));
    expect(runs().at(-1)).toBe("success");
  });

  test("when both were opened at once, too", async () => {
    const other = second();
    await begin(green());
    await begin(green(other), other);
    await world.publish(green());
    expect(runs()).toEqual(["in_progress"]);
  });

  test("when it is for another branch now", async () => {
    await whole(green());
    world.pull.retarget("release");
    await begin(green());
    expect(runs()).toEqual(["success", "in_progress"]);
    await world.publish(green());
    expect(runs()).toEqual(["success", "success"]);
  });

  test("when it was for another branch by the time that its verdict came", async () => {
    const late = await begin(green());
    world.pull.retarget("release");
    await world.publish(late);
    expect(runs()).toEqual(["in_progress"]);
  });

  test("when it is opened again", async () => {
    await whole(green());
    await world.publish({ state: "over", subject: green().subject, reason: "it is merged" });
    await begin(green());
    expect(runs()).toEqual(["success", "in_progress"]);
  });

  test("when what was shown is forgotten", async () => {
    await whole(green());
    const other = second();
    await world.store.heads.prune("9999");
    await begin(green(other), other);
    expect(runs().at(-1)).toBe("in_progress");
  });

  test("when the other one has left the commit before it was judged, the first is green again", async () => {
    await whole(green());
    const other = second();
    await begin(green(other), other);
    other.close();
    await world.publish({ state: "over", subject: green(other).subject, reason: "it is closed", closed: true });
    expect(runs()).toEqual(["success", "success"]);
  });

  test("and what GitHub does not take holds up no verdict", async () => {
    await whole(green());
    const other = second();
    world.github.faults.add({ route: "checks/create", fault: { kind: "status", status: 502 }, times: 2 });
    await begin(green(other), other);
    expect(runs()).toEqual(["success"]);
    await begin(judged(world, {}, other), other);
    expect(runs()).toEqual(["success", "in_progress"]);
  });
});

describe("where nothing is new", () => {
  test("GitHub is asked nothing", async () => {
    await whole(green());
    const from = world.github.requests.length;
    await begin(green());
    expect(world.github.requests.slice(from)).toEqual([]);
    expect(await world.store.verdicts.history(`pull-request/${world.orders.id}/${world.pull.number}`, 9)).toHaveLength(
      2,
    );
  });

  test("nor at a head that nobody has judged", async () => {
    const from = world.github.requests.length;
    await begin(green());
    expect(world.github.requests.slice(from)).toEqual([]);
  });
});

describe("when the last pull request on a commit is closed", () => {
  const over = (closed: boolean) => world.publish({ state: "over", subject: green().subject, reason: "", closed });

  test("its green is taken back, once, and the check says why", async () => {
    await whole(green());
    world.pull.close();
    await over(true);
    await over(true);
    expect(runs()).toEqual(["success", "failure"]);
    expect(world.orders.state.checkRuns.at(-1)?.title).toContain("No open pull request has this commit");
  });

  test("it is green again when it is opened again and judged", async () => {
    await whole(green());
    world.pull.close();
    await over(true);
    world.pull.reopen();
    await whole(green());
    expect(runs()).toEqual(["success", "failure", "success"]);
  });

  test("what is in progress is ended", async () => {
    const other = second();
    await whole(green());
    await begin(green(other), other);
    world.pull.close();
    await over(true);
    other.close();
    await world.publish({ state: "over", subject: green(other).subject, reason: "", closed: true });
    expect(runs().at(-1)).toBe("failure");
  });

  test.each([
    { says: "a red stays as it is", closed: true, made: {}, shown: ["action_required"] },
    { says: "a merge leaves it", closed: false, made: approved, shown: ["success"] },
  ])("$says", async ({ closed, made, shown }) => {
    await whole(judged(world, made));
    world.pull.close();
    await over(closed);
    expect(runs()).toEqual(shown);
  });
});
