import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseFacts, writeFacts } from "../../core/facts-file.ts";
import type { Facts } from "../../core/facts.ts";
import { buildAction } from "../../scripts/build.ts";
import { startGitServer, type GitServer } from "../git-http-server.ts";
import { TestRepository } from "../git-repository.ts";
import { FakeGitHub, type FakeCommit } from "../github/fake-github.ts";
import { checkOut, git, makeServedRepository, mergeCommit, runStep, type StepResult } from "./workflow-run.ts";

/** Who approved what, through the Action: a real repository, a shallow clone, and a GitHub that remembers reviews. */
const folder = mkdtempSync(join(tmpdir(), "countersign-approvals-"));
const person = "Mona <mona@example.com>";
const policy = `version: 1
mode: enforce
areas:
  auth: { paths: ["src/auth/**"] }
rules:
  - id: auth-needs-its-owner
    when: { area: auth }
    require: { owner_approval: { per: area } }
`;

let served: GitServer;
let server = "";
let repository: TestRepository;
let fake: FakeGitHub;
let base = "";
let first = "";

beforeAll(async () => {
  await buildAction(join(import.meta.dirname, "../.."), join(folder, "dist"));
  repository = new TestRepository(makeServedRepository(folder));
  base = commit("main", { ".github/countersign.yml": policy, CODEOWNERS: "/src/auth/ @ann\n", "src/auth/a.ts": "1\n" });
  first = commit("refunds", { "src/auth/a.ts": "2\n" }, [base]);
  served = await startGitServer(folder, { other: (request, response) => fake.handle("/api", request, response) });
  server = served.url.replace("127.0.0.1", "github.localhost");
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  fake = new FakeGitHub();
  fake.permissions = new Map([
    ["ann", "write"],
    ["mona", "write"],
    ["bob", "write"],
  ]);
  push(first);
});

function commit(branch: string, files: Record<string, string>, parents?: string[]): string {
  return repository.commit({
    branch,
    files,
    author: person,
    committer: person,
    ...(parents === undefined ? {} : { parents }),
  });
}

/** The pull request as it is once this commit was pushed; what was pushed before stays on the server, on no branch. */
function push(head: string, onto = base): void {
  const reviews = fake.pulls.get(12)?.reviews ?? [];
  git(repository.path, ["update-ref", "refs/heads/refunds", head]);
  git(repository.path, ["update-ref", "refs/pull/12/merge", mergeCommit(repository.path, onto, head)]);
  fake.pulls.set(12, { author: "mona", base: onto, head, commits: commitsOf(onto, head), reviews });
}

function commitsOf(from: string, head: string): FakeCommit[] {
  const listed = git(repository.path, ["rev-list", "--reverse", `${from}..${head}`]);
  const mona = { email: "mona@example.com", login: "mona" };
  return listed.split("\n").map((sha) => ({ sha, author: mona, committer: mona }));
}

interface Judged {
  decision: string | undefined;
  state: string | undefined;
  facts: Facts;
  says: string;
  result: StepResult;
}

async function judge(
  event = "pull_request",
  inputs: Record<string, string> = { token: "t0ken" },
  over: Record<string, unknown> = {},
): Promise<Judged> {
  const pull = fake.pulls.get(12)!;
  const payload = {
    action: "submitted",
    pull_request: {
      ...{ number: 12, title: "Refunds", user: { login: "mona", type: "User" } },
      ...{ base: side("main", pull.base), head: side("refunds", pull.head), ...over },
    },
  };
  return run(event, payload, "refs/pull/12/merge", pull.head, inputs);
}

function side(ref: string, sha: string) {
  return { ref, sha, repo: { full_name: "octo/orders" } };
}

