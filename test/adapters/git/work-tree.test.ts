import { chmodSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { commitWorkTree } from "../../../adapters/git/work-tree.ts";
import { Problem } from "../../../core/problem.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../../git-repository.ts";
import { plantCanary } from "./canary.ts";
import { readRange, rejection } from "./read-range.ts";

afterAll(removeRepositories);

/** A branch with one commit, checked out. */
function checkedOut() {
  const repository = createRepository();
  repository.commit({
    files: { "a.ts": "1\n2\n3\n", "b.ts": "b\n", "c.ts": "c\n", "run.sh": "run\n", ".gitignore": "*.log\n" },
  });
  repository.switchTo("feature");
  const head = repository.commit({ files: { "d.ts": "d\n" } });
  repository.checkOut("feature");
  return { repository, head };
}

/** Everything under .git with its bytes, and what git says of the state. */
function snapshot(repository: TestRepository) {
  const gitDir = repository.text(["rev-parse", "--absolute-git-dir"]);
  const files = readdirSync(gitDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return {
    // First, because looking at the state may refresh the index.
    bytes: files.map((file) => [file, readFileSync(file).toString("latin1")]),
    objects: repository.text(["count-objects", "-v"]),
    status: repository.text(["--no-optional-locks", "status", "--porcelain=v2", "-z", "--branch"]),
  };
}

async function filesOf(repository: TestRepository) {
  return (await readRange(repository.path, { base: "feature", workTree: true })).files;
}

describe("uncommitted work", () => {
  test.each([
    {
      says: "staged, changed, new and deleted files, all at once",
      work: (repository: TestRepository) => {
        repository.write("b.ts", "staged\n");
        repository.git(["add", "b.ts"]);
        repository.write("a.ts", "1\nchanged\n3\n");
        repository.write("folder/new.ts", "new\n");
        rmSync(join(repository.path, "c.ts"));
      },
      files: [
        { path: "a.ts", status: "modified", addedLines: 1, deletedLines: 1 },
        { path: "b.ts", status: "modified" },
        { path: "c.ts", status: "deleted" },
        { path: "folder/new.ts", status: "added" },
      ],
    },
    {
      says: "staged and changed again: what lies in the working tree counts",
      work: (repository: TestRepository) => {
        repository.write("b.ts", "staged\n");
        repository.git(["add", "b.ts"]);
        repository.write("b.ts", "one\ntwo\n");
      },
      files: [{ path: "b.ts", addedLines: 2 }],
    },
    {
      says: "a file that is staged for deletion but still there is unchanged",
      work: (repository: TestRepository) => repository.git(["rm", "--cached", "--quiet", "b.ts"]),
      files: [],
    },
    {
      says: "a rename by hand",
      work: (repository: TestRepository) => {
        rmSync(join(repository.path, "a.ts"));
        repository.write("moved.ts", "1\n2\n3\n");
      },
      files: [{ path: "moved.ts", previousPath: "a.ts", status: "renamed" }],
    },
    {
      says: "a mode, a link, a name with a line break",
      work: (repository: TestRepository) => {
        chmodSync(join(repository.path, "run.sh"), 0o755);
        symlinkSync("/etc/passwd", join(repository.path, "link"));
        repository.write("x\ny", "x\n");
      },
      files: [
        { path: "link", kind: "symlink", symlinkTarget: "/etc/passwd" },
        { path: "run.sh", newMode: "100755" },
        { path: "x\ny", status: "added" },
      ],
    },
    {
      says: "ignored files are no work",
      work: (repository: TestRepository) => {
        repository.write("debug.log", "x\n");
        repository.write(".git/info/exclude", "secret.txt\n");
        repository.write("secret.txt", "x\n");
      },
      files: [],
    },
    {
      says: "a conflict counts as it lies there",
      work: (repository: TestRepository) => {
        repository.commit({ branch: "other", parents: ["feature~1"], files: { "a.ts": "1\nother\n3\n" } });
        repository.commit({ files: { "a.ts": "1\nmine\n3\n" } });
        repository.checkOut("feature");
        expect(repository.tryText(["merge", "other"])).toBe("");
        expect(repository.text(["ls-files", "--unmerged"])).not.toBe("");
      },
      files: [{ path: "a.ts", addedLines: 4, deletedLines: 0 }],
    },
    {
      says: "a repository inside is one entry, at its commit",
      work: (repository: TestRepository) => {
        const inner = createRepository();
        inner.commit({ files: { x: "x\n" } });
        repository.git(["clone", "--quiet", inner.path, "inner"]);
      },
      files: [{ path: "inner", kind: "submodule", newMode: "160000" }],
    },
    {
      says: "an index that is split in two files",
      work: (repository: TestRepository) => {
        repository.git(["config", "core.splitIndex", "true"]);
        repository.git(["config", "splitIndex.maxPercentChange", "0"]);
        repository.git(["update-index", "--split-index"]);
        repository.write("a.ts", "x\n");
      },
      files: [{ path: "a.ts" }],
    },
    {
      says: "no index at all",
      work: (repository: TestRepository) => rmSync(join(repository.path, ".git/index")),
      files: [],
    },
  ])("40: $says; nothing in the repository changes", async ({ work, files }) => {
    const { repository } = checkedOut();
    work(repository);
    const head = repository.text(["rev-parse", "HEAD"]);
    const before = snapshot(repository);
    const read = files.length === 0 ? [] : await filesOf(repository);
    const opened = await openRepository(repository.path);
    const made = await commitWorkTree(opened, head);
    expect(made.commit === head).toBe(files.length === 0);
    expect(read).toMatchObject(files);
    expect(read).toHaveLength(files.length);
    expect(snapshot(repository)).toEqual(before);
  });

  test("it stands on top of the branch, by nobody, and the same work is the same commit", async () => {
    const { repository, head } = checkedOut();
    repository.write("a.ts", "1\nchanged\n3\n");
    const change = await readRange(repository.path, { workTree: true });
    expect(change.commits).toHaveLength(2);
    expect(change.commits[1]).toMatchObject({
      sha: change.uncommitted,
      parents: [head],
      author: { name: "not committed", email: "" },
      message: "Uncommitted work\n",
    });
    expect(change.head.sha).toBe(change.uncommitted);
    repository.git(["config", "i18n.commitEncoding", "ISO-8859-1"]);
    expect((await readRange(repository.path, { workTree: true })).uncommitted).toBe(change.uncommitted);
  });

  test("a clean working tree leaves the head as it is, and nothing is uncommitted", async () => {
    const { repository, head } = checkedOut();
    const change = await readRange(repository.path, { workTree: true });
    expect(change).toMatchObject({ uncommitted: null, head: { sha: head } });
  });

  test("a linked working tree is read with its own index", async () => {
    const { repository } = checkedOut();
    const linked = join(newFolder(), "linked");
    repository.git(["worktree", "add", "--quiet", "-b", "other", linked, "feature"]);
    writeFileSync(join(linked, "b.ts"), "linked\n");
    repository.write("a.ts", "the other tree\n");
    const { files } = await readRange(linked, { base: "feature", workTree: true });
    expect(files).toMatchObject([{ path: "b.ts" }]);
  });
});

describe("what git would run or rewrite on the way", () => {
  const canary = plantCanary();

  test("37: filters of the clone are not run, and the file is judged by its contents", async () => {
    const { repository } = checkedOut();
    for (const name of ["clean", "process", "smudge"]) repository.git(["config", `filter.a=b.${name}`, canary.program]);
    repository.git(["config", "filter.a=b.required", "true"]);
    repository.write(".gitattributes", "*.ts filter=a=b\n");
    repository.write("a.ts", "1\nchanged\n3\n");
    expect(await filesOf(repository)).toMatchObject([{ path: ".gitattributes" }, { path: "a.ts", addedLines: 1 }]);
    expect(canary.wasRun()).toBe(false);
    repository.git(["config", "--unset", "filter.a=b.process"]);
    repository.git(["add", "a.ts"]);
    expect(canary.wasRun()).toBe(true);
  });

  test("what the person ignores everywhere is ignored, and line ends are stored as they are used to", async () => {
    const { repository } = checkedOut();
    const home = newFolder("home");
    writeFileSync(join(home, "ignored"), ".DS_Store\n");
    writeFileSync(
      join(home, ".gitconfig"),
      `[core]\n\texcludesFile = ~/ignored\n\tautocrlf = true\n\tfsmonitor = ${canary.program}\n`,
    );
    repository.write(".DS_Store", "x\n");
    repository.write("a.ts", "1\r\nchanged\r\n3\r\n");
    vi.stubEnv("HOME", home);
    const files = await filesOf(repository).finally(() => vi.unstubAllEnvs());
    expect(files).toMatchObject([{ path: "a.ts", addedLines: 1, deletedLines: 1 }]);
    expect(canary.wasRun()).toBe(false);
  });

  test("line ends that git would refuse to convert do not stop the reading", async () => {
    const { repository } = checkedOut();
    repository.git(["config", "core.autocrlf", "true"]);
    repository.git(["config", "core.safecrlf", "true"]);
    repository.write("a.ts", "1\nchanged\n3\n");
    expect(await filesOf(repository)).toMatchObject([{ path: "a.ts", addedLines: 1 }]);
  });

  test("the XDG place of that list is looked at too", async () => {
    const { repository } = checkedOut();
    const folder = newFolder("config");
    repository.git(["init", "--quiet", join(folder, "git")]);
    writeFileSync(join(folder, "git/ignore"), ".idea\n");
    repository.write(".idea", "x\n");
    vi.stubEnv("XDG_CONFIG_HOME", folder);
    const made = await openRepository(repository.path)
      .then((opened) => commitWorkTree(opened, repository.text(["rev-parse", "HEAD"])))
      .finally(() => vi.unstubAllEnvs());
    expect(made.commit).toBe(repository.text(["rev-parse", "HEAD"]));
  });
});

describe("what cannot be read is one error with a fix", () => {
  test("a bare repository", async () => {
    const { repository } = checkedOut();
    const bare = repository.clone("--bare");
    const problem = await rejection(readRange(bare.path, { base: "main", workTree: true }));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain("this repository is bare");
  });

  test("a repository inside that has no commit", async () => {
    const { repository } = checkedOut();
    repository.git(["init", "--quiet", "inner"]);
    const problem = await rejection(readRange(repository.path, { workTree: true }));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain("inner/");
  });

  test("another head than the one that is checked out", async () => {
    const { repository } = checkedOut();
    repository.commit({ branch: "other", parents: ["feature"], files: { x: "x\n" } });
    const problem = await rejection(readRange(repository.path, { head: "other", workTree: true }));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain("other is not checked out");
  });
});
