import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openGitHub, type GitHub } from "../../../adapters/github/client.ts";
import { readChecks } from "../../../adapters/github/read-checks.ts";
import { readCommits, readCommitsBetween } from "../../../adapters/github/read-commits.ts";
import { readEveryWriter, readLoad, readTeams, readWriters } from "../../../adapters/github/read-people.ts";
import { readReviews } from "../../../adapters/github/read-reviews.ts";
import { FakeGitHub, serve, type FakeCommit, type FakePull } from "../../github/fake-github.ts";

/** What is read of GitHub, against a fake that holds every request and answer to GitHub's own description. */
const sha = (digit: string): string => digit.repeat(40);
const numbered = (index: number): string => index.toString(16).padStart(40, "0");

let fake: FakeGitHub;
let url = "";
let close: () => void;
let github: GitHub;

beforeEach(async () => {
  fake = new FakeGitHub();
  ({ url, close } = await serve(fake));
  github = await open();
  fake.pulls.set(12, pull());
});
afterEach(() => {
  close();
  expect(fake.violations).toEqual([]);
});

function open(limits?: Parameters<typeof openGitHub>[1], token = "t0ken"): Promise<GitHub> {
  return openGitHub({ apiUrl: url, token, owner: "octo", name: "orders" }, limits);
}

function pull(over: Partial<FakePull> = {}): FakePull {
  return { author: "mona", base: sha("a"), head: sha("b"), commits: [commit(sha("b"))], reviews: [], ...over };
}

function commit(id: string, login: string | null = "mona"): FakeCommit {
  return {
    sha: id,
    author: { email: "mona@example.com", login },
    committer: { email: "noreply@github.com", login: "web-flow" },
  };
}

