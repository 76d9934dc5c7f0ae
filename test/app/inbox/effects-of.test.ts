import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effectsOf, probotInbox } from "../../../app/inbox/index.ts";
import { events } from "../../../app/inbox/events.ts";
import { changeEvents, webhooksOf, type ChangeEvent } from "../../../core/policy/index.ts";
import { keptLog } from "../quiet-ports.ts";
import { commentPayload, delivery, now, otherSha, own, person, place, pullPayload, sha } from "./sample.ts";

/** Payloads that GitHub's own documentation shows. */
const examples: { name: string; examples: object[] }[] = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("@octokit/webhooks-examples"), "utf8"),
);

const soon = "2026-03-01T12:00:01.000Z";
const atOnce = "2026-03-01T12:00:00.000Z";
const zeros = "0".repeat(40);

test.each([
  {
    says: "a pull request is opened",
    event: "pull_request",
    payload: pullPayload("opened"),
    keys: ["pull-request/70/3"],
  },
  {
    says: "a push moves its head",
    event: "pull_request",
    payload: pullPayload("synchronize"),
    keys: ["pull-request/70/3"],
  },
  { says: "its base is another", event: "pull_request", payload: pullPayload("edited"), keys: ["pull-request/70/3"] },
  { says: "it is locked: no answer changes", event: "pull_request", payload: pullPayload("locked"), keys: null },
  {
    says: "we ask for a review ourselves",
    event: "pull_request",
    payload: pullPayload("review_requested"),
    keys: null,
  },
  {
    says: "it is closed: the others on its head stand alone",
    event: "pull_request",
    payload: pullPayload("closed"),
    keys: ["pull-request/70/3", `head/70/${sha}`],
  },
  {
    says: "it is merged into the default branch: the push tells what landed",
    event: "pull_request",
    payload: pullPayload("closed", {
      pull_request: { ...pullPayload("closed").pull_request, merged: true, merge_commit_sha: otherSha },
    }),
    keys: ["pull-request/70/3", `head/70/${sha}`],
  },
  {
    says: "it is merged into another branch: something has landed",
    event: "pull_request",
    payload: pullPayload("closed", {
      repository: { id: 70, default_branch: "trunk" },
      pull_request: { ...pullPayload("closed").pull_request, merged: true, merge_commit_sha: otherSha },
    }),
    keys: ["pull-request/70/3", `head/70/${sha}`, `landing/70/${otherSha}/main`],
  },
  {
    says: "our own label leads to nothing",
    event: "pull_request",
    payload: pullPayload("labeled", {
      label: { name: "ai-assisted" },
      sender: { login: "countersign[bot]", type: "Bot" },
    }),
    keys: null,
  },
  {
    says: "a review",
    event: "pull_request_review",
    payload: { action: "submitted", ...place, pull_request: { number: 3 } },
    keys: ["pull-request/70/3"],
  },
  {
    says: "a push to the default branch",
    event: "push",
    payload: { ...place, ref: "refs/heads/main", before: otherSha, after: sha },
    keys: ["base/70/main", `landing/70/${sha}/main`],
  },
  {
    says: "a push to another branch, which the policy may name",
    event: "push",
    payload: { ...place, ref: "refs/heads/a/b", before: otherSha, after: sha },
    keys: ["base/70/a/b", `push/70/${sha}/a/b`],
  },
  {
    says: "another branch is made: nobody knows what stood there before",
    event: "push",
    payload: { ...place, ref: "refs/heads/a/b", before: zeros, after: sha },
    keys: ["base/70/a/b"],
  },
  {
    says: "the default branch is deleted",
    event: "push",
    payload: { ...place, ref: "refs/heads/main", before: otherSha, after: zeros },
    keys: ["base/70/main"],
  },
  { says: "a tag", event: "push", payload: { ...place, ref: "refs/tags/v1", before: zeros, after: sha }, keys: null },
  {
    says: "a queue's own branch",
    event: "push",
    payload: { ...place, ref: "refs/heads/gh-readonly-queue/main/pr-3", before: zeros, after: sha },
    keys: null,
  },
  {
    says: "somebody's check",
    event: "check_run",
    payload: { action: "completed", ...place, check_run: { id: 1, head_sha: sha, app: { id: 6 } } },
    keys: [`head/70/${sha}`],
  },
  {
    says: "our own check",
    event: "check_run",
    payload: { action: "completed", ...place, check_run: { id: 1, head_sha: sha, app: { id: 5 } } },
    keys: null,
  },
  {
    says: "our check is asked for again, at once",
    event: "check_run",
    payload: { action: "rerequested", ...place, check_run: { id: 1, head_sha: sha, app: { id: 5 } } },
    keys: [`head/70/${sha}`],
    dueAt: atOnce,
  },
  {
    says: "a button of ours",
    event: "check_run",
    payload: {
      ...{ action: "requested_action", ...place, ...person, requested_action: { identifier: "recheck" } },
      check_run: { id: 1, head_sha: sha, app: { id: 5 } },
    },
    keys: [`head/70/${sha}`],
    dueAt: atOnce,
  },
  {
    says: "a suite is requested, which GitHub tells not of every head",
    event: "check_suite",
    payload: { action: "requested", ...place, check_suite: { head_sha: sha, app: { id: 6 } } },
    keys: null,
  },
  { says: "a status", event: "status", payload: { ...place, sha }, keys: [`head/70/${sha}`] },
  {
    says: "a report may have arrived",
    event: "workflow_run",
    payload: { action: "completed", ...place, workflow_run: { head_sha: sha } },
    keys: [`head/70/${sha}`],
  },
  {
    says: "a merge queue asks, and is answered at once",
    event: "merge_group",
    payload: {
      ...{ action: "checks_requested", ...place },
      merge_group: { head_sha: sha, head_ref: "refs/heads/q", base_ref: "refs/heads/main", base_sha: otherSha },
    },
    keys: [`merge-group/70/${sha}`],
    dueAt: atOnce,
  },
  {
    says: "somebody leaves a team of the organisation",
    event: "membership",
    payload: { action: "removed", installation: { id: 7 } },
    keys: ["installation/7"],
  },
  {
    says: "a team gets a repository",
    event: "team",
    payload: { action: "added_to_repository", ...place },
    keys: ["repository/70"],
  },
  { says: "a label is renamed", event: "label", payload: { action: "edited", ...place }, keys: ["repository/70"] },
  {
    says: "the repository is renamed",
    event: "repository",
    payload: { action: "renamed", ...place },
    keys: ["repository/70"],
  },
  {
    says: "the App is suspended",
    event: "installation",
    payload: { action: "suspend", installation: { id: 7 } },
    keys: ["installation/7"],
  },
  {
    says: "the App gets repositories",
    event: "installation_repositories",
    payload: {
      ...{ action: "added", installation: { id: 7 } },
      ...{ repositories_added: [{ id: 71 }, { id: 72 }], repositories_removed: [] },
    },
    keys: ["installation/7", "repository/71", "repository/72"],
  },
  { says: "a star", event: "star", payload: { action: "created", ...place }, keys: null },
  {
    says: "an event that there was not yet",
    event: "toString",
    payload: { action: "__proto__", ...place },
    keys: null,
  },
  {
    says: "a hook that is no App's",
    event: "pull_request",
    payload: { ...pullPayload("opened"), installation: undefined },
    keys: null,
  },
])("$event: $says", ({ event, payload, keys, dueAt = soon }) => {
  const { outcome, effects } = effectsOf(delivery(event, payload), payload, own, now);
  expect(outcome).toBe(keys === null ? "ignored" : "handled");
  expect(effects.subjects.map(({ key }) => key)).toEqual(keys ?? []);
  for (const mark of effects.subjects) expect(mark.dueAt).toBe(dueAt);
});

