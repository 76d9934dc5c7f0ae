import { expect, test } from "vitest";
import { splitWords } from "../../../../core/ownership/codeowners/words.ts";

test.each([
  { says: "nothing", line: "", words: [] },
  { says: "blanks", line: " \t ", words: [] },
  { says: "one word", line: "a", words: ["a 1"] },
  { says: "blanks around it", line: " \ta\t ", words: ["a 3"] },
  { says: "several words", line: "a @b\t  @c", words: ["a 1", "@b 3", "@c 8"] },
  { says: "a comment", line: "# a @b", words: [] },
  { says: "an indented comment", line: "  # a", words: [] },
  { says: "a comment behind words", line: "a @b # @c", words: ["a 1", "@b 3"] },
  { says: "a comment that is glued to its sign", line: "a #@c", words: ["a 1"] },
  { says: "a sign inside of a word", line: "a#b @c", words: ["a#b 1", "@c 5"] },
  { says: "an escaped blank of the pattern", line: "a\\ b @c", words: ["a\\ b 1", "@c 6"] },
  { says: "an escaped backslash before a blank", line: "a\\\\ b", words: ["a\\\\ 1", "b 5"] },
  { says: "a backslash in an owner", line: "a b\\ c", words: ["a 1", "b\\ 3", "c 6"] },
  { says: "a backslash at the end", line: "a\\", words: ["a\\ 1"] },
])("the words of a line: $says", ({ line, words }) =>
  expect(splitWords(line).map(({ text, column }) => `${text} ${column}`)).toEqual(words),
);
