import { describe, expect, test } from "vitest";
import { compilePattern, matchesPattern, type Part } from "../../../../core/ownership/codeowners/pattern.ts";

const literal = (text: string): Part[] => Array.from(text, (one) => ({ literal: one }));
const many = "many" as const;
const any = "any" as const;

describe("a pattern taken apart", () => {
  test.each([
    { pattern: "a", segments: [null, "a"], reach: "both" },
    { pattern: "/a", segments: ["a"], reach: "both" },
    { pattern: "a/", segments: [null, "a"], reach: "inside" },
    { pattern: "/a/", segments: ["a"], reach: "inside" },
    { pattern: "a/b", segments: ["a", "b"], reach: "both" },
    { pattern: "*", segments: [null, [many]], reach: "self" },
    { pattern: "/*", segments: [[many]], reach: "self" },
    { pattern: "/*/", segments: [[many]], reach: "inside" },
    { pattern: "a/*", segments: ["a", [many]], reach: "self" },
    { pattern: "**", segments: [], reach: "inside" },
    { pattern: "/**", segments: [], reach: "inside" },
    { pattern: "a/**", segments: ["a"], reach: "inside" },
    { pattern: "a/**/", segments: ["a"], reach: "inside" },
    { pattern: "**/a", segments: [null, "a"], reach: "both" },
    { pattern: "a/**/**/b", segments: ["a", null, "b"], reach: "both" },
    {
      pattern: "a*b?c",
      segments: [null, [...literal("a"), many, ...literal("b"), any, ...literal("c")]],
      reach: "both",
    },
    { pattern: "a**", segments: [null, [...literal("a"), many]], reach: "both" },
    { pattern: "a\\*", segments: [null, "a*"], reach: "both" },
    { pattern: "a\\?\\\\", segments: [null, "a?\\"], reach: "both" },
    { pattern: "\\**", segments: [null, [...literal("*"), many]], reach: "both" },
    { pattern: "a\\/b", segments: ["a", "b"], reach: "both" },
    { pattern: "\\/a", segments: ["a"], reach: "both" },
    { pattern: "**\\/a", segments: [null, "a"], reach: "both" },
    { pattern: "a\\\\/b", segments: ["a\\", "b"], reach: "both" },
    { pattern: "a\\", segments: [null, "a"], reach: "both" },
    { pattern: "a//b", segments: ["a", "", "b"], reach: "both" },
  ])("$pattern", ({ pattern, segments, reach }) => expect(compilePattern(pattern)).toEqual({ segments, reach }));
});

describe("a name with stars", () => {
  test.each([
    { pattern: "/ab*", yes: ["ab", "abc"], no: ["a", "ba"] },
    { pattern: "/*ab", yes: ["ab", "cab"], no: ["b", "abc", "xb"] },
    { pattern: "/ab*ba", yes: ["abba", "abxba"], no: ["aba", "abab", "xbba"] },
    { pattern: "/a*b*c", yes: ["abc", "axbxc", "abbc"], no: ["ac", "acb", "abcx", "xabc"] },
    { pattern: "/a*bb*b", yes: ["abbb", "abbxb"], no: ["abb", "abxb"] },
    { pattern: "/a*bc*de*f", yes: ["abcdef", "axbcxdexf"], no: ["adebcf", "abcdf", "abcde"] },
    { pattern: "/a*?", yes: ["ab", "abc"], no: ["a", "b"] },
    { pattern: "/?*b", yes: ["ab", "axb"], no: ["b", "ba"] },
    { pattern: "/*", yes: ["a", "ab"], no: [] },
  ])("$pattern", ({ pattern, yes, no }) => {
    const matches = (name: string) => matchesPattern(compilePattern(pattern), [name]);
    expect(yes.filter((name) => !matches(name))).toEqual([]);
    expect(no.filter(matches)).toEqual([]);
  });
});
