import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutToBytes, cutToLength, plain, plainPath, shortId, shortSha } from "../../../core/report/text.ts";
import { canaries, secretPart } from "../../untrusted-canaries.ts";

const family = "👨‍👩‍👧";
const zalgo = `e${"\u0301".repeat(5_000)}`;

describe("cutting", () => {
  test.each([
    { says: "a text that fits stays", text: "abc", max: 3, cut: "abc" },
    { says: "a text that does not ends with an ellipsis", text: "abcd", max: 3, cut: "ab…" },
    { says: "a grapheme is never split", text: `a${family}b`, max: 8, cut: "a…" },
    { says: "a grapheme longer than all the room is left out", text: zalgo, max: 10, cut: "…" },
    { says: "no room, no text", text: "abc", max: 0, cut: "" },
  ])("to a length: $says", ({ text, max, cut }) => expect(cutToLength(text, max)).toBe(cut));

  test.each([
    { says: "counts bytes, not characters", text: "ääää", max: 7, cut: "ää…" },
    { says: "a grapheme is never split", text: `a${family}`, max: 12, cut: "a…" },
    { says: "no room for an ellipsis", text: "abc", max: 2, cut: "" },
  ])("to bytes: $says", ({ text, max, cut }) => expect(cutToBytes(text, max)).toBe(cut));

  test("nothing is ever longer than asked, and what is left is the beginning", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.nat(80), (text, max) => {
        expect(Buffer.byteLength(cutToBytes(text, max))).toBeLessThanOrEqual(max);
        expect(cutToLength(text, max).length).toBeLessThanOrEqual(max);
        expect(text.startsWith(cutToBytes(text, max).replace(/…$/, ""))).toBe(true);
      }),
    );
  });
});

describe("plain", () => {
  test("is one line without escape sequences", () => {
    expect(plain("a\u001b[31m\nb\u202Ec")).toBe("a[31m bc");
  });

  test.each(canaries)("a secret of kind $kind is gone before the text is cut", (canary) => {
    expect(plain(`x ${canary.value} y`, 20)).not.toContain(secretPart(canary).slice(0, 12));
  });

  test("a secret does not come together when what hid it is dropped", () => {
    const token = canaries.find(({ kind }) => kind === "github-token")!;
    const hidden = Array.from(token.value).join("\u200b");
    expect(plain(hidden)).not.toContain(secretPart(token));
  });
});

test("a path with a line break is shown with an escape", () => {
  expect(plainPath("a\nb")).toBe('"a\\nb"');
});

test("the object ids in a change id are shortened", () => {
  expect(shortId(`local@${"a".repeat(40)}..${"b".repeat(64)}`)).toBe("local@aaaaaaa..bbbbbbb");
  expect(shortId("github.com/acme/orders#41")).toBe("github.com/acme/orders#41");
});

test("an object id is shortened as git does", () => {
  expect(shortSha("0123456789abcdef")).toBe("0123456");
});
