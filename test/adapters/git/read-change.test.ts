import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { readLineMap } from "../../../adapters/git/read-change.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { mapLineForward } from "../../../core/change/line-map.ts";
import { lineOrigins } from "../../../core/change/line-origins.ts";
import { createRepository, newFolder, removeRepositories, type CommitRequest } from "../../git-repository.ts";
import { plantCanary } from "./canary.ts";
import { readBetween, readRange } from "./read-range.ts";

afterAll(removeRepositories);

const lines = (count: number, prefix = "line") =>
  Array.from({ length: count }, (_, index) => `${prefix} ${index}\n`).join("");
const auth = lines(20, "auth");

/** A repository with some files on `main`, and a branch on it with what the change does. */
function changed(...requests: CommitRequest[]) {
  const repository = withFiles();
  repository.switchTo("feature");
  repository.commitAll(requests);
  return repository;
}

function withFiles() {
  const repository = createRepository();
  repository.commit({
    files: {
      "src/auth/login.ts": auth,
      "src/auth/session.ts": lines(20, "session"),
      "docs/notes.md": lines(12, "note"),
      "run.sh": "echo run\n",
      "logo.png": Buffer.from([0x89, 0, 1, 2]),
    },
    symlinks: { "docs/latest": "notes.md", out: "..", in: "src/auth" },
    submodules: { "vendor/lib": "1".repeat(40) },
  });
  return repository;
}

/** One repository for tables whose rows are each one commit on top of `main`. */
const shared = withFiles();
const sharedBase = shared.text(["rev-parse", "main"]);
const sharedOpened = openRepository(shared.path);

/** The rows, each with the commit that its change makes. */
function committed<T extends { change: CommitRequest }>(rows: readonly T[]): (T & { head: string })[] {
  const heads = shared.commitAll(rows.map(({ change }) => ({ branch: "feature", parents: [sharedBase], ...change })));
  return rows.map((row, index) => ({ ...row, head: heads[index]! }));
}

async function filesAt(head: string) {
  return (await readBetween(await sharedOpened, sharedBase, head)).files;
}

describe("33: many commits and files", () => {
  test("251 commits are all read, and are git's", async () => {
    const repository = changed(...Array.from({ length: 251 }, (_, index) => ({ files: { "n.txt": `${index}\n` } })));
    const { commits, incomplete } = await readRange(repository.path);
    expect(commits.map(({ sha }) => sha)).toEqual(repository.text(["rev-list", "--reverse", "main..HEAD"]).split("\n"));
    expect(commits).toHaveLength(251);
    expect(incomplete).toEqual([]);
  });

  test("beyond the limits the reading is named incomplete", async () => {
    const repository = changed(...Array.from({ length: 6 }, (_, index) => ({ files: { [`n${index}.txt`]: "new\n" } })));
    const { commits, files, incomplete } = await readRange(repository.path, {}, { limits: { commits: 4, files: 5 } });
    expect(commits.map(({ sha }) => sha)).toEqual(repository.text(["rev-list", "--reverse", "-4", "HEAD"]).split("\n"));
    expect(files.map(({ path }) => path)).toEqual(["n0.txt", "n1.txt", "n2.txt", "n3.txt", "n4.txt"]);
    expect(incomplete).toEqual([
      "the change has 6 commits; the newest 4 were read",
      "the change has 6 files; the first 5 by path were judged",
    ]);
  });

  test("at the limits it is whole", async () => {
    const repository = changed({ files: { a: "a\n" } }, { files: { b: "b\n" } });
    const { incomplete } = await readRange(repository.path, {}, { limits: { commits: 2, files: 2 } });
    expect(incomplete).toEqual([]);
  });

  test("2,000 commits and 3,001 files, as git counts them", async () => {
    const repository = changed(
      ...Array.from({ length: 2000 }, (_, index) => {
        const second = index < 1001 ? { [`b/${index}.ts`]: lines(3, `b${index}`) } : {};
        return { files: { [`a/${index % 40}/${index}.ts`]: lines(2, `a${index}`), ...second } };
      }),
    );
    const change = await readRange(repository.path);
    expect(change.commits).toHaveLength(2000);
    expect(change.files).toHaveLength(3001);
    expect(sumOf(change.files)).toBe(repository.text(["diff", "--shortstat", "main", "HEAD"]).trim());
    const owners = [...lineOrigins(change).values()].flat();
    expect(owners.every(({ commit }) => commit !== null)).toBe(true);
    expect(new Set(owners.map(({ commit }) => commit)).size).toBe(2000);
  });

  test("a diff of 100 MB", async () => {
    const line = `${"0123456789".repeat(999)}\n`;
    const repository = changed({ files: { "data.txt": line.repeat(10_000) } });
    let bytes = 0;
    const { files } = await readRange(
      repository.path,
      {},
      { onAddedLine: (_path, _line, text) => (bytes += text.length + 1) },
    );
    expect(files[0]).toMatchObject({ kind: "text", addedLines: 10_000 });
    expect(bytes).toBe(line.length * 10_000);
  });
});