async function run(
  event: string,
  payload: unknown,
  ref: string,
  sha: string,
  inputs: Record<string, string>,
): Promise<Judged> {
  const result = await runStep(folder, {
    action: join(folder, "dist/action.js"),
    ...{ event, payload, sha, server, inputs },
    workspace: await checkOut(folder, server, ref),
  });
  const read = (output: string): string => readFileSync(result.outputs[output] ?? "", "utf8");
  expect(result.stderr).toBe("");
  expect(fake.violations).toEqual([]);
  const report = JSON.parse(read("report-json")) as { decision: { rules: { id: string; state: string }[] } };
  // A replay writes the same facts again, byte for byte.
  const facts = parseFacts(read("report-facts"), "facts.json");
  expect(writeFacts(facts) === read("report-facts")).toBe(true);
  return {
    decision: result.outputs["decision"],
    state: report.decision.rules.find(({ id }) => id === "auth-needs-its-owner")?.state,
    facts,
    says: JSON.stringify(report),
    result,
  };
}

describe("a pull request that touches an owned area", () => {
  test("waits for its owner, and passes once the owner approved", async () => {
    expect(await judge()).toMatchObject({ decision: "needs-approval", state: "waiting", result: { code: 1 } });
    fake.review(12, "ann", "APPROVED");
    const approved = await judge("pull_request_review");
    expect(approved).toMatchObject({ decision: "pass", state: "satisfied", result: { code: 0 } });
  });

  test.each([
    { says: "somebody who is no owner", user: "bob", state: "APPROVED", type: "User", decision: "needs-approval" },
    { says: "its author", user: "mona", state: "APPROVED", type: "User", decision: "needs-approval" },
    { says: "a robot", user: "ann", state: "APPROVED", type: "Bot", decision: "needs-approval" },
    {
      says: "the owner, who asks for changes",
      user: "ann",
      state: "CHANGES_REQUESTED",
      type: "User",
      decision: "block",
    },
  ])("a review of $says does not do", async ({ user, state, type, decision }) => {
    fake.review(12, user, state, { type });
    expect((await judge()).decision).toBe(decision);
  });

  test("an owner who may only read does not do", async () => {
    fake.permissions.set("ann", "read");
    fake.review(12, "ann", "APPROVED");
    expect((await judge()).decision).toBe("needs-approval");
  });

  test("a push into the area makes the approval stale", async () => {
    fake.review(12, "ann", "APPROVED");
    push(commit("refunds", { "src/auth/a.ts": "3\n" }, [first]));
    expect(await judge()).toMatchObject({ decision: "needs-approval", state: "stale" });
  });

  test("a push elsewhere keeps it", async () => {
    fake.review(12, "ann", "APPROVED");
    push(commit("refunds", { "README.md": "x\n" }, [first]));
    const { decision, facts } = await judge();
    expect(decision).toBe("pass");
    expect(facts.reviewedTrees.map((tree) => tree.commit)).toEqual([first]);
  });

  test("a rebase keeps it, although the reviewed commit is on no branch any more", async () => {
    fake.review(12, "ann", "APPROVED");
    const moved = commit("main", { "docs/new.md": "x\n" }, [base]);
    push(commit("refunds", { "src/auth/a.ts": "2\n" }, [moved]), moved);
    const { decision, facts } = await judge();
    expect(decision).toBe("pass");
    expect(facts.reviewedTrees).toMatchObject([{ commit: first, files: [{ path: "src/auth/a.ts" }] }]);
    git(repository.path, ["update-ref", "refs/heads/main", base]);
  });

  test("a review of a commit that the server has no more is no approval of what is there", async () => {
    fake.review(12, "ann", "APPROVED", { commit: "7".repeat(40) });
    expect((await judge()).decision).toBe("needs-approval");
  });
});

