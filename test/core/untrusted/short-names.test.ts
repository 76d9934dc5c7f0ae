import { expect, test } from "vitest";
import { hasShortName, mayBeShortFor } from "../../../core/untrusted/index.ts";

test.each([
  { says: "the first letters of a long name", part: "AUTHEN~1", pattern: "authentication", is: true },
  { says: "in lower case, of a pattern with capitals", part: "authen~1", pattern: "Authentication", is: true },
  { says: "with an extension", part: "SESSIO~1.TS", pattern: "session-store.ts", is: true },
  { says: "with a number of two digits", part: "AUTHE~12", pattern: "authentication", is: true },
  { says: "of a hidden folder", part: "GITHUB~1", pattern: ".github", is: true },
  { says: "of a name with a space", part: "MYAUTH~1", pattern: "my auth", is: true },
  { says: "with a sign for what may not stand in it", part: "A_B~1", pattern: "a+b c", is: true },
  { says: "with a checksum", part: "AU3F0C~1", pattern: "authentication", is: true },
  { says: "of a pattern with a star", part: "AUTHEN~1", pattern: "au*", is: true },
  { says: "of a pattern with question marks", part: "AUTHEN~1", pattern: "a?then?ication", is: true },
  { says: "a star behind other letters", part: "AUTHEN~1", pattern: "ab*", is: false },
  { says: "other letters", part: "OTHER~1", pattern: "authentication", is: false },
  { says: "other letters before a checksum", part: "BU3F0C~1", pattern: "authentication", is: false },
  { says: "more letters than the name has", part: "AUTHEN~1", pattern: "auth", is: false },
  { says: "no number", part: "AUTHEN~", pattern: "authentication", is: false },
  { says: "no digits", part: "AUTHEN~X", pattern: "authentication", is: false },
  { says: "no letters", part: "~1", pattern: "authentication", is: false },
  { says: "longer than a short name", part: "AUTHENT~1", pattern: "authentication", is: false },
  { says: "a longer extension", part: "AUTHEN~1.HTML", pattern: "authentication.html", is: false },
  { says: "two extensions", part: "AUTH~1.A.B", pattern: "authentication", is: false },
])("a short name of Windows: $says", ({ part, pattern, is }) => {
  expect(mayBeShortFor(part, pattern)).toBe(is);
});

test.each([
  { path: "src/AUTHEN~1/s.ts", is: true },
  { path: "src/auth/s.ts~", is: false },
  { path: "src/auth/s.ts", is: false },
])("$path", ({ path, is }) => expect(hasShortName(path.split("/"))).toBe(is));