function sumOf(files: readonly { addedLines: number; deletedLines: number }[]): string {
  const added = files.reduce((sum, file) => sum + file.addedLines, 0);
  return `${files.length} files changed, ${added} insertions(+)`;
}

describe("34: what happens to files", () => {
  const rows: { says: string; change: CommitRequest; files: object[] }[] = [
    {
      says: "a rename out of a sensitive path names both paths",
      change: { rename: { "src/auth/login.ts": "docs/notes.ts" } },
      files: [
        { status: "renamed", path: "docs/notes.ts", previousPath: "src/auth/login.ts", addedLines: 0, hunks: [] },
      ],
    },
    {
      says: "so does one with an edit",
      change: { rename: { "src/auth/login.ts": "docs/notes.ts" }, files: { "docs/notes.ts": `${auth}more\n` } },
      files: [{ status: "renamed", path: "docs/notes.ts", previousPath: "src/auth/login.ts", addedLines: 1 }],
    },
    {
      says: "a rename into a sensitive path",
      change: { rename: { "docs/notes.md": "src/auth/notes.md" } },
      files: [{ status: "renamed", path: "src/auth/notes.md", previousPath: "docs/notes.md" }],
    },
    {
      says: "a rename within",
      change: { rename: { "src/auth/login.ts": "src/auth/sign-in.ts" } },
      files: [{ status: "renamed", path: "src/auth/sign-in.ts", previousPath: "src/auth/login.ts" }],
    },
    {
      says: "a rename that writes the file anew is a deletion and an addition",
      change: { delete: ["src/auth/login.ts"], files: { "docs/x.ts": lines(20, "other") } },
      files: [
        { status: "added", path: "docs/x.ts", previousPath: null, addedLines: 20 },
        { status: "deleted", path: "src/auth/login.ts", previousPath: null, deletedLines: 20 },
      ],
    },
    {
      says: "two files that swap their names",
      change: { files: { "src/auth/login.ts": lines(20, "session"), "src/auth/session.ts": auth } },
      files: [
        { status: "modified", path: "src/auth/login.ts" },
        { status: "modified", path: "src/auth/session.ts" },
      ],
    },
    {
      says: "a copy is new, and all its lines are added",
      change: { files: { "docs/copy.ts": auth } },
      files: [{ status: "added", path: "docs/copy.ts", previousPath: null, addedLines: 20 }],
    },
    {
      says: "a deletion alone",
      change: { delete: ["src/auth/login.ts"] },
      files: [
        { status: "deleted", path: "src/auth/login.ts", newMode: null, newBlob: null, addedLines: 0, deletedLines: 20 },
      ],
    },
    {
      says: "a mode alone",
      change: { modes: { "run.sh": "100755" } },
      files: [{ status: "modified", path: "run.sh", oldMode: "100644", newMode: "100755", addedLines: 0, hunks: [] }],
    },
    {
      says: "a rename with a mode",
      change: { rename: { "run.sh": "bin/run" }, files: { "bin/run": "echo run\n" }, modes: { "bin/run": "100755" } },
      files: [{ status: "renamed", path: "bin/run", previousPath: "run.sh", newMode: "100755", addedLines: 0 }],
    },
    {
      says: "a file that becomes a folder",
      change: { delete: ["run.sh"], files: { "run.sh/index.ts": "new\n" } },
      files: [
        { status: "deleted", path: "run.sh" },
        { status: "added", path: "run.sh/index.ts" },
      ],
    },
    {
      says: "an empty file",
      change: { files: { "empty.txt": "" } },
      files: [{ status: "added", path: "empty.txt", kind: "text", addedLines: 0, hunks: [] }],
    },
    {
      says: "a binary file has no lines",
      change: { files: { "logo.png": Buffer.from([0x89, 0, 9, 9, 10, 10]) } },
      files: [{ status: "modified", path: "logo.png", kind: "binary", addedLines: 0, deletedLines: 0, hunks: [] }],
    },
    {
      says: "a binary file that becomes text has none either",
      change: { files: { "logo.png": "text\n" } },
      files: [{ status: "modified", path: "logo.png", kind: "binary", addedLines: 0, hunks: [] }],
    },
  ];
  test.each(committed(rows))("$says", async ({ head, files }) => {
    const read = await filesAt(head);
    expect(read).toMatchObject(files);
    expect(read).toHaveLength(files.length);
  });

  test("what two commits do and undo is no file of the change, but both commits are", async () => {
    const { files, commits } = await readRange(
      changed({ files: { "run.sh": "x\n" } }, { files: { "run.sh": "echo run\n" } }).path,
    );
    expect(files).toEqual([]);
    expect(commits.map(({ diffs }) => diffs[0]?.files.length)).toEqual([1, 1]);
  });
});

