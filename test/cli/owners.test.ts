import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { codeownersLimitBytes } from "../../core/ownership/index.ts";
import { runCommand } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, runGit } from "../git-repository.ts";

/** `countersign owners`: who owns files, and what is wrong with the file that says so. */

afterAll(removeRepositories);

const sample = "* @acme/all\n/src/ @ann bob@example.org # both\n/src/free.ts\n";

/** A repository whose working tree holds these files, all of them committed. */
function withFiles(files: Record<string, string>): string {
  const repository = createRepository();
  repository.commit({ files });
  runGit(repository.path, ["reset", "--quiet", "--hard"]);
  return repository.path;
}

function fileOf(text: string): string {
  const place = join(newFolder(), "OWNERS");
  writeFileSync(place, text);
  return place;
}

describe("who owns files", () => {
  const place = fileOf(sample);

  test("as JSON: path, owners as written, line", async () => {
    const args = ["owners", "--codeowners", place, "--json", "README.md", "src/a.ts", "src/free.ts"];
    const { code, stdout } = await runCommand(args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      { path: "README.md", owners: ["@acme/all"], line: 1 },
      { path: "src/a.ts", owners: ["@ann", "bob@example.org"], line: 2 },
      { path: "src/free.ts", owners: [], line: 3 },
    ]);
  });

  test("a path that leads out of the repository is refused", async () => {
    const { code, stderr } = await runCommand(["owners", "--codeowners", place, "src/../../a"]);
    expect(code).toBe(3);
    expect(stderr).toContain("src/../../a leads out of the repository.");
  });

  test.each([
    { path: "", says: "An empty path names no file." },
    { path: ".", says: ". names no file." },
    { path: "/", says: "/ names no file." },
    { path: "src/..", says: "src/.. names no file." },
  ])("the root of the repository is no file: $says", async ({ path, says }) => {
    const { code, stdout, stderr } = await runCommand(["owners", "--codeowners", place, "README.md", path]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toBe(`error: ${says}\n  Name a file, or a folder with a slash at its end: \`src/\`.\n`);
  });

  test("a path with the separators of Windows is one name, and that is noted", async () => {
    const { stdout, stderr } = await runCommand(["owners", "--codeowners", place, "--json", "src\\a.ts", "src/a.ts"]);
    expect(JSON.parse(stdout)).toMatchObject([{ line: 1 }, { line: 2 }]);
    expect(stderr).toBe('note: "src\\\\a.ts" is one name: paths have slashes, as in git\n');
  });

  test.each([
    { says: "from where the command runs", path: "a.ts", line: 2 },
    { says: "up from there", path: "../b.ts", line: 1 },
    { says: "from the root, with a slash", path: "/src/a.ts", line: 2 },
    { says: "whole, on this machine", path: "<root>/src/a.ts", line: 2 },
  ])("a path in a folder of the repository: $says", async ({ path, line }) => {
    const root = withFiles({ CODEOWNERS: sample, "src/a.ts": "a", "b.ts": "b" });
    const { stdout } = await runCommand([
      "owners",
      "--repo",
      join(root, "src"),
      "--json",
      path.replace("<root>", root),
    ]);
    expect(JSON.parse(stdout)).toMatchObject([{ line }]);
  });

  test.each([
    {
      says: "lines",
      stdin: "README.md\nsrc/a.ts\n",
      rows: [
        ["README.md", 1],
        ["src/a.ts", 2],
      ],
    },
    {
      says: "a last line without an end",
      stdin: "README.md\nsrc/a.ts",
      rows: [
        ["README.md", 1],
        ["src/a.ts", 2],
      ],
    },
    {
      says: "lines of Windows",
      stdin: "README.md\r\nsrc/a.ts\r\n",
      rows: [
        ["README.md", 1],
        ["src/a.ts", 2],
      ],
    },
    {
      says: "NULs",
      stdin: "src/a b.ts\0src/a\n.ts\0",
      rows: [
        ["src/a b.ts", 2],
        ["src/a\n.ts", 2],
      ],
    },
    { says: "a name in quotes, ended by NULs, as it is", stdin: '"src/a"\0', rows: [['"src/a"', 1]] },
    {
      says: "a name that git puts in quotes",
      stdin: '"src/\\303\\244\\"\\t.ts"\n',
      rows: [['src/\u00e4"\t.ts', 2]],
    },
    { says: "bytes that are no text", stdin: Buffer.from("src/\xff.ts\0", "latin1"), rows: [["src/\\xff.ts", 2]] },
    { says: "nothing: a change of no file", stdin: "", rows: [] },
    { says: "lines with nothing on them", stdin: "\n\nsrc/a.ts\n\r\n", rows: [["src/a.ts", 2]] },
    { says: "only such lines", stdin: "\n", rows: [] },
  ])("paths on standard input: $says", async ({ stdin, rows }) => {
    const args = ["owners", "--codeowners", place, "--stdin", "--json"];
    const { code, stdout } = await runCommand(args, { stdin });
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as { path: string; line: number }[];
    expect(found.map(({ path, line }) => [path, line])).toEqual(rows);
  });

  test("git lists paths from the root, wherever the command runs", async () => {
    const cwd = join(withFiles({ CODEOWNERS: sample, "src/a.ts": "a" }), "src");
    const stdin = runGit(cwd, ["diff", "--name-only", "-z", "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "HEAD"]);
    const { stdout } = await runCommand(["owners", "--stdin", "--json"], { cwd, stdin });
    expect(JSON.parse(stdout)).toMatchObject([
      { path: "CODEOWNERS", line: 1 },
      { path: "src/a.ts", line: 2 },
    ]);
  });

  test.each([
    { says: "an empty name between NULs", stdin: "a\0\0b\0", message: "An empty path names no file." },
    { says: "a path that leads out", stdin: "../a\0", message: "../a leads out of the repository." },
  ])("$says on standard input is refused", async ({ stdin, message }) => {
    const { code, stdout, stderr } = await runCommand(["owners", "--codeowners", place, "--stdin"], { stdin });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(message);
  });

  test.each([["--check"], ["README.md"]])("--stdin does not go with %s", async (other) => {
    const { code, stderr } = await runCommand(["owners", "--codeowners", place, "--stdin", other], { stdin: "a\n" });
    expect(code).toBe(3);
    expect(stderr).toContain("does not go with");
  });

  test.each([
    { path: "src", note: "note: src is a folder here, and is taken for a file: for what is in it, name src/\n" },
    { path: "/src", note: "note: /src is a folder here, and is taken for a file: for what is in it, name /src/\n" },
    { path: "src/", note: "" },
    { path: "src/a.ts", note: "" },
    { path: "gone", note: "" },
    { path: "module", note: "" },
  ])("a folder that is named without a slash is noted: $path", async ({ path, note }) => {
    const cwd = withFiles({ CODEOWNERS: sample, "src/a.ts": "a" });
    mkdirSync(join(cwd, "module"));
    writeFileSync(join(cwd, "module/.git"), "gitdir: elsewhere\n");
    const { code, stderr } = await runCommand(["owners", path], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: note });
  });

  test("a file that takes too much work is one clear error, and nothing is half said", async () => {
    const hostile = fileOf(`* @a\n${`*${"a?".repeat(40)}c* @b\n`.repeat(1_200)}`);
    const paths = ["README.md", `c${"a".repeat(200)}`];
    const { code, stdout, stderr } = await runCommand(["owners", "--codeowners", hostile, ...paths]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toBe(
      "error: CODEOWNERS takes too much work: for these files its 1,201 lines need more than 15,000,000 comparisons of names, so nobody can say who owns them.\n  Begin patterns with the folders that they are about, write fewer wildcards, or ask about fewer files at once.\n",
    );
  });

  test("no line is null, and no owners", async () => {
    const { stdout } = await runCommand(["owners", "--codeowners", fileOf("/a @x\n"), "--json", "b"]);
    expect(JSON.parse(stdout)).toEqual([{ path: "b", owners: [], line: null }]);
  });

  test.each([
    { path: "README.md", says: "README.md  @acme/all  (<file>:1)" },
    { path: "src/a.ts", says: "src/a.ts  @ann bob@example.org  (<file>:2)" },
    { path: "./src/a.ts", says: "./src/a.ts  @ann bob@example.org  (<file>:2)" },
    { path: "/src/a.ts", says: "/src/a.ts  @ann bob@example.org  (<file>:2)" },
    { path: "src//a.ts", says: "src//a.ts  @ann bob@example.org  (<file>:2)" },
    { path: "src/x/../a.ts", says: "src/x/../a.ts  @ann bob@example.org  (<file>:2)" },
    { path: "src/", says: "src/  @ann bob@example.org  (<file>:2)" },
    { path: "src/free.ts", says: "src/free.ts  no owner: <file>:3 takes them away" },
    { path: "a\n::error::b", says: '"a\\n::error::b"  @acme/all  (<file>:1)' },
    { path: "\u001b[31mred", says: '"\\u{1b}[31mred"  @acme/all  (<file>:1)' },
  ])("$path for people", async ({ path, says }) => {
    const { code, stdout } = await runCommand(["owners", "--codeowners", place, "--", path]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${says.replaceAll("<file>", place)}\n` });
  });

  test("a hostile path in JSON is escaped and stays the same text", async () => {
    const path = "a\u202e##[set-output]\u009b";
    const { stdout } = await runCommand(["owners", "--codeowners", place, "--json", path]);
    expect(stdout).not.toMatch(/[\u202e\u009b]|##\[/);
    expect(JSON.parse(stdout)).toEqual([{ path, owners: ["@acme/all"], line: 1 }]);
  });

  test("a skipped line that may be meant is noted", async () => {
    const mistaken = fileOf("* @a\n/src/[x].ts @b\n");
    const { code, stderr } = await runCommand(["owners", "--codeowners", mistaken, "src/x.ts", "docs/x.md"]);
    expect(code).toBe(0);
    expect(stderr).toBe(`note: ${mistaken}:2 is skipped by GitHub, and may be meant for src/x.ts\n`);
  });
});

describe("which file is read", () => {
  const all = { ".github/CODEOWNERS": "* @github\n", CODEOWNERS: "* @root\n", "docs/CODEOWNERS": "* @docs\n" };
  test.each([
    { says: ".github before the others", files: all, owner: "@github" },
    {
      says: "the root before docs",
      files: { CODEOWNERS: all.CODEOWNERS, "docs/CODEOWNERS": "* @docs\n" },
      owner: "@root",
    },
    { says: "docs when there is no other", files: { "docs/CODEOWNERS": "* @docs\n" }, owner: "@docs" },
  ])("$says", async ({ files, owner }) => {
    const cwd = withFiles(files);
    const { stdout } = await runCommand(["owners", "--json", "a"], { cwd });
    expect(JSON.parse(stdout)).toEqual([{ path: "a", owners: [owner], line: 1 }]);
  });

  test("the working tree's, in any folder of it, and HEAD's of a bare repository", async () => {
    const cwd = withFiles({ CODEOWNERS: "* @committed\n", "src/a.ts": "" });
    writeFileSync(join(cwd, "CODEOWNERS"), "* @edited\n");
    const edited = await runCommand(["owners", "--json", "a"], { cwd: join(cwd, "src") });
    expect(JSON.parse(edited.stdout)).toMatchObject([{ owners: ["@edited"] }]);
    const bare = newFolder("bare.git");
    runGit(bare, ["clone", "--quiet", "--bare", cwd, "."]);
    const committed = await runCommand(["owners", "--repo", bare, "--json", "a"]);
    expect(JSON.parse(committed.stdout)).toMatchObject([{ owners: ["@committed"] }]);
  });

  test("a link in its place is refused: no later place is read instead of it", async () => {
    const cwd = withFiles({ "docs/CODEOWNERS": "* @docs\n" });
    mkdirSync(join(cwd, ".github"));
    symlinkSync("/etc/hostname", join(cwd, ".github/CODEOWNERS"));
    const { code, stdout, stderr } = await runCommand(["owners", "--json", "a"], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(".github/CODEOWNERS is not a file: a link, submodule or folder is not followed.");
  });

  test("one of 3 MB gives no owners, and says why", async () => {
    const large = fileOf("* @a\n".padEnd(codeownersLimitBytes, "#"));
    const { code, stdout, stderr } = await runCommand(["owners", "--codeowners", large, "--json", "a"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([{ path: "a", owners: [], line: null }]);
    expect(stderr).toContain("GitHub does not load it");
  });
});

describe("--check", () => {
  test("a file in order", async () => {
    const cwd = withFiles({ CODEOWNERS: "* @a\n/src/ @b\n", "src/a.ts": "" });
    const { code, stdout } = await runCommand(["owners", "--check"], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "CODEOWNERS: 2 valid lines, 0 errors, 0 warnings\n" });
  });

  test("warnings alone end with 0", async () => {
    const cwd = withFiles({ CODEOWNERS: "/src/ @b\n/none/ @c\n* @a\n", "src/a.ts": "" });
    const { code, stdout } = await runCommand(["owners", "--check", "--json"], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: "CODEOWNERS",
      diagnoses: [
        { level: "warning", kind: "shadowed", line: 1 },
        { level: "warning", kind: "shadowed", line: 2 },
        { level: "warning", kind: "matches-nothing", line: 2 },
      ],
    });
  });

  test("an error ends with 3, and hostile text of the line is inert", async () => {
    const mistaken = fileOf("* @a\n/src/ \u001b[31m::error::ann\n");
    const { code, stdout } = await runCommand(["owners", "--check", "--codeowners", mistaken]);
    expect(code).toBe(3);
    expect(stdout).toContain(`${mistaken}:2:7 error invalid-owner: `);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("1 valid line, 1 error, 0 warnings");
  });

  test("files that another one hides are named", async () => {
    const cwd = withFiles({ CODEOWNERS: "* @a\n", "docs/CODEOWNERS": "* @b\n" });
    const { code, stdout } = await runCommand(["owners", "--check"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("GitHub does not read docs/CODEOWNERS: it finds CODEOWNERS first.");
    const hidden = await runCommand(["owners", "--check", "--codeowners", "docs/CODEOWNERS"], { cwd });
    expect(hidden.stdout).toContain("docs/CODEOWNERS warning other-place");
  });
});

describe("mistakes end with 3 and what to do", () => {
  test.each([
    { says: "no path", args: ["owners"], error: "No path is named." },
    { says: "paths beside --check", args: ["owners", "--check", "a"], error: "takes no paths" },
    {
      says: "a file that is not there",
      args: ["owners", "--codeowners", "/none", "a"],
      error: "/none could not be read (ENOENT)",
    },
    { says: "a folder", args: ["owners", "--codeowners", "/", "a"], error: "could not be read (EISDIR)" },
    { says: "an empty name", args: ["owners", "--codeowners", "", "a"], error: "--codeowners is empty" },
  ])("$says", async ({ args, error }) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(error);
  });

  test("a repository without the file", async () => {
    const { code, stderr } = await runCommand(["owners", "a"], { cwd: withFiles({ "a.ts": "" }) });
    expect(code).toBe(3);
    expect(stderr).toContain("There is no CODEOWNERS file in .github/CODEOWNERS, CODEOWNERS, docs/CODEOWNERS.");
  });
});