describe("what is remembered", () => {
  test("a label that a person set is a claim, by its time", () => {
    const payload = pullPayload("labeled", { label: { name: "ai" } });
    const { memories } = effectsOf(delivery("pull_request", payload), payload, own, now).effects;
    expect(memories).toEqual([
      {
        ...{ subject: "pull-request/70/3", kind: "label", id: "ai/2026-03-01T11:59:00Z", at: "2026-03-01T11:59:00Z" },
        value: JSON.stringify({ label: "ai", by: "ann", set: true }),
      },
    ]);
  });

  test("a label by another App is none, and still changes what is read", () => {
    const payload = pullPayload("labeled", { label: { name: "ai" }, sender: { login: "x[bot]", type: "Bot" } });
    const { memories, subjects } = effectsOf(delivery("pull_request", payload), payload, own, now).effects;
    expect([memories.length, subjects.length]).toEqual([0, 1]);
  });

  test.each([
    {
      says: "a command",
      payload: commentPayload("/countersign override INC-1"),
      kinds: ["override"],
      audit: ["command"],
    },
    { says: "no command", payload: commentPayload("LGTM"), kinds: [], audit: [] },
    {
      says: "an issue is no change",
      payload: commentPayload("/countersign recheck", { issue: { number: 3 } }),
      kinds: [],
      audit: [],
    },
    {
      says: "a bot is not obeyed",
      payload: commentPayload("x", {
        comment: {
          ...commentPayload("/countersign recheck").comment,
          user: { login: "countersign[bot]", type: "Bot" },
        },
      }),
      kinds: [],
      audit: [],
    },
    {
      says: "an edit by the author takes it away",
      payload: commentPayload("never mind", {
        action: "edited",
        changes: { body: { from: "/countersign override INC-1" } },
      }),
      kinds: ["command"],
      audit: ["command"],
    },
    {
      says: "an edit by somebody else puts it into the author's mouth",
      payload: commentPayload("/countersign override INC-1", {
        action: "edited",
        sender: { login: "mallory", type: "User" },
        changes: { body: { from: "hello" } },
      }),
      kinds: [],
      audit: ["command-by-another"],
    },
    {
      says: "a comment that is deleted",
      payload: commentPayload("/countersign override INC-1", { action: "deleted" }),
      kinds: [],
      audit: [],
    },
  ])("of a comment: $says", ({ payload, kinds, audit }) => {
    const { effects } = effectsOf(delivery("issue_comment", payload), payload, own, now);
    expect(effects.memories.map(({ kind }) => kind)).toEqual(kinds);
    expect(effects.audit.map(({ kind }) => kind)).toEqual(audit);
  });
});

