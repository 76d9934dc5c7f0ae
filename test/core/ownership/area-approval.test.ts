import { describe, expect, test } from "vitest";
import { approvalOf, type OwnershipSketch } from "../../ownership-facts.ts";

describe("an area of two groups of owners", () => {
  const two: OwnershipSketch = {
    files: ["src/auth/a.ts", "src/auth/b.ts"],
    codeowners: "a.ts @ann\nb.ts @bob @cat",
    writers: ["ann", "bob", "cat", "dev"],
  };
  const group = (owners: string[], have: number, candidates: string[]) => ({ owners, have, need: 1, candidates });
  test.each([
    {
      says: "none has approved",
      reviews: [],
      is: { state: "waiting", have: 0, need: 2, by: [], candidates: { users: ["ann", "bob", "cat"], teams: [] } },
      groups: [group(["@ann"], 0, ["ann"]), group(["@bob", "@cat"], 0, ["bob", "cat"])],
    },
    {
      says: "one has: nobody else of it is a candidate of the area",
      reviews: [{ user: "bob" }],
      is: { state: "waiting", have: 1, need: 2, by: ["bob"], candidates: { users: ["ann"], teams: [] } },
      groups: [group(["@ann"], 0, ["ann"]), group(["@bob", "@cat"], 1, ["cat"])],
    },
    {
      says: "two of one have: that is one of the two that are needed",
      reviews: [{ user: "cat" }, { user: "bob" }],
      is: { state: "waiting", have: 1, need: 2, by: ["bob", "cat"], candidates: { users: ["ann"], teams: [] } },
      groups: [group(["@ann"], 0, ["ann"]), group(["@bob", "@cat"], 1, [])],
    },
    {
      says: "both have",
      reviews: [{ user: "ann" }, { user: "bob" }],
      is: { state: "satisfied", have: 2, need: 2, by: ["ann", "bob"], candidates: { users: [], teams: [] } },
      groups: [group(["@ann"], 1, []), group(["@bob", "@cat"], 1, ["cat"])],
    },
  ])("$says", ({ reviews, is, groups }) =>
    expect(approvalOf({ ...two, reviews }, { owners: "codeowners" })).toMatchObject({ ...is, groups }),
  );
});
