import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { indexPeople } from "../../../core/ownership/people-index.ts";
import type { People } from "../../../core/ownership/people.ts";

const people = (rest: Partial<People> = {}) =>
  present<People>({ writers: [], teams: [], accounts: present([]), load: [], ...rest });

describe("who can push", () => {
  const right = (canPush: boolean) => ({ login: "Ann", canPush });
  test.each([
    { says: "one who can", writers: [right(true)], is: "yes" },
    { says: "one who cannot", writers: [right(false)], is: "no" },
    { says: "one of whom both is said", writers: [right(true), right(false)], is: "no" },
    { says: "the same the other way round", writers: [right(false), right(true)], is: "no" },
    { says: "one of whom nothing is said", writers: [], is: "unknown" },
  ])("$says: $is", ({ writers, is }) => {
    expect(indexPeople(people({ writers }), null).pushRight("ann")).toBe(is);
  });

  test.each([
    { says: "one who is not among all who can", login: "bob", is: "no" },
    { says: "one who is", login: "ANN", is: "yes" },
  ])("everybody who can was read, $says: $is", ({ login, is }) => {
    const index = indexPeople(people({ writers: [right(true)], everyWriter: true }), null);
    expect([index.pushRight(login), index.everyWriter]).toEqual([is, true]);
    expect(indexPeople(people(), null).everyWriter).toBe(false);
  });

  test.each([
    { says: "nobody asked", rest: {}, why: "who else can push was not read" },
    { says: "and why", rest: { othersUnread: "it was refused" }, why: "it was refused" },
    { says: "and why, made inert", rest: { othersUnread: "it \u001b[31m was refused" }, why: "it [31m was refused" },
  ])("who else can was not read: $says", ({ rest, why }) =>
    expect(indexPeople(people(rest), null).othersUnread).toBe(why),
  );

  test("only those who can are writers", () => {
    const writers = [right(true), right(false), { login: "bob", canPush: true }];
    expect(indexPeople(people({ writers }), null).writers).toEqual(["bob"]);
  });
});

describe("nobody was read", () => {
  const nobody = indexPeople(absent("not read"), "acme");
  test("nothing is known of anybody", () => {
    expect(nobody.pushRight("ann")).toBe("unknown");
    expect(nobody.team("acme/a")).toEqual({ state: "unread", why: "not read" });
    expect(nobody.accountsOf("ann@example.org")).toBeNull();
    expect(nobody.writers).toEqual([]);
    expect(nobody.everyWriter).toBe(false);
    expect(nobody.unread).toBe("not read");
  });
});

describe("fault 56: a team by its name", () => {
  const team = { name: "acme/Identity", canPush: null, members: present(["ann"]), missing: false };
  test.each([
    { says: "in full", name: "ACME/identity", organisation: "acme", is: "read" },
    { says: "without the organisation", name: "identity", organisation: "Acme", is: "read" },
    { says: "without the organisation, where it is not known", name: "identity", organisation: null, is: "unread" },
    { says: "of another organisation", name: "other/identity", organisation: "acme", is: "unread" },
  ])("$says: $is", ({ name, organisation, is }) => {
    expect(indexPeople(people({ teams: [team] }), organisation).team(name).state).toBe(is);
  });
});

test("an address belongs to several accounts, or to none, or nobody asked about it", () => {
  const accounts = [
    { email: "A@example.org", login: "ann" },
    { email: "a@example.org", login: "bob" },
    { email: "c@example.org", login: null },
  ];
  const index = indexPeople(people({ accounts: present(accounts) }), null);
  expect(index.accountsOf("a@EXAMPLE.org")).toEqual(["ann", "bob"]);
  expect(index.accountsOf("c@example.org")).toEqual([]);
  expect(index.accountsOf("b@example.org")).toBe(null);
});
