import { describe, expect, test } from "vitest";
import { approvalOf, users, type OwnershipSketch } from "../../ownership-facts.ts";

const bot = { author: "github-actions[bot]", authorType: "Bot" };
const ofBot = "github-actions[bot]@users.noreply.github.com";
const ann = { user: "ann" };

/** What becomes of Ann's approval where the policy leaves nobody out but the author. */
function approvedByAnn(sketch: OwnershipSketch) {
  const { considered } = approvalOf({ reviews: [ann], ...sketch }, { owners: users("ann", "bob"), exclude: [] });
  return considered.map(({ reason }) => reason);
}

describe("of what a bot opened, whoever wrote its commits does not approve, whatever the policy leaves out", () => {
  test.each<{ says: string; commits: NonNullable<OwnershipSketch["commits"]>; is: string }>([
    { says: "the author of a commit", commits: [{ name: "a", author: "ann" }], is: "committer" },
    { says: "its committer", commits: [{ name: "a", author: ofBot, committer: "ann" }], is: "committer" },
    {
      says: "its co-author",
      commits: [{ name: "a", author: ofBot, message: "x\n\nCo-authored-by: Ann <ann@example.org>" }],
      is: "committer",
    },
    {
      says: "of another commit than the bot's",
      commits: [
        { name: "a", author: ofBot },
        { name: "b", author: "ann" },
      ],
      is: "committer",
    },
    // Nobody can tell who started the workflow.
    { says: "not who stands in no commit", commits: [{ name: "a", author: ofBot }], is: "counts" },
  ])("$says: $is", ({ commits, is }) => {
    expect(approvedByAnn({ ...bot, commits })).toEqual([is]);
    const member = { number: 1, ...bot, files: ["src/auth/login.ts"], reviews: [ann] };
    expect(approvedByAnn({ event: "merge_group", commits, members: [member] })).toEqual([is]);
  });

  test("what a person opened is the policy's to say", () => {
    expect(approvedByAnn({ commits: [{ name: "a", author: "ann" }] })).toEqual(["counts"]);
  });

  test("whoever may have written it waits where accounts were not read", () => {
    expect(approvedByAnn({ ...bot, accounts: null })).toEqual(["committers-not-read"]);
  });
});
