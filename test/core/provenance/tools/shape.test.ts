import fc from "fast-check";
import { expect, test } from "vitest";
import { hasShape } from "../../../../core/provenance/tools/shape.ts";

test.each([
  { text: "claude/fix-login", shape: "claude/*", fits: true },
  { text: "Claude/Fix", shape: "claude/*", fits: true },
  { text: "claude/", shape: "claude/*", fits: false },
  { text: "my-claude/x", shape: "claude/*", fits: false },
  { text: "cursor/fix-cursor-0a1f", shape: "cursor/*-<hex4>", fits: true },
  { text: "cursor/fix-pagination", shape: "cursor/*-<hex4>", fits: false },
  { text: "cursor/-0a1f", shape: "cursor/*-<hex4>", fits: false },
  { text: "jules-12-0123abcd", shape: "jules-<digits>-<hex8>", fits: true },
  { text: "jules-12-0123abcde", shape: "jules-<digits>-<hex8>", fits: false },
  { text: "jules--0123abcd", shape: "jules-<digits>-<hex8>", fits: false },
  { text: "devin/1712345678-fix", shape: "devin/<digits>-*", fits: true },
  { text: "devin/pohly-fix", shape: "devin/<digits>-*", fits: false },
  { text: "exact", shape: "exact", fits: true },
  { text: "exactly", shape: "exact", fits: false },
])("$text has the shape $shape: $fits", ({ text, shape, fits }) => expect(hasShape(text, shape)).toBe(fits));

test("any text with the parts in place fits", () => {
  const hex = fc.stringMatching(/^[0-9a-f]{4}$/);
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), hex, (slug, tail) => {
      expect(hasShape(`cursor/${slug}-${tail}`, "cursor/*-<hex4>")).toBe(true);
    }),
  );
});
