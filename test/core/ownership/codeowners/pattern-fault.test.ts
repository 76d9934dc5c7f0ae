import { describe, expect, test } from "vitest";
import { patternFault } from "../../../../core/ownership/codeowners/pattern-fault.ts";

const range = "`[ ]` does not work here. Write `?` for one character, or a line for each.";
const negation = "`!` does not negate here. For files without owners, write a later line with a pattern alone.";
const comment = "Put a blank before a comment; for a `#` in a name write `?`.";
const unseen = "Here stands a character that cannot be seen. Write a plain blank, or `?`.";
const notUtf8 = "A byte that is not UTF-8 stands here. Save the file as UTF-8, or write `?`.";

test.each(["*", "/a/b", "a\\ b", "a\\\\", "a!", "\\!a", "**", "a/**/b", "a\\*\\*\\*", "a\tb"])("%j is valid", (text) =>
  expect(patternFault({ text, column: 1 })).toBeNull(),
);

describe("what is wrong with a pattern, where, and what it could mean", () => {
  test.each([
    { text: "/", at: 0, says: "The pattern `/` will never match anything, did you mean `*` instead?", means: [] },
    { text: "a\\", at: 1, says: "A backslash at the end escapes nothing. Leave it out.", means: ["a\\", "a\\\\"] },
    { text: "\\", at: 0, says: "A backslash at the end escapes nothing. Leave it out.", means: ["\\\\"] },
    { text: "!a", at: 0, says: negation, means: ["!a", "a"] },
    { text: "!", at: 0, says: negation, means: ["!"] },
    { text: "a[b]", at: 1, says: range, means: ["a*"] },
    { text: "a]b", at: 1, says: range, means: ["a*b"] },
    { text: "[a]/[b]c", at: 0, says: range, means: ["?*/*c"] },
    { text: "a\\[b\\]c", at: 1, says: range, means: ["a*c"] },
    { text: "a\\\\\\[b]", at: 3, says: range, means: ["a*"] },
    { text: "[]]a[b]c", at: 0, says: range, means: ["*c"] },
    { text: "a]b[c]d", at: 1, says: range, means: ["a*d"] },
    { text: "a[b]c]d", at: 1, says: range, means: ["a*d"] },
    { text: "a[b/c]", at: 1, says: range, means: ["**"] },
    { text: "a]b[", at: 1, says: range, means: ["**"] },
    { text: "a#b", at: 1, says: comment, means: ["a#b", "a"] },
    { text: "#a#b", at: 0, says: comment, means: ["#a#b", "#a"] },
    {
      text: "a\\#b",
      at: 1,
      says: "A `#` cannot be escaped here. Write `?` in its place.",
      means: ["a\\#b", "a\\", "a\\\\"],
    },
    { text: "a***b", at: 1, says: "Did you mean `a**b`?", means: ["a**b"] },
    { text: "a****/***", at: 1, says: "Did you mean `a**/**`?", means: ["a**/**"] },
    { text: "a\ufffdb", at: 1, says: notUtf8, means: ["*"] },
    { text: "a\u00a0b", at: 1, says: unseen, means: ["a\u00a0b", "ab", "a"] },
    { text: "a\\\u200bb", at: 1, says: unseen, means: ["a\\\u200bb", "a\\b", "a\\", "a\\\\"] },
    { text: "!a#b", at: 0, says: negation, means: ["!a#b", "a#b", "!a", "a"] },
    { text: `a${"#b".repeat(8)}`, at: 1, says: comment, means: 9 },
    { text: `a${"#b".repeat(9)}`, at: 1, says: comment, means: ["**"] },
  ])("$text", ({ text, at, says, means }) => {
    const fault = patternFault({ text, column: 5 });
    expect(fault).toMatchObject({ column: 5 + at, suggestion: says });
    expect(typeof means === "number" ? fault?.couldMean.length : fault?.couldMean).toEqual(means);
  });
});
