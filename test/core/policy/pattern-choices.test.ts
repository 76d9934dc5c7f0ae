import { describe, expect, test } from "vitest";
import { globProblem } from "../../../core/policy/glob.ts";
import { listEntryProblem } from "../../../core/policy/path-list.ts";
import { choicesIn, firstChoice } from "../../../core/policy/pattern-choices.ts";

const written = (...patterns: string[]) =>
  `Write one pattern for each choice: ${patterns.map((each) => `"${each}"`).join(", ")}`;
const inName = (pattern: string) => `; where the brackets are part of a name, "${pattern}".`;

describe("what cannot be written is answered by patterns that match what was meant", () => {
  test.each([
    { glob: "src/[ab].ts", is: `${written("src/a.ts", "src/b.ts")}${inName("src/?ab?.ts")}` },
    { glob: "[ab]/[cd]", is: `${written("a/c", "a/d", "b/c", "b/d")}${inName("?ab?/?cd?")}` },
    { glob: "app/[id]/x", is: `${written("app/i/x", "app/d/x")}${inName("app/?id?/x")}` },
    { glob: "v[0-9]", is: `Write \`?\` for any one character: "v?"${inName("v?0-9?")}` },
    { glob: "v[!a]", is: `Write \`?\` for any one character: "v?"${inName("v??a?")}` },
    { glob: "v[^a].ts", is: `Write \`?\` for any one character: "v?.ts"${inName("v?^a?.ts")}` },
    { glob: "v[abcdefghi]", is: `Write \`?\` for any one character: "v?"${inName("v?abcdefghi?")}` },
    { glob: "a[", is: 'Write `?` for one character: "a?".' },
    { glob: "a]b", is: 'Write `?` for one character: "a?b".' },
    { glob: "v[0-9]{a", is: 'Write `?` for one character: "v?0-9??a".' },
    { glob: "[ab].{c,d}", is: `${written("a.c", "a.d", "b.c", "b.d")}${inName("?ab?.?c,d?")}` },
    { glob: "src/{a,b}/**", is: `${written("src/a/**", "src/b/**")}.` },
    { glob: "{a,{b,c}}", is: `${written("a", "b", "c")}.` },
    { glob: "{a,{a,c}}", is: `${written("a", "c")}.` },
    { glob: "**/*.{ts,tsx}", is: `${written("**/*.ts", "**/*.tsx")}.` },
    { glob: "a{,b}", is: `${written("a", "ab")}.` },
    { glob: "{src/,}a", is: `${written("src/a", "a")}.` },
    { glob: "{,src}/a", is: 'Write one pattern for each choice; where the braces are part of a name, "?,src?/a".' },
    { glob: "{a,b,c,d,e,f,g,h}", is: `${written("a", "b", "c", "d", "e", "f", "g", "h")}.` },
    { glob: "{a,b,c,d,e,f,g,h,i}", is: 'Write one pattern for each choice, such as "a".' },
    { glob: "{a,b}".repeat(20), is: `Write one pattern for each choice, such as "${"a".repeat(20)}".` },
    { glob: "{1..3}", is: 'Write one pattern for each choice; where the braces are part of a name, "?1..3?".' },
    { glob: "a{b", is: 'Write one pattern for each choice; where the braces are part of a name, "a?b".' },
    {
      glob: "{a[,b[}c]",
      is: 'Write one pattern for each choice; where the braces are part of a name, "?a?,b??c?".',
    },
    { glob: "}a{b,c", is: 'Write one pattern for each choice; where the braces are part of a name, "?a?b,c".' },
  ])("$glob", ({ glob, is }) => {
    expect(globProblem(glob)?.fix).toBe(is);
    const offered = is.match(/"[^"]*"/g) ?? [];
    expect(offered.filter((each) => globProblem(each.slice(1, -1)) !== null)).toEqual([]);
  });

  test.each([
    { entry: "!lib/{a,b}", is: `${written("!lib/a", "!lib/b")}.` },
    { entry: "!lib/[ab]", is: `${written("!lib/a", "!lib/b")}${inName("!lib/?ab?")}` },
    { entry: "!{a,b,c,d,e,f,g,h,i}", is: 'Write one pattern for each choice, such as "!a".' },
    { entry: "!a{b", is: 'Write one pattern for each choice; where the braces are part of a name, "!a?b".' },
    { entry: "!lib/", is: 'Write "!lib/**".' },
    { entry: "!/lib", is: 'Write "!lib".' },
  ])("an exclusion stays one: $entry", ({ entry, is }) => expect(listEntryProblem(entry)?.fix).toBe(is));

  test("no more is written out than somebody would read", () => {
    expect(choicesIn("{a,b}{c,d}{e,f}")).toHaveLength(8);
    expect(choicesIn("{a,b}{c,d}{e,f}{g,h}")).toBeNull();
    expect(choicesIn("a")).toBeNull();
  });

  test.each([
    { pattern: "src/{a,b}/{c,d}", is: "src/a/c" },
    { pattern: "src/{,b}", is: "src/" },
    { pattern: "src/a", is: null },
    { pattern: "src/{a", is: null },
  ])("the first choice of $pattern is $is", ({ pattern, is }) => expect(firstChoice(pattern)).toBe(is));
});