describe("reviews", () => {
  test("are read as GitHub stores them, oldest first, without pending ones", async () => {
    fake.review(12, "ann", "APPROVED");
    fake.review(12, "bob", "CHANGES_REQUESTED", { commit: null });
    fake.review(12, "cy", "COMMENTED");
    fake.review(12, "dee", "PENDING");
    fake.review(12, "eve", "DISMISSED", { at: "2026-01-01T00:00:00Z" });
    fake.review(12, "app[bot]", "APPROVED", { type: "Bot" });
    fake.pulls.get(12)!.reviews.push({
      id: 99,
      user: null,
      type: "User",
      state: "APPROVED",
      commit: sha("b"),
      at: "2026-02-01T00:00:00Z",
    });
    expect((await readReviews(github, 12)).reviews).toEqual({
      state: "present",
      value: [
        {
          id: "5",
          user: "eve",
          userType: "User",
          state: "dismissed",
          commit: sha("b"),
          submittedAt: "2026-01-01T00:00:00Z",
        },
        {
          id: "1",
          user: "ann",
          userType: "User",
          state: "approved",
          commit: sha("b"),
          submittedAt: "2026-01-31T12:01:00.000Z",
        },
        {
          id: "2",
          user: "bob",
          userType: "User",
          state: "changes_requested",
          commit: null,
          submittedAt: "2026-01-31T12:02:00.000Z",
        },
        {
          id: "3",
          user: "cy",
          userType: "User",
          state: "commented",
          commit: sha("b"),
          submittedAt: "2026-01-31T12:03:00.000Z",
        },
        {
          id: "6",
          user: "app[bot]",
          userType: "Bot",
          state: "approved",
          commit: sha("b"),
          submittedAt: "2026-01-31T12:06:00.000Z",
        },
        {
          id: "99",
          user: "ghost",
          userType: "User",
          state: "approved",
          commit: sha("b"),
          submittedAt: "2026-02-01T00:00:00Z",
        },
      ],
    });
  });

  test("beyond one page are all read", async () => {
    for (let index = 0; index < 230; index += 1) fake.review(12, `u${index}`, "COMMENTED");
    const { reviews: read } = await readReviews(github, 12);
    expect(read.state === "present" && new Set(read.value.map(({ user }) => user)).size).toBe(230);
    expect(fake.requests.filter((each) => each.startsWith("pulls/list-reviews"))).toHaveLength(3);
  });

  test("of a pull request that nobody reviewed are none, which is not unknown", async () => {
    expect(await readReviews(github, 12)).toEqual({ reviews: { state: "present", value: [] }, retargetedAt: null });
  });

  test.each([
    {
      says: "a token without the right",
      make: () => void fake.scopes.delete("pull-requests"),
      reason:
        "the reviews of #12 could not be read: GitHub answered 403 (give the job `permissions: pull-requests: read`)",
      requests: 1,
    },
    {
      says: "a limit that is used up, which no permission mends",
      make: () =>
        void fake.faults.push({
          ...{ operation: "pulls/list-reviews", status: 403, times: 1 },
          headers: { "x-ratelimit-remaining": "0" },
        }),
      reason: "the reviews of #12 could not be read: the token's rate limit is used up for now",
      requests: 1,
    },
    {
      says: "too many requests at once, with a time to wait",
      make: () =>
        void fake.faults.push({
          ...{ operation: "pulls/list-reviews", status: 403, times: 1 },
          headers: { "retry-after": "60", "x-ratelimit-remaining": "900" },
        }),
      reason: "the reviews of #12 could not be read: the token's rate limit is used up for now",
      requests: 1,
    },
    {
      says: "too many requests at once, in words alone",
      make: () =>
        void fake.faults.push({
          ...{ operation: "pulls/list-reviews", status: 403, times: 1 },
          message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        }),
      reason: "the reviews of #12 could not be read: the token's rate limit is used up for now",
      requests: 1,
    },
    {
      says: "a refusal without a time, which could not be told from one withdrawn",
      make: () => fake.review(12, "ann", "CHANGES_REQUESTED", { at: null }),
      reason: "the reviews of #12 could not be read: GitHub's answer has another shape than documented",
      requests: 1,
    },
    {
      says: "a pull request that is gone",
      make: () => fake.pulls.clear(),
      reason:
        "the reviews of #12 could not be read: GitHub answered 404 (give the job `permissions: pull-requests: read`)",
      requests: 1,
    },
    {
      says: "GitHub failing twice",
      make: () => void fake.faults.push({ operation: "pulls/list-reviews", status: 502, times: 2 }),
      reason: "the reviews of #12 could not be read: GitHub answered 502",
      requests: 2,
    },
    {
      says: "a state that is new",
      make: () => fake.review(12, "ann", "VETOED"),
      reason: "the reviews of #12 could not be read: GitHub's answer has another shape than documented",
      requests: 1,
    },
    {
      says: "the same entry on two pages",
      make: () => {
        for (let index = 0; index < 130; index += 1) fake.review(12, "ann", "COMMENTED", { id: 7 });
      },
      reason: "the reviews of #12 could not be read: GitHub gave the same entries twice",
      requests: 1,
    },
  ])("are absent with the reason: $says", async ({ make, reason, requests }) => {
    make();
    expect(await readReviews(github, 12)).toEqual({ reviews: { state: "absent", reason }, retargetedAt: null });
    expect(fake.requests).toHaveLength(requests);
  });

  test("are read although GitHub fails once", async () => {
    fake.faults.push({ operation: "pulls/list-reviews", status: 500, times: 1 });
    expect(await readReviews(github, 12)).toMatchObject({ reviews: { state: "present" } });
  });

  test("are not waited for without end, nor asked for again", async () => {
    fake.delays.set("pulls/list-reviews", 2000);
    const { reviews } = await readReviews(await open({ requests: 10, timeoutMs: 100, totalMs: 10_000 }), 12);
    expect(reviews).toMatchObject({ reason: "the reviews of #12 could not be read: GitHub did not answer in time" });
    expect(fake.requests.length).toBeLessThan(2);
  });

  test("are not waited for beyond the time that all answers together may take", async () => {
    fake.delays.set("pulls/list-reviews", 60);
    for (let index = 0; index < 1000; index += 1) fake.review(12, "ann", "COMMENTED");
    const { reviews } = await readReviews(await open({ requests: 20, timeoutMs: 10_000, totalMs: 200 }), 12);
    expect(reviews).toMatchObject({ state: "absent" });
    expect(JSON.stringify(reviews)).toMatch(/did not answer in time|more than 0.2 seconds for all answers/);
    expect(fake.requests.length).toBeLessThan(5);
  });

  test.each([
    { says: "never", events: ["labeled", "closed"], at: null },
    { says: "by a person", events: ["base_ref_changed", "labeled"], at: "2026-02-01T00:00:00Z" },
    {
      says: "twice, the second time by GitHub",
      events: ["base_ref_changed", "automatic_base_change_succeeded"],
      at: "2026-02-02T00:00:00Z",
    },
  ])("come with the time when the pull request was last put on another branch: $says", async ({ events, at }) => {
    fake.pulls.get(12)!.events = events.map((event, index) => ({ event, at: `2026-02-0${index + 1}T00:00:00Z` }));
    expect(await readReviews(github, 12)).toMatchObject({ retargetedAt: at });
  });

  test.each([
    {
      says: "is not told",
      make: () => void fake.faults.push({ operation: "issues/list-events", status: 403, times: 1 }),
    },
    {
      says: "has no time",
      make: () => void (fake.pulls.get(12)!.events = [{ event: "base_ref_changed", at: "once" }]),
    },
  ])("are absent when another base $says: nobody can say what was approved", async ({ make }) => {
    fake.review(12, "ann", "APPROVED");
    make();
    expect(await readReviews(github, 12)).toMatchObject({
      reviews: { state: "absent", reason: expect.stringContaining("#12 was put on another branch") as string },
      retargetedAt: null,
    });
  });

  test("are not asked for without a token, nor beyond the budget", async () => {
    const { reviews } = await readReviews(await open(undefined, ""), 12);
    expect(reviews).toMatchObject({ reason: expect.stringContaining("there is no token") as string });
    const broke = await open({ requests: 0, timeoutMs: 1000, totalMs: 1000 });
    expect((await readReviews(broke, 12)).reviews).toMatchObject({
      reason: expect.stringContaining("more than 0 requests would be needed") as string,
    });
    expect(fake.requests).toEqual([]);
  });

  test("of a server that is not there are absent, not a failure", async () => {
    const nowhere = await openGitHub({ apiUrl: "http://127.0.0.1:9", token: "t", owner: "octo", name: "orders" });
    expect((await readReviews(nowhere, 12)).reviews).toMatchObject({ state: "absent" });
  });
});