describe("35: links and submodules", () => {
  const rows: { says: string; change: CommitRequest; file: object }[] = [
    {
      says: "a link to a sensitive file",
      change: { symlinks: { "docs/a": "../src/auth/login.ts" } },
      file: {
        status: "added",
        kind: "symlink",
        newMode: "120000",
        symlinkTarget: "../src/auth/login.ts",
        addedLines: 1,
      },
    },
    {
      says: "a link out of the repository",
      change: { symlinks: { "docs/a": "/etc/passwd" } },
      file: { kind: "symlink", symlinkTarget: "/etc/passwd" },
    },
    {
      says: "a link with a line break",
      change: { symlinks: { "docs/a": "x\n::error::y" } },
      file: { kind: "symlink", symlinkTarget: "x\n::error::y", addedLines: 2 },
    },
    {
      says: "a link to bytes that are no text",
      change: { symlinks: { "docs/a": Buffer.from([0xff, 0, 0xfe]) } },
      file: { kind: "symlink", symlinkTarget: "\\xff\0\\xfe", addedLines: 0, hunks: [] },
    },
    {
      says: "a link longer than any system follows",
      change: { symlinks: { "docs/a": "x".repeat(10_000) } },
      file: { kind: "symlink", symlinkTarget: "x".repeat(4096), addedLines: 1 },
    },
    {
      says: "a link that points elsewhere now",
      change: { symlinks: { "docs/latest": "../run.sh" } },
      file: { status: "modified", kind: "symlink", symlinkTarget: "../run.sh" },
    },
    {
      says: "a link that goes",
      change: { delete: ["docs/latest"] },
      file: { status: "deleted", kind: "symlink", symlinkTarget: null },
    },
    {
      says: "a link that points elsewhere now counts where it pointed",
      change: { symlinks: { "docs/latest": "../run.sh" } },
      file: { symlinkTarget: "../run.sh", alsoAt: ["docs/notes.md"] },
    },
    {
      says: "so does one that goes",
      change: { delete: ["docs/latest"] },
      file: { symlinkTarget: null, alsoAt: ["docs/notes.md"] },
    },
    {
      says: "so does one that becomes a file",
      change: { files: { "docs/latest": "one\n" } },
      file: { symlinkTarget: null, alsoAt: ["docs/notes.md"] },
    },
    {
      says: "a link to a link leads to where that one leads",
      change: { symlinks: { "src/z": "../docs/latest" } },
      file: { symlinkTarget: "../docs/latest", alsoAt: ["docs/notes.md"] },
    },
    {
      says: "a link through a link out of the repository",
      change: { symlinks: { "src/z": "../out/src/auth" } },
      file: { symlinkTarget: "../out/src/auth", alsoAt: [".."] },
    },
    {
      says: "a link through a link to a folder",
      change: { symlinks: { "docs/z": "../in/login.ts" } },
      file: { symlinkTarget: "../in/login.ts", alsoAt: ["src/auth/login.ts"] },
    },
    {
      says: "a link that goes up behind a link goes up from where that one leads",
      change: { symlinks: { "docs/z": "../in/../x/a.ts" } },
      file: { symlinkTarget: "../in/../x/a.ts", alsoAt: ["src/x/a.ts"] },
    },
    {
      says: "a link through a link in another case",
      change: { symlinks: { "docs/z": "../IN/login.ts" } },
      file: { symlinkTarget: "../IN/login.ts", alsoAt: ["src/auth/login.ts"] },
    },
    {
      says: "a link by a short name",
      change: { symlinks: { "docs/z": "../AUTHEN~1/a.ts" } },
      file: { symlinkTarget: "../AUTHEN~1/a.ts", alsoAt: [".."] },
    },
    {
      says: "a link to no path of a tree",
      change: { symlinks: { z: Buffer.from([0x61, 0, 0x62]) } },
      file: { symlinkTarget: "a\0b" },
    },
    {
      says: "a file that becomes a link",
      change: { symlinks: { "run.sh": "docs/notes.md" } },
      file: {
        status: "type-changed",
        kind: "symlink",
        oldMode: "100644",
        newMode: "120000",
        addedLines: 1,
        deletedLines: 1,
      },
    },
    {
      says: "a file that becomes a link of the same text",
      change: { symlinks: { "run.sh": "echo run\n" } },
      file: { status: "type-changed", kind: "symlink", addedLines: 1, deletedLines: 1 },
    },
    {
      says: "a binary file that becomes a link",
      change: { symlinks: { "logo.png": "run.sh" } },
      file: { status: "type-changed", kind: "symlink", addedLines: 1, deletedLines: 0 },
    },
    {
      says: "a link that becomes a file",
      change: { files: { "docs/latest": "one\ntwo\n" } },
      file: { status: "type-changed", kind: "text", symlinkTarget: null, addedLines: 2, deletedLines: 1 },
    },
    {
      says: "a link that becomes a binary file",
      change: { files: { "docs/latest": Buffer.from([0, 1]) } },
      file: { status: "type-changed", kind: "binary", addedLines: 0, deletedLines: 0, hunks: [] },
    },
    {
      says: "a new submodule",
      change: { submodules: { "vendor/new": "2".repeat(40) } },
      file: { status: "added", kind: "submodule", newMode: "160000", newBlob: "2".repeat(40) },
    },
    {
      says: "a submodule at another commit",
      change: { submodules: { "vendor/lib": "2".repeat(40) } },
      file: { status: "modified", kind: "submodule", oldBlob: "1".repeat(40), newBlob: "2".repeat(40), addedLines: 1 },
    },
    {
      says: "a submodule that becomes a file",
      change: { files: { "vendor/lib": "x\n" } },
      file: { status: "type-changed", kind: "text", oldMode: "160000", addedLines: 1, deletedLines: 1 },
    },
    {
      says: "where submodules come from is a file like any other",
      change: { files: { ".gitmodules": '[submodule "lib"]\n\turl = https://example.com/lib\n' } },
      file: { status: "added", path: ".gitmodules", kind: "text", addedLines: 2 },
    },
  ];
  test.each(committed(rows))("$says", async ({ head, file }) => expect(await filesAt(head)).toMatchObject([file]));

  test("a submodule that asks to be ignored is not", async () => {
    const modules = '[submodule "lib"]\n\tpath = vendor/lib\n\turl = https://example.com/lib\n\tignore = all\n';
    const repository = changed({ files: { ".gitmodules": modules }, submodules: { "vendor/lib": "2".repeat(40) } });
    repository.checkOut("feature");
    repository.git(["config", "submodule.lib.ignore", "all"]);
    repository.git(["config", "diff.ignoreSubmodules", "all"]);
    expect((await readRange(repository.path)).files).toMatchObject([{ path: ".gitmodules" }, { path: "vendor/lib" }]);
  });

  test("two links that point at each other are two links", async () => {
    expect(
      await filesAt(shared.commit({ parents: [sharedBase], branch: "feature", symlinks: { a: "b", b: "a" } })),
    ).toMatchObject([
      { symlinkTarget: "b", alsoAt: ["a"] },
      { symlinkTarget: "a", alsoAt: ["b"] },
    ]);
  });

  test("a link of 2,042 names that are not there costs no more than another", async () => {
    const symlinks = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`l${index}`, `${"a/".repeat(2_042)}${index}`]),
    );
    const head = shared.commit({ parents: [sharedBase], branch: "feature", symlinks });
    const before = performance.now();
    expect((await filesAt(head)).map(({ alsoAt }) => alsoAt)).toEqual(Array.from({ length: 20 }, () => undefined));
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test("a link through more links than a system follows may lead anywhere", async () => {
    const symlinks = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`l${index}`, `l${index + 1}`]));
    const files = await filesAt(shared.commit({ parents: [sharedBase], branch: "feature", symlinks }));
    expect(files.find(({ path }) => path === "l0")?.alsoAt).toContain("..");
    expect(files.find(({ path }) => path === "l9")?.alsoAt).toEqual(["l11", "l12"]);
  });
});

