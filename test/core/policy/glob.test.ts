import fc from "fast-check";
import { minimatch } from "minimatch";
import { describe, expect, test } from "vitest";
import { compileGlob, globMatches, globProblem } from "../../../core/policy/glob.ts";
import { cpuTime } from "../../cpu-time.ts";

describe("what a pattern matches", () => {
  test.each([
    { glob: "go.mod", yes: ["go.mod"], no: ["a/go.mod", "go.mod/x", "go.modx"] },
    { glob: "*.tf", yes: ["a.tf", ".tf"], no: ["a/b.tf", "a.tfx"] },
    { glob: "**/*.tf", yes: ["a.tf", "a/b.tf", "a/b/c.tf", ".hidden/x.tf"], no: ["a.tf/x"] },
    { glob: "src/auth/**", yes: ["src/auth/a", "src/auth/b/c.ts", "src/auth"], no: ["src/authz/a", "x/src/auth/a"] },
    { glob: "src/*/index.ts", yes: ["src/a/index.ts"], no: ["src/index.ts", "src/a/b/index.ts"] },
    { glob: "**", yes: ["a", "a/b", ".github/x"], no: [] },
    { glob: "*", yes: ["a", ".env"], no: ["a/b"] },
    { glob: "**/auth/**", yes: ["auth", "auth/a", "x/auth", "x/y/auth/z/w"], no: ["x/authz/a"] },
    { glob: "a/**/b/**/c", yes: ["a/b/c", "a/x/b/y/z/c", "a/b/b/c/c"], no: ["a/c", "a/b", "a/x/c/b"] },
    { glob: "a?c", yes: ["abc", "a*c", "aéc", "a👩c"], no: ["ac", "abbc", "a/c"] },
    { glob: "a*b*c", yes: ["abc", "axxbyyc", "abbbc"], no: ["ab", "acb"] },
    { glob: "app/(auth)/page.tsx", yes: ["app/(auth)/page.tsx"], no: ["app/auth/page.tsx"] },
    { glob: "app/?id?/page.tsx", yes: ["app/[id]/page.tsx"], no: ["app/id/page.tsx"] },
  ])("$glob", ({ glob, yes, no }) => {
    expect(globProblem(glob)).toBeNull();
    expect(yes.filter((path) => !globMatches(compileGlob(glob), path))).toEqual([]);
    expect(no.filter((path) => globMatches(compileGlob(glob), path))).toEqual([]);
  });

  test("it agrees with minimatch on every pattern that is allowed, but for a folder itself behind `/**`", () => {
    const segment = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "."), minLength: 1, maxLength: 4 });
    const pattern = fc
      .array(fc.oneof(segment, fc.constant("**")), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join("/"));
    const name = fc.string({ unit: fc.constantFrom("a", "b", "."), minLength: 1, maxLength: 4 });
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(pattern, path, (glob, text) => {
        fc.pre(globProblem(glob) === null && !text.split("/").some((part) => part === "." || part === ".."));
        const theirs = minimatch(text, glob, {
          dot: true,
          nobrace: true,
          noext: true,
          nocomment: true,
          nonegate: true,
        });
        expect(globMatches(compileGlob(glob), text)).toBe(theirs || folderBehindStars(glob, text));
      }),
      { numRuns: 1_000 },
    );
  });

  // Any number of `/**` at the end holds for the folder itself.
  function folderBehindStars(glob: string, text: string): boolean {
    let shorter = glob;
    while (shorter.endsWith("/**")) {
      shorter = shorter.slice(0, -"/**".length);
      if (minimatch(text, shorter, { dot: true, noext: true })) return true;
    }
    return false;
  }
});

describe("fault 53: a hostile or mistaken pattern is refused with what to write, or is quick", () => {
  test.each([
    {
      says: "nested extended globs",
      glob: "*(*(*(a|b)))",
      is: "the pattern has an extended glob. Write one pattern for each choice.",
    },
    {
      says: "a negated group",
      glob: "a/!(b)/c",
      is: "the pattern has a `!`. A `!` excludes only as the first character of a pattern.",
    },
    {
      says: "2^20 by braces",
      glob: "{a,b}".repeat(20),
      is: 'the pattern has braces. Write one pattern for each choice, such as "aaaaaaaaaaaaaaaaaaaa".',
    },
    {
      says: "70 kB",
      glob: "a".repeat(70_000),
      is: "the pattern is longer than 256 characters. Use a shorter pattern.",
    },
    { says: "nothing", glob: "", is: 'the pattern is empty. Write a path or a pattern such as "src/**".' },
    {
      says: "only an exclusion mark",
      glob: "!",
      is: "the pattern has a `!`. A `!` excludes only as the first character of a pattern.",
    },
    {
      says: "a class",
      glob: "src/[id]/a.ts",
      is: 'the pattern has a character class. Write one pattern for each choice: "src/i/a.ts", "src/d/a.ts"; where the brackets are part of a name, "src/?id?/a.ts".',
    },
    {
      says: "a backslash",
      glob: "src\\auth",
      is: "the pattern has a backslash. Separate folders by `/`; nothing can be escaped.",
    },
    { says: "a slash in front", glob: "/src/**", is: 'the pattern begins with a slash. Write "src/**".' },
    { says: "only slashes", glob: "//", is: 'the pattern begins with a slash. Write "**".' },
    { says: "a folder", glob: "src/auth/", is: 'the pattern ends with a slash. Write "src/auth/**".' },
    { says: "two slashes", glob: "src//a", is: 'the pattern has two slashes in a row. Write "src/a".' },
    { says: "a dot in front", glob: "./src/a", is: 'the pattern begins with `./`. Write "src/a".' },
    {
      says: "a way up",
      glob: "src/../a",
      is: "the pattern has a `.` or `..` segment. Write the path from the root of the repository.",
    },
    {
      says: "two stars beside a name",
      glob: "src/**.ts",
      is: 'the pattern has `**` beside other characters. Write `**` between slashes: "src/**/*.ts".',
    },
    {
      says: "three stars",
      glob: "src/***",
      is: 'the pattern has `**` beside other characters. Write `**` between slashes: "src/**/*.ts".',
    },
    {
      says: "a space at the end",
      glob: "src/a ",
      is: "the pattern has spaces at an end, or characters that cannot be seen. Remove them, or write `?` in their place.",
    },
    {
      says: "an invisible character",
      glob: "src/au\u200dth/**",
      is: "the pattern has spaces at an end, or characters that cannot be seen. Remove them, or write `?` in their place.",
    },
  ])("$says", ({ glob, is }) => {
    const problem = globProblem(glob);
    expect(`${problem?.what}. ${problem?.fix}`).toBe(is);
  });

  test.each([
    { says: "13 any-depth segments", glob: `${"**/a/".repeat(13)}b`, path: `${"a/".repeat(60)}c` },
    { says: "64 any-depth segments", glob: `${"**/".repeat(64)}b`, path: `${"a/".repeat(1_000)}c` },
    { says: "stars in one segment", glob: `${"*a".repeat(120)}b`, path: "a".repeat(4_000) },
    { says: "both", glob: `${"**/*a*a*/".repeat(20)}b`, path: `${"aaaa/".repeat(800)}c` },
  ])("$says take less than 10 ms", ({ glob, path }) => {
    expect(globProblem(glob)).toBeNull();
    const compiled = compileGlob(glob);
    const fastest = Math.min(
      ...Array.from({ length: 5 }, () => {
        const spent = cpuTime();
        expect(globMatches(compiled, path)).toBe(false);
        return spent();
      }),
    );
    expect(fastest).toBeLessThan(10);
  });
});
