import { describe, expect, test } from "vitest";
import { listedNames, nameKey, shownName, sortedNames } from "../../../core/ownership/names.ts";

test.each([
  { says: "in other letters", name: "ANN", key: "ann" },
  { says: "as CODEOWNERS writes it", name: "@Acme/Identity", key: "acme/identity" },
  { says: "with the sign at its end", name: "ann@", key: "ann@" },
  { says: "of an address", name: "Ann@Example.org", key: "ann@example.org" },
])("the key of a name $says: $key", ({ name, key }) => expect(nameKey(name)).toBe(key));

test.each([
  { says: "by their keys, not by their letters", names: ["Cat", "bob", "ANN"], sorted: ["ANN", "bob", "Cat"] },
  { says: "the other way round", names: ["ANN", "bob", "Cat"], sorted: ["ANN", "bob", "Cat"] },
  { says: "one of two spellings", names: ["bob", "ann", "Bob"], sorted: ["ann", "Bob"] },
  { says: "with and without the sign", names: ["ann", "@ann"], sorted: ["@ann"] },
  { says: "nobody", names: [], sorted: [] },
])("names in order: $says", ({ names, sorted }) => expect(sortedNames(names)).toEqual(sorted));

test.each([
  { says: "a plain one as it is", name: "ann", shown: "ann" },
  { says: "without control characters", name: "a\u001b[31mnn", shown: "a[31mnn" },
  { says: "up to a hundred letters", name: "a".repeat(100), shown: "a".repeat(100) },
  { says: "and no more", name: "a".repeat(101), shown: `${"a".repeat(99)}…` },
])("a name in a sentence: $says", ({ name, shown }) => expect(shownName(name)).toBe(shown));

describe("names in a sentence", () => {
  test.each([
    { names: [], says: "" },
    { names: ["a"], says: "a" },
    { names: ["a", "b"], says: "a and b" },
    { names: ["a", "b", "c"], says: "a, b and c" },
    { names: ["a", "b", "c", "d", "e"], says: "a, b, c, d and e" },
    { names: ["a", "b", "c", "d", "e", "f"], says: "a, b, c, d, e and 1 more" },
    { names: ["a", "b", "c", "d", "e", "f", "g", "h"], says: "a, b, c, d, e and 3 more" },
    { names: ["a\u0007", "b"], says: "a and b" },
  ])("$names: $says", ({ names, says }) => expect(listedNames(names)).toBe(says));

  test("with another last word, and fewer of them", () => {
    expect(listedNames(["a", "b", "c"], 3, "or")).toBe("a, b or c");
    expect(listedNames(["a", "b", "c"], 1, "or")).toBe("a or 2 more");
  });
});