describe("37: settings and attributes have no say", () => {
  const canary = plantCanary();
  const rows: { says: string; attributes: string; settings: string[][] }[] = [
    { says: "a file that attributes call binary", attributes: "*.ts binary\n", settings: [] },
    { says: "a file without a diff", attributes: "*.ts -diff\n", settings: [] },
    { says: "a generated file", attributes: "*.ts linguist-generated -text\n", settings: [] },
    { says: "another encoding", attributes: "*.ts working-tree-encoding=UTF-16\n", settings: [] },
    { says: "a text conversion", attributes: "*.ts diff=evil\n", settings: [["diff.evil.textconv", canary.program]] },
    { says: "a diff command", attributes: "*.ts diff=evil\n", settings: [["diff.evil.command", canary.program]] },
    { says: "a driver that calls everything binary", attributes: "", settings: [["diff.default.binary", "true"]] },
    { says: "a pattern for functions", attributes: "*.ts diff=evil\n", settings: [["diff.evil.xfuncname", "^(.*)$"]] },
    {
      says: "a filter",
      attributes: "*.ts filter=evil\n",
      settings: [
        ["filter.evil.clean", canary.program],
        ["filter.evil.smudge", canary.program],
        ["filter.evil.process", canary.program],
        ["filter.evil.required", "true"],
      ],
    },
    { says: "a limit for big files", attributes: "", settings: [["core.bigFileThreshold", "1"]] },
    {
      says: "another way to show diffs",
      attributes: "",
      settings: [
        ["diff.external", canary.program],
        ["diff.noprefix", "true"],
        ["diff.renames", "false"],
        ["diff.interHunkContext", "9"],
        ["diff.context", "9"],
        ["diff.algorithm", "patience"],
        ["diff.indentHeuristic", "false"],
        ["diff.orderFile", "/nonexistent"],
        ["diff.relative", "true"],
        ["color.ui", "always"],
        ["core.quotePath", "true"],
        ["core.abbrev", "4"],
      ],
    },
    {
      says: "programs",
      attributes: "",
      settings: [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "gpg.program",
        "alias.diff-tree",
      ].map((name) => [name, canary.program]),
    },
  ];
  const changes = rows.map((row) => ({
    ...row,
    change: { files: { "src/auth/login.ts": `${auth}more\n`, ".gitattributes": row.attributes } },
  }));

  test.each(committed(changes))("$says, in the change or in the clone", async ({ head, attributes, settings }) => {
    const plain = await readBetween(await sharedOpened, sharedBase, head);
    const config = join(shared.path, ".git/config");
    const before = readFileSync(config, "utf8");
    shared.write(".gitattributes", attributes);
    shared.write(".git/info/attributes", attributes);
    writeFileSync(config, before + settings.map(asConfigText).join(""));
    const change = await readBetween(await sharedOpened, sharedBase, head);
    writeFileSync(config, before);
    expect(change.files).toMatchObject([
      { path: ".gitattributes" },
      { path: "src/auth/login.ts", kind: "text", addedLines: 1, deletedLines: 0 },
    ]);
    expect(change).toEqual(plain);
    expect(canary.wasRun()).toBe(false);
  });

  test("the canary sings where git is not held back", () => {
    const repository = changed({ files: { "src/auth/login.ts": "x\n", ".gitattributes": "*.ts diff=evil\n" } });
    repository.checkOut("feature");
    repository.git(["config", "diff.evil.textconv", canary.program]);
    repository.git(["diff", "main", "feature"]);
    expect(canary.wasRun()).toBe(true);
  });
});