test.each([
  { association: "MEMBER", isInsider: true },
  { association: "COLLABORATOR", isInsider: true },
  { association: "CONTRIBUTOR", isInsider: false },
  { association: undefined, isInsider: false },
])("a command keeps whether its author is of the repository: $association", ({ association, isInsider }) => {
  const { comment } = commentPayload("/countersign recheck");
  const payload = commentPayload("", { comment: { ...comment, author_association: association } });
  const { memories } = effectsOf(delivery("issue_comment", payload), payload, own, now).effects;
  expect(memories.map(({ value }) => JSON.parse(value) as unknown)).toMatchObject([{ isInsider }]);
});

test.each([
  { says: "no object", event: "push", payload: [] },
  { says: "null", event: "push", payload: null },
  { says: "a text", event: "push", payload: '"action"' },
  { says: "no JSON", event: "push", payload: "{" },
  { says: "an installation that is a word", event: "push", payload: { installation: "7" } },
  { says: "a negative id", event: "push", payload: { ...place, installation: { id: -7 } } },
  { says: "a repository without an id", event: "pull_request", payload: pullPayload("opened", { repository: {} }) },
  { says: "no repository", event: "pull_request", payload: pullPayload("opened", { repository: undefined }) },
  { says: "no pull request", event: "pull_request", payload: pullPayload("opened", { pull_request: null }) },
  {
    says: "a number that is none",
    event: "pull_request",
    payload: pullPayload("opened", { pull_request: { number: 1e30 } }),
  },
  { says: "a short commit", event: "status", payload: { ...place, sha: "abc" } },
  {
    says: "a ref of a megabyte",
    event: "push",
    payload: { ...place, ref: "refs/heads/" + "x".repeat(1e6), before: sha, after: sha },
  },
  { says: "a list as action", event: "pull_request", payload: pullPayload("opened", { action: ["opened"] }) },
  {
    says: "a comment of 300,001 characters",
    event: "issue_comment",
    payload: commentPayload("x".repeat(300_001)),
  },
  {
    says: "a time that is none",
    event: "issue_comment",
    payload: commentPayload("/countersign recheck", {
      comment: { ...commentPayload("/countersign recheck").comment, updated_at: "yesterday" },
    }),
  },
])("refused, and never an error: $says", async ({ event, payload }) => {
  const inbox = await newInbox();
  const { outcome, effects, refused } = await inbox.read(delivery(event, payload));
  expect(outcome).toBe("refused");
  expect(refused).not.toBeNull();
  expect(effects.subjects).toEqual([]);
  expect(effects.audit.map(({ kind }) => kind)).toEqual(["delivery-refused"]);
});

