import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { memosOfComment } from "../../../app/commands/index.ts";
import { removeRepositories } from "../../git-repository.ts";
import type { Fault } from "../../github/faults.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import type { PullHandle } from "../../github/pull.ts";
import { came, evaluateWorld, owned, type EvaluateWorld } from "./evaluate-world.ts";

/** What is true on GitHub now, judged: whatever is asked how, and whatever goes wrong meanwhile. */
let world: EvaluateWorld;
let pull: PullHandle;

beforeAll(githubSchema);
beforeEach(async () => {
  world = await evaluateWorld();
  pull = world.orders.pullRequest({ head: "refunds", author: "mona" });
});
afterEach(() => {
  expect(world.github.violations.filter((each) => !each.includes("head/repo must be object"))).toEqual([]);
  world.github.close();
});
afterAll(removeRepositories);

describe("what an evaluation costs", () => {
  test("three reads when nothing is known, one when something is", async () => {
    world.reads();
    expect(came(await world.pull(pull))).toBe("needs-approval");
    expect(world.reads()).toBeLessThanOrEqual(3);
    pull.review("ann", "APPROVED");
    expect(came(await world.pull(pull))).toBe("pass");
    expect(world.reads()).toBeLessThanOrEqual(1);
  });

  test("a stack of 25 pull requests with 32 checks each takes 150 calls at most", async () => {
    const pulls = Array.from({ length: 25 }, (_, index) => {
      world.orders.push(`stack-${index}`, { files: { "b.ts": `${index}\n` } }, "mona");
      return world.orders.pullRequest({ head: `stack-${index}`, author: "mona" });
    });
    for (const { head } of pulls)
      for (let check = 0; check < 32; check += 1) world.orders.status(head, `check ${check}`, "pending");
    world.start();
    const before = world.github.requests.length;
    // However many events there are, they collapse into few evaluations of what is true then.
    const came = new Set<string>();
    for (let round = 0; round < 3; round += 1) for (const each of pulls) came.add((await world.pull(each)).state);
    expect([...came]).toEqual(["judged"]);
    const calls = world.github.requests.slice(before).filter(({ kind }) => kind !== "git");
    expect(calls.length).toBeLessThanOrEqual(150);
  }, 240_000);
});

describe("what is not to be judged", () => {
  const rows: { says: string; make: () => void; reason: string }[] = [
    { says: "closed", make: () => pull.close(), reason: "it is closed" },
    { says: "merged", make: () => void pull.merge(), reason: "it is merged" },
    { says: "22. gone with its repository", make: () => world.orders.delete(), reason: "gone" },
    { says: "22. suspended", make: () => world.github.suspend(world.installation), reason: "suspended" },
    { says: "22. uninstalled", make: () => world.github.uninstall(world.installation), reason: "over: " },
    { says: "22. transferred away", make: () => world.orders.transfer("hub"), reason: "may not see it" },
  ];
  test.each(rows)("is over: $says", async ({ make, reason }) => {
    make();
    expect(came(await world.pull(pull))).toContain(reason);
  });

  test("a pull request that there is not, and kinds that stand for others", async () => {
    const { id: installation } = world.installation;
    const where = { installation, repository: world.orders.id };
    expect(came(await world.evaluate({ kind: "pull-request", ...where, number: 99 }))).toContain("over");
    expect(came(await world.evaluate({ kind: "base", ...where, branch: "main" }))).toContain("over");
  });
});

describe("22. what was open when it was judged", () => {
  const judgedBefore = (decision: string) =>
    world.store.verdicts.append({
      ...{ subject: `pull-request/${world.orders.id}/${pull.number}`, installation: world.installation.id },
      ...{ repository: world.orders.id, head: pull.head, number: pull.number, evaluation: "e1", decision },
      ...{
        conclusion: "success",
        title: "",
        policyDigest: "",
        engine: "",
        review: "{}",
        at: "2026-03-01T12:00:00.000Z",
      },
    });
  const hide = () => {
    for (const route of ["graphql", "pulls/*"])
      world.github.faults.add({ route, fault: { kind: "status", status: 404 } });
  };

  test("and is not found though its repository is, is a fault at its head, and tried again", async () => {
    await judgedBefore("pass");
    hide();
    const evaluation = await world.pull(pull);
    expect(evaluation).toMatchObject({ state: "fault", head: pull.head, again: true });
    expect(came(evaluation)).toContain("it knows of no such pull request");
    world.github.faults.clear();
    expect(came(await world.pull(pull))).toBe("needs-approval");
  });

  const rows: { says: string; make: () => void }[] = [
    { says: "its repository is gone", make: () => world.orders.delete() },
    { says: "the App is suspended", make: () => world.github.suspend(world.installation) },
    { says: "the App is uninstalled", make: () => world.github.uninstall(world.installation) },
    { says: "its repository is another's", make: () => world.orders.transfer("hub") },
  ];
  test.each(rows)("is over once $says", async ({ make }) => {
    await judgedBefore("pass");
    make();
    expect(came(await world.pull(pull))).toContain("over: ");
  });

  test("is over where it was over before", async () => {
    await judgedBefore("over");
    hide();
    expect(came(await world.pull(pull))).toContain("over: ");
  });

  test("is told from one that was merged: only of what was closed a green is taken back", async () => {
    pull.close();
    expect(await world.pull(pull)).toMatchObject({ state: "over", closed: true });
    pull.reopen();
    pull.merge();
    expect(await world.pull(pull)).toMatchObject({ state: "over", closed: false });
  });

  test("where it stands is told before it is judged", async () => {
    const told: unknown[] = [];
    const where = { installation: world.installation.id, repository: world.orders.id };
    const found = (stand: object) => Promise.resolve(void told.push(stand));
    await world.evaluate({ kind: "pull-request", ...where, number: pull.number }, found);
    expect(told).toEqual([{ head: pull.head, base: "main" }]);
  });
});

