import { expect, test } from "vitest";
import { lieApart } from "../../../core/policy/lie-apart.ts";

test.each([
  { one: ["src/**"], other: ["lib/**"], apart: true },
  { one: ["src/auth/**"], other: ["src/web/*.ts", "docs/**"], apart: true },
  { one: ["src/**", "!src/web/**"], other: ["lib/**", "!**"], apart: true },
  { one: ["src/**"], other: ["lib/**", "src/web/a.ts"], apart: false },
  { one: ["src/**"], other: ["SRC/web/**"], apart: false },
  { one: ["src/**"], other: ["**/*.md"], apart: false },
  { one: ["s?c/**"], other: ["lib/**"], apart: false },
  { one: ["lib/**"], other: ["*/a"], apart: false },
  { one: ["src/*/a/**"], other: ["src/x/b/**"], apart: false },
  { one: ["src"], other: ["src/**"], apart: false },
  { one: ["src/**"], other: ["src"], apart: false },
  { one: ["!src/**"], other: ["lib/**"], apart: false },
  { one: ["src/**"], other: [], apart: false },
  {
    one: Array.from({ length: 40 }, (_, index) => `a/${index}`),
    other: Array.from({ length: 25 }, () => "b"),
    apart: true,
  },
  {
    one: Array.from({ length: 40 }, (_, index) => `a/${index}`),
    other: Array.from({ length: 26 }, () => "b"),
    apart: false,
  },
])("$one and $other: $apart", ({ one, other, apart }) => expect(lieApart(one, other)).toBe(apart));
