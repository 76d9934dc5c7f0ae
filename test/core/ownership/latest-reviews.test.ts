import { describe, expect, test } from "vitest";
import { compareIds, latestOpinions, orderedReviews } from "../../../core/ownership/latest-reviews.ts";
import type { PullRequestReview } from "../../../core/ownership/review.ts";
import { buildReviews, type ReviewSketch } from "../../ownership-facts.ts";

const told = (reviews: readonly PullRequestReview[]) => reviews.map(({ id, user, state }) => `${id} ${user} ${state}`);

describe("the reviews in the order of their submission", () => {
  test.each<{ says: string; reviews: ReviewSketch[]; is: string[] }>([
    { says: "none", reviews: [], is: [] },
    {
      says: "by their instant, whatever their ids",
      reviews: [
        { user: "ann", id: "1", at: 9 },
        { user: "bob", id: "2", at: 1 },
      ],
      is: ["2 bob approved", "1 ann approved"],
    },
    {
      says: "of one instant by their ids, which are numbers",
      reviews: [
        { user: "ann", id: "10", at: 1 },
        { user: "bob", id: "9", at: 1 },
        { user: "cat", id: "11", at: 1 },
      ],
      is: ["9 bob approved", "10 ann approved", "11 cat approved"],
    },
    {
      says: "one that is told twice, once",
      reviews: [
        { user: "ann", id: "1", at: 1 },
        { user: "ann", id: "1", at: 1 },
      ],
      is: ["1 ann approved"],
    },
  ])("$says", ({ reviews, is }) => expect(told(orderedReviews(buildReviews(reviews)))).toEqual(is));

  test.each([
    { one: "dismissed", other: "changes_requested" },
    { one: "dismissed", other: "commented" },
    { one: "dismissed", other: "approved" },
    { one: "changes_requested", other: "commented" },
    { one: "changes_requested", other: "approved" },
    { one: "commented", other: "approved" },
  ] as const)("of two records of one review $one stays, and not $other", ({ one, other }) => {
    const records = buildReviews([one, other].map((state) => ({ user: "ann", id: "1", at: 1, state })));
    expect(told(orderedReviews(records))).toEqual([`1 ann ${one}`]);
    expect(told(orderedReviews(records.toReversed()))).toEqual([`1 ann ${one}`]);
  });

  test("of two records with one state always the same stays", () => {
    const records = buildReviews(["a", "b"].map((commit) => ({ user: "ann", id: "1", at: 1, commit })));
    const [first] = orderedReviews(records);
    expect(orderedReviews(records.toReversed())).toEqual([first]);
  });
});

test.each<{ says: string; reviews: ReviewSketch[]; is: Record<string, string> }>([
  { says: "nobody said anything", reviews: [], is: {} },
  { says: "a comment is none", reviews: [{ user: "ann", state: "commented" }], is: {} },
  {
    says: "the last that is none of them",
    reviews: [
      { user: "ann", id: "1", state: "changes_requested" },
      { user: "ANN", id: "2" },
      { user: "Ann", id: "3", state: "commented" },
    ],
    is: { ann: "2" },
  },
  {
    says: "the last, also when it was dismissed",
    reviews: [
      { user: "ann", id: "1" },
      { user: "ann", id: "2", state: "dismissed" },
    ],
    is: { ann: "2" },
  },
])("what each person thinks now: $says", ({ reviews, is }) => {
  const opinions = [...latestOpinions(buildReviews(reviews))].map(([login, { id }]) => [login, id]);
  expect(Object.fromEntries(opinions)).toEqual(is);
});

test.each([
  { a: "9", b: "10", is: -1 },
  { a: "10", b: "9", is: 1 },
  { a: "10", b: "11", is: -1 },
  { a: "11", b: "10", is: 1 },
  { a: "10", b: "10", is: 0 },
])("the id $a beside $b: $is", ({ a, b, is }) => expect(compareIds(a, b)).toBe(is));
