import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEvent } from "../../action/read-event.ts";
import { Problem } from "../../core/problem.ts";

const sha = (digit: string): string => digit.repeat(40);
const env = (name: string) => ({
  GITHUB_EVENT_NAME: name,
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_REPOSITORY: "octo/orders",
  GITHUB_SHA: sha("c"),
});

const pull = {
  number: 12,
  title: "Refunds",
  body: null,
  draft: true,
  author_association: "CONTRIBUTOR",
  user: { login: "mona", type: "User", id: 1 },
  labels: [{ name: "ai-assisted", color: "fff" }],
  base: { sha: sha("a"), ref: "main", repo: { full_name: "octo/orders" } },
  head: { sha: sha("b"), ref: "refunds", repo: { full_name: "mona/orders" } },
};
const group = {
  base_sha: sha("a"),
  head_sha: sha("b"),
  base_ref: "refs/heads/main",
  head_ref: "refs/heads/gh-readonly-queue/main/pr-12-x",
};
const push = {
  ref: "refs/heads/release/2",
  before: sha("a"),
  after: sha("b"),
  repository: { default_branch: "trunk" },
};

describe("a pull request", () => {
  test("is judged from its base to its own head, not to the merge that is checked out", () => {
    expect(readEvent(env("pull_request"), JSON.stringify({ action: "opened", pull_request: pull }))).toEqual({
      event: "pull_request",
      repository: { host: "github.com", owner: "octo", name: "orders" },
      base: { name: "main", sha: sha("a") },
      head: { name: "refunds", sha: sha("b") },
      branch: { state: "present", value: "refunds" },
      pullRequest: {
        state: "present",
        value: {
          number: 12,
          author: "mona",
          authorType: "User",
          association: "CONTRIBUTOR",
          title: "Refunds",
          body: "",
          draft: true,
          fork: true,
          labels: ["ai-assisted"],
          agentRequesters: [],
        },
      },
      queue: null,
      isMerged: false,
    });
  });

  test("that was reviewed is judged like one that was pushed", () => {
    const payload = { action: "submitted", review: { state: "approved" }, pull_request: pull };
    expect(readEvent(env("pull_request_review"), JSON.stringify(payload))).toEqual(
      readEvent(env("pull_request"), JSON.stringify({ pull_request: pull })),
    );
  });

  test.each([
    { says: "an agent's author names who asked for it", user: { login: "Copilot", type: "Bot" }, asked: ["ann"] },
    { says: "a person's author has assignees that mean nothing", user: { login: "mona", type: "User" }, asked: [] },
    { says: "a robot that is no agent has nobody", user: { login: "dependabot[bot]", type: "Bot" }, asked: [] },
    { says: "a deleted author has nobody", user: null, asked: [] },
  ])("$says", ({ user, asked }) => {
    const assignees = [
      { login: "Copilot", type: "Bot" },
      { login: "ann", type: "User" },
    ];
    const event = readEvent(env("pull_request"), JSON.stringify({ pull_request: { ...pull, user, assignees } }));
    expect(event).toMatchObject({ pullRequest: { value: { agentRequesters: asked } } });
  });

  test.each([
    { says: "its own repository", repo: { full_name: "octo/orders" }, fork: false },
    { says: "another repository", repo: { full_name: "mona/orders" }, fork: true },
    { says: "a repository that was deleted", repo: null, fork: true },
  ])("from $says: fork is $fork", ({ repo, fork }) => {
    const event = readEvent(
      env("pull_request"),
      JSON.stringify({ pull_request: { ...pull, head: { ...pull.head, repo } } }),
    );
    expect(event).toMatchObject({ pullRequest: { value: { fork } } });
  });

  test("of a deleted account is by ghost, as GitHub shows it", () => {
    const event = readEvent(env("pull_request"), JSON.stringify({ pull_request: { ...pull, user: null } }));
    expect(event).toMatchObject({ pullRequest: { value: { author: "ghost" } } });
  });
});

test("a push that deletes a branch has nothing to judge", () => {
  expect(readEvent(env("push"), JSON.stringify({ ...push, after: sha("0") }))).toEqual({ deleted: "release/2" });
});

test.each([
  {
    says: "a merge group",
    name: "merge_group",
    payload: { merge_group: group },
    read: {
      event: "merge_group",
      base: { name: "main", sha: sha("a") },
      head: { sha: sha("b") },
      branch: { state: "absent" },
      queue: "gh-readonly-queue/main/pr-12-x",
    },
  },
  {
    says: "a push",
    name: "push",
    payload: push,
    read: {
      event: "push",
      base: { sha: sha("a") },
      head: { name: "release/2", sha: sha("b") },
      branch: { value: "release/2" },
      queue: null,
    },
  },
  {
    says: "the first push of a branch",
    name: "push",
    payload: { ...push, before: sha("0") },
    read: { base: { name: "trunk", sha: null } },
  },
  {
    says: "a start by hand",
    name: "workflow_dispatch",
    payload: push,
    read: { event: "push", base: { name: "trunk", sha: null }, head: { name: "release/2", sha: sha("c") } },
  },
])("$says", ({ name, payload, read }) => {
  expect(readEvent(env(name), JSON.stringify(payload))).toMatchObject({ ...read, repository: { owner: "octo" } });
});

test.each([
  {
    says: "pull_request_target",
    name: "pull_request_target",
    payload: "{}",
    what: "does not run on pull_request_target",
    fix: "on: pull_request",
  },
  {
    says: "an unknown event",
    name: "issues",
    payload: "{}",
    what: "from the event issues",
    fix: "pull_request, pull_request_review, merge_group, push or workflow_dispatch",
  },
  { says: "no event", name: "", payload: "{}", what: "from the event (none)", fix: "pull_request" },
  {
    says: "a forged event name",
    name: "x\n::error::",
    payload: "{}",
    what: "the event x ::error::",
    fix: "pull_request",
  },
  {
    says: "an inherited name",
    name: "constructor",
    payload: "{}",
    what: "from the event constructor",
    fix: "pull_request",
  },
  {
    says: "a push of a tag",
    name: "push",
    payload: JSON.stringify({ ...push, ref: "refs/tags/v1" }),
    what: "refs/tags/v1",
    fix: "branches",
  },
  { says: "no JSON", name: "push", payload: "<html>", what: "it is not JSON", fix: "countersign check" },
  {
    says: "another shape",
    name: "pull_request",
    payload: '{"pull_request":{"number":"12"}}',
    what: "pull_request.number",
    fix: "countersign check",
  },
  {
    says: "a branch for a commit",
    name: "pull_request",
    payload: JSON.stringify({ pull_request: { ...pull, base: { ...pull.base, sha: "--upload-pack=x" } } }),
    what: "full git object id",
    fix: "countersign check",
  },
])("refuses $says", ({ name, payload, what, fix }) => {
  const refuse = (): unknown => readEvent(env(name), payload);
  expect(refuse).toThrow(Problem);
  expect(refuse).toThrow(what);
  expect(refuse).toThrow(fix);
});

test("any JSON is read or refused, and never crashes", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("pull_request", "merge_group", "push", "workflow_dispatch"),
      fc.json(),
      (name, json) => {
        expect(() => readEvent(env(name), json)).toThrow(Problem);
      },
    ),
  );
});
