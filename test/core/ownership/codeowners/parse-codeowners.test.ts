import { describe, expect, test } from "vitest";
import {
  codeownersLimitBytes,
  couldDecide,
  matchOwners,
  parseCodeowners,
  problemsThatCouldDecide,
} from "../../../../core/ownership/index.ts";
import { compilePattern } from "../../../../core/ownership/codeowners/pattern.ts";

describe("a mistake is told in the shape of GitHub's list of errors", () => {
  test("the example of GitHub's documentation", () => {
    const text = "* @a\n\n***/*.rb @monalisa\n";
    expect(parseCodeowners(text).problems).toEqual([
      {
        line: 3,
        column: 1,
        kind: "Invalid pattern",
        source: "***/*.rb @monalisa",
        suggestion: "Did you mean `**/*.rb`?",
        message: "Invalid pattern on line 3: Did you mean `**/*.rb`?\n\n  ***/*.rb @monalisa\n  ^",
        couldMean: expect.any(Array) as unknown,
      },
    ]);
  });

  const pattern = "Invalid pattern";
  const owner = "Invalid owner";
  test.each([
    { text: "*.txt docs@", column: 7, kind: owner, suggestion: "written `@user`" },
    { text: "* user", column: 3, kind: owner, suggestion: "Did you mean `@user`?" },
    { text: "* @a org/team", column: 6, kind: owner, suggestion: "Did you mean `@org/team`?" },
    { text: "* @a @", column: 6, kind: owner, suggestion: "written `@user`" },
    { text: "* @a/b/c", column: 3, kind: owner, suggestion: "written `@user`" },
    { text: "* @a,@b", column: 3, kind: owner, suggestion: "written `@user`" },
    { text: "* @ünï", column: 3, kind: owner, suggestion: "written `@user`" },
    { text: "* a@b", column: 3, kind: owner, suggestion: "written `@user`" },
    { text: "* a@b..org", column: 3, kind: owner, suggestion: "written `@user`" },
    { text: "* a@b@c.org", column: 3, kind: owner, suggestion: "written `@user`" },
    { text: "my file.txt @a", column: 4, kind: owner, suggestion: "A blank in a pattern is written" },
    { text: "/", column: 1, kind: pattern, suggestion: "did you mean `*`" },
    { text: "  / @a", column: 3, kind: pattern, suggestion: "did you mean `*`" },
    { text: "!a @b", column: 1, kind: pattern, suggestion: "`!` does not negate" },
    { text: "a[b] @c", column: 2, kind: pattern, suggestion: "`[ ]` does not work" },
    { text: "a] @c", column: 2, kind: pattern, suggestion: "`[ ]` does not work" },
    { text: "a\\[b @c", column: 2, kind: pattern, suggestion: "`[ ]` does not work" },
    { text: "[Docs] @c", column: 1, kind: pattern, suggestion: "`[ ]` does not work" },
    { text: "^[Docs][2] @c", column: 2, kind: pattern, suggestion: "`[ ]` does not work" },
    { text: "\\#a @c", column: 1, kind: pattern, suggestion: "cannot be escaped" },
    { text: "a#b @c", column: 2, kind: pattern, suggestion: "Put a blank before a comment" },
    { text: "a/***/b @c", column: 3, kind: pattern, suggestion: "Did you mean `a/**/b`?" },
    { text: "a**** @c", column: 2, kind: pattern, suggestion: "Did you mean `a**`?" },
    { text: "a\\", column: 2, kind: pattern, suggestion: "A backslash at the end" },
    { text: "a\u0000b @c", column: 2, kind: pattern, suggestion: "cannot be seen" },
    { text: "a\u00a0@c", column: 2, kind: pattern, suggestion: "cannot be seen" },
    { text: "a\rb @c", column: 2, kind: pattern, suggestion: "cannot be seen" },
  ])("$text at column $column", ({ text, column, kind, suggestion }) => {
    const { lines, problems } = parseCodeowners(text);
    expect(lines).toEqual([]);
    expect(problems).toMatchObject([{ line: 1, column, kind, source: text }]);
    expect(problems[0]?.suggestion).toContain(suggestion);
    expect(problems[0]?.message.split("\n").at(-1)).toBe(`  ${" ".repeat(column - 1)}^`);
  });
});

describe("the size that GitHub loads", () => {
  const ofBytes = (bytes: number, filler = "#") => "* @a\n".padEnd(bytes, filler);
  test.each([
    { says: "a byte less than 3 MB", text: ofBytes(codeownersLimitBytes - 1), loaded: true },
    { says: "3 MB", text: ofBytes(codeownersLimitBytes), loaded: false },
    { says: "3 MB to the byte", text: `* @a\n#${"ß".repeat((codeownersLimitBytes - 6) / 2)}`, loaded: false },
    { says: "3 MB in fewer characters", text: ofBytes(codeownersLimitBytes - 5, "ß"), loaded: false },
  ])("$says: loaded $loaded", ({ text, loaded }) => {
    const file = parseCodeowners(text);
    expect(file.loaded).toBe(loaded);
    expect(matchOwners(file, "a").matched).toBe(loaded);
    expect(problemsThatCouldDecide(file, "a").map(({ kind }) => kind)).toEqual(loaded ? [] : ["File too large"]);
  });
});

