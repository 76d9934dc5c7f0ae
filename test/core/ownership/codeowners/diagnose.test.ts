import { describe, expect, test } from "vitest";
import {
  codeownersLimitBytes,
  diagnoseCodeowners,
  diagnoseNotAFile,
  parseCodeowners,
  type CodeownersSurroundings,
} from "../../../../core/ownership/index.ts";

const alone: CodeownersSurroundings = { path: null, present: [], tracked: null };
const diagnose = (text: string, around: Partial<CodeownersSurroundings> = {}) =>
  diagnoseCodeowners(parseCodeowners(text), { ...alone, ...around });
const told = (text: string, around?: Partial<CodeownersSurroundings>) =>
  diagnose(text, around).map(({ level, kind, line }) => `${level} ${kind} ${line ?? "file"}`);

describe("lines that decide nothing", () => {
  test.each([
    { says: "`*` below everything", text: "/a @x\n*.js @y\n* @z", is: [1, 2] },
    { says: "`*` above everything", text: "* @z\n/a @x\n*.js @y", is: [] },
    { says: "the folder around", text: "/src/auth/ @x\n/src/ @y", is: [1] },
    { says: "the folder around, without a slash", text: "/src/auth/ @x\n/src @y", is: [1] },
    { says: "a folder, and what may be a file too", text: "/src @x\n/src/ @y", is: [] },
    { says: "a name anywhere, and at the root", text: "/logs @x\nlogs @y", is: [1] },
    { says: "a name at the root, and anywhere", text: "logs @x\n/logs @y", is: [] },
    { says: "a longer ending", text: "*.test.js @x\n*.js @y", is: [1] },
    { says: "a shorter ending", text: "*.js @x\n*.test.js @y", is: [] },
    { says: "one character and any", text: "/a?c @x\n/a*c @y", is: [1] },
    { says: "any and one character", text: "/a*c @x\n/a?c @y", is: [] },
    { says: "files of a folder, and all of it", text: "docs/* @x\n/docs/ @y", is: [1] },
    { says: "all of a folder, and its files", text: "/docs/ @x\ndocs/* @y", is: [] },
    { says: "names that another pattern has in the middle", text: "/a/b/c @x\n/a/**/c @y", is: [1] },
    { says: "another written form of it", text: "apps/ @x\n**/apps/** @y", is: [1] },
    { says: "files of a folder, twice", text: "docs/* @x\n/docs/* @y", is: [1] },
    { says: "characters, of which one is a letter", text: "/a?c @x\n/a?? @y", is: [1] },
    { says: "two that overlap", text: "/a*/b @x\n/*a/b @y", is: [] },
    { says: "one below that takes the owners away", text: "/src/x @x\n/src/", is: [1] },
  ])("$says", ({ text, is }) => {
    const shadowed = diagnose(text).filter(({ kind }) => kind === "shadowed");
    expect(shadowed.map(({ line }) => line)).toEqual(is);
  });

  test("the line that overrides is named", () =>
    expect(diagnose("/a @x\n/b @y\n* @z")[0]).toEqual({
      ...{ level: "warning", kind: "shadowed", line: 1, column: 1 },
      says: "Line 3 (*) matches everything that /a matches, and the last match counts.",
      fix: "Move this line below line 3, or delete it.",
    }));

  test("one pattern twice is told as that, and once", () => {
    expect(told("*.js @a\n*.ts @b\n*.js @c")).toEqual(["warning duplicate-pattern 1"]);
    expect(diagnose("*.js @a\n*.js @c")[0]?.fix).toBe("Put all its owners in line 2.");
  });

  test("of 20,000 lines each is compared", () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `/p${index % 19_999}/x${index} @a`).join("\n");
    expect(told(`${text}\n/p7/ @b`)).toEqual(["warning shadowed 8"]);
  });

  test("of a file that takes too much work it is said, once", () => {
    const text = `${`/*${"a?".repeat(40)}c* @a\n`.repeat(1_200)}/c${"a".repeat(200)} @b`;
    const path = `c${"a".repeat(200)}`;
    const found = told(text, { tracked: [path, `${path}/x`] });
    expect(found.filter((one) => !one.startsWith("warning duplicate-pattern"))).toEqual(["warning not-compared file"]);
  });
});

test.each([
  { owners: "docs@example.com", says: "docs@example.com is an e-mail address, and GitHub tells nobody whose it is" },
  { owners: "@ann a@x.org b@x.org", says: "a@x.org, b@x.org are e-mail addresses" },
  { owners: "a@x.org b@x.org c@x.org d@x.org e@x.org f@x.org", says: "e@x.org and more are e-mail addresses" },
])("owners by e-mail are told: $owners", ({ owners, says }) => {
  const [found, ...others] = diagnose(`* ${owners}`);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ level: "warning", kind: "email-owner", line: 1, column: 1 });
  expect(found?.says).toContain(says);
  expect(found?.fix).toBe("Write the account or the team instead: `@login` or `@org/team`.");
});

test.each(["@ann", "@acme/docs", "1234+ann@users.noreply.github.com"])("nothing is told of %s", (owner) =>
  expect(told(`* ${owner}`)).toEqual([]),
);

describe("lines that match nothing", () => {
  const tracked = ["src/a.ts", "docs/x/y.md"];
  test.each([
    { pattern: "/src/", found: true },
    { pattern: "*.ts", found: true },
    { pattern: "y.md", found: true },
    { pattern: "docs/*", found: false },
    { pattern: "/SRC/", found: false },
    { pattern: "/a.ts", found: false },
    { pattern: "x/", found: true },
  ])("$pattern: found $found", ({ pattern, found }) =>
    expect(told(`${pattern} @a`, { tracked })).toEqual(found ? [] : ["warning matches-nothing 1"]),
  );

  test("nothing is said where the files are not known", () => expect(told("/none @a")).toEqual([]));
});

describe("the file as a whole", () => {
  const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
  const [github = "", root = "", docs = ""] = places;
  test.each([
    { says: "the only one", path: root, present: [root], unread: [] },
    { says: "the first of three", path: github, present: places, unread: [root, docs] },
    { says: "the second of three", path: root, present: places, unread: [root] },
    { says: "the last of two", path: docs, present: [root, docs], unread: [docs] },
    { says: "one from elsewhere", path: null, present: places, unread: [] },
    { says: "one in no place that GitHub reads", path: "OWNERS", present: [root], unread: [] },
  ])("$says", ({ path, present, unread }) => {
    const found = diagnose("* @a", { path, present }).filter(({ kind }) => kind === "other-place");
    expect(found.map(({ fix }) => fix?.split("delete ")[1])).toEqual(unread.map((place) => `${place}.`));
  });

  test.each([
    { says: "an empty file", text: "", is: ["warning no-lines file"] },
    { says: "comments alone", text: "# a\n\n# b", is: ["warning no-lines file"] },
    { says: "a mistake alone", text: "a[b] @x", is: ["error invalid-pattern 1"] },
    { says: "a wrong owner", text: "* x", is: ["error invalid-owner 1"] },
    { says: "a line without owners", text: "* @a\n/x", is: ["warning no-owners 2"] },
    { says: "3 MB", text: "* @a\n".padEnd(codeownersLimitBytes, "#"), is: ["error too-large file"] },
    {
      says: "in the order of lines",
      text: "/x\n* b\n/x",
      is: ["warning duplicate-pattern 1", "warning no-owners 1", "error invalid-owner 2", "warning no-owners 3"],
    },
  ])("$says", ({ text, is }) => expect(told(text)).toEqual(is));
});

test("a line without owners means one thing to GitHub and another to the gate", () =>
  expect(diagnose("* @a\ndocs/")).toEqual([
    {
      ...{ level: "warning", kind: "no-owners", line: 2, column: 1 },
      says: "docs/ has no owner here: GitHub asks nobody for an approval of what it matches, but an area on it waits unless the policy names who may approve it.",
      fix: "If both are meant, leave it; else name the owners behind the pattern, or the area's `owners` in the policy.",
    },
  ]));

test("hostile text of a line is inert", () => {
  const [problem] = diagnose("a\u001b[31m\u202e @x");
  expect(`${problem?.says}${problem?.fix}`).not.toMatch(/[\u001b\u202e]/);
});

describe("each thing to know, in whole sentences", () => {
  const whole = { line: null, column: null };
  const long = "x".repeat(400);
  test.each<{ says: string; text: string; around?: Partial<CodeownersSurroundings>; is: unknown }>([
    {
      says: "a pattern that is skipped",
      text: " a[b] @x ",
      is: {
        ...{ level: "error", kind: "invalid-pattern", line: 1, column: 3 },
        says: "Invalid pattern, so GitHub skips the line: a[b] @x",
        fix: "`[ ]` does not work here. Write `?` for one character, or a line for each.",
      },
    },
    {
      says: "an owner that is skipped, in a long line",
      text: `* @a ${long}`,
      is: {
        ...{ level: "error", kind: "invalid-owner", line: 1, column: 6 },
        says: `Invalid owner, so GitHub skips the line: * @a ${"x".repeat(114)}…`,
        fix: `Did you mean \`@${"x".repeat(284)}…`,
      },
    },
    {
      says: "a file that is too large",
      text: "".padEnd(codeownersLimitBytes, "#"),
      is: {
        ...{ level: "error", kind: "too-large", ...whole },
        says: "The file has 3 MB or more, so GitHub does not load it and nothing has an owner.",
        fix: "Use wildcard patterns, so that several lines become one.",
      },
    },
    {
      says: "a file in another place",
      text: "* @a",
      around: { path: "CODEOWNERS", present: ["CODEOWNERS", "docs/CODEOWNERS"] },
      is: {
        ...{ level: "warning", kind: "other-place", ...whole },
        says: "GitHub does not read docs/CODEOWNERS: it finds CODEOWNERS first.",
        fix: "Keep all lines in CODEOWNERS, and delete docs/CODEOWNERS.",
      },
    },
    {
      says: "a file without lines",
      text: "# none",
      is: {
        ...{ level: "warning", kind: "no-lines", ...whole },
        says: "No line names an owner, so nothing has one.",
        fix: "Write a line such as `* @org/team`.",
      },
    },
    {
      says: "a pattern twice",
      text: `/a @x\n/b @y\n/a @z`,
      is: {
        ...{ level: "warning", kind: "duplicate-pattern", line: 1, column: 1 },
        says: "The pattern /a stands in line 3 again, and only the last one counts.",
        fix: "Put all its owners in line 3.",
      },
    },
    {
      says: "a long pattern without files",
      text: `/${long} @x`,
      around: { tracked: ["a"] },
      is: {
        ...{ level: "warning", kind: "matches-nothing", line: 1, column: 1 },
        says: `/${"x".repeat(118)}… matches no file of the repository.`,
        fix: "Mend the pattern, which minds the case of letters, or delete the line.",
      },
    },
    {
      says: "one address",
      text: "* a@x.org",
      is: {
        ...{ level: "warning", kind: "email-owner", line: 1, column: 1 },
        says: "a@x.org is an e-mail address, and GitHub tells nobody whose it is: the gate cannot count its owner's approval.",
        fix: "Write the account or the team instead: `@login` or `@org/team`.",
      },
    },
    {
      says: "five addresses",
      text: "* a@x.org b@x.org c@x.org d@x.org e@x.org",
      is: {
        ...{ level: "warning", kind: "email-owner", line: 1, column: 1 },
        says: "a@x.org, b@x.org, c@x.org, d@x.org, e@x.org are e-mail addresses, and GitHub tells nobody whose they are: the gate cannot count their owners' approvals.",
        fix: "Write the account or the team instead: `@login` or `@org/team`.",
      },
    },
  ])("$says", ({ text, around, is }) => expect(diagnose(text, around)).toEqual([is]));

  test("a sixth address is not named", () =>
    expect(diagnose("* a@x.org b@x.org c@x.org d@x.org e@x.org f@x.org")[0]?.says).toMatch(
      /^a@x\.org, b@x\.org, c@x\.org, d@x\.org, e@x\.org and more are e-mail addresses, /,
    ));

  test("a file of which not all was compared", () => {
    const text = `${`/*${"a?".repeat(40)}c* @a\n`.repeat(1_200)}/c${"a".repeat(200)} @b`;
    const path = `c${"a".repeat(200)}`;
    const found = diagnose(text, { tracked: [path, `${path}/x`] });
    expect(found.filter(({ kind }) => kind === "not-compared")).toEqual([
      {
        ...{ level: "warning", kind: "not-compared", ...whole },
        says: "The file takes so much work that its lines were not all compared with each other and with the files.",
        fix: "Begin patterns with the folders that they are about, or write fewer wildcards.",
      },
    ]);
  });

  test("something else than a file in its place", () =>
    expect(diagnoseNotAFile("CODEOWNERS")).toEqual({
      ...{ level: "error", kind: "not-a-file", ...whole },
      says: "CODEOWNERS is not a file: a link, submodule or folder is not followed.",
      fix: "Put the owners' text there, or remove it.",
    }));
});
