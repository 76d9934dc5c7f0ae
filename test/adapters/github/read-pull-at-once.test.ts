import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NotTold, openGitHub, TooMany, type GitHub } from "../../../adapters/github/client.ts";
import { readChecks } from "../../../adapters/github/read-checks.ts";
import { readCommits } from "../../../adapters/github/read-commits.ts";
import { readCommitsById } from "../../../adapters/github/read-commits-by-id.ts";
import { readOpenPulls } from "../../../adapters/github/read-open-pulls.ts";
import { readLoad, readTeams, readWriters } from "../../../adapters/github/read-people.ts";
import { readPullAtOnce, type PullAsked, type PullNow } from "../../../adapters/github/read-pull-at-once.ts";
import { readPullByLists } from "../../../adapters/github/read-pull-by-lists.ts";
import { readPullRequest } from "../../../adapters/github/read-pull-request.ts";
import { readReviews } from "../../../adapters/github/read-reviews.ts";
import { readTeamsAtOnce } from "../../../adapters/github/team-query.ts";
import { removeRepositories } from "../../git-repository.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import { startGitHub, type GitHub as FakeGitHub } from "../../github/github.ts";
import type { PullHandle } from "../../github/pull.ts";
import type { RepositoryHandle } from "../../github/repository.ts";
import type { Installation } from "../../github/state.ts";

/** One query says what the REST API says in many requests: each part is held against the other. */
let github: FakeGitHub;
let orders: RepositoryHandle;
let pull: PullHandle;
let installation: Installation;
let reader: GitHub;
let ticks = 0;

beforeAll(githubSchema);
beforeEach(async () => {
  ticks = 0;
  github = await startGitHub({ clock: () => new Date(Date.UTC(2026, 10, 21, 12) + (ticks += 40)) });
  orders = github.repository("octo/orders", { isPrivate: true, writers: ["mona", "ann", "bob"] });
  github.user("mona", ["mona@example.com"]);
  github.user("ann", ["ann@example.com"]);
  installation = github.install("octo");
  orders.push("refunds", { files: { "a.ts": "2\n" } }, "mona");
  pull = orders.pullRequest({ head: "refunds", title: "Refunds", body: "For *all*" });
  reader = await open();
});
afterEach(() => {
  // GitHub's description has no null for the repository of a head, and GitHub gives one when a fork is gone.
  expect(github.violations.filter((each) => !each.includes("head/repo must be object"))).toEqual([]);
  github.close();
});
afterAll(removeRepositories);

async function open(): Promise<GitHub> {
  const token = github.token(installation);
  return openGitHub({ apiUrl: github.apiUrl, token, owner: "octo", name: "orders" });
}

function read(more: Partial<PullAsked> = {}): Promise<PullNow> {
  return readPullAtOnce(reader, { number: pull.number, app: github.app.id, checks: true, teams: [], ...more });
}

const queries = () => github.requests.filter(({ route }) => route === "graphql").length;

