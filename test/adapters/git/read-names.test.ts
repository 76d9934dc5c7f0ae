import { afterAll, describe, expect, test } from "vitest";
import { listPaths } from "../../../adapters/git/read-tree.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { createRepository, removeRepositories, type Bytes, type TreeEntry } from "../../git-repository.ts";
import { readRange } from "./read-range.ts";

afterAll(removeRepositories);

const deep = Array.from({ length: 512 }, () => "folder7").join("/");

/** Names as bytes or as UTF-8, and how they read. */
const names: { says: string; name: Bytes; path?: string; validUtf8?: boolean }[] = [
  { says: "NFC", name: "caf\u00e9.ts" },
  { says: "NFD", name: "cafe\u0301.ts" },
  { says: "Cyrillic", name: "src/\u0430uth/login.ts" },
  { says: "zero-width", name: "src/au\u200bth.ts" },
  { says: "bidi", name: "src/\u202esrc.ts" },
  { says: "case only, large", name: "README.md" },
  { says: "case only, small", name: "readme.md" },
  { says: "a trailing dot", name: "auth." },
  { says: "a trailing space", name: "auth " },
  { says: "a newline and a workflow command", name: "a\n::error::b" },
  { says: "a carriage return", name: "a\rb" },
  { says: "a tab", name: "a\tb" },
  { says: "a quote", name: 'a"b' },
  { says: "a backslash", name: "a\\b" },
  { says: "an escape that is text", name: "a\\303\\251" },
  { says: "an arrow, as git shows renames", name: "{a => b}/c" },
  { says: "the first name of a list", name: ":100644 100644" },
  { says: "counts", name: "1\t1\tx" },
  { says: "a flag", name: "--output=x" },
  { says: "pathspec magic", name: ":(exclude)*" },
  { says: "a glob", name: "*" },
  { says: "a control character", name: "a\x01\x1b[31mb" },
  { says: "beyond the first plane", name: "\u{1f600}.ts" },
  { says: "a byte order mark", name: "\ufeffa" },
  { says: "one name of 4,096 bytes", name: "n".repeat(4096) },
  { says: "a path of 4,095 bytes in 512 folders", name: deep },
  { says: "one byte that is no UTF-8", name: Buffer.from([0x61, 0xff]), path: "a\\xff", validUtf8: false },
  { says: "latin-1", name: Buffer.from("caf\xe9", "latin1"), path: "caf\\xe9", validUtf8: false },
  { says: "half a surrogate pair", name: Buffer.from([0xed, 0xa0, 0xbd]), path: "\\xed\\xa0\\xbd", validUtf8: false },
];

describe("36: odd names", () => {
  const repository = createRepository({ bare: true });
  repository.commit({ files: { plain: "x\n" } });
  repository.switchTo("feature");
  repository.commit({ files: names.map(({ name, says }) => [name, `${says}\n`] as const), message: "Add\n" });
  const base = repository.text(["rev-parse", "HEAD"]);
  repository.commit({ rename: names.map(({ name }, index) => [name, `plain-${index}`] as const) });

  test.each(names)("$says", async ({ says, name, path = name.toString(), validUtf8 = true }) => {
    const added = (await change()).files.find((file) => file.path === path);
    expect(added).toMatchObject({ status: "added", validUtf8, addedLines: 1, kind: "text" });
    expect(lines.get(path)).toBe(says);
  });

  let reading: ReturnType<typeof readRange> | undefined;
  const lines = new Map<string, string>();
  const change = () =>
    (reading ??= readRange(
      repository.path,
      { base: "main", head: base },
      { onAddedLine: (path, _line, text) => lines.set(path, text.toString()) },
    ));

  test("none is lost, none is doubled, and each stands in its commit too", async () => {
    const { files, commits, incomplete } = await change();
    expect(new Set(files.map(({ path }) => path)).size).toBe(names.length);
    expect(commits[0]?.diffs[0]?.files.map(({ to }) => to).sort()).toEqual(files.map(({ path }) => path).sort());
    expect(incomplete).toEqual([]);
  });

  test("renamed to plain names, both are known", async () => {
    const { files } = await readRange(repository.path, { base, head: "feature" });
    const previous = new Map(files.map((file) => [file.path, file]));
    for (const [index, { name, path = name.toString(), validUtf8 = true }] of names.entries())
      expect(previous.get(`plain-${index}`)).toMatchObject({ status: "renamed", previousPath: path, validUtf8 });
  });

  test("a tree's paths are listed the same way", async () => {
    const opened = await openRepository(repository.path);
    const listed = await listPaths(opened, base);
    expect(listed.sort()).toEqual([...names.map(({ name, path = name.toString() }) => path), "plain"].sort());
  });
});

test("36: a name in the other form is another file", async () => {
  const repository = createRepository({ bare: true });
  repository.commit({ files: { "caf\u00e9.ts": "x\n".repeat(9), "Auth.ts": "y\n".repeat(9) } });
  repository.switchTo("feature");
  repository.commit({ rename: { "caf\u00e9.ts": "cafe\u0301.ts", "Auth.ts": "auth.ts" } });
  expect((await readRange(repository.path)).files).toMatchObject([
    { path: "auth.ts", previousPath: "Auth.ts", status: "renamed" },
    { path: "cafe\u0301.ts", previousPath: "caf\u00e9.ts", status: "renamed" },
  ]);
});

test("36: two names that are written alike leave the reading incomplete", async () => {
  const repository = createRepository({ bare: true });
  repository.commit();
  repository.switchTo("feature");
  repository.commit({
    files: [
      ["a\\xff", "text\n"],
      [Buffer.from([0x61, 0xff]), "bytes\n"],
    ],
  });
  const { files, incomplete } = await readRange(repository.path);
  expect(files.map(({ path, validUtf8 }) => [path, validUtf8])).toEqual([
    ["a\\xff", true],
    ["a\\xff", false],
  ]);
  expect(incomplete).toEqual([expect.stringContaining("two files are both written")]);
});

describe("36: names that no working tree could hold", () => {
  test.each([
    { says: ".git", name: ".git" },
    { says: ".GIT", name: ".GIT" },
    { says: "git~1", name: "GIT~1" },
    { says: ".git with an invisible letter", name: ".g\u200cit" },
    { says: "one dot", name: "." },
    { says: "two dots", name: ".." },
    { says: "a drive", name: "C:" },
    { says: "a device", name: "NUL" },
  ])("$says", async ({ name }) => {
    const repository = createRepository({ bare: true });
    const root = repository.commit({ files: { a: "a\n" } });
    const entry = (mode: TreeEntry["mode"], id: string, path: string): TreeEntry => ({ mode, id, path });
    const inner = repository.tree([entry("100644", repository.blob("evil\n"), "config")]);
    const tree = repository.tree([entry("40000", inner, name)]);
    const head = repository.text(["commit-tree", tree, "-p", root, "-m", "odd"]);
    const { files } = await readRange(repository.path, { base: root, head });
    expect(files.map(({ path, status }) => `${status} ${path}`)).toContain(`added ${name}/config`);
  });
});
