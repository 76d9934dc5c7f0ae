import fc from "fast-check";
import { expect, test } from "vitest";
import { compareInstants, Instant } from "../../core/instant.ts";

test.each([
  { text: "2026-11-21T10:00:00Z", is: true },
  { text: "2026-11-21T10:00:00.123Z", is: true },
  { text: "2026-11-21T10:00:00+02:00", is: true },
  { text: "2026-02-30T10:00:00Z", is: false },
  { text: "2026-11-21T25:00:00Z", is: false },
  { text: "2026-11-21T10:00:00", is: false },
  { text: "2026-11-21", is: false },
  { text: "yesterday", is: false },
  { text: "", is: false },
])("$text is an instant: $is", ({ text, is }) => {
  expect(Instant.safeParse(text).success).toBe(is);
});

test.each([
  { a: "2026-11-21T10:00:00Z", b: "2026-11-21T10:00:00.000Z", is: 0 },
  { a: "2026-11-21T12:00:00+02:00", b: "2026-11-21T10:00:00Z", is: 0 },
  { a: "2026-11-21T11:00:00+02:00", b: "2026-11-21T10:00:00Z", is: -1 },
  { a: "now", b: "1999-01-01T00:00:00Z", is: -1 },
  { a: "now", b: "later", is: 1 },
])("$a against $b: $is", ({ a, b, is }) => {
  expect(compareInstants(a, b)).toBe(is);
  expect(compareInstants(b, a)).toBe(0 - is);
});

test("an order, whatever the texts are", () => {
  const text = fc.constantFrom(
    "2026-11-21T10:00:00Z",
    "2026-11-21T12:00:00+02:00",
    "2027",
    "9",
    "x",
    "2025-01-01T00:00:00Z",
  );
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      if (compareInstants(a, b) <= 0 && compareInstants(b, c) <= 0)
        expect(compareInstants(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});
