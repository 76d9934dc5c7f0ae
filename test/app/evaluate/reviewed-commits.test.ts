import { expect, test } from "vitest";
import { reviewedCommits } from "../../../app/evaluate/reviewed-commits.ts";
import type { PullRequestReview } from "../../../core/ownership/index.ts";
import { sampleSha } from "../../builders.ts";

let minute = 0;
function approval(user: string, commit: string, more: Partial<PullRequestReview> = {}): PullRequestReview {
  const submittedAt = new Date(1.77e12 + (minute += 1) * 60_000).toISOString();
  const id = `${user}-${minute}`;
  return { id, user, userType: "User", state: "approved", commit: sampleSha(commit), submittedAt, ...more };
}

const head = { name: "topic", sha: sampleSha("head"), repository: 1 };
const ann = { login: "Ann", canPush: true };
const strangers = Array.from({ length: 200 }, (_, index) => `eve${index}`);

test.each([
  {
    says: "who may push comes before any number of strangers that came later",
    reviews: () => [approval("ann", "anns"), ...strangers.map((name) => approval(name, name))],
    first: "anns",
    count: 50,
  },
  {
    says: "of each person the last approval",
    reviews: () => [approval("ann", "older"), approval("ann", "newer")],
    first: "newer",
    count: 1,
  },
  {
    says: "the head is there already",
    reviews: () => [approval("ann", "head"), approval("bob", "bobs")],
    first: "bobs",
    count: 1,
  },
  {
    says: "nothing that is no approval, or is gone",
    reviews: () => [approval("ann", "x", { state: "commented" }), approval("bob", "y", { commit: null })],
    first: null,
    count: 0,
  },
])("$says", ({ reviews, first, count }) => {
  const commits = reviewedCommits({ reviews: reviews(), writers: [ann], head });
  expect(commits).toHaveLength(count);
  expect(commits[0] ?? null).toBe(first === null ? null : sampleSha(first));
});