describe("what one query tells is what the REST API tells", () => {
  const worlds: { says: string; make: () => void }[] = [
    { says: "of a plain pull request", make: () => undefined },
    {
      says: "of reviews of all kinds",
      make: () => {
        pull.review("ann", "APPROVED");
        pull.review("bob", "CHANGES_REQUESTED");
        pull.review("eve", "APPROVED");
        pull.review("cy", "COMMENTED");
        pull.review("dee", "PENDING");
        pull.dismiss(pull.review("bob", "APPROVED"));
        pull.review("ann", "APPROVED", { commit: null });
        github.bot("helper[bot]");
        pull.review("helper[bot]", "APPROVED");
      },
    },
    {
      says: "of a draft with labels, a fork's head and a new base",
      make: () => {
        orders.push("release", { files: { "r.ts": "1\n" } });
        const fork = orders.fork("eve");
        fork.push("patch", { files: { "b.ts": "1\n" } }, "eve");
        pull = orders.pullRequest({ head: "patch", from: fork, author: "eve", draft: true });
        pull.label("ai-assisted");
        pull.retarget("release");
      },
    },
    {
      says: "of a fork that is gone",
      make: () => {
        const fork = orders.fork("eve");
        fork.push("patch", { files: { "b.ts": "1\n" } }, "eve");
        pull = orders.pullRequest({ head: "patch", from: fork, author: "eve" });
        fork.delete();
      },
    },
    {
      says: "of what an agent opened, and who had asked for it",
      make: () => {
        github.bot("copilot-swe-agent[bot]");
        orders.push("copilot/fix", { files: { "c.ts": "1\n" } }, "mona");
        pull = orders.pullRequest({ head: "copilot/fix", author: "copilot-swe-agent[bot]" });
        pull.assign("ann");
      },
    },
    {
      says: "of signed commits with co-authors",
      make: () => {
        const message = "Two\n\nCo-authored-by: Ann <ann@example.com>\nCo-authored-by: Who <who@nowhere.example>\n";
        const signed = orders.push("refunds", { files: { "a.ts": "3\n" }, message }, "mona");
        orders.sign(signed, { signer: "mona" });
      },
    },
    {
      says: "of checks and statuses",
      make: () => {
        orders.checkRun(pull.head, "build", { status: "completed", conclusion: "success" });
        orders.checkRun(pull.head, "test", { status: "in_progress" });
        orders.checkRun(pull.head, "countersign", { status: "completed", conclusion: "failure" }, github.app.id);
        orders.checkRun(pull.head, "countersign", { status: "completed", conclusion: "success" });
        orders.status(pull.head, "ci/one", "success");
        orders.status(pull.head, "ci/two", "pending");
        orders.status(pull.head, "ci/two", "failure");
      },
    },
    { says: "of whom others wait for", make: () => pull.requestReview({ users: ["ann", "bob"] }) },
  ];
  test.each(worlds)("$says", async ({ make }) => {
    make();
    const { number } = pull;
    const at = await read();
    const address = { apiUrl: github.apiUrl, token: github.token(installation), owner: "octo", name: "orders" };
    const rest = await readPullRequest({ ...address, number });
    expect({ pullRequest: at.pullRequest, base: at.base.name }).toEqual(
      "failure" in rest ? rest : { pullRequest: rest.pullRequest, base: rest.base.name },
    );
    const reviews = await readReviews(reader, number);
    expect({ reviews: at.reviews, retargetedAt: at.retargetedAt }).toEqual({
      reviews: reviews.reviews.state === "present" ? reviews.reviews.value : reviews.reviews.reason,
      retargetedAt: reviews.retargetedAt,
    });
    const commits = await readCommits(reader, number, [pull.head]);
    expect(at.commits.accounts).toEqual(commits.accounts.state === "present" ? commits.accounts.value : null);
    const verified = (all: readonly { commit: string; verified: boolean }[]) =>
      all.map(({ commit, verified: is }) => [commit, is]);
    expect(verified(at.commits.signatures)).toEqual(
      commits.signatures.state === "present" ? verified(commits.signatures.value) : null,
    );
    const checks = await readChecks(reader, pull.head, { app: github.app.id });
    expect(at.checks).toEqual(checks.state === "present" ? checks.value : checks.reason);
    expect(at.writers).toEqual(
      await readWriters(
        reader,
        at.writers.map(({ login }) => login),
      ),
    );
    expect(at.load).toEqual(await readLoad(reader, pull.number));
    const { head, base } = await readPullByLists(reader, number);
    expect({ head: at.head, base: at.base }).toEqual({ head, base });
    expect(at.head).toMatchObject({ name: pull.state.headRef, sha: pull.head });
    expect(at.base.tip).toBe(orders.tip(pull.state.baseRef));
  });

  test("of teams", async () => {
    github.team("octo/owners", { members: ["ann", "bob"], may: { "octo/orders": "write" } });
    github.team("octo/leads", { members: ["cy"], parent: "owners" });
    github.team("octo/readers", { members: ["dee"], may: { "octo/orders": "read" } });
    github.team("octo/others", { members: ["eve"] });
    const names = ["octo/leads", "octo/others", "octo/owners", "octo/readers"];
    const teams = (await read({ teams: names })).teams.map(({ team }) => team);
    expect(teams).toEqual(await readTeams(reader, names));
    expect((await readTeamsAtOnce(reader, names)).map(({ team }) => team)).toEqual(teams);
  });
});

describe("what is not whole is not told", () => {
  test("a team that the graph does not know is left to be asked for", async () => {
    expect((await read({ teams: ["octo/nobody"] })).teams).toEqual([{ name: "octo/nobody", team: null }]);
  });

  test.each([
    { says: "a right that is lacking", path: ["repository", "pullRequest", "reviews"] },
    { says: "a part that failed", path: ["repository", "pullRequest", "commits"] },
  ])("25. $says", async ({ path }) => {
    github.faults.add({ route: "graphql", fault: { kind: "graphql-error", message: "Something went wrong", path } });
    await expect(read()).rejects.toThrow();
  });

  test("21. the name of another repository by now", async () => {
    orders.rename("purchases");
    await expect(read()).rejects.toThrow("Could not resolve");
  });
});

