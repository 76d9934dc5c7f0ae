import fc from "fast-check";
import { minimatch } from "minimatch";
import { describe, expect, test } from "vitest";
import { compileGlob, globMatches, globMayMeanShort, globProblem } from "../../../core/policy/glob.ts";
import { newWork } from "../../../core/policy/work.ts";
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

describe("what is told of a pattern, and what is to be written is never refused again", () => {
  test.each([
    { glob: "a]", mark: "", is: 'the pattern has a character class. Write `?` for one character: "a?".' },
    { glob: "[a", mark: "!", is: 'the pattern has a character class. Write `?` for one character: "!?a".' },
    {
      glob: "a[0-9]b",
      mark: "!",
      is: 'the pattern has a character class. Write `?` for any one character: "!a?b"; where the brackets are part of a name, "!a?0-9?b".',
    },
    {
      glob: "[!a]",
      mark: "",
      is: 'the pattern has a character class. Write `?` for any one character: "?"; where the brackets are part of a name, "??a?".',
    },
    {
      glob: "a}",
      mark: "",
      is: 'the pattern has braces. Write one pattern for each choice; where the braces are part of a name, "a?".',
    },
    {
      glob: "{a",
      mark: "!",
      is: 'the pattern has braces. Write one pattern for each choice; where the braces are part of a name, "!?a".',
    },
    {
      glob: "src/{a,b}/c",
      mark: "!",
      is: 'the pattern has braces. Write one pattern for each choice: "!src/a/c", "!src/b/c".',
    },
    {
      glob: "{a//,b}",
      mark: "",
      is: 'the pattern has braces. Write one pattern for each choice; where the braces are part of a name, "?a/,b?".',
    },
    { glob: "{[a],b}", mark: "", is: 'the pattern has braces. Write one pattern for each choice: "a", "b".' },
    {
      glob: "{}",
      mark: "",
      is: 'the pattern has braces. Write one pattern for each choice; where the braces are part of a name, "??".',
    },
    {
      glob: "a[]b",
      mark: "",
      is: 'the pattern has a character class. Write `?` for any one character: "a?b"; where the brackets are part of a name, "a??b".',
    },
    { glob: "[a-]*(b)", mark: "", is: "the pattern has a character class. Write `?` for one character." },
    { glob: "(a)", mark: "", is: null },
    { glob: "a(b)", mark: "", is: null },
    { glob: "?(a)", mark: "", is: "the pattern has an extended glob. Write one pattern for each choice." },
    { glob: "a+(b)", mark: "", is: "the pattern has an extended glob. Write one pattern for each choice." },
    { glob: "a@(b)", mark: "", is: "the pattern has an extended glob. Write one pattern for each choice." },
    { glob: "*(b)", mark: "", is: "the pattern has an extended glob. Write one pattern for each choice." },
    { glob: "a!(b)", mark: "", is: "the pattern has a `!`. A `!` excludes only as the first character of a pattern." },
    { glob: "a!b", mark: "", is: "the pattern has a `!`. A `!` excludes only as the first character of a pattern." },
    { glob: "/", mark: "", is: 'the pattern begins with a slash. Write "**".' },
    { glob: "/", mark: "!", is: 'the pattern begins with a slash. Write "!**".' },
    { glob: "//a", mark: "", is: 'the pattern begins with a slash. Write "a".' },
    { glob: "a//", mark: "!", is: 'the pattern ends with a slash. Write "!a/**".' },
    { glob: "a/**/", mark: "", is: 'the pattern ends with a slash. Write "a/**".' },
    { glob: "**/", mark: "", is: 'the pattern ends with a slash. Write "**".' },
    { glob: "./", mark: "", is: 'the pattern ends with a slash. Write "**".' },
    { glob: ".", mark: "", is: 'the pattern begins with `./`. Write "**".' },
    { glob: "./a", mark: "!", is: 'the pattern begins with `./`. Write "!a".' },
    {
      glob: "a/./b",
      mark: "",
      is: "the pattern has a `.` or `..` segment. Write the path from the root of the repository.",
    },
    {
      glob: "..",
      mark: "",
      is: "the pattern has a `.` or `..` segment. Write the path from the root of the repository.",
    },
    {
      glob: "a/..",
      mark: "",
      is: "the pattern has a `.` or `..` segment. Write the path from the root of the repository.",
    },
    { glob: "a/...", mark: "", is: null },
    {
      glob: "a**",
      mark: "",
      is: 'the pattern has `**` beside other characters. Write `**` between slashes: "src/**/*.ts".',
    },
    {
      glob: "***/a",
      mark: "",
      is: 'the pattern has `**` beside other characters. Write `**` between slashes: "src/**/*.ts".',
    },
    { glob: "a//b//c", mark: "!", is: 'the pattern has two slashes in a row. Write "!a/b/c".' },
    {
      glob: "\u2018a\u2019",
      mark: "",
      is: 'the pattern begins with a typographic quote, which is a letter like any other. Write straight quotes, `"\u2026"`.',
    },
    {
      glob: "\u201ea",
      mark: "",
      is: 'the pattern begins with a typographic quote, which is a letter like any other. Write straight quotes, `"\u2026"`.',
    },
    {
      glob: "\u00aba",
      mark: "",
      is: 'the pattern begins with a typographic quote, which is a letter like any other. Write straight quotes, `"\u2026"`.',
    },
    {
      glob: "\u00bba",
      mark: "",
      is: 'the pattern begins with a typographic quote, which is a letter like any other. Write straight quotes, `"\u2026"`.',
    },
    { glob: "a\u2018", mark: "", is: null },
    { glob: "\u2017a", mark: "", is: null },
    { glob: "\u201fa", mark: "", is: null },
    {
      glob: "a\u001fb",
      mark: "",
      is: "the pattern has a control character, as a backslash makes one in double quotes. Separate folders by `/`; nothing can be escaped.",
    },
    { glob: "\\", mark: "", is: "the pattern has a backslash. Separate folders by `/`; nothing can be escaped." },
    { glob: "/src/", mark: "", is: 'the pattern begins with a slash. Write "src/**".' },
    {
      glob: "src/{a,b}/",
      mark: "!",
      is: 'the pattern has braces. Write one pattern for each choice: "!src/a/**", "!src/b/**".',
    },
    {
      glob: "[ab]/",
      mark: "",
      is: 'the pattern has a character class. Write one pattern for each choice: "a/**", "b/**"; where the brackets are part of a name, "?ab?/**".',
    },
    { glob: "/src/**.ts", mark: "", is: 'the pattern begins with a slash. Write `**` between slashes: "src/**/*.ts".' },
    { glob: "/../a", mark: "", is: "the pattern begins with a slash. Write the path from the root of the repository." },
    { glob: "./a/./", mark: "", is: 'the pattern ends with a slash. Write "a/**".' },
    { glob: "a".repeat(256), mark: "", is: null },
    { glob: "a".repeat(257), mark: "", is: "the pattern is longer than 256 characters. Use a shorter pattern." },
    {
      glob: " a",
      mark: "",
      is: "the pattern has spaces at an end, or characters that cannot be seen. Remove them, or write `?` in their place.",
    },
    { glob: "a b", mark: "", is: null },
  ])("$mark$glob", ({ glob, mark, is }) => {
    const found = globProblem(glob, mark);
    expect(found === null ? null : `${found.what}. ${found.fix}`).toBe(is);
    const written = [...(found?.fix ?? "").matchAll(/"(!?)([^"]+)"/g)].map(([, , pattern = ""]) => pattern);
    expect(written.filter((pattern) => globProblem(pattern) !== null)).toEqual([]);
  });
});