describe("commits", () => {
  test("tell whose e-mails are, and what of signatures", async () => {
    fake.pulls.set(12, pull({ commits: [{ ...commit(sha("b")), verified: true }, commit(sha("c"), null)] }));
    expect(await readCommits(github, 12, [sha("c"), sha("b")])).toEqual({
      accounts: {
        state: "present",
        value: [
          { email: "mona@example.com", login: "mona" },
          { email: "noreply@github.com", login: "web-flow" },
        ],
      },
      signatures: {
        state: "present",
        value: [
          { commit: sha("b"), verified: true, reason: "valid" },
          { commit: sha("c"), verified: false, reason: "unsigned" },
        ],
      },
    });
  });

  test("tell whose the e-mails of co-authors are, and which are nobody's", async () => {
    const coAuthors = [
      { email: "ann@example.com", login: "ann" },
      { email: "nobody@example.com", login: null },
    ];
    fake.pulls.set(12, pull({ commits: [commit(sha("c")), { ...commit(sha("b")), coAuthors }] }));
    expect((await readCommits(github, 12, [sha("b")])).accounts).toEqual({
      state: "present",
      value: [
        { email: "ann@example.com", login: "ann" },
        { email: "mona@example.com", login: "mona" },
        { email: "nobody@example.com", login: null },
        { email: "noreply@github.com", login: "web-flow" },
      ],
    });
  });

  test("tell of the co-authors of a hundred and more", async () => {
    const commits = Array.from({ length: 130 }, (_, index) => ({
      ...commit(numbered(index + 1)),
      coAuthors: [{ email: `a${index}@example.com`, login: `a${index}` }],
    }));
    fake.pulls.set(12, pull({ commits }));
    const { accounts } = await readCommits(github, 12, []);
    expect(accounts.state === "present" && accounts.value.length).toBe(132);
  });

  test.each([
    { says: "GitHub names nowhere", coAuthors: [] },
    { says: "it may not tell of", coAuthors: null },
  ])("leave out a co-author whom $says: nobody knows whose that address is", async ({ coAuthors }) => {
    const message = "x\n\nCo-authored-by: A <a@example.com>\n\ny";
    if (coAuthors === null) fake.graphqlFails = true;
    fake.pulls.set(12, pull({ commits: [{ ...commit(sha("b")), message }] }));
    const { accounts } = await readCommits(github, 12, [sha("b")]);
    expect(fake.requests).toContain("graphql");
    expect(accounts.state === "present" && accounts.value.map(({ email }) => email)).toEqual([
      "mona@example.com",
      "noreply@github.com",
    ]);
  });

  test("ask nothing more where nobody else is named", async () => {
    await readCommits(github, 12, [sha("b")]);
    expect(fake.requests).not.toContain("graphql");
  });

  test.each([
    { says: "250 commits are all there are", count: 250, reason: null },
    {
      says: "251 commits are more than GitHub lists",
      count: 251,
      reason: "GitHub lists no more than 250 commits of #12, and the change has others",
    },
  ])("$says", async ({ count, reason }) => {
    const commits = Array.from({ length: count }, (_, index) => commit(numbered(index + 1)));
    fake.pulls.set(12, pull({ commits }));
    const { accounts, signatures } = await readCommits(
      github,
      12,
      commits.map((each) => each.sha),
    );
    expect(accounts.state).toBe(reason === null ? "present" : "absent");
    if (reason !== null) expect(accounts).toMatchObject({ reason: expect.stringContaining(reason) as string });
    expect(signatures.state).toBe(accounts.state);
  });

  test("are absent when one of the change is not listed: the branch was pushed meanwhile", async () => {
    const { accounts } = await readCommits(github, 12, [sha("e")]);
    expect(accounts).toMatchObject({ reason: expect.stringContaining("1 of them are not listed of #12") as string });
  });
});

