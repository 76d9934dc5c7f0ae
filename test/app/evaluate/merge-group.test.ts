import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { memosOfComment } from "../../../app/commands/index.ts";
import { judgedRow } from "../../../app/publish/verdict-row.ts";
import { removeRepositories } from "../../git-repository.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import type { PullHandle } from "../../github/pull.ts";
import { came, evaluateWorld, type EvaluateWorld } from "./evaluate-world.ts";

/** What a merge group takes from its pull requests: what was said of them counts for it, and none of it makes it greener. */
let world: EvaluateWorld;
let pull: PullHandle;
let other: PullHandle;

const policy = `version: 1
mode: enforce
areas:
  auth: { paths: ["src/auth/**"], owners: { teams: [owners] } }
policy_owners: { users: [bob] }
break_glass: { who: { users: [bob] }, max_age: 4h }
rules:
  - id: auth-needs-its-owner
    when: { ai: true, area: auth }
    require: { owner_approval: { per: area } }
`;
const helped = "Two\n\nCo-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>\n";

beforeAll(githubSchema);
beforeEach(async () => {
  world = await evaluateWorld(policy);
  pull = world.orders.pullRequest({ head: "refunds", author: "mona" });
  world.orders.push("other", { files: { "b.ts": "other\n" } }, "mona");
  other = world.orders.pullRequest({ head: "other", author: "mona" });
});
afterEach(() => world.github.close());
afterAll(removeRepositories);

function subjectOf({ number }: PullHandle): string {
  return `pull-request/${world.orders.id}/${number}`;
}

async function judged(of: PullHandle): Promise<string> {
  const evaluation = await world.pull(of);
  if (evaluation.state === "judged")
    await world.store.verdicts.append(judgedRow(evaluation, world.clock.now().toISOString()));
  return came(evaluation);
}

function grouped(...pulls: readonly PullHandle[]) {
  const { headSha: head, headRef, baseRef, baseSha } = world.orders.mergeGroup(...pulls.map(({ number }) => number));
  const where = { installation: world.installation.id, repository: world.orders.id };
  return world.evaluate({ kind: "merge-group", ...where, head, headRef, baseRef, baseSha });
}

let comment = 0;
async function says(of: PullHandle, by: string, body: string): Promise<void> {
  const at = new Date((world.clock.at += 60_000)).toISOString();
  const written = { subject: subjectOf(of), id: (comment += 1), by, body, before: null, at };
  await world.store.memory.remember(memosOfComment(written));
  world.clock.at += 60_000;
}

function mark(): string {
  return world.orders.push("refunds", { files: { "src/auth/a.ts": "ai\n" }, message: helped }, "mona");
}

describe("42. a tool's work stays a tool's in the group", () => {
  test("though its trailer was amended away", async () => {
    mark();
    expect(await judged(pull)).toBe("needs-approval");
    world.orders.forcePush("refunds", { files: { "src/auth/a.ts": "ai\n" }, message: "Two\n" }, "mona");
    expect(came(await grouped(pull))).toBe("needs-approval");
    expect(await judged(pull)).toBe("needs-approval");
    expect(came(await grouped(pull))).not.toBe("pass");
  });

  test("where a person declared it", async () => {
    expect(await judged(pull)).toBe("pass");
    await says(pull, "mona", `/countersign declare ${pull.head} claude-code:claude-opus-4-5`);
    expect(came(await grouped(pull))).toBe("needs-approval");
    pull.review("ann", "APPROVED");
    expect(came(await grouped(pull))).toMatch(/^(pass|warn)$/);
  });

  test("and makes nothing of the other pull requests a tool's", async () => {
    world.orders.push("other", { files: { "src/auth/b.ts": "by hand\n" } }, "mona");
    world.orders.push("refunds", { files: { "c.ts": "ai\n" }, message: helped }, "mona");
    await judged(pull);
    // Amended with its trailer: the commit that was there before is gone.
    world.orders.forcePush("refunds", { files: { "c.ts": "ai, too\n" }, message: helped }, "mona");
    expect([await judged(pull), await judged(other)]).toEqual(["pass", "pass"]);
    expect(came(await grouped(pull, other))).toBe("pass");
  });
});

describe("what an owner of the policy cleared is a person's in the group", () => {
  test.each([
    { by: "bob", after: "pass", says: "by an owner" },
    { by: "mona", after: "needs-approval", says: "and not by anybody else" },
  ])("$says", async ({ by, after }) => {
    const marked = mark();
    await judged(pull);
    await says(pull, by, `/countersign clear ${marked} typed by hand`);
    expect(await judged(pull)).toBe(after);
    if (after === "pass") expect(came(await grouped(pull, other))).toBe(after);
  });

  test("but not for another pull request that holds the same commit", async () => {
    const marked = mark();
    world.orders.setBranch("stacked", marked, "mona");
    world.orders.push("stacked", { files: { "d.ts": "4\n" } }, "mona");
    const stacked = world.orders.pullRequest({ head: "stacked", author: "mona" });
    await judged(pull);
    await says(pull, "bob", `/countersign clear ${marked} typed by hand`);
    expect(await judged(pull)).toBe("pass");
    expect(came(await grouped(pull))).toBe("pass");
    expect(came(await grouped(pull, stacked))).not.toMatch(/pass|warn/);
  });
});

