import { describe, expect, test } from "vitest";
import { unclosedQuote } from "../../../core/policy/unclosed-quote.ts";

describe("a quoted text that runs on is told where it opens, when the parser stumbles because of it", () => {
  test.each([
    { says: "no complaint", text: 'a: "b\n  c', errors: [], is: null },
    { says: "a text without its end", text: 'a: "b', errors: [5], is: 3 },
    { says: "the quote alone", text: "a: '", errors: [4], is: 3 },
    { says: "a text that the next key ends", text: "a: 'b\nc: d'", errors: [5], is: 3 },
    { says: "a complaint about the next key", text: "a: 'b\nc: d'", errors: [6], is: null },
    { says: "a text that the next quote ends", text: "a: 'b\n  c: d'e", errors: [13], is: 3 },
    { says: "a complaint before it", text: "a: ]\nb: 'c\n  d'", errors: [3], is: null },
    { says: "a complaint where it opens", text: "a: 'b\n  c'", errors: [3], is: null },
    { says: "a complaint behind its quote", text: "a: 'b\n  c'", errors: [4], is: 3 },
    { says: "a complaint where the line of its end ends", text: "a: 'b\n  c' d\ne", errors: [12], is: 3 },
    { says: "a complaint on the next line", text: "a: 'b\n  c' d\ne", errors: [13], is: null },
    { says: "a complaint at the end of the file", text: "a: 'b\n  c' d", errors: [12], is: 3 },
    { says: "complaints in whatever order", text: "a: 'b\n  c' d\ne: ]", errors: [16, 5, 1], is: 3 },
    { says: "complaints before it and behind it", text: "a: 'b\n  c' d\ne: ]", errors: [16, 2, 1], is: null },
    { says: "texts on one line", text: "a: 'b' \"c\" d", errors: [8], is: null },
    { says: "a text on one line before it", text: "a: 'b'\nc: \"d\n  e\" f", errors: [17], is: 10 },
    { says: "the first of two", text: "a: 'b\n  c' d\ne: 'f\n  g' h", errors: [11, 23], is: 3 },
    { says: "the second where the first is well", text: "a: 'b\n  c'\ne: 'f\n  g' h", errors: [21], is: 14 },
    { says: "plain texts and blocks between", text: "a: b c\nd: |\n  e\nf: 'g", errors: [21], is: 19 },
    { says: "brackets that do not end before it", text: "a: [b\nc: 'd", errors: [11], is: 9 },
    { says: "a document's start before it", text: "---\na: 'b", errors: [9], is: 7 },
  ])("$says", ({ text, errors, is }) => expect(unclosedQuote(text, errors)).toBe(is));
});
