import { expect, test } from "vitest";
import { foldLookAlikes } from "../../../core/provenance/look-alikes.ts";

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
