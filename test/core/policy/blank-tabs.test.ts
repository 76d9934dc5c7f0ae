import { describe, expect, test } from "vitest";
import { blankedTexts } from "../../../core/policy/blank-tabs.ts";

describe("a text with blanks for its tabs", () => {
  test.each([
    { says: "a text without any stands as it is", text: "a: 1\n b: 2", are: ["a: 1\n b: 2"] },
    {
      says: "a tab that indents may stand for any number of blanks, the widest first",
      text: "a:\n\tb: 1\n",
      are: ["a:\n        b: 1\n", "a:\n    b: 1\n", "a:\n  b: 1\n", "a:\n b: 1\n"],
    },
    {
      says: "so may two of them, and one behind a space",
      text: "\t\tb\n \tc",
      are: ["                b\n         c", "        b\n     c", "    b\n   c", "  b\n  c"],
    },
    { says: "one behind a word is one blank", text: "a:\tb\t", are: Array.from({ length: 4 }, () => "a: b ") },
    {
      says: "a line of nothing else is all indentation",
      text: "\t",
      are: [8, 4, 2, 1].map((width) => " ".repeat(width)),
    },
  ])("$says", ({ text, are }) => expect(blankedTexts(text).map((blanked) => blanked.text)).toEqual(are));

  test("more tabs than a person writes are one blank each", () => {
    const [most, more] = [5_000, 5_001].map((count) => blankedTexts("\t".repeat(count)).map(({ text }) => text.length));
    expect(most).toEqual([40_000, 20_000, 10_000, 5_000]);
    expect(more).toEqual([5_001]);
  });
});

describe("places lead to the file and back", () => {
  const wide = () => blankedTexts("a:\n\tb: 1\n\tc: 2")[0];

  test.each([
    { says: "before the first tab", at: 2, inFile: 2 },
    { says: "where a tab begins", at: 3, inFile: 3 },
    { says: "within its blanks", at: 10, inFile: 3 },
    { says: "behind them", at: 11, inFile: 4 },
    { says: "on the next line", at: 16, inFile: 9 },
    { says: "at the end", at: 28, inFile: 14 },
    { says: "beyond it", at: 99, inFile: 14 },
  ])("$says", ({ at, inFile }) => expect(wide().inFile(at)).toBe(inFile));

  test.each([
    { says: "the first tab", at: 3, is: 3 },
    { says: "a letter behind it", at: 4, is: 11 },
    { says: "the end", at: 14, is: 28 },
    { says: "what the file does not have", at: 99, is: 0 },
  ])("$says stands in the text with blanks", ({ at, is }) => expect(wide().fromFile(at)).toBe(is));

  test("of a text without tabs every place is its own", () => {
    const [same] = blankedTexts("a\n b");
    expect([same.inFile(3), same.fromFile(3), same.inFile(9), same.fromFile(9)]).toEqual([3, 3, 9, 9]);
    expect([same.isGuess(3), same.hasGuess]).toEqual([false, false]);
  });
});

describe("what a line belongs to is a guess", () => {
  const guesses = (text: string) => {
    const [blanked] = blankedTexts(text);
    const starts = blanked.text
      .split("\n")
      .map((_line, index, all) => all.slice(0, index).join("\n").length + (index > 0 ? 1 : 0));
    return starts.map((start) => blanked.isGuess(start));
  };
  test.each([
    {
      says: "where a tab indents it and spaces indent others",
      text: "a:\n  b: 1\n\tc: 2\nd: 3",
      are: [false, false, true, false],
    },
    { says: "where both indent it", text: "a:\n  b: 1\n \tc: 2", are: [false, false, true] },
    { says: "not where tabs indent everything", text: "a:\n\tb: 1\n\tc: 2", are: [false, false, false] },
    { says: "not for a tab behind a word", text: "a:\n  b:\t1", are: [false, false] },
    { says: "not beyond the end", text: "  a:\n\tb: 1", are: [false, true] },
  ])("$says", ({ text, are }) => {
    expect(guesses(text)).toEqual(are);
    expect(blankedTexts(text)[0].hasGuess).toBe(are.includes(true));
  });

  test("beyond the end nothing is", () => expect(blankedTexts("  a:\n\tb: 1")[0].isGuess(99)).toBe(false));
});
