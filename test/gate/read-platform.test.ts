import { expect, test } from "vitest";
import { absent, present } from "../../core/evidence.ts";
import type { PullRequestReview } from "../../core/ownership/index.ts";
import { approvedCommits } from "../../gate/read-approvals.ts";
import { mattering, mostStrangers } from "../../gate/read-platform.ts";

/** The budget of a reading is for those whose review can count: nobody uses it up for them. */
const commit = (digit: string): string => digit.repeat(40);

function review(user: string, at: number, over: Partial<PullRequestReview> = {}): PullRequestReview {
  return {
    ...{ id: `${user}${at}`, user, userType: "User", state: "approved", commit: commit(String(at % 10)) },
    submittedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
    ...over,
  };
}

const strangers = Array.from({ length: 200 }, (_, index) => review(`s${index}`, index));

test.each([
  { says: "an owner after any number of strangers", reviews: [...strangers, review("Ann", 300)], first: "Ann" },
  { says: "strangers where nobody else reviewed", reviews: strangers, first: "s0" },
])("is asked about first: $says", ({ reviews, first }) => {
  const asked = mattering(reviews, ["ann"]);
  expect(asked[0]).toBe(first);
  expect(asked.filter((login) => login.startsWith("s"))).toHaveLength(mostStrangers);
});

test.each([
  { says: "a robot", over: { userType: "Bot" } },
  { says: "a comment", over: { state: "commented" } },
] as const)("is not asked about: $says", ({ over }) =>
  expect(mattering([review("ann", 1, over)], ["ann"])).toEqual([]),
);

const writers = present({
  writers: [{ login: "ann", canPush: true }],
  teams: [],
  accounts: absent("x"),
  load: [],
});

test.each([
  {
    says: "what each person approved last",
    reviews: [review("ann", 1), review("ANN", 2), review("bob", 3)],
    commits: [commit("2"), commit("3")],
  },
  {
    says: "of those who may push first, newest first",
    reviews: [review("bob", 5), review("cy", 6), review("ann", 1)],
    commits: [commit("1"), commit("6"), commit("5")],
  },
  { says: "approvals alone", reviews: [review("ann", 1, { state: "changes_requested" })], commits: [] },
  { says: "each commit once", reviews: [review("ann", 1), review("bob", 11)], commits: [commit("1")] },
])("is looked at: $says", ({ reviews, commits }) => {
  const none = absent("x");
  expect(approvedCommits({ reviews: present(reviews), overrides: none, mergeGroup: none, people: writers })).toEqual(
    commits,
  );
});
