import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";
import { HeadBusy } from "../../../app/publish/head-lease.ts";
import { pressed, publishAgain, publisher } from "../../../app/publish/index.ts";
import { changeOf } from "../../core/report/judged-case.ts";
import { approved, judged, makeWorld, visible, withStore, type World } from "./publish-world.ts";

/** What judging came to, shown on GitHub: the verdict once, and beside it labels, requests and comments. */
let world: World;

beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => {
  expect(world.github.violations).toEqual([]);
  world.github.close();
});

const runs = () => world.orders.state.checkRuns.filter(({ app }) => app === world.github.app.id);

describe("a verdict", () => {
  test("is one completed check run with title, summary, buttons and the evaluation's id", async () => {
    await world.publish(judged(world));
    expect(runs()).toMatchObject([
      { name: "countersign", status: "completed", conclusion: "action_required", headSha: world.pull.head },
    ]);
    const [run] = runs();
    expect(run?.title).toMatch(/^Needs approval: owners-approve/);
    expect(run?.summary).toContain("**Who can unblock:** ann (auth)");
    expect(run?.actions.map(({ identifier }) => identifier)).toEqual(["recheck", "request-owners", "explain"]);
    expect(run?.externalId).toMatch(/^[0-9a-f]{64}$/);
    expect(world.github.requests.filter(({ route }) => route === "checks/create")).toHaveLength(1);
  });

  test("costs one read, and one write of its own", async () => {
    await world.publish(judged(world));
    const routes = world.github.requests.map(({ route }) => route);
    expect(routes.filter((route) => route === "graphql" || route.startsWith("checks/"))).toEqual([
      ...["graphql", "checks/create"],
    ]);
    expect(world.github.count("read")).toBe(1);
  });

  test("that is the same again writes nothing, and asks nothing", async () => {
    await world.publish(judged(world));
    const from = world.github.requests.length;
    await world.publish(judged(world));
    expect(world.github.requests.slice(from)).toEqual([]);
  });

  test("that a person asks for anew is shown anew, once: GitHub waits for a new run", async () => {
    await world.publish(judged(world));
    const head = { installation: world.installation.id, repository: world.orders.id, sha: world.pull.head };
    await world.store.memory.remember([publishAgain(head, new Date())]);
    await world.publish(judged(world));
    await world.publish(judged(world));
    expect(runs().map(({ conclusion }) => conclusion)).toEqual(["action_required", "action_required"]);
  });

  test("that is another is another run", async () => {
    await world.publish(judged(world));
    await world.publish(judged(world, approved));
    expect(runs().map(({ conclusion }) => conclusion)).toEqual(["action_required", "success"]);
  });

  test("on a head that moved meanwhile is not shown", async () => {
    const evaluation = judged(world);
    world.orders.push("refunds", { files: { "a.ts": "2\n" } }, "dev");
    await world.publish(evaluation);
    expect(runs()).toEqual([]);
    expect(world.pull.state.labels.size).toBe(0);
  });

  test("fault 28: of a pull request that was closed meanwhile is not shown", async () => {
    const evaluation = judged(world);
    world.pull.close();
    await world.publish(evaluation);
    expect(runs()).toEqual([]);
  });

  test("is in the audit table once, with what it rests on", async () => {
    await world.publish(judged(world));
    await world.publish(judged(world));
    const entries = await world.store.audit.read(0, 10);
    expect(entries.map(({ kind }) => kind)).toEqual(["verdict"]);
    expect(JSON.parse(entries[0]!.detail)).toMatchObject({
      decision: "needs-approval",
      tools: '["claude-code:claude-opus-4-5"]',
    });
  });

  test.each([
    { says: "a verdict", evaluation: () => judged(world) },
    {
      says: "a fault",
      evaluation: () => ({ ...judged(world), state: "fault" as const, what: "No.", fix: "Wait.", again: false }),
    },
  ])("fault 18: $says is dated by GitHub's clock, as comments are", async ({ evaluation }) => {
    const at = "2026-03-01T10:00:40.000Z";
    const client = { ...world.ports.installation(world.installation.id), now: () => new Date(at) };
    const slow = { ...world.ports, installation: () => client };
    await publisher(slow, world.settings)(evaluation(), new AbortController().signal);
    const key = `pull-request/${world.orders.id}/${world.pull.number}`;
    expect((await world.store.verdicts.latest(key))?.at).toBe(at);
  });

  test("leaves the provenance record, from before the merge", async () => {
    await world.publish(judged(world));
    const memos = await world.store.memory.of(`pull-request/${world.orders.id}/${world.pull.number}`);
    const record = memos.find(({ id }) => id === "record");
    expect(JSON.parse(record?.value ?? "")).toMatchObject({ version: 1, commits: [{ agent: "claude-code" }] });
  });
});

