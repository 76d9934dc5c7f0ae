import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { addressesOf, commitAccounts, type CommitAccounts } from "../../../core/ownership/commit-accounts.ts";
import { indexPeople } from "../../../core/ownership/people-index.ts";

const known = [
  { email: "ann@x.org", login: "Ann" },
  { email: "bob@x.org", login: "bob" },
  { email: "nobody@x.org", login: null },
  { email: "web@x.org", login: "Web-Flow" },
];
const people = { writers: [], teams: [], load: [] };
const read = indexPeople(present({ ...people, accounts: present(known) }), "acme");
const unread = indexPeople(present({ ...people, accounts: absent("accounts were not read") }), "acme");
const platform = "noreply@github.com";

interface Row {
  says: string;
  author?: string;
  committer?: string;
  message?: string;
  verified?: boolean;
  is: Partial<CommitAccounts>;
}

function commitOf({ author = "ann@x.org", committer = author, message = "x" }: Omit<Row, "says" | "is">) {
  return { author: { name: "A", email: author }, committer: { name: "C", email: committer }, message };
}

describe("the people of a commit", () => {
  const none = { logins: [], proven: [], shared: false, unread: false };
  test.each<Row>([
    { says: "its author", is: { logins: ["ann"] } },
    {
      says: "author and committer, in order",
      author: "bob@x.org",
      committer: "ann@x.org",
      is: { logins: ["ann", "bob"] },
    },
    { says: "a co-author", message: "Co-authored-by: B <bob@x.org>", is: { logins: ["ann", "bob"] } },
    { says: "an address of nobody", author: "nobody@x.org", is: {} },
    { says: "an address that nobody asked about", author: "y@x.org", is: { unread: true } },
    { says: "the platform itself is nobody, and nobody asks about it", author: platform, is: {} },
    { says: "nor is the account of the platform", author: "web@x.org", is: {} },
    { says: "nor is its private address", author: "1+web-flow@users.noreply.github.com", is: { unread: true } },
    { says: "signed: its committer", verified: true, is: { logins: ["ann"], proven: ["ann"] } },
    {
      says: "signed by a committer who is not the author",
      ...{ author: "bob@x.org", committer: "ann@x.org", verified: true },
      is: { logins: ["ann", "bob"], proven: ["ann"] },
    },
    {
      says: "made on the web: its author",
      ...{ committer: platform, verified: true },
      is: { logins: ["ann"], proven: ["ann"] },
    },
    {
      says: "signed, with a co-author for whom nobody speaks",
      ...{ message: "Co-authored-by: B <bob@x.org>", verified: true },
      is: { logins: ["ann", "bob"], proven: ["ann"] },
    },
    {
      says: "made on the web for its author and somebody else",
      ...{ committer: platform, message: "Co-authored-by: Y <nobody@x.org>", verified: true },
      is: { logins: ["ann"], proven: ["ann"], shared: true },
    },
    {
      says: "made on the web, with a co-author whose address is not told",
      ...{ committer: platform, message: "Co-authored-by: Ann <ann@x.org>\nCo-authored-by: Y" },
      is: { logins: ["ann"], shared: true },
    },
    {
      says: "made on the web, with somebody else's address beside the author's",
      ...{ committer: platform, message: "Co-authored-by: Ann <ann@x.org>\n <bob@x.org>" },
      is: { logins: ["ann", "bob"], shared: true },
    },
    {
      says: "made on the web, with the author as co-author, by the same address and by another",
      ...{
        committer: platform,
        message: "Co-authored-by: Ann <ANN@x.org>\nCo-authored-by: ann <1+ann@users.noreply.github.com>",
      },
      is: { logins: ["ann"] },
    },
  ])("$says", ({ is, verified = false, ...commit }) =>
    expect(commitAccounts(commitOf(commit), read, "github.com", verified)).toEqual({ ...none, ...is }),
  );

  test.each<Row>([
    { says: "an address", is: { unread: true } },
    { says: "one that holds the login", author: "1+ann@users.noreply.github.com", is: { logins: ["ann"] } },
    { says: "the platform's", author: platform, is: {} },
  ])("where accounts were not read, $says", ({ is, ...commit }) =>
    expect(commitAccounts(commitOf(commit), unread, "github.com", false)).toEqual({ ...none, ...is }),
  );
});

test("each address of a commit is told once", () => {
  expect(addressesOf(commitOf({ message: "Co-authored-by: A <ann@x.org> <bob@x.org>" }))).toEqual([
    "ann@x.org",
    "bob@x.org",
  ]);
});