describe("the base is that of now, whatever the event of a first run says", () => {
  const lax = "version: 1\nmode: observe\n";
  afterEach(() => void git(repository.path, ["update-ref", "refs/heads/main", base]));

  test("a policy that was merged since judges a run that is repeated", async () => {
    const before = commit("main", { ".github/countersign.yml": lax }, [base]);
    const after = commit("main", { ".github/countersign.yml": policy }, [before]);
    const { decision, facts } = await judge("pull_request", { token: "t0ken" }, { base: side("main", before) });
    expect(facts.policy).toMatchObject({ value: { commit: after } });
    expect(facts.change).toMatchObject({ base: { name: "main", sha: after }, mergeBase: base });
    expect(decision).toBe("needs-approval");
  });

  test("so it is for a token that may not read the pull request", async () => {
    const before = commit("main", { ".github/countersign.yml": lax }, [base]);
    const after = commit("main", { ".github/countersign.yml": policy }, [before]);
    const { facts } = await judge("pull_request", {}, { base: side("main", before) });
    expect(facts.policy).toMatchObject({ value: { commit: after } });
  });

  test("another branch, with its own policy, since the event", async () => {
    const loose = commit("loose", { ".github/countersign.yml": lax }, [base]);
    const { decision, facts } = await judge("pull_request", { token: "t0ken" }, { base: side("loose", loose) });
    expect(facts.change.base).toEqual({ name: "main", sha: base });
    expect(decision).toBe("needs-approval");
  });

  test("an approval from before the pull request was put on this branch does not count", async () => {
    fake.review(12, "ann", "APPROVED");
    fake.pulls.get(12)!.events = [{ event: "base_ref_changed", at: "2026-02-01T00:00:00Z" }];
    const { decision, facts } = await judge();
    expect(facts.retargetedAt).toBe("2026-02-01T00:00:00Z");
    expect(decision).toBe("needs-approval");
  });

  test("a pull request that was merged is compared with what it was merged into", async () => {
    commit("main", { "src/auth/a.ts": "2\n" }, [base, first]);
    fake.pulls.get(12)!.merged = true;
    expect((await judge()).facts.change.base.sha).toBe(base);
  });

  test("a branch that is gone is a mistake to mend, not an older policy", async () => {
    fake.pulls.get(12)!.baseRef = "gone";
    const workspace = await checkOut(folder, server, "refs/pull/12/merge");
    const payload = {
      pull_request: { number: 12, title: "x", base: side("main", base), head: side("refunds", first) },
    };
    const action = join(folder, "dist/action.js");
    const inputs = { token: "t0ken" };
    const result = await runStep(folder, {
      ...{ action, event: "pull_request", payload, sha: first, server, inputs, workspace },
    });
    expect(result).toMatchObject({ code: 3, stdout: expect.stringContaining("has no branch gone") as string });
  });
});

describe("who may not approve", () => {
  test("a co-author, by the account that their e-mail belongs to", async () => {
    const trailer = "Refund\n\nCo-authored-by: Ann <ann@example.com>\n";
    const shared = repository.commit({
      ...{ branch: "refunds", files: { "src/auth/a.ts": "4\n" }, parents: [base], message: trailer },
      ...{ author: person, committer: person },
    });
    push(shared);
    fake.review(12, "ann", "APPROVED");
    const [written] = fake.pulls.get(12)!.commits;
    written!.coAuthors = [{ email: "ann@example.com", login: "ann" }];
    expect((await judge()).decision).not.toBe("pass");
    // Whose the address is was not told: it could be anybody's, the approver's too.
    fake.graphqlFails = true;
    expect((await judge()).decision).toBe("needs-approval");
    // It is somebody else's.
    fake.graphqlFails = false;
    written!.coAuthors = [{ email: "ann@example.com", login: "zoe" }];
    expect((await judge()).decision).toBe("pass");
  });

  test("who is assigned to an agent's pull request, now or when the run began", async () => {
    const agent = { user: { login: "Copilot", type: "Bot" } };
    Object.assign(fake.pulls.get(12)!, { author: "Copilot", authorType: "Bot" });
    fake.review(12, "ann", "APPROVED");
    const then = { ...agent, assignees: [{ login: "ann", type: "User" }] };
    const { decision, facts } = await judge("pull_request", { token: "t0ken" }, then);
    expect(facts.pullRequest).toMatchObject({ value: { agentRequesters: ["ann"] } });
    expect(decision).not.toBe("pass");
    // Taken off before a push, whose event does not name them.
    fake.pulls.get(12)!.events = [{ event: "assigned", at: "2026-01-31T11:00:00Z", assignee: "ann" }];
    const later = await judge("pull_request", { token: "t0ken" }, agent);
    expect(later.facts.pullRequest).toMatchObject({ value: { agentRequesters: ["ann"] } });
    expect(later.decision).not.toBe("pass");
    fake.faults.push({ operation: "pulls/get", status: 502, times: 2 });
    const unread = await judge("pull_request", { token: "t0ken" }, agent);
    expect(unread.facts.reviews).toMatchObject({
      state: "absent",
      reason: expect.stringContaining("at whose request could not be read") as string,
    });
    expect(unread.decision).toBe("needs-approval");
  });
});

