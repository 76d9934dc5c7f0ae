import { describe, expect, test } from "vitest";
import type { CodeownersOwner } from "../../../core/ownership/codeowners/codeowners.ts";
import { joinOwners, ownersKey, ownerTexts, refsOf } from "../../../core/ownership/owner-refs.ts";
import { teams, users } from "../../ownership-facts.ts";

const user = (name: string): CodeownersOwner => ({ kind: "user", name });
const team = (name: string): CodeownersOwner => ({ kind: "team", name });
const email = (name: string): CodeownersOwner => ({ kind: "email", name });

test.each([
  { says: "a login", owners: users("ann"), is: [user("ann")] },
  { says: "a login as CODEOWNERS writes it", owners: users("@Ann"), is: [user("Ann")] },
  { says: "an address", owners: users("ann@x.org"), is: [email("ann@x.org")] },
  { says: "an address behind the sign", owners: users("@ann@x.org"), is: [email("ann@x.org")] },
  { says: "a team", owners: teams("acme/a"), is: [team("acme/a")] },
  { says: "a team as CODEOWNERS writes it", owners: teams("@acme/a"), is: [team("acme/a")] },
  { says: "a team with the sign at its end", owners: teams("acme/a@"), is: [team("acme/a@")] },
  { says: "people before teams", owners: { users: ["ann"], teams: ["a"] }, is: [user("ann"), team("a")] },
])("an owner of the policy: $says", ({ owners, is }) => expect(refsOf(owners)).toEqual(is));

test("owners together are each there once, in any letters", () => {
  expect(joinOwners([user("ann"), team("a")], [user("ANN"), user("a"), user("bob")])).toEqual([
    ...[user("ANN"), team("a"), user("a"), user("bob")],
  ]);
});

describe("the key of owners", () => {
  test.each([
    { says: "in another order", a: [user("ann"), user("bob")], b: [user("bob"), user("ann")], same: true },
    { says: "in other letters", a: [team("Acme/A")], b: [team("acme/a")], same: true },
    { says: "one of them twice", a: [user("ann"), user("@ann")], b: [user("ann")], same: true },
    { says: "of another kind", a: [user("a")], b: [team("a")], same: false },
    { says: "one of two", a: [user("ann")], b: [user("ann"), user("bob")], same: false },
    { says: "one who is called like two", a: [user("ann"), user("bob")], b: [user("annuser:bob")], same: false },
  ])("$says: the same $same", ({ a, b, same }) => expect(ownersKey(a) === ownersKey(b)).toBe(same));
});

test("owners as people write them, in order", () => {
  expect(ownerTexts([user("bob"), email("a@x.org"), team("acme/a")])).toEqual(["@acme/a", "@bob", "a@x.org"]);
});