describe("the commits that a queue made", () => {
  const range = `${sha("a")}...${sha("d")}`;

  test("are told by the range, beyond one page too", async () => {
    const commits = Array.from({ length: 130 }, (_, index) => commit(numbered(index + 1)));
    fake.ranges.set(range, [...commits, { ...commit(sha("d"), "cy"), verified: true }]);
    const read = await readCommitsBetween(github, sha("a"), sha("d"));
    expect(read?.accounts).toMatchObject({
      value: expect.arrayContaining([{ email: "mona@example.com", login: "cy" }]) as [],
    });
    expect(read?.signatures.state === "present" && read.signatures.value.filter(({ verified }) => verified)).toEqual([
      { commit: sha("d"), verified: true, reason: "valid" },
    ]);
    expect(fake.requests).toHaveLength(2);
  });

  test("are none where GitHub does not tell", async () => {
    expect(await readCommitsBetween(github, sha("a"), sha("d"))).toBeNull();
  });
});

describe("wherever GitHub is", () => {
  test("a repository that has another name now is read under it", async () => {
    fake.review(12, "ann", "APPROVED");
    fake.formerName = "old-orders";
    const former = await openGitHub({ apiUrl: url, token: "t0ken", owner: "octo", name: "old-orders" });
    expect((await readReviews(former, 12)).reviews).toMatchObject({ value: [{ user: "ann" }] });
  });

  test("an Enterprise Server has its API below /api/v3, and GraphQL beside it", async () => {
    const message = "x\n\nCo-authored-by: A <a@example.com>\n";
    const coAuthors = [{ email: "a@example.com", login: "ann" }];
    fake.pulls.set(12, pull({ commits: [{ ...commit(sha("b")), message, coAuthors }] }));
    const server = await openGitHub({ apiUrl: `${url}/api/v3`, token: "t0ken", owner: "octo", name: "orders" });
    const { accounts } = await readCommits(server, 12, [sha("b")]);
    expect(accounts.state === "present" && accounts.value).toContainEqual({ email: "a@example.com", login: "ann" });
  });
});