describe("what a skipped line could have been meant for", () => {
  test.each([
    { line: "*.txt docs@", yes: ["a.txt", "x/a.txt"], no: ["a.md"] },
    { line: "/src/ ann", yes: ["src/a"], no: ["a", "x/src/a"] },
    { line: "/app/[id]/page.tsx @a", yes: ["app/[id]/page.tsx", "app/1/page.tsx"], no: ["app/1/x", "lib/1/page.tsx"] },
    { line: "/a[/]b @a", yes: ["a/b", "anything"], no: [] },
    { line: "[Section] @a", yes: ["anything", "any/thing"], no: [] },
    { line: "!/src/x @a", yes: ["src/x", "src/x/y"], no: ["src/y"] },
    { line: "\\#x @a", yes: ["#x", "d/#x"], no: ["x"] },
    { line: "/a#b @a", yes: ["a", "a#b", "a/x"], no: ["b", "ab"] },
    { line: "***/x.rb @a", yes: ["x.rb", "a/b/x.rb"], no: ["x.py"] },
    { line: "/docs/*** @a", yes: ["docs/a", "docs/a/b"], no: ["src/a"] },
    { line: "/a\\", yes: ["a", "a\\", "a/b"], no: ["ab"] },
    { line: "/src\u00a0@a", yes: ["src", "src/a"], no: ["lib"] },
    { line: `/${"#".repeat(9)} @a`, yes: ["anything"], no: [] },
    { line: "/ @a", yes: [], no: ["a", "a/b"] },
    { line: "my file.txt @a", yes: ["my", "my file.txt", "x/my file.txt"], no: ["my file.txt @a", "my file", "my f"] },
    { line: "my file.txt", yes: ["my", "my file.txt"], no: ["file.txt"] },
    { line: "  my\tfile.txt @a", yes: ["my\tfile.txt"], no: ["my file.txt", "myfile.txt"] },
    { line: "  my  own file.txt @a", yes: ["my", "my  own", "my  own file.txt"], no: ["my own", "own file.txt"] },
    { line: "my f*e.txt @a", yes: ["my file.txt"], no: ["my f*.txt"] },
    { line: "my\\ own file.txt @a", yes: ["my own", "my own file.txt"], no: ["own file.txt"] },
    { line: "my [a].txt @a", yes: ["my b.txt", "my a.txt"], no: ["myb.txt"] },
    { line: "a @b c!", yes: ["a"], no: ["a @b", "a @b c!"] },
    { line: "my file.txt @b c!", yes: ["my file.txt"], no: ["my file.txt @b", "my file.txt @b c!"] },
    { line: '"my file.txt" @a', yes: ["my", "my file.txt"], no: ["file.txt"] },
    {
      line: "a! 1! 2! 3! 4! 5! 6! 7! 8! 9!",
      yes: ["a! 1! 2! 3! 4! 5! 6! 7! 8!"],
      no: ["a! 1! 2! 3! 4! 5! 6! 7! 8! 9!"],
    },
  ])("$line", ({ line, yes, no }) => {
    const [problem] = parseCodeowners(line).problems;
    if (problem === undefined) throw new Error("the line is valid");
    expect(yes.filter((path) => !couldDecide(problem, path))).toEqual([]);
    expect(no.filter((path) => couldDecide(problem, path))).toEqual([]);
  });

  test.each([
    { says: "above the line that decides, it cannot", text: "a[ @x\n* @a", lines: [] },
    { says: "below it, it can", text: "* @a\n/a ann", lines: [2] },
    { says: "below it for another file, it cannot", text: "* @a\n/b ann", lines: [] },
    { says: "where a byte of it is not UTF-8, it can be about any file", text: "* @a\n/caf\ufffd/ @x", lines: [2] },
    { says: "where no line matches, it can", text: "/a ann\n/b @b", lines: [1] },
    { says: "all that can are told", text: "/a x\n/a y\n/q @z", lines: [1, 2] },
    { says: "below a line that takes the owners away, it can", text: "/a\n/a ann", lines: [2] },
  ])("$says", ({ text, lines }) => {
    expect(problemsThatCouldDecide(parseCodeowners(text), "a").map(({ line }) => line)).toEqual(lines);
  });
});

test("owners have their kind and their name without the at sign", () => {
  expect(parseCodeowners("* @Ann @acme/Core_team e.f@x-y.org").lines[0]?.owners).toEqual([
    { kind: "user", name: "Ann" },
    { kind: "team", name: "acme/Core_team" },
    { kind: "email", name: "e.f@x-y.org" },
  ]);
});

describe("a pattern in quotes is read, and hardly as it was meant", () => {
  test("it is told in the same shape", () => {
    const { lines, problems, doubtful } = parseCodeowners('* @a\n "/src x" @b\n"/src/" @b');
    expect([lines.map(({ line }) => line), problems.map(({ line }) => line)]).toEqual([[1, 3], [2]]);
    expect(doubtful).toEqual([
      {
        line: 3,
        column: 1,
        kind: "Invalid pattern",
        source: '"/src/" @b',
        suggestion: "Quotes are part of the pattern here. Leave them out.",
        message: 'Invalid pattern on line 3: Quotes are part of the pattern here. Leave them out.\n\n  "/src/" @b\n  ^',
        couldMean: [compilePattern("/src/")],
      },
    ]);
  });

  test.each([
    { line: "/a @b", means: [] },
    { line: '"" @b', means: [] },
    { line: "'/a' @b", means: ["/a"] },
    { line: "`/a` @b", means: ["/a"] },
    { line: '"/a @b', means: ["/a"] },
    { line: '/a" @b', means: ["/a"] },
    { line: '"/a!" @b', means: ["/a!"] },
    { line: '"!/a" @b', means: ["!/a", "/a"] },
  ])("what $line could mean", ({ line, means }) =>
    expect(parseCodeowners(line).doubtful.flatMap(({ couldMean }) => couldMean)).toEqual(means.map(compilePattern)),
  );
});