describe("a fault", () => {
  const fault = (head: string | null) => ({
    ...{ state: "fault" as const, subject: judged(world).subject, head, again: true },
    ...{ what: "GitHub is unavailable", fix: "Wait: it is tried again by itself." },
  });

  test("is a failure with the reason and what to do, and never the old green", async () => {
    await world.publish(judged(world, approved));
    await world.publish(fault(world.pull.head));
    expect(runs().at(-1)).toMatchObject({ conclusion: "failure", title: "Not judged: GitHub is unavailable" });
    expect(runs().at(-1)?.summary).toContain("**What to do:** Wait: it is tried again by itself.");
    await world.publish(judged(world, approved));
    expect(runs().at(-1)?.conclusion).toBe("success");
  });

  test("without a head finds the head", async () => {
    await world.publish(fault(null));
    expect(runs()).toMatchObject([{ conclusion: "failure", headSha: world.pull.head }]);
  });

  test("without a head, while GitHub tells nothing, goes to the head that was judged last", async () => {
    await world.publish(judged(world, approved));
    world.github.faults.add({ route: "graphql", fault: { kind: "status", status: 502 } });
    await world.publish(fault(null));
    expect(runs().at(-1)).toMatchObject({ conclusion: "failure", headSha: world.pull.head });
  });
});

describe("two pull requests on one head", () => {
  const second = () => {
    world.orders.setBranch("release", world.orders.tip("main"));
    return world.orders.pullRequest({ head: "refunds", base: "release", author: "dev" });
  };

  test("fault 21: the strictest is shown, whatever comes first", async () => {
    const other = second();
    await world.publish(judged(world, approved));
    await world.publish(judged(world, {}, other));
    expect(runs().at(-1)).toMatchObject({ conclusion: "action_required" });
    expect(runs().at(-1)?.title).toMatch(new RegExp(`^#${other.number}: Needs approval`));
    expect(runs().at(-1)?.summary).toContain("This commit is the head of 2 pull requests.");
    const from = world.github.requests.length;
    await world.publish(judged(world, approved));
    expect(world.github.requests.slice(from).filter(({ kind }) => kind === "write")).toEqual([]);
  });

  test("the other's verdict stands alone once the strict one is over", async () => {
    const other = second();
    await world.publish(judged(world, approved));
    await world.publish(judged(world, {}, other));
    other.close();
    await world.publish({ state: "over", subject: judged(world, {}, other).subject, reason: "closed" });
    expect(runs().at(-1)).toMatchObject({ conclusion: "success" });
    expect(runs().at(-1)?.title).not.toContain("#");
  });

  test("the other's verdict stands alone once the strict one moved on", async () => {
    const other = second();
    const head = world.pull.head;
    await world.publish(judged(world, approved));
    await world.publish(judged(world, {}, other));
    world.orders.push("elsewhere", { files: { "b.ts": "1\n" } }, "dev");
    other.state.headRef = "elsewhere";
    other.state.headSha = world.orders.tip("elsewhere");
    await world.publish(judged(world, {}, other));
    const shown = runs().filter(({ headSha }) => headSha === head);
    expect(shown.at(-1)).toMatchObject({ conclusion: "success" });
  });
});

