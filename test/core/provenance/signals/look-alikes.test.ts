import { expect, test } from "vitest";
import { foldLookAlikes, hasStrangeColon, plainPunctuation } from "../../../../core/provenance/signals/look-alikes.ts";

test.each([
  { says: "ASCII, in lower case", text: "AI-Session", folded: "ai-session" },
  { says: "Cyrillic", text: "АІ-Ѕеѕѕіоn", folded: "ai-session" },
  { says: "Greek", text: "ΑΙ", folded: "ai" },
  { says: "full width", text: "ＡＩ－Ｔｒａｃｅ", folded: "ai-trace" },
  { says: "a non-breaking hyphen", text: "AI‑Trace", folded: "ai-trace" },
  { says: "nothing to see", text: "A\u200bI\u2060\u00ad", folded: "ai" },
  { says: "other letters stay", text: "Größe", folded: "größe" },
  { says: "a text too long to be a mark", text: `АI${"x".repeat(500)}`, folded: `аi${"x".repeat(500)}` },
])("$says", ({ text, folded }) => expect(foldLookAlikes(text)).toBe(folded));

test.each([
  { says: "plain text", text: "Ann <a@b.c>: x", plain: "Ann <a@b.c>: x" },
  { says: "full-width marks", text: "Ann ＜a＠b.c＞： x", plain: "Ann <a@b.c>: x" },
  { says: "a ratio, and a modifier letter", text: "a∶b꞉c", plain: "a:b:c" },
  { says: "blanks of other widths", text: "a\u00a0b\u2009c\u3000d", plain: "a b c d" },
  { says: "letters stay", text: "Größe Аnn 修", plain: "Größe Аnn 修" },
])("punctuation: $says", ({ text, plain }) => {
  expect(plainPunctuation(text)).toBe(plain);
  expect(plainPunctuation(text)).toHaveLength(text.length);
});

test.each([":", "a: b", "é"])("no strange colon in %j", (text) => expect(hasStrangeColon(text)).toBe(false));
test.each(["：", "a∶ b", "꞉"])("a strange colon in %j", (text) => expect(hasStrangeColon(text)).toBe(true));
