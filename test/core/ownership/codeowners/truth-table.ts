/**
 * What a CODEOWNERS file means, row by row. Each group names the sentence that its rows test: of GitHub's "About code
 * owners", of its REST API's "List CODEOWNERS errors", or of gitignore(5), whose rules GitHub says it follows.
 * `undocumented` marks what no page says; such rows hold what we decided, so that it does not change by itself.
 */
export interface PatternRow {
  sentence: string;
  pattern: string;
  path: string;
  matches: boolean;
}

export const patternRows: readonly PatternRow[] = [
  ...group("GitHub: `*` — these owners will be the default owners for everything in the repo.", "*", {
    yes: ["a", "a.js", "src/a.js", "a/b/c/d", ".github/CODEOWNERS", "with blank", "ünïcode/ß"],
    no: [],
  }),
  ...group("GitHub: the last matching pattern takes the most precedence; `*.js` is for JS files.", "*.js", {
    yes: ["a.js", ".js", "src/a.js", "a/b/c.js", "x.min.js", "folder.js/inside"],
    no: ["a.jsx", "a.ts", "js", "a.js.map", "src/js"],
  }),
  ...group("GitHub: the octocats team owns all .txt files.", "*.txt", {
    yes: ["a.txt", "docs/a.txt", "docs/deep/er/a.txt"],
    no: ["a.txt~", "txt", "a.text"],
  }),
  ...group(
    "GitHub: `/build/logs/` is the directory at the root of the repository and any of its subdirectories.",
    "/build/logs/",
    {
      yes: ["build/logs/a", "build/logs/a/b", "build/logs/.keep"],
      no: ["build/logs", "build/log/a", "x/build/logs/a", "build/logs2/a", "build/x/logs/a"],
    },
  ),
  ...group("GitHub: `docs/*` will match files like `docs/getting-started.md` but not further nested files.", "docs/*", {
    yes: ["docs/getting-started.md", "docs/a", "docs/.hidden"],
    no: ["docs/build-app/troubleshooting.md", "docs/a/b/c", "docs", "x/docs/a.md", "documents/a"],
  }),
  ...group("GitHub: `docs/*` goes no deeper, also with a slash in front.", "/docs/*", {
    yes: ["docs/a.md"],
    no: ["docs/a/b.md", "x/docs/a.md"],
  }),
  ...group("GitHub: `docs/*` goes no deeper; at the root that is `/*`.", "/*", {
    yes: ["README.md", ".gitignore"],
    no: ["src/a", "a/b/c"],
  }),
  ...group("GitHub: `apps/` is any file in an apps directory anywhere in your repository.", "apps/", {
    yes: ["apps/a", "apps/a/b", "x/apps/a", "x/y/apps/z/a"],
    no: ["apps", "x/apps", "myapps/a", "apps2/a", "x/apps.js"],
  }),
  ...group(
    "GitHub: `/docs/` is any file in the `/docs` directory in the root and any of its subdirectories.",
    "/docs/",
    {
      yes: ["docs/a.md", "docs/x/a.md"],
      no: ["docs", "x/docs/a.md", "Docs/a.md"],
    },
  ),
  ...group(
    "GitHub: `**/logs` is any file in a `/logs` directory such as `/build/logs`, `/scripts/logs`, and `/deeply/nested/logs`.",
    "**/logs",
    {
      yes: ["logs/a", "build/logs/a", "scripts/logs/a", "deeply/nested/logs/a", "build/logs", "logs", "logs/a/b"],
      no: ["logs.txt", "build/log", "build/mylogs/a", "build/logs2"],
    },
  ),
  ...group("GitHub: `/apps/github` is the subdirectory, with or without owners.", "/apps/github", {
    yes: ["apps/github", "apps/github/a", "apps/github/a/b"],
    no: ["apps/github.js", "apps/githubs/a", "x/apps/github", "apps/x/github", "github"],
  }),
  ...group("GitHub: CODEOWNERS paths are case sensitive.", "/Src/App.TS", {
    yes: ["Src/App.TS"],
    no: ["src/app.ts", "Src/App.ts", "SRC/APP.TS", "src/App.TS"],
  }),
  ...group("GitHub: CODEOWNERS paths are case sensitive, also beside a wildcard.", "*.MD", {
    yes: ["README.MD", "docs/A.MD"],
    no: ["README.md", "a.Md"],
  }),
  ...group(
    "gitignore: a slash at the beginning makes the pattern relative to the file's directory, the root.",
    "/foo",
    {
      yes: ["foo", "foo/a", "foo/a/b"],
      no: ["x/foo", "x/foo/a", "foobar", "foo.txt"],
    },
  ),
  ...group("gitignore: a slash in the middle makes the pattern relative to the root.", "foo/bar", {
    yes: ["foo/bar", "foo/bar/a"],
    no: ["x/foo/bar", "foo/barn", "foo/x/bar", "bar", "foo"],
  }),
  ...group("gitignore: without such a slash the pattern may match at any level below.", "foo", {
    yes: ["foo", "a/foo", "a/b/foo", "foo/a", "a/foo/b"],
    no: ["foo.txt", "a/food", "afoo", "fo"],
  }),
  ...group("gitignore: with a slash at the end the pattern matches only directories.", "foo/", {
    yes: ["foo/a", "a/foo/b", "foo/foo"],
    no: ["foo", "a/foo", "foo.d/a"],
  }),
  ...group("gitignore: with a slash at the end only directories; a middle slash still binds it.", "foo/bar/", {
    yes: ["foo/bar/a", "foo/bar/a/b"],
    no: ["foo/bar", "x/foo/bar/a", "foo/x/bar/a"],
  }),
  ...group('gitignore: "*" matches anything except a slash.', "/a*z", {
    yes: ["az", "abz", "abcz", "az/inside", "a-z"],
    no: ["a/z", "abzc", "x/az", "za"],
  }),
  ...group('gitignore: "*" matches anything except a slash, several in one name.', "*a*b*", {
    yes: ["ab", "xaxbx", "dir/ab", "aab/c"],
    no: ["ba", "a/b", "xyz"],
  }),
  ...group('gitignore: "*" matches anything except a slash; as a folder it is one folder.', "foo/*/baz", {
    yes: ["foo/bar/baz", "foo/bar/baz/a"],
    no: ["foo/baz", "foo/a/b/baz", "x/foo/bar/baz"],
  }),
  ...group('gitignore: "*" matches anything except a slash, also in the last name.', "foo/*.txt", {
    yes: ["foo/a.txt", "foo/.txt"],
    no: ["foo/a/b.txt", "x/foo/a.txt", "foo/a.txt.gz"],
  }),
  ...group('gitignore: "*" matches anything except a slash; `*/` is any directory.', "*/", {
    yes: ["a/b", "a/b/c"],
    no: ["a"],
  }),
  ...group('gitignore: "*" matches anything except a slash; `/*/` is any directory at the root.', "/*/", {
    yes: ["a/b", "a/b/c"],
    no: ["a", ".gitignore"],
  }),
  ...group('gitignore: "?" matches any one character except a slash.', "f?o", {
    yes: ["foo", "fxo", "a/f-o", "f?o/a", "fäo", "f😀o"],
    no: ["fo", "fooo", "f/o", "f😀😀o"],
  }),
  ...group('gitignore: "?" matches any one character except a slash, several of them.', "/??.md", {
    yes: ["ab.md", "ß1.md"],
    no: ["a.md", "abc.md", "a/b.md"],
  }),
  ...group('gitignore: a leading "**" followed by a slash means match in all directories.', "**/foo", {
    yes: ["foo", "a/foo", "a/b/foo", "foo/a", "a/foo/b"],
    no: ["foobar", "a/barfoo"],
  }),
  ...group('gitignore: "**/foo/bar" matches "bar" anywhere that is directly under "foo".', "**/foo/bar", {
    yes: ["foo/bar", "a/foo/bar", "a/b/foo/bar/c"],
    no: ["foo/x/bar", "foo/barn", "bar"],
  }),
  ...group('gitignore: a trailing "/**" matches everything inside.', "abc/**", {
    yes: ["abc/a", "abc/a/b", "abc/.x"],
    no: ["abc", "x/abc/a", "abcd/a"],
  }),
  ...group('gitignore: a slash, "**" and a slash match zero or more directories.', "a/**/b", {
    yes: ["a/b", "a/x/b", "a/x/y/b", "a/b/inside", "a/x/b/inside"],
    no: ["a/bx", "x/a/b", "b", "a"],
  }),
  ...group('gitignore: a slash, "**" and a slash match zero or more directories, twice.', "a/**/b/**/c", {
    yes: ["a/b/c", "a/x/b/y/c", "a/b/b/c", "a/b/c/c/d"],
    no: ["a/c", "a/c/b", "x/a/b/c"],
  }),
  ...group('gitignore: a slash, "**" and a slash match zero or more directories, before a star.', "a/**/*.go", {
    yes: ["a/x.go", "a/b/x.go", "a/b/c/x.go"],
    no: ["x.go", "b/x.go", "a/x.gox"],
  }),
  ...group(
    'gitignore: a slash, "**" and a slash match zero or more directories; `*` alone still stops at its file.',
    "a/**/*",
    {
      yes: ["a/x", "a/b/x", "a/b/c/x"],
      no: ["a", "b/a/x"],
    },
  ),
  ...group('gitignore: "**" alone or at an end is everything.', "**", { yes: ["a", "a/b", "a/b/c"], no: [] }),
  ...group('gitignore: "**" at an end is everything, also from the root.', "/**", { yes: ["a", "a/b"], no: [] }),
  ...group('gitignore: "**/*" is everything in all directories.', "**/*", { yes: ["a", "a/b", "a/b/c"], no: [] }),
  ...group("gitignore: other consecutive asterisks are regular asterisks.", "/a**b", {
    yes: ["ab", "axxb", "axb/c"],
    no: ["a/b", "a/x/b"],
  }),
  ...group("gitignore: other consecutive asterisks are regular asterisks; the slash binds the pattern.", "src/**.ts", {
    yes: ["src/a.ts", "src/.ts"],
    no: ["src/a/b.ts", "x/src/a.ts"],
  }),
  ...group("gitignore: a backslash takes the blank behind it into the pattern.", "with\\ blank/", {
    yes: ["with blank/a", "x/with blank/a"],
    no: ["with/a", "with blank", "withblank/a"],
  }),
  ...group("gitignore: a backslash makes the next character plain: a star.", "a\\*b", {
    yes: ["a*b", "x/a*b"],
    no: ["ab", "axb", "a\\*b"],
  }),
  ...group("gitignore: a backslash makes the next character plain: a question mark.", "a\\?b", {
    yes: ["a?b"],
    no: ["axb", "ab"],
  }),
  ...group("gitignore: a backslash makes the next character plain: a backslash.", "a\\\\b", {
    yes: ["a\\b"],
    no: ["ab", "a\\\\b"],
  }),
  ...group("gitignore: a backslash makes the next character plain: one that is plain anyway.", "\\a\\b", {
    yes: ["ab"],
    no: ["\\a\\b"],
  }),
  ...group("gitignore: a backslash in front of `!` makes it plain.", "\\!important", {
    yes: ["!important", "x/!important"],
    no: ["important"],
  }),
  ...group("undocumented: braces, parentheses and other marks of shells are plain.", "a{b,c}(d)|^$:+.x", {
    yes: ["a{b,c}(d)|^$:+.x"],
    no: ["ab(d)|^$:+.x", "a{b,c}(d)|^$:+yx"],
  }),
  ...group("undocumented: extended globs of shells are plain.", "a+(b|c)", {
    yes: ["a+(b|c)", "x/a+(b|c)/d"],
    no: ["ab", "ac", "abc"],
  }),
  ...group("undocumented: a range of braces is plain.", "/v{1..3}/", { yes: ["v{1..3}/a"], no: ["v1/a", "v2/a"] }),
  ...group("undocumented: `^` and `:` are plain, also in front.", "^a:b", { yes: ["^a:b"], no: ["a:b", "a", "b"] }),
  ...group("undocumented: `!` in the middle is plain.", "wow!", { yes: ["wow!", "a/wow!"], no: ["wow"] }),
  ...group("undocumented: `@` in a pattern is plain.", "@types/", { yes: ["@types/a", "x/@types/a"], no: ["types/a"] }),
  ...group("undocumented: a dot matches itself alone, and a name may begin with one.", ".env", {
    yes: [".env", "a/.env"],
    no: ["xenv", ".env.local"],
  }),
  ...group("undocumented: two slashes in a row name a folder without a name, and there is none.", "a//b", {
    yes: [],
    no: ["a/b", "a/x/b"],
  }),
  ...group('undocumented: "**" and a slash at the end: zero directories too.', "a/**/", {
    yes: ["a/b", "a/b/c"],
    no: ["a", "b/a/c"],
  }),
  ...group("undocumented: a name that ends in a star may be a folder's.", "f*", {
    yes: ["foo", "foo/bar", "x/foo", "x/foo/bar"],
    no: ["xfoo", "bar"],
  }),
  ...group("undocumented: characters are not composed or decomposed.", "caf\u00e9", {
    yes: ["caf\u00e9"],
    no: ["cafe\u0301", "cafe"],
  }),
];