describe("people", () => {
  test("may push by admin and write, not by read; whom GitHub does not know is left out", async () => {
    fake.permissions = new Map([
      ["ann", "admin"],
      ["bob", "write"],
      ["cy", "read"],
      ["dee", "none"],
    ]);
    expect(await readWriters(github, ["dee", "cy", "bob", "ANN", "ann", "ghost"])).toEqual([
      { login: "ann", canPush: true },
      { login: "bob", canPush: true },
      { login: "cy", canPush: false },
      { login: "dee", canPush: false },
    ]);
  });

  describe("who can push, all of them", () => {
    const whole = { state: "present", value: ["ann", "OCTO"].map((login) => ({ login, canPush: true })) };
    const some = "who else can push could not be read: GitHub lists those whom the token may see";
    beforeEach(() => {
      fake.permissions = new Map([
        ["OCTO", "admin"],
        ["ann", "write"],
        ["cy", "read"],
      ]);
    });

    test("are read where the owner of the repository is a person, by any token, in one request", async () => {
      fake.scopes = new Set(["metadata"]);
      expect(await readEveryWriter(github)).toEqual(whole);
      expect(fake.requests).toEqual([expect.stringContaining("repos/list-collaborators ?permission=push")]);
    });

    test("are read of an organisation by a token that may see its teams", async () => {
      fake.permissions = new Map([
        ["zoe", "admin"],
        ["ann", "write"],
      ]);
      fake.throughTeams.add("ann");
      fake.teams.set("octo/identity", { members: ["ann"], push: true });
      const logins = ["ann", "zoe"].map((login) => ({ login, canPush: true }));
      expect(await readEveryWriter(github)).toEqual({ state: "present", value: logins });
    });

    test.each([
      {
        says: "a token that does not see who pushes through a team",
        make: () => {
          fake.permissions = new Map([
            ["zoe", "admin"],
            ["ann", "write"],
          ]);
          fake.throughTeams.add("ann");
          fake.scopes.delete("members");
        },
        reason: some,
      },
      {
        says: "a list without an administrator",
        make: () => {
          fake.permissions = new Map([["ann", "write"]]);
          fake.teams.set("octo/identity", { members: ["ann"], push: true });
        },
        reason: some,
      },
      {
        says: "a token that may not list them",
        make: () => fake.scopes.delete("metadata"),
        reason: "GitHub answered 403 (give `token` one that may write to the repository)",
      },
      {
        says: "more people than are worth knowing",
        make: () => Array.from({ length: 100 }, (_, index) => fake.permissions.set(`u${index}`, "write")),
        reason: "there are more than 100 of them",
      },
      {
        says: "a passing limit",
        make: () => {
          const headers = { "retry-after": "60" };
          fake.faults.push({ operation: "repos/list-collaborators", status: 403, times: 1, headers });
        },
        reason: "who else can push could not be read: the token's rate limit is used up for now",
      },
    ])("are not known: $says", async ({ make, reason }) => {
      make();
      const read = await readEveryWriter(github);
      expect(read).toMatchObject({ state: "absent", reason: expect.stringContaining(reason) as string });
    });
  });

  test("of a team are read with its right to push", async () => {
    fake.teams.set("octo/identity", { members: ["zoe", "ann"], push: true });
    fake.teams.set("octo/readers", { members: ["bob"], push: false });
    fake.teams.set("octo/strangers", { members: [] });
    expect(await readTeams(github, ["octo/strangers", "octo/readers", "octo/identity"])).toEqual([
      { name: "octo/identity", canPush: true, members: { state: "present", value: ["ann", "zoe"] }, missing: false },
      { name: "octo/readers", canPush: false, members: { state: "present", value: ["bob"] }, missing: false },
      { name: "octo/strangers", canPush: false, members: { state: "present", value: [] }, missing: false },
    ]);
  });

  test("of a team that is not there: missing, for a token that may list teams", async () => {
    fake.teams.set("octo/identity", { members: [], push: true });
    expect(await readTeams(github, ["octo/gone"])).toEqual([
      {
        name: "octo/gone",
        canPush: null,
        members: {
          state: "absent",
          reason: "the members of octo/gone could not be read: there is no team octo/gone that this token can see",
        },
        missing: true,
      },
    ]);
  });

  test("of a team are not told by a token that must wait: no permission mends that", async () => {
    const headers = { "retry-after": "60" };
    fake.faults.push({ operation: "teams/list-members-in-org", status: 403, times: 1, headers });
    expect(await readTeams(github, ["octo/identity"])).toMatchObject([
      {
        missing: false,
        members: {
          reason: "the members of octo/identity could not be read: the token's rate limit is used up for now",
        },
      },
    ]);
  });

  test.each([
    { says: "403", fault: null },
    { says: "404, which says nothing to a token that may not list teams", fault: 404 },
  ])("of a team that the token may not see are absent: $says", async ({ fault }) => {
    fake.scopes.delete("members");
    if (fault !== null) fake.faults.push({ operation: "teams/list-members-in-org", status: fault, times: 9 });
    const [team] = await readTeams(github, ["octo/identity"]);
    expect(team).toMatchObject({ missing: false, canPush: null });
    expect(team?.members).toMatchObject({
      reason: expect.stringContaining("a workflow's own token may not read teams") as string,
    });
  });

  test("who have the least to do are known by open requests; nothing when that is not told", async () => {
    fake.pulls.set(12, pull({ requested: ["ann", "bob"] }));
    fake.pulls.set(13, pull({ requested: ["ann"] }));
    expect(await readLoad(github)).toEqual([
      { login: "ann", openReviews: 2 },
      { login: "bob", openReviews: 1 },
    ]);
    expect(await readLoad(github, 12)).toEqual([{ login: "ann", openReviews: 1 }]);
    fake.scopes.delete("pull-requests");
    expect(await readLoad(github)).toEqual([]);
  });
});