describe("what GitHub does not tell", () => {
  const owners = policy.replace(
    '  auth: { paths: ["src/auth/**"] }',
    '  auth: { paths: ["src/auth/**"], owners: { teams: [identity] } }',
  );
  const limited = { status: 403, times: 9, headers: { "retry-after": "60" } };
  afterEach(() => void git(repository.path, ["update-ref", "refs/heads/main", base]));

  async function judgeTeam(): Promise<Judged> {
    const moved = commit("main", { ".github/countersign.yml": owners }, [base]);
    push(commit("refunds", { "src/auth/a.ts": "2\n" }, [moved]), moved);
    fake.review(12, "ann", "APPROVED");
    return judge();
  }

  test("a team whose member approved passes, where it is told", async () => {
    fake.teams.set("octo/identity", { members: ["ann"], push: true });
    expect((await judgeTeam()).decision).toBe("pass");
  });

  test.each([
    { says: "403 of teams", make: () => fake.scopes.delete("members"), reason: "may not read teams" },
    { says: "404 of the team", make: () => fake.teams.clear(), reason: "the team @octo/identity does not exist" },
    {
      says: "a secondary limit",
      make: () => fake.faults.push({ operation: "teams/list-members-in-org", ...limited }),
      reason: "rate limit is used up",
    },
    {
      says: "whether the approver may push",
      make: () => fake.faults.push({ operation: "repos/get-collaborator-permission-level", ...limited }),
      reason: "ann",
    },
  ])("never passes for it: $says", async ({ make, reason }) => {
    fake.teams.set("octo/identity", { members: ["ann"], push: true });
    fake.teams.set("octo/others", { members: [], push: true });
    make();
    const { decision, says } = await judgeTeam();
    expect(decision).not.toBe("pass");
    expect(says).toContain(reason);
  });
});

describe("who works alone", () => {
  const second = policy.replace("owner_approval: { per: area }", "second_human: true");
  afterEach(() => void git(repository.path, ["update-ref", "refs/heads/main", base]));

  async function judgeAlone(): Promise<Judged> {
    fake.permissions = new Map([["octo", "admin"]]);
    const moved = commit("main", { ".github/countersign.yml": second }, [base]);
    push(commit("refunds", { "src/auth/a.ts": "2\n" }, [moved]), moved);
    fake.pulls.get(12)!.author = "octo";
    return judge("pull_request", { token: "t0ken" }, { user: { login: "octo", type: "User" } });
  }

  test("learns that nobody else can approve, and what to do", async () => {
    fake.scopes.delete("members");
    const { decision, state, says, facts } = await judgeAlone();
    expect([decision, state]).toEqual(["needs-approval", "unsatisfiable"]);
    expect(says).toContain("Give another person the right to push");
    expect(facts.people).toMatchObject({ value: { writers: [{ login: "octo", canPush: true }], everyWriter: true } });
  });

  test("waits where that is not told, and why not", async () => {
    fake.faults.push({ operation: "repos/list-collaborators", status: 403, times: 9 });
    const { decision, state, says } = await judgeAlone();
    expect([decision, state]).toEqual(["needs-approval", "waiting"]);
    expect(says).toContain("who else can push could not be read: GitHub answered 403");
  });

  test("is not asked about where no rule is for a second person", async () => {
    await judge();
    expect(fake.requests.filter((request) => request.startsWith("repos/list-collaborators"))).toEqual([]);
  });
});