describe("annotations", () => {
  const flood = (count: number, path: string | null = "src/list.ts") => {
    const evaluation = judged(world);
    const findings = Array.from({ length: count }, (_, index) => ({
      ...{
        rule: `rule-${index}`,
        message: "m",
        identity: `${index}`,
        severity: "warning" as const,
        severityReason: "r",
      },
      place: path === null ? { kind: "change" as const } : { kind: "lines" as const, path, start: 1, end: 1 },
      ...{
        confidence: "high" as const,
        help: "h",
        writer: null,
        fingerprint: index.toString(16).padStart(32, "0"),
        waivedBy: null,
      },
    }));
    return { ...evaluation, review: { ...evaluation.review, findings } };
  };

  test.each([{ count: 0 }, { count: 51 }, { count: 501 }])(
    "fault 66: $count of them go in batches of 50, each once, with the true total",
    async ({ count }) => {
      await world.publish(flood(count));
      const run = runs()[0];
      const shown = Math.min(500, run?.annotations.length ?? 0);
      const writes = world.github.requests.filter(({ route }) => route.startsWith("checks/"));
      expect(runs()).toHaveLength(1);
      expect(new Set(run?.annotations.map((each) => JSON.stringify(each))).size).toBe(shown);
      expect(writes.filter(({ kind }) => kind === "write")).toHaveLength(Math.max(1, Math.ceil(shown / 50)));
      if (count > 500) expect(run?.summary).toMatch(/Annotations: the 500 most severe of 50\d are shown/);
      expect(Buffer.byteLength(run?.summary ?? "")).toBeLessThanOrEqual(65_535);
    },
  );

  test("fault 67: hostile names stay inert, and are never a place", async () => {
    const evaluation = judged(world, { change: changeOf(["src/@team/everyone.ts"]) });
    await world.publish(evaluation);
    const outsideOfCode = runs()[0]?.summary?.replaceAll(/`[^`]*`/g, "") ?? "";
    expect(outsideOfCode).toContain("AI-suggested");
    expect(outsideOfCode).not.toContain("@team");
  });

  test("fault 69: what stands beside no line of the diff stands at its file or in the summary", async () => {
    await world.publish(flood(3, null));
    expect(runs()[0]?.annotations.every(({ path }) => path !== "")).toBe(true);
  });

  test("that GitHub refuses do not hold up the verdict", async () => {
    world.github.faults.add({ route: "checks/create", fault: { kind: "status", status: 422 }, times: 1 });
    await world.publish(flood(60));
    expect(runs()).toMatchObject([{ conclusion: "action_required", annotations: [] }]);
  });
});

describe("a write whose answer is lost", () => {
  test.each([
    { says: "28: reset after it was done", fault: { kind: "reset" as const, applied: true } },
    { says: "28: reset before it was done", fault: { kind: "reset" as const } },
    { says: "26: hung after it was done", fault: { kind: "hang" as const, applied: true } },
    { says: "25: 502", fault: { kind: "status" as const, status: 502 } },
    { says: "25: HTML with 200", fault: { kind: "html" as const } },
  ])("fault $says: one run, whole", async ({ fault }) => {
    world.github.faults.add({ route: "checks/create", fault, times: 1 });
    await world.publish(judged(world));
    expect(runs()).toMatchObject([{ conclusion: "action_required", status: "completed" }]);
  });

  test("fault 29: where no more runs may be made the last is changed", async () => {
    await world.publish(judged(world));
    world.github.faults.add({ route: "checks/create", fault: { kind: "status", status: 422 } });
    await world.publish(judged(world, approved));
    expect(runs()).toMatchObject([{ conclusion: "success", status: "completed" }]);
  });
});

describe("labels", () => {
  const labels = () => [...world.pull.state.labels].sort();

  test("are made once, added and taken away one by one, and others are left alone", async () => {
    world.pull.label("bug");
    await world.publish(judged(world));
    expect(labels()).toEqual(["ai-assisted", "bug", "needs-owner-approval"]);
    await world.publish(judged(world, approved));
    expect(labels()).toEqual(["ai-assisted", "bug"]);
    const made = world.github.requests.filter(({ route }) => route === "issues/create-label");
    expect(made).toHaveLength(2);
    expect(world.github.requests.some(({ route }) => route === "issues/set-labels")).toBe(false);
    expect(world.orders.state.labels.get("ai-assisted")?.description).toBe("People wrote it with an AI tool");
  });

  test("that a person set stay: they are claims", async () => {
    world.pull.label("needs-owner-approval", "bob");
    await world.publish(judged(world, approved));
    expect(labels()).toContain("needs-owner-approval");
  });

  /** As the inbox tells it of a webhook. */
  const told = (label: string, by: string, set: boolean) => {
    const subject = `pull-request/${world.orders.id}/${world.pull.number}`;
    const at = new Date(Date.now() + 1_000).toISOString();
    const value = JSON.stringify({ label, by, set });
    return world.store.memory.remember([{ subject, kind: "label", id: `${label}/${at}`, value, at }]);
  };

  test("that a person set after ours stay", async () => {
    await world.publish(judged(world));
    await told("needs-owner-approval", "bob", true);
    await world.publish(judged(world, approved));
    expect(labels()).toContain("needs-owner-approval");
  });

  test("that a person took away come back: taking one away changes no verdict", async () => {
    await world.publish(judged(world));
    world.pull.unlabel("ai-assisted", "dev");
    await told("ai-assisted", "dev", false);
    await world.publish(judged(world));
    expect(labels()).toContain("ai-assisted");
  });

  test.each([{ status: 404 }, { status: 409 }, { status: 403 }, { status: 503 }])(
    "fault 30: $status on a label leaves the verdict as it is",
    async ({ status }) => {
      world.github.faults.add({ route: "issues/*", fault: { kind: "status", status } });
      await world.publish(judged(world));
      expect(runs()).toMatchObject([{ conclusion: "action_required" }]);
      const subjects = await world.store.subjects.of({ installation: world.installation.id });
      expect(subjects).toHaveLength(status === 503 ? 1 : 0);
    },
  );
});

describe("review requests", () => {
  const asked = () => [...world.pull.state.requestedUsers];
  const requests = () => world.github.requests.filter(({ route }) => route === "pulls/request-reviewers");

  test("go to the fewest who can settle it, once", async () => {
    await world.publish(judged(world));
    expect(asked()).toEqual(["ann"]);
    world.pull.review("ann", "COMMENTED");
    await world.publish(judged(world));
    expect(asked()).toEqual([]);
    expect(requests()).toHaveLength(1);
  });

  test("are not made for a draft", async () => {
    world.pull.draft();
    await world.publish(judged(world));
    expect(requests()).toEqual([]);
    world.pull.ready();
    await world.publish(judged(world));
    expect(asked()).toEqual(["ann"]);
  });

  test("that somebody made already are not made again, nor once they are answered", async () => {
    world.pull.requestReview({ users: ["ann"] });
    await world.publish(judged(world));
    world.pull.review("ann", "COMMENTED");
    await world.publish(judged(world));
    expect(requests()).toEqual([]);
  });

  test("fault 30: a team that cannot be requested is mentioned, once, and the comment says so", async () => {
    world.github.team("acme/payments", { members: ["pia"] });
    const money = { change: changeOf(["src/money/pay.ts"]) };
    await world.publish(judged(world, money));
    await world.publish(judged(world, money));
    expect(world.orders.state.comments.map(({ user }) => user)).toEqual(["countersign[bot]"]);
    expect(world.orders.state.comments[0]?.body).toContain("@acme/payments: this change waits for a review of `money`");
    expect(world.orders.state.comments[0]?.body).toContain("the team cannot be requested");
    expect(runs()).toMatchObject([{ conclusion: "action_required" }]);
    expect(requests()).toHaveLength(1);
  });

  test("go to a team that can be requested", async () => {
    world.github.team("acme/payments", { members: ["pia"], may: { "acme/orders": "write" } });
    await world.publish(judged(world, { change: changeOf(["src/money/pay.ts"]) }));
    expect([...world.pull.state.requestedTeams]).toEqual(["payments"]);
  });
});

describe("the buttons", () => {
  const press = (button: string) => {
    const head = { installation: world.installation.id, repository: world.orders.id, sha: world.pull.head };
    return world.store.memory.remember(pressed(head, button, new Date("2026-11-21T12:00:00Z")));
  };

  test("Re-evaluate shows the verdict in a new run, once", async () => {
    await world.publish(judged(world));
    await press("recheck");
    await world.publish(judged(world));
    await world.publish(judged(world));
    expect(runs()).toHaveLength(2);
  });

  test("Request owners asks those again who were asked before, once", async () => {
    await world.publish(judged(world));
    world.pull.review("ann", "COMMENTED");
    await press("request-owners");
    await world.publish(judged(world));
    expect([...world.pull.state.requestedUsers]).toEqual(["ann"]);
    world.pull.review("ann", "COMMENTED");
    await world.publish(judged(world));
    expect([...world.pull.state.requestedUsers]).toEqual([]);
  });

  test("Explain says in a comment why it is so, once", async () => {
    await press("explain");
    await world.publish(judged(world));
    await world.publish(judged(world, approved));
    expect(world.orders.state.comments).toHaveLength(1);
    expect(world.orders.state.comments[0]?.body).toContain("**Who can unblock:** ann (auth)");
  });

  test("another App's button leaves nothing", () => {
    const head = { installation: 1, repository: 2, sha: world.pull.head };
    expect(pressed(head, "constructor", new Date())).toEqual([]);
  });
});

describe("the comment", () => {
  const withComment = () => {
    const next = withStore(world, world.store);
    next.settings.choices.comment = true;
    return next;
  };
  const comments = () => world.orders.state.comments;

  test("is off by default", async () => {
    await world.publish(judged(world));
    expect(comments()).toEqual([]);
  });

  test("is one, kept up to date, whoever copies its marker", async () => {
    const app = withComment();
    await app.publish(judged(world));
    const marker = comments()[0]?.body.split("\n")[0] ?? "";
    expect(marker).toBe(`<!-- countersign:v1 ${world.orders.id}#${world.pull.number} sticky -->`);
    world.pull.comment("eve", `${marker}\nAll is well.`);
    await app.publish(judged(world, approved));
    expect(comments()).toHaveLength(2);
    expect(comments()[0]?.body).toContain("## ✅ Pass");
    expect(comments()[1]?.body).toBe(`${marker}\nAll is well.`);
  });

  test("of which two were made at once stays the older", async () => {
    const app = withComment();
    await app.publish(judged(world));
    const first = comments()[0]!;
    world.pull.comment("countersign[bot]", first.body);
    await app.publish(judged(world, approved));
    expect(comments().map(({ id }) => id)).toEqual([first.id]);
  });

  test("fault 28: is made once though the answer is lost", async () => {
    world.github.faults.add({ route: "issues/create-comment", fault: { kind: "reset", applied: true }, times: 1 });
    await withComment().publish(judged(world));
    expect(comments()).toHaveLength(1);
  });

  test("among more comments than are read is left out, once, and all else is there", async () => {
    world.pull.comment("eve", "hello");
    const [first] = comments();
    while (comments().length < 3_001) comments().push({ ...first!, id: first!.id + comments().length });
    const app = withComment();
    await app.publish(judged(world));
    const asked = world.github.requests.length;
    await app.publish(judged(world));
    expect(world.github.requests.length).toBe(asked);
    expect(comments()).toHaveLength(3_001);
    expect([...world.pull.state.labels].sort()).toEqual(["ai-assisted", "needs-owner-approval"]);
    expect(app.log.lines.map(({ event }) => event)).toEqual(["comment-left-out"]);
  });

  test("that is there stays true among more comments than are read", async () => {
    const app = withComment();
    await app.publish(judged(world));
    world.pull.comment("eve", "hello");
    const [own, other] = comments();
    while (comments().length < 3_001) comments().push({ ...other!, id: other!.id + comments().length });
    await app.publish(judged(world, approved));
    expect(comments().find(({ id }) => id === own!.id)?.body).toContain("## ✅ Pass");
    expect(comments()).toHaveLength(3_001);
  });

  test("answers a command once", async () => {
    const asked = { comment: 7, at: "2026-11-21T12:00:00Z", by: "ann", isInsider: true };
    const replies = [{ ...asked, granted: true, text: "It is being judged anew." }];
    // Answers have a turn of their own, after verdicts.
    const subject = { kind: "replies", installation: world.installation.id } as const;
    for (const evaluation of [judged(world), judged(world, approved)]) {
      await world.publish({ ...evaluation, replies });
      await world.publish({ state: "to-tell", subject });
    }
    expect(comments().map(({ body }) => body.split("\n")[1])).toEqual(["It is being judged anew."]);
  });
});

test("fault 13: two instances that publish the same at once make one check", async () => {
  const clock = { now: () => new Date(), sleep: (ms: number) => sleep(Math.min(ms, 100)) };
  const both = ["one", "two"].map((instance) => {
    const publish = publisher({ ...world.ports, clock, instance }, world.settings);
    return untilFree(() => publish(judged(world), new AbortController().signal));
  });
  await Promise.all(both);
  expect(runs()).toHaveLength(1);
  expect([...world.pull.state.labels].sort()).toEqual(["ai-assisted", "needs-owner-approval"]);
});

/** As the worker does: what somebody else holds is taken up again. */
async function untilFree(publish: () => Promise<void>): Promise<void> {
  try {
    await publish();
  } catch (error) {
    if (!(error instanceof HeadBusy)) throw error;
    await untilFree(publish);
  }
}

test("what is seen is the same for the same evaluations, whatever was published before", async () => {
  await world.publish(judged(world));
  const before = visible(world);
  await withStore(world, world.store).publish(judged(world));
  expect(visible(world)).toEqual(before);
});