/** Who owns a path by a whole file. `null` owners: no line matches. */
export interface FileRow {
  sentence: string;
  text: string;
  path: string;
  owners: readonly string[] | null;
  line: number | null;
}

const row = (
  sentence: string,
  text: string,
  path: string,
  owners: readonly string[] | null,
  line: number | null,
): FileRow => ({
  ...{ sentence, text, path, owners, line },
});

const order = "GitHub: order is important; the last matching pattern takes the most precedence.";
const sameLine =
  "GitHub: all the code owners must be on the same line; else the pattern matches only the last mentioned.";
const empty = "GitHub: except for the `/apps/github` subdirectory, as its owners are left empty.";
const comment = "GitHub: `*.js @js-owner #This is an inline comment.`";
const skipped = "GitHub: if any line contains invalid syntax, that line will be skipped.";

export const fileRows: readonly FileRow[] = [
  row(order, "* @a\n*.js @b", "x.js", ["@b"], 2),
  row(order, "* @a\n*.js @b", "x.ts", ["@a"], 1),
  row(order, "*.js @b\n* @a", "x.js", ["@a"], 2),
  row(order, "/a/ @x\n/a/b/ @y\n/a/ @z", "a/b/c", ["@z"], 3),
  row(order, "/a/ @x\n\n\n/b @y", "b", ["@y"], 4),
  row(order, "/a @x", "b", null, null),
  row(sameLine, "*.js @a\n*.js @b", "x.js", ["@b"], 2),
  row(sameLine, "*.js @a @b", "x.js", ["@a", "@b"], 1),
  row(sameLine, "*.js\t@a\t \t@b", "x.js", ["@a", "@b"], 1),
  row(empty, "/apps/ @octocat\n/apps/github", "apps/github/a", [], 2),
  row(empty, "/apps/ @octocat\n/apps/github", "apps/x", ["@octocat"], 1),
  row(empty, "/apps/ @octocat\n/apps/github @doctocat", "apps/github/a", ["@doctocat"], 2),
  row(empty, "/apps/ @octocat\n/apps/github # nobody", "apps/github/a", [], 2),
  row(empty, "*\n", "a", [], 1),
  row(comment, "*.js @js-owner #This is an inline comment.", "a.js", ["@js-owner"], 1),
  row(comment, "*.js @js-owner # @other", "a.js", ["@js-owner"], 1),
  row(comment, "*.js # @js-owner", "a.js", [], 1),
  row(comment, "*.js @js-owner\t# behind a tab", "a.js", ["@js-owner"], 1),
  row("GitHub: `# This is a comment.`", "# * @a", "a", null, null),
  row("GitHub: `# This is a comment.` It may be indented.", "  # * @a", "a", null, null),
  row("GitHub: a pattern is followed by one or more usernames, `@username`.", "* @Octo-Cat1", "a", ["@Octo-Cat1"], 1),
  row(
    "GitHub: or team names in the `@org/team-name` format.",
    "* @octo-org/octo_cats-1",
    "a",
    ["@octo-org/octo_cats-1"],
    1,
  ),
  row(
    "GitHub: you can also use email addresses if you prefer.",
    "*.go docs@example.com",
    "a.go",
    ["docs@example.com"],
    1,
  ),
  row(
    "GitHub: email addresses; of any domain.",
    "* a.b+c@mail.example.technology",
    "a",
    ["a.b+c@mail.example.technology"],
    1,
  ),
  row("GitHub: any of these kinds together.", "* @a @o/t e@x.org", "a", ["@a", "@o/t", "e@x.org"], 1),
  row(`${skipped} \`\\#\` does not work.`, "* @a\n\\#x @b", "#x", ["@a"], 1),
  row(`${skipped} \`!\` does not work.`, "* @a\n!x @b", "x", ["@a"], 1),
  row(`${skipped} \`!\` does not work.`, "* @a\n!x @b", "!x", ["@a"], 1),
  row(`${skipped} \`[ ]\` does not work.`, "* @a\n[xy] @b", "x", ["@a"], 1),
  row(`${skipped} \`[ ]\` does not work.`, "* @a\n[xy] @b", "[xy]", ["@a"], 1),
  row(`${skipped} \`[ ]\` does not work.`, "* @a\n/app/[id]/ @b", "app/[id]/page", ["@a"], 1),
  row(`${skipped} \`[ ]\` does not work, escaped neither.`, "* @a\n\\[x\\] @b", "[x]", ["@a"], 1),
  row(`${skipped} \`***\` is an invalid pattern.`, "* @a\n***/*.rb @b", "x/y.rb", ["@a"], 1),
  row(`${skipped} An owner is invalid.`, "* @a\n*.txt docs@", "a.txt", ["@a"], 1),
  row(`${skipped} An owner is invalid.`, "* @a\n*.txt user", "a.txt", ["@a"], 1),
  row(`${skipped} An owner is invalid.`, "* @a\n*.txt @b @o/t/x", "a.txt", ["@a"], 1),
  row(`${skipped} An owner is invalid.`, "* @a\n*.txt @", "a.txt", ["@a"], 1),
  row(`${skipped} An owner is invalid.`, "* @a\n*.txt @dependabot[bot]", "a.txt", ["@a"], 1),
  row(`${skipped} The lines around it count.`, "[x] @z\n* @a\n[y] @b\n/q @c", "q", ["@c"], 4),
  row(`${skipped} \`***\` is an invalid pattern, in the middle too.`, "* @a\n/a***b @b", "axb", ["@a"], 1),
  row(`${skipped} \`[ ]\` does not work, empty neither.`, "* @a\nx[] @b", "x[]", ["@a"], 1),
  row("REST: the pattern `/` will never match anything.", "* @a\n/ @b", "x", ["@a"], 1),
  row("undocumented: a byte order mark is no part of the first pattern.", "\uFEFF/a @a", "a", ["@a"], 1),
  row("undocumented: line ends of Windows.", "* @a\r\n/b @b\r\n", "b", ["@b"], 2),
  row("undocumented: line ends of Windows on a line without owners.", "* @a\r\n/b\r\n", "b", [], 2),
  row("undocumented: blanks around a line.", "  /a   @a  ", "a", ["@a"], 1),
  row("undocumented: an escaped blank ends no pattern.", "a\\ b @x", "a b", ["@x"], 1),
  row(
    "undocumented: a `#` inside a word is not read alike everywhere, so it is refused.",
    "* @a\nc#/x @b",
    "c",
    ["@a"],
    1,
  ),
  row(
    "undocumented: a `#` inside a word is not read alike everywhere, so it is refused.",
    "* @a\nc#/x @b",
    "c#/x",
    ["@a"],
    1,
  ),
  row("undocumented: a `#` glued to an owner, likewise.", "* @a\n/c @b#x", "c", ["@a"], 1),
  row("undocumented: a blank that is not the plain one is refused.", "* @a\n/c\u00a0@b", "c", ["@a"], 1),
];

function group(
  sentence: string,
  pattern: string,
  { yes, no }: { yes: readonly string[]; no: readonly string[] },
): PatternRow[] {
  return [
    ...yes.map((path) => ({ sentence, pattern, path, matches: true })),
    ...no.map((path) => ({ sentence, pattern, path, matches: false })),
  ];
}