describe("what the token may not read", () => {
  test.each([
    { says: "no right", change: () => fake.scopes.clear(), inputs: { token: "t0ken" }, reason: "pull-requests: read" },
    { says: "no token", change: () => undefined, inputs: {}, reason: "there is no token" },
  ])("never passes, and says why: $says", async ({ change, inputs, reason }) => {
    fake.review(12, "ann", "APPROVED");
    change();
    const { decision, facts, result } = await judge("pull_request", inputs);
    expect(decision).toBe("needs-approval");
    expect(result.code).toBe(1);
    expect(facts.reviews).toMatchObject({ state: "absent", reason: expect.stringContaining(reason) as string });
  });
});

describe("a merge group", () => {
  async function queued(): Promise<Judged> {
    const { head, base: onto } = fake.pulls.get(12)!;
    const merge = mergeCommit(repository.path, onto, head);
    const ref = `gh-readonly-queue/main/pr-12-${onto}`;
    git(repository.path, ["update-ref", `refs/heads/${ref}`, merge]);
    const group = { base_sha: onto, head_sha: merge, base_ref: "refs/heads/main", head_ref: `refs/heads/${ref}` };
    return run("merge_group", { merge_group: group }, `refs/heads/${ref}`, merge, { token: "t0ken" });
  }

  test("of a pull request that its owner approved passes", async () => {
    fake.review(12, "ann", "APPROVED");
    const { decision, facts } = await queued();
    expect(facts.mergeGroup).toMatchObject({
      value: [{ number: 12, head: first, files: [{ path: "src/auth/a.ts" }] }],
    });
    expect(decision).toBe("pass");
  });

  test("of one that nobody approved does not", async () => {
    expect((await queued()).decision).toBe("needs-approval");
  });

  test("does not for a token that may not read pull requests", async () => {
    fake.review(12, "ann", "APPROVED");
    fake.scopes.delete("pull-requests");
    const { decision, facts } = await queued();
    expect(facts.mergeGroup.state).toBe("absent");
    expect(decision).not.toBe("pass");
  });
});