/** A setting as it stands in a file: `diff.evil.textconv` under `[diff "evil"]`. */
function asConfigText([name = "", value = ""]: readonly string[]): string {
  const [section = "", ...rest] = name.split(".");
  const key = rest.pop() ?? "";
  const group = rest.length === 0 ? `[${section}]` : `[${section} "${rest.join(".")}"]`;
  return `${group}\n\t${key} = "${value}"\n`;
}

test("38: .mailmap renames nobody", async () => {
  const repository = changed({
    author: "Agent <agent@example.com>",
    files: { ".mailmap": "Ann Example <ann@example.com> <agent@example.com>\n" },
  });
  repository.checkOut("feature");
  repository.git(["config", "log.mailmap", "true"]);
  expect(repository.text(["log", "-1", "--format=%aN"])).toBe("Ann Example");
  const { commits } = await readRange(repository.path);
  expect(commits[0]?.author).toEqual({ name: "Agent", email: "agent@example.com" });
});

describe("39: what lies in a repository is not run", () => {
  const canary = plantCanary();
  const hookNames = [
    "post-index-change",
    "reference-transaction",
    "post-checkout",
    "pre-auto-gc",
    "fsmonitor-watchman",
  ];

  /** A git directory full of programs that git would run. */
  function plantGitDir(path: string): void {
    mkdirSync(join(path, "hooks"), { recursive: true });
    mkdirSync(join(path, "refs/heads"), { recursive: true });
    mkdirSync(join(path, "objects/info"), { recursive: true });
    writeFileSync(join(path, "HEAD"), "ref: refs/heads/main\n");
    const programs = ["fsmonitor", "sshCommand", "pager", "editor"].map((name) => `\t${name} = ${canary.program}\n`);
    writeFileSync(join(path, "config"), `[core]\n\trepositoryFormatVersion = 0\n${programs.join("")}`);
    for (const name of hookNames) {
      writeFileSync(join(path, "hooks", name), `#!/bin/sh\nexec '${canary.program}'\n`);
      chmodSync(join(path, "hooks", name), 0o755);
    }
  }

  test("hooks and monitors of the clone itself, also when uncommitted work is read", async () => {
    const repository = changed({ files: { "a.ts": "a\n" } });
    repository.checkOut("feature");
    repository.write("b.ts", "b\n");
    plantGitDir(join(repository.path, ".git"));
    writeFileSync(join(repository.path, ".git/HEAD"), "ref: refs/heads/feature\n");
    expect((await readRange(repository.path, { workTree: true })).files).toHaveLength(2);
    expect(canary.wasRun()).toBe(false);
    repository.git(["status"]);
    expect(canary.wasRun()).toBe(true);
  });

  test("a bare repository inside the tree, which is never taken for the repository", async () => {
    const repository = changed({ files: { "a.ts": "a\n" } });
    repository.checkOut("feature");
    plantGitDir(join(repository.path, "embedded"));
    const { files } = await readRange(repository.path, { workTree: true });
    expect(files.map(({ path }) => path)).toContain("embedded/config");
    await expect(openRepository(join(repository.path, "embedded/refs"))).rejects.toThrow("is not in a git repository");
    expect((await openRepository(join(repository.path, "src"))).workTree).toBe(repository.path);
    expect(canary.wasRun()).toBe(false);
  });

  test("a .git file that leads to a planted git directory", async () => {
    const repository = changed({ files: { "a.ts": "a\n" } });
    repository.checkOut("feature");
    plantGitDir(join(repository.path, "planted"));
    repository.write("nested/.git", "gitdir: ../planted\n");
    repository.write("nested/file.ts", "x\n");
    const opened = await openRepository(join(repository.path, "nested"));
    expect(opened.gitDir).toBe(join(repository.path, "planted"));
    await expect(readRange(join(repository.path, "nested"), { workTree: true })).rejects.toThrow("is no commit");
    expect(canary.wasRun()).toBe(false);
  });

  test("alternates are followed and nothing more", async () => {
    const repository = changed({ files: { "a.ts": "a\n" } });
    const shared = repository.clone("--shared", "--branch", "feature", "--no-checkout");
    writeFileSync(
      join(shared.path, ".git/objects/info/alternates"),
      `${join(repository.path, ".git/objects")}\n/nonexistent\n`,
    );
    expect((await readRange(shared.path, { base: "origin/main" })).files).toMatchObject([{ path: "a.ts" }]);
  });
});

