import { expect, test } from "vitest";
import { lookalikeOf, skeleton } from "../../../core/untrusted/confusables.ts";

test.each([
  { text: "раураl", expected: "paypal" },
  { text: "ВUILD", expected: "build" },
  { text: "ѕсоре", expected: "scope" },
  { text: "Ηеllо", expected: "hello" },
  { text: "dep\u2010s", expected: "dep-s" },
  { text: "plain Text", expected: "plain text" },
  { text: "жизнь", expected: "жизнь" },
])("$text has the skeleton $expected", ({ text, expected }) => expect(skeleton(text)).toBe(expected));

test("an ASCII character passes for nothing else, and every look-alike for one ASCII character", () => {
  for (let code = 0; code < 128; code++) expect(lookalikeOf(String.fromCharCode(code))).toBeUndefined();
  for (let code = 128; code < 0xffff; code++) {
    const ascii = lookalikeOf(String.fromCharCode(code));
    if (ascii !== undefined) expect(ascii).toMatch(/^[A-Za-z./-]$/);
  }
});