describe("what is judged as it is now", () => {
  test("22. under the name that the repository has now", async () => {
    await world.pull(pull);
    world.orders.rename("purchases");
    const evaluation = await world.pull(pull);
    expect(evaluation).toMatchObject({ state: "judged", facts: { change: { repository: { name: "purchases" } } } });
  });

  test("22. of a fork that is gone, and of a draft", async () => {
    const fork = world.orders.fork("eve");
    fork.push("patch", { files: { "src/auth/a.ts": "3\n" } }, "eve");
    const forked = world.orders.pullRequest({ head: "patch", from: fork, author: "eve", draft: true });
    fork.delete();
    expect(came(await world.pull(forked))).toBe("needs-approval");
  });

  test("20. by the policy and the base of now", async () => {
    expect(came(await world.pull(pull))).toBe("needs-approval");
    world.orders.push("main", { files: { ".github/countersign.yml": "version: 1\nmode: enforce\n" } });
    expect(came(await world.pull(pull))).toBe("pass");
    world.orders.push("release", { files: { "c.ts": "1\n" } });
    pull.retarget("release");
    expect(await world.pull(pull)).toMatchObject({ facts: { change: { base: { name: "release" } } } });
  });

  test("an approval counts as long as its content stands, after a rebase too", async () => {
    pull.review("ann", "APPROVED");
    world.orders.push("main", { files: { "b.ts": "bb\n" } });
    world.orders.forcePush("refunds", { files: { "src/auth/a.ts": "2\n" } }, "mona");
    expect(came(await world.pull(pull))).toBe("pass");
    world.orders.push("refunds", { files: { "src/auth/a.ts": "3\n" } }, "mona");
    expect(came(await world.pull(pull))).toBe("needs-approval");
  });

  test("42. a tool's work stays a tool's, though its trailer is amended away", async () => {
    const message = "Two\n\nCo-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>\n";
    const marked = world.orders.push("refunds", { files: { "src/auth/a.ts": "ai\n" }, message }, "mona");
    const first = await world.pull(pull);
    expect(first.state === "judged" && first.earlier).toEqual([marked]);
    world.orders.forcePush("refunds", { files: { "src/auth/a.ts": "ai\n" }, message: "Two\n" }, "mona");
    const second = await world.pull(pull);
    const lines = (evaluation: typeof second) =>
      evaluation.state === "judged" ? evaluation.review.provenance.totals.lines["agent-assisted"] : null;
    expect(lines(first)).toBeGreaterThan(0);
    expect(lines(second)).toBeGreaterThan(0);
  });
});

describe("what people asked for in comments", () => {
  const breakGlass = `${owned}break_glass: { who: { users: [bob] }, max_age: 4h }\n`;

  async function says(by: string, body: string): Promise<void> {
    const subject = `pull-request/${world.orders.id}/${pull.number}`;
    const at = new Date((world.clock.at += 60_000)).toISOString();
    await world.store.memory.remember(memosOfComment({ subject, id: 7, by, body, before: null, at }));
    world.clock.at += 60_000;
  }

  /** As whoever publishes remembers it: what a person can have seen. */
  async function published(): Promise<void> {
    const evaluation = await world.pull(pull);
    if (evaluation.state !== "judged") throw new Error(came(evaluation));
    const at = world.clock.now().toISOString();
    const { head, review } = evaluation;
    await world.store.verdicts.append({
      ...{ subject: `pull-request/${world.orders.id}/${pull.number}`, installation: world.installation.id },
      ...{ repository: world.orders.id, head, number: pull.number, evaluation: "e1", decision: review.decision.state },
      ...{ conclusion: "action_required", title: "", policyDigest: "", engine: "", review: "{}", at },
    });
  }

  test.each([
    { by: "bob", after: "pass", says: "of whom the policy names" },
    { by: "mona", after: "needs-approval", says: "of anybody else" },
  ])("break-glass $says", async ({ by, after }) => {
    world.orders.push("main", { files: { ".github/countersign.yml": breakGlass } });
    await published();
    await says(by, "/countersign override INC-42: refunds fail");
    expect(came(await world.pull(pull))).toBe(after);
    // It was given for what stood there, whatever is pushed later.
    world.orders.push("refunds", { files: { "src/auth/a.ts": "later\n" } }, "mona");
    expect(came(await world.pull(pull))).toBe("needs-approval");
  });
});

