import { expect, test } from "vitest";
import { readOwner } from "../../../../core/ownership/codeowners/owner.ts";

const user = (name: string) => ({ kind: "user", name });
const team = (name: string) => ({ kind: "team", name });
const email = (name: string) => ({ kind: "email", name });
const written = { wrong: "An owner is written `@user`, `@org/team` or as an e-mail address." };
const blank = {
  wrong: "An owner is written `@user`, `@org/team` or as an e-mail address. A blank in a pattern is written `\\ `.",
};
const meant = (word: string) => ({ wrong: `Did you mean \`@${word}\`?` });

test.each([
  { word: "@ann", is: user("ann") },
  { word: "@AZaz09-_", is: user("AZaz09-_") },
  { word: "@acme/a_b-1", is: team("acme/a_b-1") },
  { word: "@", is: written },
  { word: "@/a", is: written },
  { word: "@a/", is: written },
  { word: "@a/b/c", is: written },
  { word: "@a/b/", is: written },
  { word: "@a.b", is: written },
  { word: "@a/b.c", is: written },
  { word: "@a.b/c", is: written },
  { word: "@a`", is: written },
  { word: "@a{", is: written },
  { word: "@a@", is: written },
  { word: "@a[", is: written },
  { word: "@a:", is: written },
  { word: "a@b.c", is: email("a@b.c") },
  { word: "AZaz09-._%+'@AZaz09-.x", is: email("AZaz09-._%+'@AZaz09-.x") },
  { word: "a@b", is: written },
  { word: "a@b.", is: written },
  { word: "a@.b", is: written },
  { word: "a@b..c", is: written },
  { word: "a@b_c.d", is: written },
  { word: "a!b@c.d", is: written },
  { word: "a@b.c@", is: written },
  { word: "a@b@c.d", is: written },
  { word: "ann", is: meant("ann") },
  { word: "acme/a", is: meant("acme/a") },
  { word: "a/b.c", is: blank },
  { word: "a/", is: blank },
  { word: "file.txt", is: blank },
])("an owner $word", ({ word, is }) => expect(readOwner(word)).toEqual(is));
