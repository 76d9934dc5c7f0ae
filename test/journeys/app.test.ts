import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { helped, policyText, setScene, type Scene, type SceneRequest } from "../app/scene.ts";
import { pullRequestKey } from "../../app/subject.ts";
import { startWorld, type World } from "../app/world.ts";
import { removeRepositories } from "../git-repository.ts";
import { githubSchema } from "../github/graphql/schema.ts";
import type { PullHandle } from "../github/pull.ts";

/** The App through its front door: a webhook comes in, and what stands on GitHub afterwards is looked at. */
let world: World;
let scenes: Scene[] = [];

// A journey is many processes of git; on busy cores that takes a while.
vi.setConfig({ testTimeout: 240_000 });

beforeAll(async () => {
  githubSchema();
  world = await startWorld();
});
afterEach(() => {
  world.lines.length = 0;
  for (const { repository } of scenes) repository.delete();
  scenes = [];
  world.github.faults.clear();
  world.github.webhookFaults.dial = { duplicate: 0, reorder: 0, fail: 0, lose: 0 };
  expect(world.github.violations.splice(0)).toEqual([]);
});
afterAll(async () => {
  await world.end();
  removeRepositories();
});

function set(request?: SceneRequest): Scene {
  const scene = setScene(world.github, request);
  scenes.push(scene);
  return scene;
}

/** A scene that the App has judged once. */
async function opened(request?: SceneRequest): Promise<Scene> {
  const scene = set(request);
  await world.until();
  return scene;
}

/** One whose owner has approved what it is now. */
async function approved(request?: SceneRequest): Promise<Scene> {
  const scene = await opened(request);
  scene.pull.review("ann", "APPROVED");
  await world.until();
  expect(conclusion(scene.pull)).toBe("success");
  return scene;
}

function conclusion(pull: PullHandle): string | null | undefined {
  return world.check(pull)?.conclusion;
}

async function stateOf(pull: PullHandle): Promise<string | undefined> {
  return (await world.verdict(pull)).states["owner"];
}

const labels = ({ state }: PullHandle): string[] => [...state.labels].sort();
const asked = ({ state }: PullHandle): string[] => [...state.requestedUsers, ...state.requestedTeams].sort();

describe("opened, reopened, ready for review", () => {
  test("opened: it waits for its owner, who is asked, and says so in ten seconds", async () => {
    const { pull } = await opened();
    const check = world.check(pull);
    expect(check).toMatchObject({ status: "completed", conclusion: "action_required" });
    expect(check?.title).toContain("Needs approval");
    expect(check?.summary).toContain("ann");
    expect(check?.actions.map(({ label }) => label)).toEqual(["Re-evaluate", "Request owners", "Explain"]);
    expect(check?.detailsUrl).toBe(`https://countersign.example.com/pr/${pull.repository.fullName}/${pull.number}`);
    expect(labels(pull)).toEqual(["ai-assisted", "needs-owner-approval"]);
    expect(asked(pull)).toEqual(["ann"]);
    expect(await stateOf(pull)).toBe("waiting");
  });

  test("opened without anything that is asked for: it passes, and nobody is asked", async () => {
    const { pull } = await opened({ files: { "src/other.ts": "2\n" } });
    expect(conclusion(pull)).toBe("success");
    expect(labels(pull)).toEqual(["ai-assisted"]);
    expect(asked(pull)).toEqual([]);
  });

  test("opened by a person alone: nothing is asked of them", async () => {
    const { pull } = await opened({ message: "Refunds\n" });
    expect(conclusion(pull)).toBe("success");
  });

  test("opened as a draft: judged alike, and asked about when it is ready for review", async () => {
    const { pull } = await opened({ draft: true });
    expect(conclusion(pull)).toBe("action_required");
    expect(asked(pull)).toEqual([]);
    pull.ready();
    await world.until();
    expect(asked(pull)).toEqual(["ann"]);
  });

  test("reopened: judged by what is true then", async () => {
    const { pull, repository } = await opened();
    pull.close();
    repository.push("refunds", { files: { "src/billing/pay.ts": "2\n" }, message: helped }, "mona");
    await world.until();
    pull.reopen();
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
    expect(world.check(pull)?.summary).toContain("billing");
  });
});

