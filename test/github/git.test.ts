import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { newFolder, removeRepositories } from "../git-repository.ts";
import { startGitHub, type GitHub } from "./github.ts";
import { receiveHooks } from "./hook-receiver.ts";
import type { PullHandle } from "./pull.ts";
import type { RepositoryHandle } from "./repository.ts";
import type { Installation } from "./state.ts";

/** Git over HTTP as GitHub serves it: real fetches, real pushes, and what follows from them. */
let github: GitHub;
let orders: RepositoryHandle;
let pull: PullHandle;
let installation: Installation;

beforeEach(async () => {
  github = await startGitHub();
  orders = github.repository("octo/orders", { isPrivate: true, files: { "a.ts": "1\n" }, writers: ["mona"] });
  installation = github.install("octo");
  orders.push("refunds", { files: { "a.ts": "2\n" } }, "mona");
  pull = orders.pullRequest({ head: "refunds" });
});
afterEach(() => {
  expect(github.violations).toEqual([]);
  github.close();
});
afterAll(removeRepositories);

/** Not with the process that serves waiting for it. */
async function git(cwd: string, ...args: string[]): Promise<string> {
  const env = {
    ...{
      PATH: process.env["PATH"],
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_TERMINAL_PROMPT: "0",
    },
    ...{ GIT_AUTHOR_NAME: "mona", GIT_AUTHOR_EMAIL: "mona@example.com", HOME: "/dev/null" },
    ...{ GIT_COMMITTER_NAME: "mona", GIT_COMMITTER_EMAIL: "mona@example.com" },
  };
  const { stdout } = await promisify(execFile)("git", args, { cwd, env });
  return stdout.trim();
}

function remote(token: string, name = "octo/orders"): string {
  return `${github.url.replace("http://", `http://x-access-token:${token}@`)}/${name}.git`;
}

async function fetched(token: string, ...what: string[]): Promise<string> {
  const folder = newFolder("clone");
  await git(folder, "init", "--quiet", "--bare");
  await git(folder, "fetch", "--quiet", remote(token), ...what);
  return folder;
}

describe("a fetch", () => {
  test("brings a pull request's head and test merge, and any commit by its id, without blobs", async () => {
    const folder = await fetched(github.token(installation), "--filter=blob:none", "refs/pull/1/head", pull.head);
    expect(await git(folder, "cat-file", "-t", pull.head)).toBe("commit");
    const objects = await git(folder, "cat-file", "--batch-check", "--batch-all-objects");
    expect(objects).not.toContain("blob");
    const merged = await fetched(github.token(installation), "refs/pull/1/merge");
    expect(await git(merged, "log", "-1", "--format=%P", "FETCH_HEAD")).toBe(`${orders.tip()} ${pull.head}`);
  });

  test.each([
    { says: "nobody", token: () => "", error: "could not read" },
    { says: "a wrong token", token: () => "ghs_wrong", error: "Authentication failed" },
    { says: "a person who may not see it", token: () => github.userToken("eve"), error: "not found" },
    {
      says: "an App that may not read contents",
      token: () => {
        github.permit(installation, { checks: "write" });
        return github.token(installation);
      },
      error: "403",
    },
    {
      says: "a suspended App",
      token: () => {
        const token = github.token(installation);
        github.suspend(installation);
        return token;
      },
      error: "403",
    },
  ])("by $says is refused", async ({ token, error }) => {
    const value = token();
    const url = value === "" ? `${github.url}/octo/orders` : remote(value);
    const folder = newFolder("clone");
    await git(folder, "init", "--quiet");
    const said = await git(folder, "fetch", url).catch((thrown: unknown) => String(thrown));
    expect(said).toContain(error);
  });

  test("goes on to a repository's new name", async () => {
    orders.rename("purchases");
    await fetched(github.token(installation), "refs/pull/1/head");
    expect(github.requests.map(({ status }) => status)).toContain(301);
  });
});