test("every example of GitHub's own is handled or ignored, through Probot", async () => {
  const inbox = await newInbox();
  const seen = new Set<string>();
  for (const { name, examples: payloads } of examples) {
    for (const payload of payloads) {
      const { outcome, refused } = await inbox.read(delivery(name, payload));
      expect({ name, outcome, refused }).not.toMatchObject({ outcome: "refused" });
      // The same as the examples of hooks, had they come to an App.
      const asApp = { ...payload, installation: { id: 7 } };
      const given = effectsOf(delivery(name, asApp), asApp, { id: 1, slug: null }, now);
      expect({ name, refused: given.refused }).toEqual({ name, refused: null });
      if (given.outcome === "handled") seen.add(name);
    }
  }
  expect([...seen].sort()).toEqual([
    ...["check_run", "check_suite", "installation", "installation_repositories", "label", "member", "membership"],
    ...["merge_group", "organization", "public", "pull_request", "pull_request_review", "push", "repository", "status"],
    ...["team", "team_add", "workflow_run"],
  ]);
});

test("every webhook after which the core would be asked again has a row", () => {
  const asked = webhooksOf(Object.keys(changeEvents) as ChangeEvent[]);
  expect(asked.filter((name) => !events.has(name))).toEqual([]);
});

test("any JSON under any event is answered, the same by Probot as without", async () => {
  const inbox = await newInbox();
  const ids = fc.oneof(fc.constant({ id: 7 }), fc.jsonValue());
  const payloads = fc.oneof(
    fc.jsonValue(),
    fc.record({
      action: fc.oneof(fc.constantFrom("opened", "closed", "labeled", "created", "completed"), fc.jsonValue()),
      ...{ installation: ids, repository: ids, sender: fc.jsonValue(), ref: fc.jsonValue(), sha: fc.jsonValue() },
      ...{ pull_request: fc.jsonValue(), check_run: fc.jsonValue(), comment: fc.jsonValue(), issue: fc.jsonValue() },
    }),
  );
  const names = fc.constantFrom(
    "pull_request",
    "push",
    "check_run",
    "issue_comment",
    "status",
    "toString",
    "error",
    "*",
  );
  await fc.assert(
    fc.asyncProperty(names, payloads, async (name, payload) => {
      const given = delivery(name, JSON.stringify(payload));
      const read = await inbox.read(given);
      expect(read).toEqual(effectsOf(given, JSON.parse(given.body), own, now));
    }),
    { numRuns: 200 },
  );
});

test("two readings of one delivery at a time do not meet", async () => {
  const inbox = await newInbox();
  const given = delivery("pull_request", pullPayload("opened"));
  const [first, second] = await Promise.all([inbox.read(given), inbox.read(given)]);
  expect(first).toEqual(second);
  expect(first.outcome).toBe("handled");
});

function newInbox() {
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  return probotInbox({ own, clock, log: keptLog(), secret: "0123456789abcdef0123456789abcdef" });
}
