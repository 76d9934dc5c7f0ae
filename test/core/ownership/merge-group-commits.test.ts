import { expect, test } from "vitest";
import { commitsOfMember } from "../../../core/ownership/merge-group-commits.ts";

/** `c` joins `a` and `b`, both of which stand on `base`, which is not of the group; `d` is another pull request's. */
const commits = [
  { sha: "a", parents: ["base"] },
  { sha: "b", parents: ["base", "a"] },
  { sha: "c", parents: ["b", "a"] },
  { sha: "d", parents: ["c"] },
];

test.each([
  { says: "one commit, and not what it stands on", head: "a", is: ["a"] },
  { says: "all that a merge descends from", head: "c", is: ["a", "b", "c"] },
  { says: "the last has all", head: "d", is: ["a", "b", "c", "d"] },
  { says: "a head that is not of the group: nobody knows", head: "base", is: null },
])("the commits that a pull request brought: $says", ({ head, is }) => {
  const own = commitsOfMember(head, commits);
  expect(own === null ? null : [...own].sort()).toEqual(is);
});
