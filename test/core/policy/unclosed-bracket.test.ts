import { describe, expect, test } from "vitest";
import { unclosedBrackets } from "../../../core/policy/unclosed-bracket.ts";

/** `from-to at: what. fix` of each. */
function told(text: string): string[] {
  return unclosedBrackets(text).map(({ from, to, problem }) => {
    expect(problem).toMatchObject({ code: "CS006", path: [] });
    return `${from}-${to} ${problem.offset}: ${problem.what}. ${problem.fix}`;
  });
}

const mapping = "a mapping that begins with `{` does not end";
const list = "a list that begins with `[` does not end";

describe("a bracket that does not end", () => {
  test.each([
    { says: "none", text: "a: { b: [1], c: {} }\nd: 1", are: [] },
    { says: "an end without its beginning", text: "a: ]\nb: }", are: [] },
    { says: "a list up to the end of the file", text: "a: [1, 2", are: [`3-8 3: ${list}. Write the \`]\`.`] },
    { says: "a mapping", text: "a: { b: 1\n", are: [`3-10 3: ${mapping}. Write the \`}\`.`] },
    { says: "a list up to the next key", text: "a:\n  b: [1,\nc: 2", are: [`8-12 8: ${list}. Write the \`]\`.`] },
    {
      says: "a list within a mapping that ends",
      text: "a: { b: [1 }\nc: 2",
      are: [`8-11 8: ${list}. Write the \`]\`.`],
    },
    {
      says: "both, told where the inner one opens",
      text: "a: { b: [1",
      are: [`3-10 8: ${list}. Write the \`]\` and the \`}\`.`],
    },
    {
      says: "four of them, of which three are told",
      text: "a: [{[{",
      are: [`3-7 6: ${mapping}. Write the \`}\` and the \`]\` and the \`}\`.`],
    },
    {
      says: "one after the other",
      text: "a: { b: [1 }\nc: { d: [2 }",
      are: [`8-11 8: ${list}. Write the \`]\`.`, `21-24 21: ${list}. Write the \`]\`.`],
    },
    { says: "a bracket within quotes", text: "a: '['\nb: \"{\"", are: [] },
    {
      says: "behind texts of every kind",
      text: "a: 'x'\nb: |\n  y\n---\nc: [1",
      are: [`23-25 23: ${list}. Write the \`]\`.`],
    },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("an end that a comment took", () => {
  const took = (closing: string) => `a comment begins at this \`#\`, and takes the \`${closing}\` with it`;
  test.each([
    {
      says: "a number behind the mark",
      text: "a: { b: see #12 }\nc: 1",
      are: [`3-18 12: ${took("}")}. Quote the text: \`"see #12"\`.`],
    },
    {
      says: "what follows the number",
      text: "a: [see #12, b]",
      are: [`3-15 8: ${took("]")}. Quote the text: \`"see #12"\`.`],
    },
    { says: "a letter", text: "a: [x #y]", are: [`3-9 6: ${took("]")}. Quote the text: \`"x #y"\`.`] },
    { says: "a text with a quote", text: 'a: [x" #Y]', are: [`3-10 7: ${took("]")}. Quote the text: \`'x" #Y'\`.`] },
    { says: "nothing before the mark", text: "a: [ #1]", are: [`3-8 5: ${took("]")}. Quote the text: \`"#1"\`.`] },
    { says: "no text before the mark", text: "a: [b, #1]", are: [`3-10 7: ${took("]")}. Quote the text: \`"#1"\`.`] },
    {
      says: "a quoted text before the mark",
      text: "a: ['b' #1]",
      are: [`3-11 8: ${took("]")}. Quote the text: \`"#1"\`.`],
    },
    {
      says: "the first of two",
      text: "a: [b #1]\n  , c #2]",
      are: [`3-19 6: ${took("]")}. Quote the text: \`"b #1"\`.`],
    },
    { says: "a blank behind the mark", text: "a: [b # 1]", are: [`3-10 3: ${list}. Write the \`]\`.`] },
    { says: "another end within it", text: "a: [b #1}", are: [`3-9 3: ${list}. Write the \`]\`.`] },
    {
      says: "an end for the one around it",
      text: "a: { b: [c #1 }",
      are: [`3-15 8: ${list}. Write the \`]\` and the \`}\`.`],
    },
    {
      says: "a comment without brackets around",
      text: "a: b #1]\nc: [d",
      are: [`12-14 12: ${list}. Write the \`]\`.`],
    },
    { says: "a comment before the list", text: "a: #1]\n  [b", are: [`9-11 9: ${list}. Write the \`]\`.`] },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));
});
