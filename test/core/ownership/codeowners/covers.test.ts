import { expect, test } from "vitest";
import { coversPattern } from "../../../../core/ownership/codeowners/covers.ts";
import { compilePattern } from "../../../../core/ownership/codeowners/pattern.ts";

test.each([
  { says: "the same path", wide: "/a", narrow: "/a", is: true },
  { says: "another path of one letter", wide: "/a", narrow: "/b", is: false },
  { says: "another path that begins alike", wide: "/ab", narrow: "/ac", is: false },
  { says: "a name that begins with it", wide: "/a", narrow: "/ab", is: false },
  { says: "what is below it", wide: "/a", narrow: "/a/b", is: true },
  { says: "a folder, and what may be a file", wide: "/a/", narrow: "/a", is: false },
  { says: "what may be a file, and a folder", wide: "/a", narrow: "/a/", is: true },
  { says: "a folder, and one in it", wide: "/a/", narrow: "/a/b/", is: true },
  { says: "a folder, and a file in it", wide: "/a/", narrow: "/a/b", is: true },
  { says: "a folder's own files, twice", wide: "docs/*", narrow: "docs/*", is: true },
  { says: "any folder's own files, and one's", wide: "/*/*", narrow: "docs/*", is: true },
  { says: "one folder's own files, and any's", wide: "docs/*", narrow: "/*/*", is: false },
  { says: "a folder's own files, and what may be a folder in it", wide: "docs/*", narrow: "docs/a", is: false },
  { says: "a folder's own files, and what is deeper", wide: "docs/*", narrow: "docs/a/b", is: false },
  { says: "a folder's own files, and all of a folder in it", wide: "/*/*", narrow: "docs/a/", is: false },
  { says: "the root's own files, and files anywhere", wide: "/*", narrow: "*", is: false },
  { says: "everything by one star", wide: "*", narrow: "/a/b/", is: true },
  { says: "everything below a folder by its last star", wide: "a/**/*", narrow: "a/b/c", is: true },
  { says: "everything below a folder, and the folder", wide: "a/**/*", narrow: "a", is: false },
  { says: "one folder, and any number of them", wide: "/a/b", narrow: "/a/**/b", is: false },
  { says: "any number of folders, and none", wide: "/a/**/b", narrow: "/a/b", is: true },
  { says: "one character, and a letter", wide: "/a?c", narrow: "/abc", is: true },
  { says: "a letter, and one character", wide: "/abc", narrow: "/a?c", is: false },
  { says: "one character, twice", wide: "/a?c", narrow: "/a?c", is: true },
  { says: "one character, and any number", wide: "/a?c", narrow: "/a*c", is: false },
  { says: "any number of characters, and one", wide: "/a*c", narrow: "/a?c", is: true },
  { says: "any number of characters, and another ending", wide: "/a*c", narrow: "/a*d", is: false },
])("$says: $wide covers $narrow: $is", ({ wide, narrow, is }) =>
  expect(coversPattern(compilePattern(wide), compilePattern(narrow))).toBe(is),
);