describe("with COUNTERSIGN_COMMENT", () => {
  const comments = ({ repository }: Scene) =>
    repository.state.comments.filter(({ user }) => user === "countersign[bot]").map(({ body }) => body);

  test("on, one comment says what the check says, and is kept up to date", async () => {
    await world.stop();
    await world.start({ COUNTERSIGN_COMMENT: "on" });
    onTestFinished(async () => {
      await world.stop();
      await world.start();
    });
    const scene = await opened();
    expect(comments(scene)).toEqual([expect.stringContaining("## ✋ Needs approval")]);
    scene.pull.review("ann", "APPROVED");
    await world.until();
    expect(comments(scene)).toEqual([expect.stringContaining("## ✅ Pass")]);
  });

  test("left out, there is none", async () => {
    expect(comments(await opened())).toEqual([]);
  });
});

describe("a review is submitted", () => {
  test("the main journey: approved, pushed elsewhere, pushed into the area, approved again", async () => {
    const { pull, repository } = await opened();
    pull.review("ann", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("success");
    expect(labels(pull)).toEqual(["ai-assisted"]);
    expect(asked(pull)).toEqual([]);
    repository.push("refunds", { files: { "src/other.ts": "2\n" }, message: helped }, "mona");
    await world.until();
    expect(conclusion(pull)).toBe("success");
    expect(asked(pull)).toEqual([]);
    repository.push("refunds", { files: { "src/auth/login.ts": "3\n" }, message: helped }, "mona");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
    expect(await stateOf(pull)).toBe("stale");
    expect(asked(pull)).toEqual(["ann"]);
    expect(labels(pull)).toEqual(["ai-assisted", "needs-owner-approval"]);
    pull.review("ann", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });

  test("approved by the owners of one area of two: the other stays open", async () => {
    const { pull } = await opened({ files: { "src/auth/login.ts": "2\n", "src/billing/pay.ts": "2\n" } });
    pull.review("ann", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
    pull.review("cleo", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });

  test.each([
    { says: "its author, who owns the area", author: "ann", by: "ann" },
    { says: "a committer, who owns the area", author: "mona", by: "ann", committer: "ann" },
    { says: "a bot", author: "mona", by: "helper[bot]" },
    { says: "somebody who owns nothing", author: "mona", by: "bob" },
    { says: "somebody who can only read", author: "mona", by: "rita" },
  ])("approved by $says: no change", async ({ author, by, committer }) => {
    world.github.bot("helper[bot]");
    const { pull, repository } = await opened({ author });
    if (committer !== undefined)
      repository.push("refunds", { files: { "src/auth/login.ts": "3\n" }, message: helped }, committer);
    await world.until();
    pull.review(by, "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
  });

  test("a review of an older commit counts when the area is the same, and else is stale", async () => {
    const { pull, repository } = await opened();
    const first = pull.head;
    repository.push("refunds", { files: { "src/other.ts": "2\n" }, message: helped }, "mona");
    await world.until();
    pull.review("ann", "APPROVED", { commit: first });
    await world.until();
    expect(conclusion(pull)).toBe("success");
    const second = pull.head;
    repository.push("refunds", { files: { "src/auth/login.ts": "3\n" }, message: helped }, "mona");
    await world.until();
    pull.review("ann", "APPROVED", { commit: second });
    await world.until();
    expect([conclusion(pull), await stateOf(pull)]).toEqual(["action_required", "stale"]);
  });

  test.each([
    { says: "their own approval", clear: ({ pull }: Scene) => void pull.review("ann", "APPROVED"), to: "success" },
    {
      says: "a dismissal",
      clear: ({ pull }: Scene) => pull.dismiss(pull.state.reviews[0]!),
      to: "action_required",
    },
    {
      says: "the loss of ownership",
      clear: ({ repository }: Scene) =>
        void repository.push("main", { files: { CODEOWNERS: "/src/auth/ @bob\n" } }, "petra"),
      to: "action_required",
    },
  ])("changes requested by an owner block until $says", async ({ clear, to }) => {
    const scene = await opened();
    scene.pull.review("ann", "CHANGES_REQUESTED");
    await world.until();
    expect([conclusion(scene.pull), await stateOf(scene.pull)]).toEqual(["failure", "blocked"]);
    clear(scene);
    await world.until();
    expect(conclusion(scene.pull)).toBe(to);
  });

  test("a review is dismissed: it waits again, and an older approval does not revive", async () => {
    const { pull } = await opened();
    pull.review("ann", "APPROVED");
    await world.until();
    const second = pull.review("ann", "APPROVED");
    await world.until();
    pull.dismiss(second);
    await world.until();
    expect([conclusion(pull), await stateOf(pull)]).toEqual(["action_required", "waiting"]);
  });
});

describe("a push", () => {
  test.each([
    {
      says: "a rebase",
      push: ({ repository }: Scene) => {
        repository.push("main", { files: { "README.md": "2\n" } });
        repository.forcePush("refunds", { files: { "src/auth/login.ts": "2\n" }, message: helped }, "mona");
      },
    },
    {
      says: "Update branch, a merge of the base",
      push: ({ repository, pull }: Scene) => {
        const base = repository.push("main", { files: { "README.md": "2\n" } });
        const parents = [pull.head, base];
        repository.push("refunds", { parents, files: { "README.md": "2\n" }, message: "Merge main\n" }, "mona");
      },
    },
  ])("$says does not touch the area: the approval stays", async ({ push }) => {
    const scene = await approved();
    push(scene);
    await world.until();
    expect(conclusion(scene.pull)).toBe("success");
    expect(asked(scene.pull)).toEqual([]);
  });

  test.each([
    { says: "other content", commit: { files: { "src/auth/login.ts": "3\n" } } },
    { says: "a file more", commit: { files: { "src/auth/more.ts": "1\n" } } },
    { says: "a rename out of it", commit: { rename: { "src/auth/login.ts": "src/login.ts" } } },
    { says: "a rename into it", commit: { rename: { "src/other.ts": "src/auth/other.ts" } } },
    { says: "another mode", commit: { modes: { "src/auth/login.ts": "100755" } } },
    { says: "a binary", commit: { files: { "src/auth/key.bin": "\u0000\u0001" } } },
  ] as const)("$says in the area: stale, and its owner is asked again", async ({ commit }) => {
    const { pull, repository } = await approved();
    repository.push("refunds", { ...commit, message: helped }, "mona");
    await world.until();
    expect([conclusion(pull), await stateOf(pull)]).toEqual(["action_required", "stale"]);
    expect(asked(pull)).toEqual(["ann"]);
  });

  test("the base is another branch: everything is worked out anew", async () => {
    const { pull, repository } = await approved();
    const strict = policyText.replace("per: area", "per: area, count: 2");
    repository.push("release", { from: "main", files: { ".github/countersign.yml": strict } }, "petra");
    await world.until();
    pull.retarget("release");
    await world.until();
    expect([conclusion(pull), await stateOf(pull)]).not.toEqual(["success", "satisfied"]);
    pull.retarget("main");
    await world.until();
    expect([conclusion(pull), await stateOf(pull)]).toEqual(["action_required", "stale"]);
    pull.review("ann", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });

  test("the base's policy changes: open pull requests are judged anew, under another digest", async () => {
    const { pull, repository } = await opened();
    const before = (await world.verdict(pull)).row?.policyDigest;
    repository.push("main", { files: { ".github/countersign.yml": policyText.replace("enforce", "warn") } }, "petra");
    await world.until();
    expect(conclusion(pull)).toBe("success");
    expect((await world.verdict(pull)).row?.policyDigest).not.toBe(before);
  });

  test("the base's CODEOWNERS change: the owners are those of now", async () => {
    const { pull, repository } = await approved();
    repository.push("main", { files: { CODEOWNERS: "/src/auth/ @bob\n" } }, "petra");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
    pull.review("bob", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });
});

describe("owners who cannot approve", () => {
  test("the owner is the author and the only one: it never passes by itself", async () => {
    const { pull } = await opened({ author: "ann" });
    expect([conclusion(pull), await stateOf(pull)]).toEqual(["action_required", "unsatisfiable"]);
    expect(world.check(pull)?.summary).toMatch(/owner/);
  });

  test.each([
    { says: "a team that there is not", codeowners: "/src/auth/ @octo/nobody\n" },
    { says: "a team of nobody", codeowners: "/src/auth/ @octo/empty\n" },
    { says: "a line that GitHub skips", codeowners: "/src/auth/ @ann\n/src/auth/login.ts @@\n" },
  ])("$says owns the area: undecided, never a pass", async ({ codeowners }) => {
    world.github.team("octo/empty");
    const { pull } = await opened({ codeowners });
    pull.review("ann", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("failure");
    expect(world.check(pull)?.summary).toContain("CODEOWNERS");
  });

  test("somebody leaves the team whose approval counted, and comes back", async () => {
    const { pull } = await opened({ files: { "src/billing/pay.ts": "2\n" } });
    pull.review("cleo", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("success");
    const team = world.github.team("octo/payments");
    world.github.leave(team, "cleo");
    await world.until();
    expect(conclusion(pull)).not.toBe("success");
    world.github.join(team, "cleo");
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });

  test("somebody may no longer push: their approval counts no more", async () => {
    const { pull, repository } = await approved();
    repository.collaborator("ann", "read");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
  });
});

describe("what people say of a change", () => {
  test("42: the trailer is amended away, and what was seen once stays until a policy owner clears it", async () => {
    const { pull, repository } = await opened();
    repository.forcePush("refunds", { files: { "src/auth/login.ts": "2\n" }, message: "Refunds\n" }, "mona");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
    pull.comment("mona", `/countersign clear ${pull.head} wrote it again by hand`);
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
    pull.comment("petra", `/countersign clear ${pull.head} wrote it again by hand`);
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });

  test("Re-run is pressed: a new check run with the same verdict", async () => {
    const { pull } = await opened();
    const before = world.check(pull);
    pull.press(before!, "mona");
    await world.until();
    expect(world.check(pull)?.id).not.toBe(before?.id);
    expect(conclusion(pull)).toBe("action_required");
  });

  test("Explain is pressed, and asked for in a comment: each has one answer", async () => {
    const { pull, repository } = await opened();
    const answers = () => repository.state.comments.filter(({ user }) => user === "countersign[bot]");
    pull.press(world.check(pull)!, "mona", "explain");
    await world.until();
    expect(answers()).toHaveLength(1);
    pull.comment("rita", "/countersign explain");
    await world.until();
    expect(answers()).toHaveLength(2);
    expect(answers().every(({ body }) => body.includes("auth") || body.includes("check"))).toBe(true);
  });

  test("our label is taken away by a person: the verdict stays", async () => {
    const { pull } = await opened();
    pull.unlabel("ai-assisted", "mona");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
  });

  test("an override by whom break-glass names: it passes, until the next push", async () => {
    const { pull, repository } = await opened();
    pull.comment("bob", "/countersign override INC-42: refunds fail");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
    pull.comment("bea", "/countersign override INC-42: refunds fail");
    await world.until();
    expect(conclusion(pull)).toBe("success");
    expect(await stateOf(pull)).toBe("overridden");
    repository.push("refunds", { files: { "src/auth/login.ts": "3\n" }, message: helped }, "mona");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
  });

  test("an override ends by itself", async () => {
    const { pull } = await opened();
    pull.comment("bea", "/countersign override INC-42: refunds fail");
    await world.until();
    expect(conclusion(pull)).toBe("success");
    await world.later(5 * 3_600_000);
    expect(conclusion(pull)).toBe("action_required");
  });

  test("46: a validation is claimed that its check contradicts", async () => {
    const policy = policyText.replace("owner_approval: { per: area }", "checks: [test]");
    const { pull, repository } = await opened({ policy });
    expect(conclusion(pull)).not.toBe("success");
    repository.checkRun(pull.head, "test", { status: "completed", conclusion: "failure" });
    await world.until();
    expect(conclusion(pull)).not.toBe("success");
    repository.checkRun(pull.head, "test", { status: "completed", conclusion: "success" });
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });

  test("48: a commit that says skip-checks is judged all the same", async () => {
    const { pull } = await opened({ message: `${helped}skip-checks: true\n` });
    expect(conclusion(pull)).toBe("action_required");
  });
});

describe("more than one pull request", () => {
  test("a second one on the same head: the strictest verdict stands, until it is closed", async () => {
    const { pull, repository } = await approved();
    const strict = policyText.replace("per: area", "per: area, count: 2");
    repository.push("release", { from: "main", files: { ".github/countersign.yml": strict } }, "petra");
    const second = repository.pullRequest({ head: "refunds", base: "release", author: "mona" });
    await world.until();
    expect(second.head).toBe(pull.head);
    expect(conclusion(pull)).not.toBe("success");
    // Before it was judged it took the green away.
    const history = await world.store.verdicts.history(pullRequestKey(repository.id, second.number), 9);
    expect(history.map(({ decision }) => decision)).toEqual(["needs-approval", "pending"]);
    second.close();
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });

  test("a merge group is asked about: each member by its own reviews", async () => {
    const { pull, repository } = await approved();
    repository.push("more", { from: "main", files: { "src/billing/pay.ts": "2\n" }, message: helped }, "mona");
    const second = repository.pullRequest({ head: "more", author: "mona" });
    second.review("cleo", "APPROVED");
    await world.until();
    const group = repository.mergeGroup(pull.number, second.number);
    await world.until();
    expect(groupConclusion(repository.state, group.headSha)).toBe("success");
  });

  test("a merge group with a member that nobody approved fails, and names it", async () => {
    const { pull, repository } = await approved();
    repository.push("more", { from: "main", files: { "src/billing/pay.ts": "2\n" }, message: helped }, "mona");
    const second = repository.pullRequest({ head: "more", author: "mona" });
    await world.until();
    const group = repository.mergeGroup(pull.number, second.number);
    await world.until();
    expect(groupConclusion(repository.state, group.headSha)).not.toBe("success");
    const run = repository.state.checkRuns.findLast(({ headSha, app }) => headSha === group.headSha && app === 4711);
    expect(run?.title).toContain(`#${second.number}: billing`);
  });
});

function groupConclusion({ checkRuns }: Scene["repository"]["state"], sha: string): string | null | undefined {
  return checkRuns.findLast(({ headSha, app }) => headSha === sha && app === world.github.app.id)?.conclusion;
}

describe("time passes", () => {
  const day = 86_400_000;
  const on = (days: number): string =>
    JSON.stringify(new Date(world.clock.now().getTime() + days * day).toISOString().slice(0, 10));

  test("a waiver ends: what it exempted waits", async () => {
    const waiver = `waivers:\n  - { id: W-1, rule: owner, reason: moving house, owner: petra, expires: ${on(1)} }\n`;
    const { pull } = await opened({ policy: policyText + waiver });
    expect([conclusion(pull), await stateOf(pull)]).toEqual(["success", "waived"]);
    await world.later(3 * day);
    expect(conclusion(pull)).toBe("action_required");
  });

  test("the day comes from which a rule is enforced", async () => {
    const policy = policyText
      .replace("mode: enforce", "mode: warn")
      .replace("  - id: owner\n", `  - id: owner\n    enforce_after: ${on(2)}\n`);
    const { pull } = await opened({ policy });
    expect(conclusion(pull)).toBe("success");
    await world.later(3 * day);
    expect(conclusion(pull)).toBe("action_required");
  });
});

describe("closed or merged", () => {
  test("50: squashed: who wrote it is still known, though its commits are gone", async () => {
    const { pull, repository } = await approved();
    pull.merge("squash");
    await world.until();
    const memos = await world.store.memory.of(pullRequestKey(repository.id, pull.number));
    const record = memos.find(({ kind, id }) => kind === "published" && id === "record");
    expect(record?.value).toContain("claude-code");
    expect(record?.value).toContain(pull.head);
  });

  test.each(["merge", "squash", "rebase"] as const)(
    "merged by %s: landed as judged, and nothing rewrites it",
    async (method) => {
      const { pull, repository } = await approved();
      const row = (await world.verdict(pull)).row;
      const runs = repository.state.checkRuns.length;
      const landed = pull.merge(method);
      await world.until();
      pull.review("ann", "CHANGES_REQUESTED");
      await world.until();
      expect(repository.state.checkRuns.length).toBe(runs);
      expect((await world.verdict(pull)).row?.title).toBe(row?.title);
      expect(await audit(landed)).toBe("landed-as-judged");
    },
  );

  test("24: merged past the verdict by an administrator: an alarm, and a red check where it landed", async () => {
    const { pull, repository } = await opened();
    const landed = pull.merge("squash");
    await world.until();
    expect(await audit(landed)).toBe("landed-otherwise");
    expect(groupConclusion(repository.state, landed)).toBe("failure");
  });

  test("24: pushed to the base without a pull request: an alarm", async () => {
    const { repository } = await opened();
    const pushed = repository.push("main", { files: { "src/auth/login.ts": "9\n" } });
    await world.until();
    expect(await audit(pushed)).toBe("landed-otherwise");
    expect(groupConclusion(repository.state, pushed)).toBe("failure");
  });

  /** What the audit table said last of the commit that landed: the same request makes the same commit in every scene. */
  async function audit(landed: string): Promise<string | undefined> {
    const all = await world.store.audit.read(0, 100_000);
    return all.findLast(({ detail }) => detail.includes(`"after":"${landed}"`))?.kind;
  }
});

describe("GitHub fails", () => {
  test.each([
    { says: "25: an error that passes", fault: { kind: "status", status: 502 }, times: 2 },
    { says: "26: a connection that breaks", fault: { kind: "reset" }, times: 2 },
    { says: "25: a page of HTML", fault: { kind: "html" }, times: 2 },
  ] as const)("$says: it is asked again, and the verdict is the right one", async ({ fault, times }) => {
    world.github.faults.add({ route: "graphql", fault, times });
    const { pull } = await opened();
    expect(conclusion(pull)).toBe("action_required");
  });

  test("an error that stays: a failure that says so, never an old green, and the right verdict later", async () => {
    const { pull, repository } = await approved();
    world.github.faults.add({ route: "git", fault: { kind: "status", status: 503 } });
    repository.push("refunds", { files: { "src/other.ts": "2\n" }, message: helped }, "mona");
    await shown(pull, "failure");
    expect(world.check(pull)?.title).toContain("Not judged");
    world.github.faults.clear();
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });

  test("the policy cannot be read: undecided, with its line", async () => {
    const { pull } = await opened({ policy: "version: 1\nmoed: enforce\n" });
    expect(conclusion(pull)).toBe("failure");
    expect(world.check(pull)?.summary).toContain("moed");
  });

  test("28: the answer to the check's creation is lost: one check all the same", async () => {
    world.github.faults.add({ route: "checks/create", fault: { kind: "reset", applied: true }, times: 1 });
    const { pull } = await opened();
    expect(pull.checkRuns().filter(({ name }) => name === "countersign")).toHaveLength(1);
    expect(conclusion(pull)).toBe("action_required");
  });

  test("30: a label and a request are refused: the verdict stands all the same", async () => {
    world.github.faults.add({ route: "issues/add-labels", fault: { kind: "status", status: 404 } });
    world.github.faults.add({ route: "pulls/request-reviewers", fault: { kind: "status", status: 422 } });
    const { pull } = await opened();
    expect(conclusion(pull)).toBe("action_required");
  });
});

/** Moves time on until the check says so: while GitHub fails the App never comes to rest. */
async function shown(pull: PullHandle, wanted: string): Promise<void> {
  for (let rounds = 0; conclusion(pull) !== wanted; rounds += 1) {
    expect(rounds).toBeLessThan(2_000);
    await world.github.settled();
    world.clock.advance(250);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("whatever happens to what is told", () => {
  test("nothing of it is another: it is judged again, and nothing is written", async () => {
    const { pull, repository } = await approved();
    const [from, reads] = [world.github.requests.length, world.github.count("read")];
    repository.collaborator("zoe", "read");
    await world.until();
    expect(world.github.count("read")).toBeGreaterThan(reads);
    expect(writes(from)).toEqual([]);
    expect(pull.checkRuns().map((run) => run.conclusion)).toEqual(["action_required", "success"]);
  });

  test("7: every delivery comes once more: nothing is written", async () => {
    const { pull } = await approved();
    const from = world.github.requests.length;
    const old = world.github.deliveries.filter(({ repository }) => repository === pull.repository.id);
    for (const delivery of old) world.github.webhooks.redeliver(delivery);
    await world.until();
    expect(writes(from)).toEqual([]);
  });

  test("5, 15: deliveries are doubled and out of order: the same end", async () => {
    world.github.webhookFaults.dial = { duplicate: 0.5, reorder: 0.5, fail: 0, lose: 0 };
    const { pull, repository } = set();
    pull.review("ann", "APPROVED");
    repository.push("refunds", { files: { "src/auth/login.ts": "3\n" }, message: helped }, "mona");
    pull.draft();
    pull.ready();
    await world.until();
    expect([conclusion(pull), await stateOf(pull)]).toEqual(["action_required", "stale"]);
    expect(asked(pull)).toEqual(["ann"]);
  });

  test.each(["fail", "lose"] as const)("16: a delivery is known to %s: repaired within 15 minutes", async (what) => {
    const { pull } = await opened();
    world.github.webhookFaults.next("pull_request_review.submitted", what);
    pull.review("ann", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
    for (let minutes = 0; minutes < 15 && conclusion(pull) !== "success"; minutes += 1) await world.later(60_000);
    expect(conclusion(pull)).toBe("success");
  });

  test("19: a push while it is judged: the old verdict is never written on the new head", async () => {
    const { pull, repository } = set();
    world.github.faults.add({ route: "checks/create", fault: { kind: "late", ms: 300 }, times: 1 });
    const first = pull.head;
    pull.review("ann", "APPROVED");
    await world.github.settled();
    repository.push("refunds", { files: { "src/auth/login.ts": "3\n" }, message: helped }, "mona");
    await world.until();
    expect(pull.head).not.toBe(first);
    expect(pull.checkRuns().map((run) => run.conclusion)).toEqual(["action_required"]);
  });

  test("11, 72: the App stops and starts again in the middle: one check, and nothing is lost", async () => {
    const { pull } = set();
    await world.github.settled();
    await world.stop();
    await world.start();
    await world.until();
    expect(pull.checkRuns().map((run) => run.conclusion)).toEqual(["action_required"]);
  });

  function writes(from: number): string[] {
    return world.github.requests
      .slice(from)
      .filter(({ kind, route }) => kind === "write" && route !== "apps/create-installation-access-token")
      .map(({ route }) => route);
  }
});

describe("a pull request that edits the policy", () => {
  test("has a check of its own: whether it loads, and what it would loosen", async () => {
    const { pull } = await opened({ files: { ".github/countersign.yml": policyText.replace("enforce", "warn") } });
    const check = world.check(pull, "countersign/policy");
    expect(check).toMatchObject({ conclusion: "success" });
    expect(check?.title).toContain("loosens");
    expect(conclusion(pull)).toBe("action_required");
  });

  test("with a mistake: an annotation at its line", async () => {
    const { pull } = await opened({ files: { ".github/countersign.yml": "version: 1\nmoed: warn\n" } });
    const check = world.check(pull, "countersign/policy");
    expect(check).toMatchObject({ conclusion: "failure", annotations: [{ start_line: 2 }] });
  });
});

describe("where pull requests come from", () => {
  test("22: from a fork, which is gone afterwards", async () => {
    const scene = set({ files: { "src/other.ts": "2\n" } });
    const fork = scene.repository.fork("frank");
    fork.push("idea", { from: "main", files: { "src/auth/login.ts": "7\n" }, message: helped }, "frank");
    const pull = scene.repository.pullRequest({ head: "idea", from: fork, author: "frank" });
    await world.until();
    expect(conclusion(pull)).toBe("action_required");
    fork.delete();
    pull.review("ann", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("success");
    // The published schema of webhooks knows no head without a repository; GitHub sends null once the fork is gone.
    const { violations } = world.github.world;
    violations.splice(0, Infinity, ...violations.filter((each) => !each.endsWith("head/repo must be object")));
  });

  test("22: the repository is renamed: the check stands under its new name", async () => {
    const { pull, repository } = await opened();
    repository.rename(`${repository.state.name}-renamed`);
    pull.review("ann", "APPROVED");
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });

  test("22: the installation is suspended: nothing is written, and all is judged when it is back", async () => {
    const { pull } = await opened();
    const [installation] = world.github.world.installations.values();
    world.github.suspend(installation!);
    await world.until();
    const from = world.github.requests.length;
    pull.review("ann", "APPROVED");
    await world.until();
    expect(world.github.count("write", from)).toBe(0);
    world.github.unsuspend(installation!);
    await world.until();
    expect(conclusion(pull)).toBe("success");
  });
});
