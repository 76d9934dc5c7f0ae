import { expect, test } from "vitest";
import type { QueuedPullRequest } from "../../../adapters/github/read-merge-group.ts";
import { reviewedInGroup } from "../../../app/evaluate/reviewed-commits.ts";
import { absent, present } from "../../../core/evidence.ts";
import { sampleSha } from "../../builders.ts";

const approval = (user: string, commit: string, minute: number) => {
  const submittedAt = new Date(1.77e12 + minute * 60_000).toISOString();
  return { id: user, user, userType: "User", state: "approved" as const, commit: sampleSha(commit), submittedAt };
};

function queuedWith(reviews: QueuedPullRequest["reviews"]): QueuedPullRequest {
  const unread = absent("not read");
  return {
    ...{ number: 7, author: "mona", authorType: "User", agentRequesters: [], head: sampleSha("head") },
    ...{ retargetedAt: null, reviews, accounts: unread, signatures: unread },
  };
}

const strangers = Array.from({ length: 200 }, (_, index) => approval(`eve${index}`, `old${index}`, index + 2));

test.each([
  {
    says: "of few approvals all, and nobody is asked about",
    reviews: [approval("ann", "anns", 1), approval("bob", "head", 2)],
    count: 2,
    asked: 0,
  },
  { says: "of a flood as many as are compared, whoever may push first", reviews: strangers, count: 51, asked: 1 },
])("$says", async ({ reviews, count, asked }) => {
  const all = [approval("ann", "anns", 1), ...reviews.filter(({ user }) => user !== "ann")];
  let times = 0;
  const everyWriter = () => Promise.resolve(((times += 1), present([{ login: "Ann", canPush: true }])));
  const commits = await reviewedInGroup(present([queuedWith(all)]), everyWriter);
  expect([commits.length, times]).toEqual([count, asked]);
  expect(commits.slice(0, 2)).toEqual([sampleSha("head"), sampleSha("anns")]);
});

test("nobody tells who may push: the newest approvals, and no more of them", async () => {
  const group = present([queuedWith(strangers)]);
  const commits = await reviewedInGroup(group, () => Promise.resolve(absent("not told")));
  expect(commits).toHaveLength(51);
  expect(commits[1]).toBe(sampleSha("old199"));
});

test("a group whose pull requests are not known has none", async () => {
  expect(await reviewedInGroup(absent("not found"), () => Promise.resolve(absent("")))).toEqual([]);
});
