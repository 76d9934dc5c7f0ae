import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openGitHub, type GitHub } from "../../../adapters/github/client.ts";
import { readMergeGroup, type MergeGroup } from "../../../adapters/github/read-merge-group.ts";
import { FakeGitHub, serve, type FakeCommit, type FakePull } from "../../github/fake-github.ts";

/** Which pull requests a merge group holds, by all that a queue can make of them. */
const sha = (digit: string): string => digit.repeat(40);

let fake: FakeGitHub;
let close: () => void;
let github: GitHub;

beforeEach(async () => {
  fake = new FakeGitHub();
  const served = await serve(fake);
  close = served.close;
  github = await openGitHub({ apiUrl: served.url, token: "t0ken", owner: "octo", name: "orders" });
  fake.pulls.set(12, pull());
});
afterEach(() => {
  close();
  expect(fake.violations).toEqual([]);
});

function pull(over: Partial<FakePull> = {}): FakePull {
  return { author: "mona", base: sha("a"), head: sha("b"), commits: [commit(sha("b"))], reviews: [], ...over };
}

function commit(id: string): FakeCommit {
  const mona = { email: "mona@example.com", login: "mona" };
  return { sha: id, author: mona, committer: mona };
}

/** The branch of an entry of main's queue. */
function entry(number: number, onto: string, folder = "gh-readonly-queue/main"): string {
  return `${folder}/pr-${number}-${onto}`;
}

const merge = { sha: sha("d"), parents: [sha("a"), sha("b")] };
const group: MergeGroup = { headRef: entry(12, sha("a")), branch: "main", line: [merge] };

async function numbers(over: Partial<MergeGroup>): Promise<number[] | string> {
  const read = await readMergeGroup(github, { ...group, ...over });
  return read.state === "present" ? read.value.map(({ number }) => number) : read.reason;
}

test("a group of one pull request is named by its branch, whatever its commits are", async () => {
  fake.review(12, "ann", "APPROVED");
  const line = [
    { sha: sha("f"), parents: [sha("e")] },
    { sha: sha("e"), parents: [sha("a")] },
  ];
  expect(await readMergeGroup(github, { ...group, line })).toMatchObject({
    value: [
      {
        number: 12,
        author: "mona",
        head: sha("b"),
        reviews: [{ user: "ann", commit: sha("b") }],
        accounts: { state: "present" },
      },
    ],
  });
  expect(fake.requests.some((each) => each.startsWith("git/"))).toBe(false);
});

test("who was assigned to an agent's pull request and taken off again asked for it all the same", async () => {
  const events = ["assigned", "unassigned"].map((event) => ({ event, at: "2026-01-31T12:00:00Z", assignee: "ann" }));
  fake.pulls.set(12, pull({ author: "Copilot", authorType: "Bot", events }));
  expect(await readMergeGroup(github, group)).toMatchObject({ value: [{ agentRequesters: ["ann"] }] });
});

describe("of several, merged with merge commits,", () => {
  const second = { sha: sha("f"), parents: [merge.sha, sha("c")] };
  const two = { headRef: entry(13, merge.sha), line: [second, merge] };

  test("those before the last are told by the commits that were merged", async () => {
    fake.pulls.set(13, pull({ author: "cy", head: sha("c"), commits: [commit(sha("c"))] }));
    expect(await numbers(two)).toEqual([12, 13]);
  });

  test("one that two open pull requests end at is not told", async () => {
    fake.pulls.set(13, pull());
    expect(await numbers(two)).toMatch(`which pull request ${sha("d").slice(0, 12)} is of`);
  });
});