describe("25. when GitHub fails", () => {
  const faults: { says: string; fault: Fault }[] = [
    { says: "502", fault: { kind: "status", status: 502 } },
    { says: "HTML with 200", fault: { kind: "html" } },
    { says: "nothing with 200", fault: { kind: "empty" } },
    { says: "cut-off JSON", fault: { kind: "truncated" } },
    { says: "26. a reset", fault: { kind: "reset" } },
    { says: "an error beside the data", fault: { kind: "graphql-error", message: "Something went wrong" } },
  ];
  test.each(faults)("the graph with $says, the lists say the same", async ({ fault }) => {
    pull.review("ann", "APPROVED");
    const whole = await world.pull(pull);
    world.github.faults.add({ route: "graphql", fault });
    const listed = await world.pull(pull);
    expect([came(whole), came(listed)]).toEqual(["pass", "pass"]);
    const told = (evaluation: typeof whole) =>
      evaluation.state === "judged" ? { ...evaluation.facts, asOf: "", signatures: null } : null;
    expect(told(listed)).toEqual(told(whole));
  });

  test.each(faults)("everywhere with $says, it is a fault, and never a pass", async ({ fault }) => {
    pull.review("ann", "APPROVED");
    await world.pull(pull);
    for (const route of ["graphql", "pulls/*", "repos/*"]) world.github.faults.add({ route, fault });
    const evaluation = await world.pull(pull);
    expect(evaluation).toMatchObject({ state: "fault", again: true });
    expect(came(evaluation)).toContain("GitHub is unavailable");
    world.github.faults.clear();
    expect(came(await world.pull(pull))).toBe("pass");
  });

  test("git alone, it is a fault at the head", async () => {
    world.github.faults.add({ route: "git", fault: { kind: "status", status: 503 } });
    expect(await world.pull(pull)).toMatchObject({ state: "fault", head: pull.head, again: true });
  });

  test("27. a limit is told, and nothing more is asked until it is over", async () => {
    await world.pull(pull);
    world.github.faults.add({ route: "graphql", fault: { kind: "secondary-limit", retryAfterSeconds: 90 }, times: 1 });
    expect(came(await world.pull(pull))).toContain("rate limit is used up until");
    world.reads();
    expect(await world.pull(pull)).toMatchObject({ state: "fault", again: true });
    expect(world.reads()).toBe(0);
    world.clock.at += 90_000;
    expect(came(await world.pull(pull))).toBe("needs-approval");
  });
});

describe("what git does not give", () => {
  test("40. an empty pull request is a fault that says so", async () => {
    world.orders.forcePush("refunds", { files: {}, onto: world.orders.tip() }, "mona");
    world.orders.setBranch("refunds", world.orders.tip(), "mona");
    expect(came(await world.pull(pull))).toMatch(/nothing to judge|over/);
  });

  test("40. histories that share nothing are a fault that says so", async () => {
    world.orders.push("other", { parents: [], files: { "x.ts": "1\n" } }, "mona");
    const unrelated = world.orders.pullRequest({ head: "other", author: "mona" });
    expect(await world.pull(unrelated)).toMatchObject({ state: "fault", again: false });
  });

  test("20. a base branch that is gone is a fault that says so", async () => {
    world.orders.push("release", { files: { "c.ts": "1\n" } });
    pull.retarget("release");
    world.orders.setBranch("release", null);
    const evaluation = await world.pull(pull);
    expect(evaluation.state).not.toBe("judged");
  });
});

describe("23. a merge group", () => {
  const group = (made: { headSha: string; headRef: string; baseRef: string; baseSha: string }) =>
    world.evaluate({
      ...{ kind: "merge-group", installation: world.installation.id, repository: world.orders.id },
      ...{ head: made.headSha, headRef: made.headRef, baseRef: made.baseRef, baseSha: made.baseSha },
    });

  test("is judged by the reviews of each of its pull requests", async () => {
    world.orders.push("other", { files: { "b.ts": "other\n" } }, "mona");
    const other = world.orders.pullRequest({ head: "other", author: "mona" });
    const made = world.orders.mergeGroup(pull.number, other.number);
    expect(came(await group(made))).toBe("needs-approval");
    pull.review("ann", "APPROVED");
    const evaluation = await group(made);
    expect(came(evaluation)).toBe("pass");
    if (evaluation.state === "judged" && evaluation.facts.mergeGroup.state === "present")
      expect(evaluation.facts.mergeGroup.value.map(({ number }) => number)).toEqual([pull.number, other.number]);
  });
});

test("24. what landed is judged by the policy that stood there before", async () => {
  const before = world.orders.tip();
  const after = world.orders.push("main", { files: { "src/auth/a.ts": "direct\n" } }, "mona");
  const where = { installation: world.installation.id, repository: world.orders.id };
  const landed = await world.evaluate({ kind: "landing", ...where, branch: "main", before, after });
  expect(landed).toMatchObject({ state: "judged", head: after });
  expect(came(landed)).not.toBe("pass");
});