describe("the caller's environment", () => {
  const canary = plantCanary();

  test("GIT_* variables and a relative PATH change nothing", async () => {
    const repository = changed({ rename: { "run.sh": "run" }, files: { "a.ts": "a\n" } });
    repository.checkOut("feature");
    repository.write("bin/git", `#!/bin/sh\nexec '${canary.program}'\n`);
    chmodSync(join(repository.path, "bin/git"), 0o755);
    const plain = await readRange(repository.path, { workTree: true });
    const settings = { "core.fsmonitor": canary.program, "diff.external": canary.program, "diff.renames": "false" };
    const counted = Object.entries(settings).flatMap(([name, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, name] as const,
      [`GIT_CONFIG_VALUE_${index}`, value] as const,
    ]);
    const hostile = {
      GIT_DIR: "/nonexistent",
      GIT_WORK_TREE: "/nonexistent",
      GIT_INDEX_FILE: "/nonexistent",
      GIT_OBJECT_DIRECTORY: "/nonexistent",
      GIT_COMMON_DIR: "/nonexistent",
      GIT_NAMESPACE: "other",
      GIT_CEILING_DIRECTORIES: repository.path,
      GIT_EXTERNAL_DIFF: canary.program,
      GIT_PAGER: canary.program,
      GIT_EDITOR: canary.program,
      GIT_SSH_COMMAND: canary.program,
      GIT_ASKPASS: canary.program,
      GIT_DIFF_OPTS: "-u9",
      GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${canary.program}' 'diff.algorithm=patience'`,
      GIT_CONFIG_COUNT: "3",
      ...Object.fromEntries(counted),
      GIT_CONFIG_GLOBAL: join(newFolder(), "config"),
      GIT_TRACE: join(newFolder(), "trace"),
      GIT_GRAFT_FILE: "/nonexistent",
      GIT_SHALLOW_FILE: "/nonexistent",
      GIT_REPLACE_REF_BASE: "refs/heads",
      GIT_ATTR_SOURCE: "feature",
      GIT_EXEC_PATH: join(repository.path, "bin"),
      PATH: `./bin:bin:../bin:${process.env.PATH ?? ""}`,
    };
    for (const [name, value] of Object.entries(hostile)) vi.stubEnv(name, value);
    const read = await readRange(repository.path, { workTree: true }).finally(() => vi.unstubAllEnvs());
    expect(read).toEqual(plain);
    expect(canary.wasRun()).toBe(false);
  });

  test("grafts and replaced objects of the clone hide no commit", async () => {
    const repository = changed({ files: { a: "1\n" } }, { files: { a: "2\n" } }, { files: { a: "3\n" } });
    const plain = await readRange(repository.path);
    const [first, second, third] = plain.commits.map(({ sha }) => sha);
    writeFileSync(join(repository.path, ".git/info/grafts"), `${third} ${first}\n`);
    repository.git(["replace", "--force", second!, first!]);
    expect(await readRange(repository.path)).toEqual(plain);
  });
});