describe("of several, squashed or rebased,", () => {
  // On main's tip (a): #12 as one commit (1), #13 as two (2, 3), #14 as one (4), which is the group's head.
  const line = [
    { sha: sha("4"), parents: [sha("3")] },
    { sha: sha("3"), parents: [sha("2")] },
    { sha: sha("2"), parents: [sha("1")] },
    { sha: sha("1"), parents: [sha("a")] },
  ];
  const three = { headRef: entry(14, sha("3")), line };

  beforeEach(() => {
    fake.pulls.set(13, pull({ author: "cy", head: sha("c"), commits: [commit(sha("c"))] }));
    fake.pulls.set(14, pull({ author: "dee", head: sha("9"), commits: [commit(sha("9"))] }));
    fake.branches = new Map([
      [`refs/heads/${entry(12, sha("a"))}`, sha("1")],
      [`refs/heads/${entry(13, sha("1"))}`, sha("3")],
      [`refs/heads/${entry(14, sha("3"))}`, sha("4")],
      [`refs/heads/${entry(15, sha("4"))}`, sha("5")],
      ["refs/heads/main", sha("a")],
    ]);
  });

  test("each is told by the branch of the queue that ends where it does", async () => {
    expect(await numbers(three)).toEqual([12, 13, 14]);
    expect(fake.requests.filter((each) => each.startsWith("git/"))).toHaveLength(1);
  });

  test("a commit whose pull request GitHub knows needs no branch", async () => {
    fake.branches.clear();
    fake.pulls.set(12, pull({ commits: [commit(sha("1"))] }));
    expect(await numbers({ headRef: entry(13, sha("1")), line: line.slice(1) })).toEqual([12, 13]);
  });

  test.each([
    {
      says: "whose branch is gone",
      make: () => fake.branches.delete(`refs/heads/${entry(12, sha("a"))}`),
      reason: `GitHub does not tell which pull request ${sha("1").slice(0, 12)} is of`,
    },
    {
      says: "at which a second branch of such a name ends, made by whoever may push",
      make: () => fake.branches.set(`refs/heads/${entry(99, sha("a"))}`, sha("1")),
      reason: `more than one branch of the queue ends at ${sha("1").slice(0, 12)}`,
    },
    {
      says: "that is told of another branch's queue alone",
      make: () => {
        fake.branches.delete(`refs/heads/${entry(12, sha("a"))}`);
        fake.branches.set(`refs/heads/${entry(12, sha("a"), "gh-readonly-queue/main/x")}`, sha("1"));
        fake.branches.set(`refs/heads/${entry(12, sha("a"), "gh-readonly-queue/release")}`, sha("1"));
      },
      reason: `GitHub does not tell which pull request ${sha("1").slice(0, 12)} is of`,
    },
    {
      says: "whose branch has more in its name",
      make: () => {
        fake.branches.delete(`refs/heads/${entry(12, sha("a"))}`);
        fake.branches.set(`refs/heads/${entry(12, sha("a"))}-x`, sha("1"));
      },
      reason: `GitHub does not tell which pull request ${sha("1").slice(0, 12)} is of`,
    },
    {
      says: "in a list that GitHub cut short",
      make: () => void (fake.cutsShort = true),
      reason: "GitHub gave a part of the list",
    },
    {
      says: "for a token that may not read the branches",
      make: () => fake.scopes.delete("contents"),
      reason: "GitHub answered 403",
    },
    {
      says: "that is for another branch",
      make: () => void (fake.pulls.get(12)!.baseRef = "release"),
      reason: "#12 is for another branch",
    },
    {
      says: "that was closed",
      make: () => void (fake.pulls.get(13)!.state = "closed"),
      reason: "#13 was closed",
    },
    {
      says: "that is not there",
      make: () => fake.pulls.delete(13),
      reason: "GitHub answered 404",
    },
  ])("one $says leaves all of them unread", async ({ make, reason }) => {
    make();
    expect(await numbers(three)).toMatch(`the pull requests of the merge group could not be read: ${reason}`);
  });

  test("one that was merged meanwhile is read", async () => {
    Object.assign(fake.pulls.get(12)!, { state: "closed", merged: true });
    expect(await numbers(three)).toEqual([12, 13, 14]);
  });
});

test("a group of more than twenty is not read", async () => {
  const line = Array.from({ length: 21 }, (_, index) => {
    const id = (at: number) => at.toString(16).padStart(40, "0");
    fake.pulls.set(index + 1, pull({ commits: [commit(id(index + 1))] }));
    return { sha: id(index + 1), parents: [id(index + 2)] };
  });
  expect(await numbers({ headRef: entry(1, line[1]!.sha), line })).toMatch("it has more than 20");
});

test.each([
  { says: "another folder", headRef: entry(12, sha("a"), "gh-readonly-queue/release") },
  { says: "a number that is none", headRef: `gh-readonly-queue/main/pr-012-${sha("a")}` },
  { says: "no commit", headRef: "gh-readonly-queue/main/pr-12-a" },
])("a head in $says names no pull request: its commits must", async ({ headRef }) => {
  expect(await numbers({ headRef })).toEqual([12]);
  fake.pulls.clear();
  expect(await numbers({ headRef })).toMatch("GitHub does not tell which pull request");
});

test("for a token that may not read pull requests nothing is told", async () => {
  fake.scopes.delete("pull-requests");
  expect(await numbers({})).toMatch("give the job `permissions: pull-requests: read`");
});