describe("a merge queue of two, which squashes", () => {
  const lax = "version: 1\nmode: observe\n";
  const github = "GitHub <noreply@github.com>";
  afterEach(() => void git(repository.path, ["update-ref", "refs/heads/main", base]));

  /** #12 and, upon it, #13, each as one new commit on a branch of the queue. Gives back these commits. */
  function queueTwo(files: { twelve: Record<string, string>; thirteen: Record<string, string> }): [string, string] {
    push(commit("refunds", files.twelve, [base]));
    const head = commit("credits", files.thirteen, [base]);
    fake.pulls.set(13, { author: "mona", base, head, branch: "credits", commits: commitsOf(base, head), reviews: [] });
    const twelve = enqueue(12, base, files.twelve);
    return [twelve, enqueue(13, twelve, files.thirteen)];
  }

  /** The address of its author is one that only the range of the group tells. */
  function enqueue(number: number, onto: string, files: Record<string, string>): string {
    const branch = `gh-readonly-queue/main/pr-${number}-${onto}`;
    const author = "Mona <mona@home.example>";
    const made = repository.commit({ branch, files, author, committer: github, parents: [onto] });
    fake.branches.set(`refs/heads/${branch}`, made);
    const listed = git(repository.path, ["rev-list", "--reverse", `${base}..${made}`]).split("\n");
    const commits = listed.map((sha) => ({
      ...{ sha, author: { email: "mona@home.example", login: "mona" } },
      committer: { email: "noreply@github.com", login: "web-flow" },
    }));
    fake.ranges.set(`${base}...${made}`, commits);
    return made;
  }

  function judgeSecond([onto, head]: [string, string]): Promise<Judged> {
    const ref = `refs/heads/gh-readonly-queue/main/pr-13-${onto}`;
    const group = { base_sha: onto, head_sha: head, base_ref: "refs/heads/main", head_ref: ref };
    return run("merge_group", { merge_group: group }, ref, head, { token: "t0ken" });
  }

  const disjoint = { twelve: { "src/auth/a.ts": "2\n" }, thirteen: { "src/auth/b.ts": "3\n" } };

  test("passes when the owner approved both", async () => {
    const group = queueTwo(disjoint);
    fake.review(12, "ann", "APPROVED");
    fake.review(13, "ann", "APPROVED");
    const { decision, facts } = await judgeSecond(group);
    expect(facts.mergeGroup).toMatchObject({
      value: [
        { number: 12, files: [{ path: "src/auth/a.ts" }] },
        { number: 13, files: [{ path: "src/auth/b.ts" }] },
      ],
    });
    expect(decision).toBe("pass");
  });

  test.each([
    { says: "the first alone", approved: [12] },
    { says: "the second alone", approved: [13] },
  ])("waits when the owner approved $says: the queue may merge both by this check", async ({ approved }) => {
    const group = queueTwo(disjoint);
    for (const number of approved) fake.review(number, "ann", "APPROVED");
    expect(await judgeSecond(group)).toMatchObject({ decision: "needs-approval", state: "waiting" });
  });

  test.each([
    {
      says: "a second branch ends at a commit of the group",
      make: ([twelve]: [string, string]) =>
        void fake.branches.set(`refs/heads/gh-readonly-queue/main/pr-99-${base}`, twelve),
      decision: "undecided",
      reason: "more than one branch of the queue ends at",
    },
    {
      says: "the branch of the first is gone",
      make: () => void fake.branches.delete(`refs/heads/gh-readonly-queue/main/pr-12-${base}`),
      decision: "undecided",
      reason: "GitHub does not tell which pull request",
    },
    {
      says: "a branch gives the first commit to a pull request that brings something else",
      make: ([twelve]: [string, string]) => {
        fake.branches.delete(`refs/heads/gh-readonly-queue/main/pr-12-${base}`);
        fake.branches.set(`refs/heads/gh-readonly-queue/main/pr-14-${base}`, twelve);
        const head = commit("other", { "src/auth/c.ts": "9\n" }, [base]);
        fake.pulls.set(14, { author: "bob", base, head, commits: commitsOf(base, head), reviews: [] });
        fake.review(14, "ann", "APPROVED");
      },
      decision: "undecided",
      reason: "src/auth/a.ts",
    },
    {
      says: "the accounts behind what the queue made are not told",
      make: () => fake.ranges.clear(),
      decision: "needs-approval",
      reason: "e-mail addresses were not read",
    },
  ])("does not pass when $says", async ({ make, decision, reason }) => {
    const group = queueTwo(disjoint);
    fake.review(12, "ann", "APPROVED");
    fake.review(13, "ann", "APPROVED");
    make(group);
    const judged = await judgeSecond(group);
    expect(judged.decision).toBe(decision);
    expect(judged.says).toContain(reason);
  });

  test("is judged by the policy of the branch, not by what a pull request ahead makes of it", async () => {
    const files = { twelve: { ".github/countersign.yml": lax }, thirteen: { "src/auth/a.ts": "4\n" } };
    const group = queueTwo(files);
    const ahead = await judgeSecond(group);
    expect(ahead.facts.policy).toMatchObject({ value: { commit: base } });
    expect(ahead.facts.change.base).toEqual({ name: "main", sha: base });
    expect(ahead).toMatchObject({ decision: "needs-approval", state: "waiting" });
    // Once it is merged, it is the policy.
    git(repository.path, ["update-ref", "refs/heads/main", group[0]]);
    const merged = await judgeSecond(group);
    expect(merged.facts.policy).toMatchObject({ value: { commit: group[0] } });
    expect(merged.facts.mergeGroup).toMatchObject({ value: [{ number: 13 }] });
    expect(merged.decision).toBe("pass");
  });

  test("that was merged since is compared with what it was put on, not with itself", async () => {
    const group = queueTwo(disjoint);
    git(repository.path, ["update-ref", "refs/heads/main", commit("main", { "docs/later.md": "x\n" }, [group[1]])]);
    Object.assign(fake.pulls.get(13)!, { state: "closed", merged: true });
    const { facts, decision } = await judgeSecond(group);
    expect(facts.change.base.sha).toBe(group[0]);
    expect(facts.change.files.map(({ path }) => path)).toEqual(["src/auth/b.ts"]);
    expect(decision).not.toBe("pass");
  });
});