describe("long lists", () => {
  test("33. of reviews, commits and checks are read page by page, side by side", async () => {
    const many = Array.from({ length: 119 }, (_, step) => ({ files: { "a.ts": `${step}\n` } }));
    const made = orders.state.git.commitAll(
      many.map((commit, step) => ({ ...commit, branch: "made", parents: [step === 0 ? pull.head : `:${step}`] })),
    );
    orders.push("refunds", { parents: [made.at(-1)!], files: { "b.ts": "1\n" } }, "mona");
    for (let step = 0; step < 101; step += 1) pull.review(`user-${step}`, "COMMENTED");
    for (let step = 0; step < 230; step += 1) orders.status(pull.head, `check ${step}`, "success");
    const before = queries();
    const at = await read();
    expect([at.reviews.length, at.commits.listed.length, at.commits.total, at.checks?.length]).toEqual([
      101, 121, 121, 230,
    ]);
    expect(queries() - before).toBe(3);
  }, 180_000);

  test("19. that change while they are read are none", async () => {
    for (let step = 0; step < 101; step += 1) pull.review(`user-${step}`, "COMMENTED");
    const query = reader.query;
    let asked = 0;
    reader = {
      ...reader,
      query: async (...args) => {
        if ((asked += 1) === 2) orders.push("refunds", { files: { "a.ts": "other\n" } }, "mona");
        return query(...args);
      },
    };
    await expect(read()).rejects.toThrow("changed while it was read");
  });
});

describe("commits by their ids", () => {
  test("are told, those of a fork's pull request too", async () => {
    const fork = orders.fork("eve");
    const head = fork.push("patch", { files: { "a.ts": "3\n" } }, "eve");
    orders.pullRequest({ head: "patch", from: fork, author: "eve" });
    const told = await readCommitsById(reader, [pull.head, head]);
    expect(told.map(({ commit }) => [commit.oid, commit.authors.nodes.map(({ email }) => email)])).toEqual([
      [pull.head, ["mona@example.com"]],
      [head, ["eve@example.com"]],
    ]);
  });

  test.each([
    { says: "one that GitHub does not know", ids: ["4".repeat(40)], queries: 1 },
    { says: "more than are asked for", ids: Array.from({ length: 2_001 }, () => "4".repeat(40)), queries: 0 },
  ])("are none with $says", async ({ ids, queries: most }) => {
    const before = queries();
    await expect(readCommitsById(reader, ids)).rejects.toBeInstanceOf(NotTold);
    expect(queries() - before).toBe(most);
  });
});

test("open pull requests are read by fifties", async () => {
  for (let step = 0; step < 52; step += 1) orders.pullRequest({ head: "refunds" });
  orders.pull(3).close();
  const before = queries();
  const open = await readOpenPulls(reader);
  expect(open).toHaveLength(52);
  expect(open.map(({ number }) => number)).not.toContain(3);
  expect(open[0]).toMatchObject({ number: 1, head: pull.head, base: "main" });
  expect(queries() - before).toBe(2);
}, 120_000);

test.each([
  { says: "one query is enough to know", count: 3_001, error: TooMany, queries: 1 },
  { says: "and to know that the lists may tell", count: 2_001, error: NotTold, queries: 1 },
])("of $count reviews $says", async ({ count, error, queries: most }) => {
  const review = pull.review("ann", "APPROVED");
  const { reviews } = pull.state;
  while (reviews.length < count) reviews.push({ ...review, id: review.id + reviews.length });
  const refused: unknown = await read().catch((reason: unknown) => reason);
  expect(refused).toBeInstanceOf(error);
  expect(refused instanceof TooMany).toBe(count > 3_000);
  expect(queries()).toBe(most);
});

test("of 3,001 reviews the lists say so, too, and not that GitHub fails", async () => {
  const review = pull.review("ann", "APPROVED");
  const { reviews } = pull.state;
  while (reviews.length < 3_001) reviews.push({ ...review, id: review.id + reviews.length });
  const read = await readReviews(reader, pull.number);
  expect(read.reviews).toMatchObject({ state: "absent" });
  expect(read.reviews.state === "absent" && read.reviews.reason).toContain(
    `#${pull.number} has more than 3000 reviews`,
  );
});
