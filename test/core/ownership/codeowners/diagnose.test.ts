import { describe, expect, test } from "vitest";
import {
  codeownersLimitBytes,
  diagnoseCodeowners,
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
