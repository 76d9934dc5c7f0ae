import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../core/change/change.ts";
import { findOddPaths, lintRules } from "../../../core/lint/index.ts";

function file(rest: Partial<ChangedFile>): ChangedFile {
  return {
    path: "src/a.ts",
    previousPath: null,
    status: "modified",
    kind: "text",
    oldMode: "100644",
    newMode: "100644",
    oldBlob: "a".repeat(40),
    newBlob: "b".repeat(40),
    symlinkTarget: null,
    validUtf8: true,
    hunks: [],
    addedLines: 0,
    deletedLines: 0,
    ...rest,
  };
}

const find = (rest: Partial<ChangedFile>) => findOddPaths({ files: [file(rest)] });

describe("36: odd names are findings", () => {
  test.each([
    { says: "NFD", path: "cafe\u0301.ts", odd: "not NFC" },
    { says: "a Cyrillic letter in a Latin word", path: "src/\u0430uth.ts", odd: "look like ASCII" },
    { says: "zero-width", path: "src/au\u200bth.ts", odd: "invisible" },
    { says: "bidi", path: "src/\u202etxt.ts", odd: "text direction" },
    { says: "a trailing dot", path: "src/auth.", odd: "ends with a dot" },
    { says: "a newline", path: "a\n::error::b", odd: "a line break" },
    { says: "a tab", path: "a\tb", odd: "a control character" },
    { says: "bytes that are not UTF-8", path: "a\\xff", odd: "not UTF-8", validUtf8: false },
    { says: "a look-alike of .git", path: ".GIT/config", odd: ".git" },
    { says: "a path of 4,097 bytes", path: "a".repeat(4097), odd: "4,096 bytes" },
  ])("$says", ({ path, odd, validUtf8 = true }) => {
    const [finding, ...others] = find({ path, validUtf8 });
    expect(finding).toMatchObject({ rule: "odd-path", place: { kind: "file", path }, identity: path });
    expect(finding?.message).toContain(odd);
    expect(finding?.message).not.toMatch(/[\n\t\u200b\u202e]/);
    expect(others).toEqual([]);
  });

  test.each([
    { says: "a plain path", path: "src/orders/limit.ts" },
    { says: "composed letters", path: "docs/caf\u00e9.md" },
    { says: "another script", path: "docs/\u0434\u043e\u043c.md" },
    { says: "a dot file", path: ".github/workflows/ci.yml" },
    { says: "spaces inside", path: "docs/a b.md" },
  ])("$says is ordinary", ({ path }) => expect(find({ path })).toEqual([]));

  test("36: a name that a rename leaves behind is named too", () => {
    const findings = find({ path: "plain.ts", previousPath: "a\nb", status: "renamed" });
    expect(findings.map(({ identity, place }) => [identity, place])).toEqual([
      ["a\nb", { kind: "file", path: "plain.ts" }],
    ]);
  });

  test("of a rename, only the name that is not UTF-8 is called so", () => {
    const findings = find({ path: "plain.ts", previousPath: "a\\xff", status: "renamed", validUtf8: false });
    expect(findings.map(({ identity }) => identity)).toEqual(["a\\xff"]);
  });

  test("two names are two findings", () => {
    expect(find({ path: "b.", previousPath: "a.", status: "renamed" })).toHaveLength(2);
  });
});

describe("35: what brings files that no diff shows", () => {
  test.each<{ says: string; change: Partial<ChangedFile>; message: string }>([
    {
      says: "a link",
      change: { kind: "symlink", status: "added", symlinkTarget: "../secret" },
      message: "The symbolic link src/a.ts points at ../secret.",
    },
    {
      says: "a link to a line break",
      change: { kind: "symlink", symlinkTarget: "a\n::error::b" },
      message: 'The symbolic link src/a.ts points at "a\\n::error::b".',
    },
    {
      says: "a link that could not be read",
      change: { kind: "symlink" },
      message: "The symbolic link src/a.ts points at a target that could not be read.",
    },
    {
      says: "a file that becomes a link",
      change: { kind: "symlink", status: "type-changed", symlinkTarget: "b" },
      message: "The symbolic link src/a.ts points at b.",
    },
    {
      says: "a submodule at another commit",
      change: { kind: "submodule" },
      message: "The submodule src/a.ts is now at commit bbbbbbbbbbbb of its repository.",
    },
    {
      says: "where submodules come from",
      change: { path: ".gitmodules" },
      message: "The file .gitmodules says where submodules come from.",
    },
    {
      says: "a list of submodules that goes",
      change: { path: ".gitmodules", status: "deleted" },
      message: "The file .gitmodules says where submodules come from.",
    },
    {
      says: "a list of submodules under another name from now on",
      change: { path: "modules.txt", previousPath: ".gitmodules", status: "renamed" },
      message: "The file .gitmodules says where submodules come from.",
    },
  ])("$says", ({ change, message }) => {
    expect(find(change)).toMatchObject([{ rule: "indirect-file", message, place: { kind: "file" } }]);
  });

  test.each<{ says: string; change: Partial<ChangedFile> }>([
    { says: "a link that goes", change: { kind: "symlink", status: "deleted" } },
    { says: "a submodule that goes", change: { kind: "submodule", status: "deleted" } },
    { says: "a list of submodules elsewhere", change: { path: "vendor/.gitmodules.bak" } },
    { says: "an ordinary file", change: {} },
  ])("$says brings nothing", ({ change }) => expect(find(change)).toEqual([]));
});

test("a link or submodule that a person brings is as serious as one that a tool brings", () => {
  const rule = lintRules.find(({ id }) => id === "indirect-file");
  expect(rule?.severity).toEqual({ human: "warning", aiEdited: "warning", aiAsIs: "warning" });
});

test("every finding has its rule in the list", () => {
  const listed = lintRules.map(({ id }) => id);
  const found = [...find({ path: "a\nb" }), ...find({ kind: "symlink" })].map(({ rule }) => rule);
  expect(listed).toEqual(expect.arrayContaining(found));
  expect(new Set(listed).size).toBe(listed.length);
});
