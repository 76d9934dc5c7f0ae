import { afterAll, describe, expect, test } from "vitest";
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

describe("a bot that opened the change", () => {
  const dependabot = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };
  const github = { name: "GitHub", email: "noreply@github.com" };
  const policyText = (require: string) => `
version: 1
areas: { all: { paths: ["**"], tier: 1 } }
rules: [{ id: r, when: { ai: true }, require: ${require} }]
`;

  /** What is said where the bot opened the example, and every commit bears Dependabot's name. */
  function notesOf(author: string, signatures: Facts["signatures"], require = "{ second_human: true }"): string[] {
    const opened = pullRequest("Bump");
    const { change } = facts;
    const commits = change.commits.map((commit) => ({
      ...commit,
      author: dependabot,
      committer: github,
      message: "Bump x\n",
    }));
    const { notes } = reviewChange({
      ...facts,
      change: { ...change, commits },
      branch: absent("not read"),
      attributions: present([]),
      pullRequest: opened.state === "present" ? present({ ...opened.value, author, authorType: "Bot" }) : opened,
      policy: present({ path: ".countersign.yml", commit: null, text: policyText(require) }),
      signatures,
    });
    return notes.filter((note) => note.includes("in the name of") || note.startsWith("At whose request"));
  }

  const signed = (verified: boolean): Facts["signatures"] =>
    present(
      facts.change.commits.map(({ sha }) => ({ commit: sha, verified, reason: verified ? "valid" : "unsigned" })),
    );
  const several = facts.change.commits.length;

  test.each([
    { says: "signed for it", author: "dependabot[bot]", signatures: signed(true), notes: [] },
    {
      says: "not signed",
      author: "dependabot[bot]",
      signatures: signed(false),
      notes: [
        `${several} commits that are claims in the name of dependabot, which opened the pull request: no verified signature speaks for it.`,
      ],
    },
    {
      says: "signatures were not read",
      author: "dependabot[bot]",
      signatures: absent("signatures of commits were not read"),
      notes: [
        `${several} commits that are claims in the name of dependabot, which opened the pull request: its signature was not read: signatures of commits were not read.`,
      ],
    },
    {
      says: "one that works at somebody's request",
      author: "github-actions[bot]",
      signatures: signed(true),
      notes: [
        "At whose request github-actions[bot] opened #4 is not known, so whoever asked for it is not kept from approving it.",
      ],
    },
  ])("$says", ({ author, signatures, notes }) => {
    expect(notesOf(author, signatures)).toEqual(notes);
  });

  test("nobody's approval is asked for", () => {
    expect(notesOf("github-actions[bot]", signed(true), "{ labels: [ready] }")).toEqual([]);
  });
});