describe("a push", () => {
  let hooks: Awaited<ReturnType<typeof receiveHooks>>;
  beforeEach(async () => {
    hooks = await receiveHooks();
    github.app.webhookUrl = hooks.url;
  });
  afterEach(() => hooks.close());

  async function pushed(token: string, ...args: string[]): Promise<string> {
    const folder = newFolder("clone");
    await git(folder, "clone", "--quiet", "--branch=refunds", remote(github.userToken("mona")), ".");
    await git(folder, "commit", "--quiet", "--allow-empty", "-m", "More");
    await git(folder, "push", "--quiet", remote(token), "HEAD:refs/heads/refunds", ...args);
    await github.settled();
    return git(folder, "rev-parse", "HEAD");
  }

  test("moves the head of a pull request and its refs, and is told", async () => {
    const before = pull.head;
    const after = await pushed(github.userToken("mona"));
    expect(pull.head).toBe(after);
    expect(orders.state.git.text(["rev-parse", "refs/pull/1/head"])).toBe(after);
    const told = hooks.received.map(({ event, body }) => [event, JSON.parse(body) as unknown]);
    expect(told).toMatchObject([
      ["push", { before, after, forced: false, sender: { login: "mona" } }],
      ["pull_request", { action: "synchronize", before, after, pull_request: { head: { sha: after } } }],
    ]);
  });

  test("of another history is a forced one", async () => {
    const before = pull.head;
    const after = orders.forcePush("refunds", { files: { "b.ts": "1\n" } }, "mona");
    await github.settled();
    expect(JSON.parse(hooks.received[0]?.body ?? "")).toMatchObject({ before, after, forced: true });
  });

  test("is for those who may write", async () => {
    orders.collaborator("bob", "read");
    for (const token of [github.userToken("bob"), github.token(installation)])
      await expect(pushed(token)).rejects.toThrow("403");
  });

  test("never moves what GitHub keeps for itself", async () => {
    const token = github.userToken("mona");
    await expect(pushed(token, "HEAD:refs/pull/1/head")).rejects.toThrow("deny updating a hidden ref");
  });

  test("to a fork moves the pull request that came from there", () => {
    const fork = orders.fork("eve");
    fork.push("idea", { files: { "idea.ts": "1\n" } }, "eve");
    const foreign = orders.pullRequest({ head: "idea", from: fork, author: "eve" });
    const after = fork.push("idea", { files: { "idea.ts": "2\n" } }, "eve");
    expect(foreign.head).toBe(after);
    expect(orders.state.git.text(["cat-file", "-t", after])).toBe("commit");
    expect(foreign.state.headRepository).toBe(fork.id);
  });

  test("to a closed pull request leaves its head until it is opened again", () => {
    const before = pull.head;
    pull.close();
    const after = orders.push("refunds", {}, "mona");
    expect(pull.head).toBe(before);
    pull.reopen();
    expect(pull.head).toBe(after);
  });

  test("to the base leaves what the pull request says of it", () => {
    const before = pull.state.baseSha;
    orders.push("main", { files: { "c.ts": "1\n" } });
    expect(pull.state.baseSha).toBe(before);
    orders.push("refunds", {}, "mona");
    expect(pull.state.baseSha).toBe(orders.tip());
  });
});

describe("a merge", () => {
  test.each([
    { method: "merge" as const, parents: 2, commits: 3 },
    { method: "squash" as const, parents: 1, commits: 1 },
    { method: "rebase" as const, parents: 1, commits: 2 },
  ])("by $method is in the repository", ({ method, parents, commits }) => {
    orders.push("refunds", { files: { "b.ts": "1\n" } }, "mona");
    orders.push("main", { files: { "c.ts": "1\n" } });
    const start = orders.tip();
    const commit = pull.merge(method);
    expect(orders.tip()).toBe(commit);
    expect(orders.state.git.text(["show", `${commit}:a.ts`])).toBe("2");
    expect(orders.state.git.text(["show", `${commit}:c.ts`])).toBe("1");
    expect(orders.state.git.text(["log", "-1", "--format=%P", commit]).split(" ")).toHaveLength(parents);
    const count = orders.state.git.text(["rev-list", "--count", `${start}..${commit}`]);
    expect(Number(count)).toBe(commits);
    expect(pull.state).toMatchObject({ state: "closed", merged: { commit } });
  });

  test("of what conflicts is refused, and there is no test merge", () => {
    orders.push("main", { files: { "a.ts": "3\n" } });
    orders.push("refunds", { files: { "b.ts": "1\n" } }, "mona");
    expect(() => pull.merge()).toThrow("not mergeable");
    expect(orders.state.git.tryText(["rev-parse", "--verify", "refs/pull/1/merge"])).toBe("");
  });

  test("by a queue puts each on top of the one before", () => {
    orders.push("more", { files: { "d.ts": "1\n" } }, "mona");
    const second = orders.pullRequest({ head: "more" });
    const group = orders.mergeGroup(pull.number, second.number);
    const [above = "", below = ""] = orders.state.git
      .text(["log", "--first-parent", "-2", "--format=%P", group.headSha])
      .split("\n");
    expect(above.split(" ")[1]).toBe(second.head);
    expect(below).toBe(`${orders.tip()} ${pull.head}`);
    expect(group.headRef).toBe(`refs/heads/gh-readonly-queue/main/pr-2-${group.baseSha}`);
    orders.endMergeGroup(group, "merged");
    expect(orders.tip()).toBe(group.headSha);
    expect([pull.state.merged?.commit, second.state.merged?.commit]).toEqual([group.headSha, group.headSha]);
  });
});
