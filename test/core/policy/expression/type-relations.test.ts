import { describe, expect, test } from "vitest";
import { comparable, isMixed, typeOfBoth } from "../../../../core/policy/expression/type-relations.ts";
import {
  bool,
  double,
  int,
  list,
  mixed,
  oneOf,
  record,
  text,
  type Type,
} from "../../../../core/policy/expression/types.ts";

const file = record("a file", {});
const commit = record("a commit", {});

describe("what can be equal", () => {
  test.each<{ says: string; left: Type; right: Type; is: boolean }>([
    { says: "a count and a ratio", left: int, right: double, is: true },
    { says: "a ratio and a count", left: double, right: int, is: true },
    { says: "a count and a text", left: int, right: text, is: false },
    { says: "a truth value and a count", left: bool, right: int, is: false },
    { says: "two truth values", left: bool, right: bool, is: true },
    { says: "a text and one of some words", left: text, right: oneOf(["a"]), is: true },
    { says: "lists of numbers", left: list(int), right: list(double), is: true },
    { says: "lists of texts and of numbers", left: list(text), right: list(int), is: false },
    { says: "a list and an item", left: list(int), right: int, is: false },
    { says: "an item and a list", left: int, right: list(int), is: false },
    { says: "two files", left: file, right: file, is: true },
    { says: "a file and a commit", left: file, right: commit, is: false },
    { says: "a file and a text", left: file, right: text, is: false },
    { says: "a list of files and a file", left: list(file), right: file, is: false },
  ])("$says: $is", ({ left, right, is }) => expect(comparable(left, right)).toBe(is));
});

describe("what may be the one or the other", () => {
  test.each<{ says: string; one: Type; other: Type; is: Type }>([
    { says: "two counts", one: int, other: int, is: int },
    { says: "two ratios", one: double, other: double, is: double },
    { says: "a count and a ratio", one: int, other: double, is: mixed },
    { says: "a ratio and a count", one: double, other: int, is: mixed },
    { says: "what is mixed already, and a ratio", one: mixed, other: double, is: mixed },
    { says: "a ratio, and what is mixed already", one: double, other: mixed, is: mixed },
    { says: "some words and others", one: oneOf(["a"]), other: oneOf(["b"]), is: text },
    { says: "two truth values", one: bool, other: bool, is: bool },
    { says: "lists of counts and of ratios", one: list(int), other: list(double), is: list(mixed) },
    { says: "lists of words", one: list(oneOf(["a"])), other: list(text), is: list(text) },
    { says: "two files", one: file, other: file, is: file },
  ])("$says", ({ one, other, is }) => expect(typeOfBoth(one, other)).toEqual(is));
});

test("which numbers are whole for some of what they stand for", () => {
  expect([mixed, double, int, text, bool].map(isMixed)).toEqual([true, false, false, false, false]);
});
