import { expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { commitSigners } from "../../../core/ownership/commit-signers.ts";
import type { CommitSignature } from "../../../core/ownership/review.ts";
import { sampleSha } from "../../builders.ts";
import { buildOwnershipFacts } from "../../ownership-facts.ts";

const bot = "49699333+dependabot[bot]@users.noreply.github.com";
const sha = sampleSha("bump");

function signers(
  commit: { author?: string; committer?: string; message?: string },
  signatures: CommitSignature[] | string = [signature(true)],
) {
  const facts = buildOwnershipFacts({ commits: [{ name: "bump", author: bot, ...commit }], writers: ["ann"] });
  const told = typeof signatures === "string" ? absent(signatures) : present(signatures);
  return commitSigners({ ...facts, signatures: told })(sha);
}

function signature(verified: boolean): CommitSignature {
  return { commit: sha, verified, reason: verified ? "valid" : "unsigned" };
}

test.each([
  { says: "the platform made it for its author", committer: "noreply@github.com", is: ["dependabot[bot]"] },
  { says: "the bot's own", committer: bot, is: ["dependabot[bot]"] },
  { says: "a person's own over the bot's name", committer: "1+ann@users.noreply.github.com", is: ["ann"] },
  { says: "a person's who is known by address", committer: "ann@example.org", is: ["ann"] },
  {
    says: "the platform's for a person",
    author: "1+ann@users.noreply.github.com",
    committer: "noreply@github.com",
    is: ["ann"],
  },
  { says: "of an address that is nobody's", committer: "who@example.net", is: [] },
])("a verified signature: $says", ({ is, author = bot, committer }) => {
  expect(signers({ author, committer })).toEqual(present({ logins: is, shared: false }));
});

test("the platform's for an author and a co-author", () => {
  const message = "Bump x\n\nCo-authored-by: Mallory <mallory@example.org>\n";
  expect(signers({ committer: "noreply@github.com", message })).toEqual(
    present({ logins: ["dependabot[bot]"], shared: true }),
  );
});

test.each([
  { says: "none is verified", signatures: [signature(false)], is: present({ logins: [], shared: false }) },
  {
    says: "two records differ",
    signatures: [signature(true), signature(false)],
    is: present({ logins: [], shared: false }),
  },
  { says: "signatures were not read", signatures: "no token", is: absent("no token") },
  { says: "the commit is not listed", signatures: [], is: absent("the platform does not list this commit") },
])("$says", ({ signatures, is }) => {
  expect(signers({ committer: bot }, signatures)).toEqual(is);
});