describe("SHA-256", () => {
  test("a repository of the other object format reads the same", async () => {
    const repository = createRepository({ objectFormat: "sha256" });
    repository.commit({ files: { "a.ts": "a\nb\n" } });
    repository.switchTo("feature");
    repository.commit({ files: { "a.ts": "a\nc\n" }, symlinks: { l: "a.ts" } });
    const { commits, files } = await readRange(repository.path);
    expect(commits[0]?.sha).toHaveLength(64);
    expect(files).toMatchObject([
      { path: "a.ts", addedLines: 1, deletedLines: 1 },
      { path: "l", symlinkTarget: "a.ts" },
    ]);
  });
});

describe("where the change lives", () => {
  test.each([
    { says: "no remote", remote: null, place: null, id: /^local@[0-9a-f]{40}\.\.[0-9a-f]{40}$/ },
    {
      says: "a remote",
      remote: "git@github.com:acme/orders.git",
      place: { host: "github.com", owner: "acme", name: "orders" },
      id: /^github\.com\/acme\/orders@/,
    },
    { says: "a local remote", remote: "/srv/git/orders.git", place: null, id: /^local@/ },
  ])("$says", async ({ remote, place, id }) => {
    const repository = changed({ files: { a: "a\n" } });
    if (remote !== null) repository.git(["remote", "add", "origin", remote]);
    const change = await readRange(repository.path);
    expect(change.repository).toEqual(place);
    expect(change.id).toMatch(id);
  });

  test("what a door knows comes first", async () => {
    const repository = { host: "github.com", owner: "acme", name: "orders" };
    const change = await readRange(changed({ files: { a: "a\n" } }).path, {}, { repository, number: 41 });
    expect(change.id).toBe("github.com/acme/orders#41");
  });
});

test("a line map between two commits follows renames", async () => {
  const repository = changed({
    rename: { "src/auth/login.ts": "src/login.ts" },
    files: { "src/login.ts": `top\n${auth}` },
  });
  const opened = await openRepository(repository.path);
  const [from, to] = [repository.text(["rev-parse", "main"]), repository.text(["rev-parse", "feature"])];
  const map = await readLineMap(opened, { name: "base", sha: from }, { name: "head", sha: to });
  expect(map).toMatchObject({ from: "base", to: "head", files: [{ from: "src/auth/login.ts", to: "src/login.ts" }] });
  expect(mapLineForward(map.files[0]?.hunks ?? [], 5)).toBe(6);
});
