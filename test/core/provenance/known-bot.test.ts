import { describe, expect, test } from "vitest";
import { absent, present, type Evidence } from "../../../core/evidence.ts";
import { changeProvenance, type ProvenanceInput } from "../../../core/provenance/change-provenance.ts";
import { worksAtRequest } from "../../../core/provenance/known-bot.ts";
import { sampleSha } from "../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const dependabot = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };
const actions = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };
const unread = absent("not read");
const bump = sampleSha("bump");
const byDependabot = { author: "dependabot[bot]", authorType: "Bot" };
const byAnn = { author: "ann", authorType: "User" };

type Opener = typeof byAnn;
const signedBy = (logins: readonly string[], shared = false) => {
  return (): Evidence<{ logins: readonly string[]; shared: boolean }> => present({ logins, shared });
};
const itself = signedBy(["dependabot[bot]"]);

/** How a commit in Dependabot's name is taken. */
function taken(platform: Partial<ProvenanceInput>, author = dependabot) {
  const commits = [{ sha: bump, author, committer: ann, message: "Bump x\n" }];
  const read = changeProvenance({ commits, branch: unread, pullRequest: unread, ...platform });
  expect(read.commits[0]?.verdict).toBe("automation");
  return read.commits[0]?.signals.map(({ strength, unproven }) => unproven ?? strength);
}

function opened({ author, authorType }: Opener): Pick<ProvenanceInput, "pullRequest"> {
  return { pullRequest: present({ author, authorType, body: "", labels: [] }) };
}

describe("a bot as author is the platform's word where the same bot opened the change and signed the commit", () => {
  test.each<{ says: string; opener?: Opener; signersOf?: ProvenanceInput["signersOf"]; is: string }>([
    { says: "it did both", signersOf: itself, is: "platform" },
    {
      says: "the platform leaves out [bot]",
      opener: { author: "Dependabot", authorType: "Bot" },
      signersOf: itself,
      is: "platform",
    },
    {
      says: "a person of that name opened it",
      opener: { author: "dependabot[bot]", authorType: "User" },
      signersOf: itself,
      is: "claim",
    },
    { says: "a person opened it", opener: byAnn, signersOf: itself, is: "claim" },
    {
      says: "another bot opened it",
      opener: { author: "renovate[bot]", authorType: "Bot" },
      signersOf: itself,
      is: "claim",
    },
    { says: "signatures were not asked for", is: "its signature was not read" },
    {
      says: "signatures could not be read",
      signersOf: () => absent("GitHub does not tell"),
      is: "its signature was not read: GitHub does not tell",
    },
    { says: "nothing signs it", signersOf: signedBy([]), is: "no verified signature speaks for it" },
    {
      says: "the platform made it for others too",
      signersOf: signedBy(["dependabot[bot]"], true),
      is: "the platform made the commit for it, and the message names a co-author",
    },
    {
      says: "a person's own signature",
      signersOf: signedBy(["ann"]),
      is: "its verified signature is somebody else's",
    },
    {
      says: "that of a person whose login lacks only [bot]",
      signersOf: signedBy(["dependabot"]),
      is: "its verified signature is somebody else's",
    },
    {
      says: "another bot's signature",
      signersOf: signedBy(["renovate[bot]"]),
      is: "its verified signature is somebody else's",
    },
  ])("$says: $is", ({ opener = byDependabot, signersOf, is }) => {
    const signers = signersOf === undefined ? {} : { signersOf };
    expect(taken({ ...opened(opener), ...signers })).toEqual([is]);
    expect(taken({ members: [{ ...opener, commits: new Set([bump]) }], ...signers })).toEqual([is]);
  });

  test("a hostile reason is made inert", () => {
    const [reason] = taken({ ...opened(byDependabot), signersOf: () => absent("a\u202e\n::error::b") }) ?? [];
    expect(reason).not.toMatch(/[\n\u202e]/u);
  });

  test("the account that runs workflows stands for whoever can start one", () => {
    const opener = { author: "github-actions[bot]", authorType: "Bot" };
    expect(taken({ ...opened(opener), signersOf: signedBy(["github-actions[bot]"]) }, actions)).toEqual([
      "whoever can change a workflow can write in its name",
    ]);
  });

  test("only the commits that it wrote", () => {
    const generated = { sha: bump, author: ann, committer: ann, message: "Generate\n\nGenerated-by: protoc 3.2\n" };
    const read = changeProvenance({
      commits: [generated],
      branch: unread,
      ...opened(byDependabot),
      signersOf: itself,
    });
    expect(read.commits[0]?.signals).toMatchObject([{ strength: "claim" }]);
    expect(read.commits[0]?.signals[0]).not.toHaveProperty("unproven");
  });
});

describe("in a merge group a bot stands behind the commits of its own pull request", () => {
  const rewritten = "the merge queue made commits anew, and which of them are the bot's is not known";
  const own = { ...byDependabot, commits: new Set([bump]) };
  const another = { ...byDependabot, commits: new Set([sampleSha("another")]) };
  test.each<{ says: string; members: ProvenanceInput["members"]; is: string }>([
    { says: "its own", members: [{ ...byAnn, commits: new Set() }, own], is: "platform" },
    { says: "a person's that bears its name", members: [{ ...byAnn, commits: new Set([bump]) }, another], is: "claim" },
    { says: "one that the queue made", members: [{ ...byDependabot, commits: null }], is: rewritten },
    {
      says: "its own beside one that the queue made",
      members: [{ ...byDependabot, commits: null }, own],
      is: "platform",
    },
    {
      says: "none of its own beside one that the queue made",
      members: [{ ...byDependabot, commits: null }, another],
      is: rewritten,
    },
  ])("$says: $is", ({ members, is }) => {
    expect(taken({ members: members ?? [], signersOf: itself })).toEqual([is]);
  });

  test("who opened some pull request beside it lifts nothing", () => {
    expect(taken({ ...opened(byDependabot), members: [another], signersOf: itself })).toEqual(["claim"]);
  });
});

test.each([
  { author: "dependabot[bot]", authorType: "Bot", is: false },
  { author: "github-actions[bot]", authorType: "Bot", is: true },
  { author: "acme-tools[bot]", authorType: "Bot", is: true },
  { author: "Copilot", authorType: "Bot", is: true },
  { author: "devin-ai-integration[bot]", authorType: "User", is: true },
  { author: "ann", authorType: "User", is: false },
])("whether somebody may have asked $author ($authorType) for what it opened: $is", ({ is, ...account }) => {
  expect(worksAtRequest(account)).toBe(is);
});