describe("what a comparison costs", () => {
  test.each([
    { says: "three steps where the last parts differ", glob: "src/a.ts", path: "src/b.ts", is: false, steps: 3 },
    { says: "and where there are more parts", glob: "src/*", path: "src/a/b", is: false, steps: 3 },
    { says: "two more for each part", glob: "src/a.ts", path: "src/a.ts", is: true, steps: 7 },
    { says: "up to the first that differs", glob: "lib/a.ts", path: "src/a.ts", is: false, steps: 5 },
    { says: "the last part twice, letter by letter", glob: "src/*.ts", path: "src/a.ts", is: true, steps: 21 },
    { says: "once where it does not fit", glob: "**/*.sql", path: "a/b.ts", is: false, steps: 14 },
    { says: "of any depth each part that is passed", glob: "**", path: "a/b", is: true, steps: 9 },
    { says: "and each way back", glob: "**/b/c", path: "a/b/b/c", is: true, steps: 15 },
    { says: "nothing for what may stand for no part", glob: "a/**/**", path: "a", is: true, steps: 5 },
    { says: "any depth behind the last part", glob: "src/**", path: "src", is: true, steps: 5 },
    { says: "any depth before it", glob: "**/a", path: "x/y/a", is: true, steps: 11 },
    { says: "one for each character", glob: "a?c", path: "abc", is: true, steps: 13 },
    { says: "one for whatever is left", glob: "a*", path: "abc", is: true, steps: 11 },
    { says: "two for each way back within a part", glob: "a*b*c", path: "axbxc", is: true, steps: 25 },
    { says: "the same in vain", glob: "*a", path: "bbb", is: false, steps: 11 },
    { says: "one for a character of two units", glob: "a?", path: "a\u{1f469}", is: true, steps: 11 },
    { says: "and on the way back", glob: "*b", path: "\u{1f469}b", is: true, steps: 15 },
    { says: "up to the first character that differs", glob: "a*", path: "b", is: false, steps: 5 },
    { says: "a star for nothing", glob: "a*", path: "a", is: true, steps: 9 },
  ])("$says: $glob, $path", ({ glob, path, is, steps }) => {
    const work = newWork();
    expect(globMatches(compileGlob(glob), path, work)).toBe(is);
    expect(work.spent).toBe(steps);
    expect(globMatches(compileGlob(glob), path)).toBe(is);
  });

  test.each([
    { says: "a short name sixty steps", glob: "authentication/a", path: "AUTHEN~1/a", is: true, steps: 67 },
    { says: "none where the name fits as it stands", glob: "auth*/a", path: "authen~1/a", is: true, steps: 13 },
    { says: "and again on each way back", glob: "**/x", path: "b~1/x", is: true, steps: 69 },
    { says: "nor where it is no short one", glob: "src/a", path: "src/b", is: false, steps: 3 },
    { says: "a part of any depth nothing", glob: "authentication/**", path: "AUTHEN~1", is: true, steps: 65 },
    { says: "sixty in vain too", glob: "a", path: "a~", is: false, steps: 63 },
  ])("$says: $glob, $path", ({ glob, path, is, steps }) => {
    const work = newWork();
    expect(globMayMeanShort(compileGlob(glob), path.split("/"), work)).toBe(is);
    expect(work.spent).toBe(steps);
  });
});
