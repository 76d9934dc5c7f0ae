import { afterAll, expect, test } from "vitest";
import { absent, present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { reviewChange } from "../../core/review-change.ts";
import { exampleFacts } from "../example-facts.ts";
import { removeRepositories } from "../git-repository.ts";

afterAll(removeRepositories);
const facts = await exampleFacts();
const pullRequest = (body: string): Facts["pullRequest"] =>
  present({
    number: 4,
    author: "ann",
    authorType: "User",
    association: "MEMBER",
    title: "Refunds",
    body,
    draft: false,
    fork: false,
    labels: [],
    agentRequesters: [],
  });

test.each<{ says: string; with: Partial<Facts>; note: string | undefined }>([
  {
    says: "a block that is no record is said to count for nothing",
    with: { pullRequest: pullRequest("Hello\n<!-- ai-provenance:v1 {} -->") },
    note: "A record of the pull request does not count: line 2 of the body begins an ai-provenance block, and it is not a provenance record.",
  },
  {
    says: "notes that were not read are said to count for nothing, though others were",
    with: { records: present([]), unreadRecords: ["1 of 2 notes is no record"] },
    note: "Records of this change do not count: 1 of 2 notes is no record.",
  },
  { says: "an ordinary body is nothing to speak of", with: { pullRequest: pullRequest("Hello") }, note: undefined },
  { says: "no notes are nothing to speak of", with: { records: absent("the repository has none") }, note: undefined },
])("$says", ({ with: change, note }) => {
  expect(reviewChange({ ...facts, ...change }).notes.find((text) => /record/i.test(text))).toBe(note);
});
