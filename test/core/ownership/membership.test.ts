import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { amongApprovers, membershipOf, peopleAmong } from "../../../core/ownership/membership.ts";
import { refsOf } from "../../../core/ownership/owner-refs.ts";
import { indexPeople } from "../../../core/ownership/people-index.ts";

const read = absent("the members of acme/unread were not read");
const people = indexPeople(
  present({
    writers: [
      { login: "Ann", canPush: true },
      { login: "eve", canPush: false },
    ],
    teams: [
      { name: "acme/read", canPush: true, members: present(["Bob", "cat"]), missing: false },
      { name: "acme/unread", canPush: true, members: read, missing: false },
      { name: "acme/also-unread", canPush: true, members: read, missing: false },
      { name: "acme/gone", canPush: true, members: present([]), missing: true },
    ],
    accounts: present([
      { email: "shared@example.org", login: "Ann" },
      { email: "shared@example.org", login: "dan" },
      { email: "nobody@example.org", login: null },
    ]),
    load: [],
  }),
  "acme",
);
const owners = (users: string[], teams: string[] = []) => refsOf({ users, teams });
const yes = { state: "yes" };
const no = { state: "no" };
const unreadTeam = { state: "unknown", reason: "team-not-read", why: "the members of acme/unread were not read" };
const unreadEmail = (email: string) => ({
  ...{ state: "unknown", reason: "owner-not-read", why: `the account of ${email} was not read` },
});

describe("whether somebody is among owners", () => {
  test.each([
    { says: "by the login, in other letters", login: "ANN", of: owners(["@ann"]), is: yes },
    { says: "of nobody", login: "ann", of: [], is: no },
    { says: "another login", login: "ann", of: owners(["bob"]), is: no },
    { says: "by a team, in other letters", login: "bob", of: owners([], ["acme/read"]), is: yes },
    { says: "not in the team", login: "ann", of: owners([], ["acme/read"]), is: no },
    { says: "a team that was not read", login: "ann", of: owners([], ["acme/unread"]), is: unreadTeam },
    {
      says: "a team that is gone",
      login: "ann",
      of: owners([], ["acme/gone"]),
      is: { ...unreadTeam, why: "the team @acme/gone does not exist or is not visible" },
    },
    { says: "by an address of two accounts, the first", login: "ann", of: owners(["shared@example.org"]), is: yes },
    { says: "the second", login: "dan", of: owners(["shared@example.org"]), is: yes },
    { says: "neither of them", login: "bob", of: owners(["shared@example.org"]), is: no },
    {
      says: "an address of no account",
      login: "ann",
      of: owners(["nobody@example.org"]),
      is: unreadEmail("nobody@example.org"),
    },
    { says: "an address that nobody asked about", login: "ann", of: owners(["x@y.org"]), is: unreadEmail("x@y.org") },
    {
      says: "by an address that holds the login",
      login: "Ann",
      of: owners(["1+ann@users.noreply.github.com"]),
      is: yes,
    },
    { says: "one yes is enough", login: "ann", of: owners(["bob", "ann"], ["acme/unread"]), is: yes },
    { says: "one not read leaves it open", login: "ann", of: owners(["bob"], ["acme/unread"]), is: unreadTeam },
  ])("$says", ({ login, of, is }) => expect(membershipOf(login, of, people)).toEqual(is));
});

describe("whether somebody is among approvers, who may be whoever can push", () => {
  test.each([
    { says: "one who can push", login: "ann", of: [], anyone: true, is: yes },
    { says: "one who can, where only owners may", login: "ann", of: [], anyone: false, is: no },
    { says: "one who cannot", login: "eve", of: [], anyone: true, is: no },
    { says: "one who cannot and may be of a team", login: "eve", of: ["acme/unread"], anyone: true, is: unreadTeam },
    {
      says: "one of whom that was not read",
      login: "zo\u0007e",
      of: [],
      anyone: true,
      is: { state: "unknown", reason: "owner-not-read", why: "whether zoe can push was not read" },
    },
    { says: "the same, where only owners may", login: "zoe", of: [], anyone: false, is: no },
    { says: "the same, of the team", login: "cat", of: ["acme/read"], anyone: true, is: yes },
  ])("$says", ({ login, of, anyone, is }) =>
    expect(amongApprovers(login, { owners: owners([], of), anyone }, people)).toEqual(is),
  );
});

describe("the people behind approvers", () => {
  const nobody = { logins: [], unreadTeams: [], unreadEmails: [], mayBeMore: false, broken: [] };
  test.each([
    { says: "nobody", of: [], anyone: false, found: {} },
    { says: "a login", of: owners(["ann"]), anyone: false, found: { logins: ["ann"] } },
    { says: "a team", of: owners([], ["acme/read"]), anyone: false, found: { logins: ["Bob", "cat"] } },
    {
      says: "teams that were not read, in order",
      of: owners([], ["acme/unread", "acme/read", "acme/also-unread"]),
      anyone: false,
      found: { logins: ["Bob", "cat"], unreadTeams: ["acme/also-unread", "acme/unread"], mayBeMore: true },
    },
    {
      says: "addresses of nobody, in order, beside one of somebody",
      of: owners(["nobody@example.org", "shared@example.org", "a@y.org"]),
      anyone: false,
      found: { logins: ["Ann", "dan"], unreadEmails: ["a@y.org", "nobody@example.org"], mayBeMore: true },
    },
    {
      says: "a team that is gone",
      of: owners([], ["acme/gone"]),
      anyone: false,
      found: { broken: ["the team @acme/gone does not exist or is not visible"] },
    },
    { says: "whoever can push", of: [], anyone: true, found: { logins: ["Ann"], mayBeMore: true } },
  ])("$says", ({ of, anyone, found }) =>
    expect(peopleAmong({ owners: of, anyone }, people)).toEqual({ ...nobody, ...found }),
  );
});
