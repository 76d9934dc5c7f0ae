import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import type { CommitAccounts } from "../../../core/ownership/commit-accounts.ts";
import { excludedAs, exclusionsFor, type Writing } from "../../../core/ownership/exclusions.ts";
import { treeFile, type FileAt } from "../../ownership-facts.ts";

const noAccounts = "the accounts behind the commits' e-mail addresses were not read";
const noCommits = "which commits touched these files is not known";
const all = ["author", "committers", "agent_requester"] as const;

const accounts: Readonly<Record<string, CommitAccounts>> = {
  one: { logins: ["ann", "bob"], proven: ["ann"], shared: false, unread: false },
  two: { logins: ["ann"], proven: [], shared: false, unread: false },
  half: { logins: ["cat"], proven: [], shared: false, unread: true },
};
const commits: Readonly<Record<string, readonly string[]>> = {
  a: ["one"],
  b: ["one", "two"],
  h: ["half", "one"],
  gone: ["elsewhere"],
};
const writing: Writing = {
  pullRequest: present({ author: "dev", authorType: "User", agentRequesters: ["eve"] }),
  commitsOf: (path) => commits[path] ?? null,
  accountsOf: (commit) => accounts[commit] ?? null,
};
const nobody = { commits: new Map(), proven: new Set(), unread: null };

describe("who wrote some files", () => {
  test.each<{ says: string; files: FileAt[]; commits?: Record<string, number>; proven?: string[]; unread?: string }>([
    { says: "no file", files: [] },
    { says: "of one commit", files: ["a"], commits: { ann: 1, bob: 1 }, proven: ["ann"] },
    { says: "each commit counts once", files: ["a", "b"], commits: { ann: 2, bob: 1 }, proven: ["ann"] },
    {
      says: "of both paths of a rename",
      ...{ files: [{ path: "new", previousPath: "a" }], commits: { ann: 1, bob: 1 }, proven: ["ann"] },
    },
    { says: "a file whose commits nobody knows", files: ["c"], unread: noCommits },
    {
      says: "one of two files whose commits nobody knows",
      ...{ files: ["a", "c"], commits: { ann: 1, bob: 1 }, proven: ["ann"], unread: noCommits },
    },
    { says: "a commit of another change", files: ["gone"], unread: noCommits },
    {
      says: "one of two commits whose accounts were not read",
      ...{ files: ["h"], commits: { ann: 1, bob: 1, cat: 1 }, proven: ["ann"], unread: noAccounts },
    },
  ])("$says", ({ files, commits: by = {}, proven = [], unread = null }) => {
    const { committers } = exclusionsFor(files.map(treeFile), all, writing);
    expect({ ...committers, commits: Object.fromEntries(committers.commits) }).toEqual({
      ...{ commits: by, proven: new Set(proven), unread },
    });
  });
});

describe("who may not approve", () => {
  const author = present("dev");
  test.each([
    { says: "all of these", exclude: all, is: { author, agentRequesters: ["eve"] } },
    { says: "the author, listed or not", exclude: [], is: { author, agentRequesters: [], committers: nobody } },
    {
      says: "whoever asked an agent",
      exclude: ["agent_requester"] as const,
      is: { agentRequesters: ["eve"], committers: nobody },
    },
  ])("$says", ({ exclude, is }) => expect(exclusionsFor([treeFile("a")], exclude, writing)).toMatchObject(is));

  test("nobody is known to, where the pull request was not read", () => {
    const pullRequest = absent("no pull request was read");
    expect(exclusionsFor([], all, { ...writing, pullRequest })).toEqual({
      ...{ author: pullRequest, agentRequesters: [], committers: nobody },
    });
  });

  const known = exclusionsFor([treeFile("a")], all, {
    ...writing,
    pullRequest: present({ author: "Bob", authorType: "User", agentRequesters: ["Eve", "Ann"] }),
  });
  test.each([
    { login: "BOB", is: "author" },
    { login: "eve", is: "agent-requester" },
    { login: "ann", is: "agent-requester" },
    { login: "cat", is: null },
  ])("$login: $is", ({ login, is }) => expect(excludedAs(login, known)).toBe(is));

  test("who wrote it, in any letters", () => {
    const author = absent("no pull request was read");
    expect(excludedAs("@ANN", { ...known, author, agentRequesters: [] })).toBe("committer");
  });
});