describe("break-glass", () => {
  beforeEach(async () => {
    mark();
    expect(await judged(pull)).toBe("needs-approval");
  });

  test("for a pull request holds for a group that brings just what it brings", async () => {
    await says(pull, "bob", "/countersign override INC-42: refunds fail");
    expect(await judged(pull)).toBe("pass");
    expect(came(await grouped(pull))).toBe("pass");
    world.clock.at += 5 * 3_600_000;
    expect(came(await grouped(pull))).not.toBe("pass");
  });

  test("of anybody else holds for none", async () => {
    await says(pull, "mona", "/countersign override INC-42: refunds fail");
    expect(came(await grouped(pull))).not.toBe("pass");
  });

  test("for one speaks for no other that needs an approval", async () => {
    world.orders.push("other", { files: { "src/auth/b.ts": "ai\n" }, message: helped }, "mona");
    await judged(other);
    await says(pull, "bob", "/countersign override INC-42: refunds fail");
    expect([await judged(pull), await judged(other)]).toEqual(["pass", "needs-approval"]);
    expect(came(await grouped(pull, other))).not.toBe("pass");
  });

  test("from before the base was another is over", async () => {
    await says(pull, "bob", "/countersign override INC-42: refunds fail");
    expect(await judged(pull)).toBe("pass");
    world.orders.push("release", { files: {} });
    pull.retarget("release");
    pull.retarget("main");
    expect(came(await grouped(pull))).not.toBe("pass");
  });
});

describe("a group is never greener than its pull requests", () => {
  test.each(["needs-approval", "block", "undecided", "fault", "pending"])(
    "one whose last verdict is %s holds it up, and is judged anew",
    async (decision) => {
      const evaluation = await world.pull(other);
      if (evaluation.state !== "judged") throw new Error(came(evaluation));
      const row = judgedRow(evaluation, world.clock.now().toISOString());
      await world.store.verdicts.append({ ...row, decision });
      expect(await grouped(pull, other)).toMatchObject({
        ...{ state: "fault", again: true },
        what: `#${other.number} holds this merge group up: its own verdict is ${decision}.`,
      });
      expect(await world.store.subjects.claim("lane", "9999", "9999")).toMatchObject({ key: subjectOf(other) });
    },
  );

  test.each([
    { says: "of another head", more: { head: "0".repeat(40) } },
    { says: "that let it merge", more: { decision: "warn" } },
  ])("a verdict $says holds nothing up", async ({ more }) => {
    const evaluation = await world.pull(other);
    if (evaluation.state !== "judged") throw new Error(came(evaluation));
    const row = { ...judgedRow(evaluation, world.clock.now().toISOString()), decision: "block" };
    await world.store.verdicts.append({ ...row, ...more });
    expect(came(await grouped(pull, other))).toBe("pass");
  });
});

describe("what is not known, or not yet, makes no group greener", () => {
  beforeEach(async () => {
    expect(await judged(pull)).toBe("pass");
    await says(pull, "mona", `/countersign declare ${pull.head} claude-code:claude-opus-4-5`);
  });

  test.each([
    { says: "GitHub does not tell their reviews", route: "pulls/list-reviews" },
    { says: "GitHub does not tell one of them", route: "pulls/get" },
  ])("where $says: it is tried again", async ({ route }) => {
    world.github.faults.add({ route, fault: { kind: "status", status: 503 } });
    expect(await grouped(pull)).toMatchObject({ state: "fault", again: true });
    world.github.faults.clear();
    expect(came(await grouped(pull))).toBe("needs-approval");
  });

  test("where a second one was opened on the same commit", async () => {
    world.orders.setBranch("copy", pull.head, "mona");
    world.orders.pullRequest({ head: "copy", author: "mona" });
    expect(came(await grouped(pull, other))).not.toMatch(/^(pass|warn)$/);
  });

  test("where one turns red while the group is judged", async () => {
    expect(await judged(other)).toBe("pass");
    const { verdicts } = world.store;
    const { latest } = verdicts;
    let asked = 0;
    verdicts.latest = async (key) => {
      const row = await latest(key);
      asked += 1;
      return asked === 1 || row === null ? row : { ...row, decision: "block" };
    };
    const evaluation = await grouped(other).finally(() => (verdicts.latest = latest));
    expect(evaluation).toMatchObject({ state: "fault", again: true, seldom: true });
  });

  test("and asks of commits that the queue left as they were one by one", async () => {
    world.orders.push("other", { files: { "src/auth/b.ts": "ai\n" }, message: helped }, "mona");
    world.clock.at += 60_000;
    world.orders.push("other", { files: { "c.ts": "ai\n" }, message: helped }, "mona");
    expect(await judged(other)).toBe("needs-approval");
    world.clock.at += 60_000;
    world.orders.forcePush("other", { files: { "c.ts": "ai, too\n" }, message: helped }, "mona");
    world.clock.at += 60_000;
    world.orders.push("other", { files: { "src/auth/b.ts": "ai, too\n" }, message: "Typed\n" }, "mona");
    expect(came(await grouped(other))).toBe("needs-approval");
    expect(await judged(other)).toBe("needs-approval");
  });
});
