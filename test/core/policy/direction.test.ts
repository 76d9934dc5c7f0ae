import { describe, expect, test } from "vitest";
import {
  arePatternsWithin,
  atLeast,
  atMost,
  beyond,
  comparisonLimit,
  isSameName,
  missing,
  stepOfLimit,
  stepOfOther,
  stepOfWord,
  stepsOfBranches,
  stepsOfList,
} from "../../../core/policy/direction.ts";
import { globIsWithin } from "../../../core/policy/pattern-within.ts";
import { newWork } from "../../../core/policy/work.ts";
import { stepTexts } from "./difference-texts.ts";

describe("a limit", () => {
  test.each([
    { says: "of at least so much, raised", scale: atLeast, before: 70, after: 80, is: ["tightens: k 80, which is 70"] },
    { says: "of at least so much, lowered", scale: atLeast, before: 80, after: 70, is: ["loosens: k 70, which is 80"] },
    { says: "of at least so much, more", scale: atLeast, before: null, after: 0, is: ["tightens: k 0, which is none"] },
    { says: "of at least so much, less", scale: atLeast, before: 0, after: null, is: ["loosens: k none, which is 0"] },
    { says: "of at most so much, raised", scale: atMost, before: 1, after: 2, is: ["loosens: k 2, which is 1"] },
    { says: "of at most so much, lowered", scale: atMost, before: 2, after: 1, is: ["tightens: k 1, which is 2"] },
    { says: "of at most so much, more", scale: atMost, before: null, after: 9, is: ["tightens: k 9, which is none"] },
    { says: "of at most so much, less", scale: atMost, before: 9, after: null, is: ["loosens: k none, which is 9"] },
    { says: "beyond which it holds, raised", scale: beyond, before: 1, after: 2, is: ["loosens: k 2, which is 1"] },
    {
      says: "beyond which it holds, less",
      scale: beyond,
      before: 1,
      after: null,
      is: ["tightens: k none, which is 1"],
    },
    { says: "that stays", scale: atMost, before: 5, after: 5, is: [] },
    { says: "that is not there", scale: atLeast, before: null, after: null, is: [] },
  ])("$says", ({ scale, before, after, is }) => expect(stepTexts(stepOfLimit("k", scale, before, after))).toEqual(is));

  test("that is a share is shown in percent", () =>
    expect(stepTexts(stepOfLimit("k", atLeast, 0.07, 0.29, 0.01))).toEqual(["tightens: k 29, which is 7"]));
});

describe("a word", () => {
  const words = ["never", "sometimes", "always"] as const;
  test.each([
    { before: words[1], after: words[2], is: ["tightens: stale always, which is sometimes"] },
    { before: words[1], after: words[0], is: ["loosens: stale never, which is sometimes"] },
    { before: words[1], after: words[1], is: [] },
  ])("$before, then $after", ({ before, after, is }) =>
    expect(stepTexts(stepOfWord("stale", words, before, after))).toEqual(is),
  );

  test.each([
    { before: "a", after: "b", is: ["changes: b, which is a"] },
    { before: true, after: false, is: ["changes: false, which is true"] },
    { before: "a", after: "a", is: [] },
    {
      before: "a",
      after: "b".repeat(101),
      is: [`changes: ${"b".repeat(99)}…, which is a`],
    },
  ])("without an order: $before, then $after", ({ before, after, is }) =>
    expect(stepTexts(stepOfOther(before, after))).toEqual(is),
  );
});

describe("a list", () => {
  test.each([
    { says: "in another order", before: ["a", "b"], after: ["b", "a"], is: [] },
    { says: "of others", before: ["a", "b"], after: ["b", "c"], is: ["loosens: without a", "tightens: with c"] },
    { says: "of numbers", before: [1, 2], after: [2], is: ["loosens: without 1"] },
    {
      says: "of which some lie within others",
      before: ["src/a", "lib/a"],
      after: ["src/**"],
      is: ["loosens: without lib/a", "tightens: with src/**"],
      isWithin: globIsWithin,
    },
  ])("$says", ({ before, after, is, isWithin }) =>
    expect(stepTexts(stepsOfList("tightens", before, after, isWithin))).toEqual(is),
  );

  test.each([
    { says: "as long as may be compared", others: 999, is: [] },
    { says: "that is longer, by the letter", others: 1_000, is: ["src/a"] },
  ])("$says", ({ others, is }) => {
    const names = Array.from({ length: others }, (_, n) => `lib/${n}`);
    expect(missing(["src/a"], [...names, "src/**"], globIsWithin)).toEqual(is);
  });

  test.each([
    { says: "while steps are left", spent: comparisonLimit, is: [] },
    { says: "when none are left, by the letter", spent: comparisonLimit + 1, is: ["src/a"] },
  ])("$says", ({ spent, is }) =>
    expect(missing(["src/a"], ["src/**"], globIsWithin, { ...newWork(Infinity), spent })).toEqual(is),
  );
});

test.each([
  { one: "Hotfix", other: "hotFIX", is: true },
  { one: "hotfix", other: "hotfixes", is: false },
])("$one is the name $other: $is", ({ one, other, is }) => expect(isSameName(one, other)).toBe(is));

describe("patterns", () => {
  test.each([
    { inner: ["src/**"], outer: ["**"], is: true },
    { inner: ["**"], outer: ["src/**"], is: false },
    { inner: ["src/**"], outer: ["**", "!src/a/**"], is: false },
    { inner: ["src/**", "!src/a/**"], outer: ["**", "!src/a/x"], is: true },
    { inner: ["src/**", "!src/a/x"], outer: ["**", "!src/a/**"], is: false },
  ])("$inner within $outer: $is", ({ inner, outer, is }) => expect(arePatternsWithin(inner, outer)).toBe(is));

  test.each([
    { says: "exclusions alone hold for all others", before: ["!main"], after: ["**", "!main"], is: [] },
    { says: "another branch", before: ["main"], after: ["main", "next"], is: ["tightens: with next"] },
    { says: "an exclusion of some", before: ["v/*"], after: ["v/*", "!v/1"], is: ["loosens: with !v/1"] },
    { says: "another exclusion", before: ["!main"], after: ["!main", "!next"], is: ["loosens: with !next"] },
  ])("of branches: $says", ({ before, after, is }) => expect(stepTexts(stepsOfBranches(before, after))).toEqual(is));
});