describe("checks", () => {
  const countersign = { name: "countersign", status: "in_progress", conclusion: null, run: "77" };
  const done = { status: "completed", conclusion: "success" };
  const failed = { status: "completed", conclusion: "failure" };
  const job = { run: "77", id: "countersign" };

  test("and statuses are read, sorted, without our own", async () => {
    fake.checkRuns = [
      { name: "test", ...done },
      countersign,
      { name: "countersign", ...done, app: "somebody-else" },
      { name: "deploy", status: "in_progress", conclusion: null, run: "78" },
    ];
    fake.statuses = [
      { context: "ci/old", state: "pending" },
      { context: "ci/build", state: "error" },
    ];
    expect(await readChecks(github, sha("b"), job)).toEqual({
      state: "present",
      value: [
        { name: "ci/build", app: null, status: "completed", conclusion: "error" },
        { name: "ci/old", app: null, status: "pending", conclusion: null },
        { name: "countersign", app: "somebody-else", status: "completed", conclusion: "success" },
        { name: "deploy", app: "github-actions", status: "in_progress", conclusion: null },
        { name: "test", app: "github-actions", status: "completed", conclusion: "success" },
      ],
    });
  });

  test.each([
    {
      says: "another job of our run, which is still going",
      runs: [countersign, { name: "test", status: "in_progress", conclusion: null, run: "77" }],
      left: ["test in_progress"],
    },
    {
      says: "what failed, by our name and in our run",
      runs: [countersign, { name: "countersign", ...failed, run: "77" }, { name: "test", ...failed, run: "77" }],
      left: ["countersign failure", "test failure"],
    },
    {
      says: "an earlier one by our name in another run",
      runs: [countersign, { name: "countersign", ...failed, run: "70" }],
      left: ["countersign failure"],
    },
    {
      says: "all, where it is not clear which is ours",
      runs: [
        { ...countersign, name: "Gate" },
        { ...countersign, name: "Tests" },
      ],
      left: ["Gate in_progress", "Tests in_progress"],
    },
    { says: "none, where ours has a name of its own", runs: [{ ...countersign, name: "Gate" }], left: [] },
    { says: "none, where ours is called by a workflow", runs: [{ ...countersign, name: "a / countersign" }], left: [] },
    {
      says: "one by our name that waits to be started",
      runs: [countersign, { ...countersign, status: "queued" }],
      left: ["countersign queued"],
    },
  ])("keep $says", async ({ runs, left }) => {
    fake.checkRuns = runs;
    const read = await readChecks(github, sha("b"), job);
    const told = read.state === "present" ? read.value : [];
    expect(told.map(({ name, status, conclusion }) => `${name} ${conclusion ?? status}`)).toEqual(left);
  });

  test("beyond one page are all read", async () => {
    fake.checkRuns = Array.from({ length: 140 }, (_, index) => ({
      name: `c${index}`,
      status: "completed",
      conclusion: "success",
    }));
    const read = await readChecks(github, sha("b"), null);
    expect(read.state === "present" && read.value.length).toBe(140);
  });

  test.each(["checks", "statuses"] as const)(
    "are absent when %s are not told: half of them would look like all",
    async (scope) => {
      fake.scopes.delete(scope);
      expect(await readChecks(github, sha("b"), null)).toEqual({
        state: "absent",
        reason:
          "checks on the head could not be read: GitHub answered 403 (give the job `permissions: checks: read` and `statuses: read`)",
      });
    },
  );
});
