import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hasCommit } from "../../../adapters/git/find-commits.ts";
import { resolveRange, type RangeRequest } from "../../../adapters/git/resolve-range.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { lineOrigins } from "../../../core/change/line-origins.ts";
import { Problem } from "../../../core/problem.ts";
import { createRepository, newFolder, removeRepositories, runGit, type TestRepository } from "../../git-repository.ts";
import { plantCanary } from "./canary.ts";
import { readRange, rejection } from "./read-range.ts";

afterAll(removeRepositories);

const twelve = Array.from({ length: 12 }, (_, index) => `line ${index}\n`);
const withLine = (index: number, text: string) => twelve.with(index, `${text}\n`).join("");

const open = new Map<string, ReturnType<typeof openRepository>>();

async function resolve({ path }: TestRepository, request: Partial<RangeRequest> = {}) {
  const opened = await (open.get(path) ?? openRepository(path));
  open.set(path, Promise.resolve(opened));
  return resolveRange(opened, { event: "local", base: null, head: null, workTree: false, ...request });
}

/** `main` with two commits and `feature` with two more, from the first. */
function branched() {
  const repository = createRepository();
  const root = repository.commit({ files: { "a.ts": twelve.join("") } });
  repository.switchTo("feature");
  const first = repository.commit({ files: { "b.ts": "b\n" } });
  const head = repository.commit({ files: { "a.ts": withLine(2, "feature") } });
  const base = repository.commit({ branch: "main", files: { "c.ts": "c\n" } });
  return { repository, root, first, head, base };
}

describe("what a person expects without saying it", () => {
  test("the head is HEAD, the base is main, through the merge base", async () => {
    const { repository, root, head, base } = branched();
    expect(await resolve(repository)).toMatchObject({
      base: { name: "main", sha: base },
      head: { name: "HEAD", sha: head },
      mergeBase: root,
      uncommitted: null,
      branch: "feature",
    });
  });

  test.each([
    {
      says: "the remote's default branch first",
      refs: ["remotes/origin/develop", "remotes/origin/main", "heads/main"],
      base: "origin/develop",
      remoteHead: "develop",
    },
    { says: "then the remote's main", refs: ["remotes/origin/main", "heads/master"], base: "origin/main" },
    {
      says: "a remote's branch before a local one",
      refs: ["remotes/origin/trunk", "heads/main"],
      base: "origin/trunk",
    },
    {
      says: "a default branch with a slash",
      refs: ["remotes/origin/release/2"],
      base: "origin/release/2",
      remoteHead: "release/2",
    },
    { says: "a local master", refs: ["heads/master"], base: "master" },
    { says: "main before master", refs: ["heads/master", "heads/main"], base: "main" },
  ])("$says", async ({ refs, base, remoteHead }) => {
    const repository = createRepository();
    const root = repository.commit();
    repository.switchTo("work");
    repository.commit();
    repository.git(["update-ref", "-d", "refs/heads/main"]);
    for (const ref of refs) repository.git(["update-ref", `refs/${ref}`, root]);
    if (remoteHead !== undefined)
      repository.git(["symbolic-ref", "refs/remotes/origin/HEAD", `refs/remotes/origin/${remoteHead}`]);
    expect((await resolve(repository)).base).toEqual({ name: base, sha: root });
  });

  test("a tag or branch of the same name is not taken for the base branch", async () => {
    const { repository, head, base } = branched();
    repository.git(["update-ref", "refs/tags/main", head]);
    repository.git(["update-ref", "refs/remotes/origin/main", base]);
    repository.git(["update-ref", "refs/heads/origin/main", head]);
    expect((await resolve(repository)).base).toEqual({ name: "origin/main", sha: base });
  });

  test("on the default branch itself there is nothing to compare with, and the fix is named", async () => {
    const repository = createRepository();
    repository.commit();
    const problem = await rejection(resolve(repository));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain("No base branch was found");
    expect(String(problem)).toContain("--base HEAD~1");
  });

  test("an event's names are shown in place of object ids", async () => {
    const { repository, head, base } = branched();
    const range = await resolve(repository, { base, head, names: { base: "main", head: "ann:feature" } });
    expect(range).toMatchObject({ base: { name: "main", sha: base }, head: { name: "ann:feature", sha: head } });
  });
});

describe("names", () => {
  const { repository, head, first } = branched();
  repository.git(["tag", "--annotate", "--message=x", "v1", first]);
  test.each([
    { says: "an object id", name: first, sha: first },
    { says: "a short object id", name: first.slice(0, 12), sha: first },
    { says: "an annotated tag stands for its commit", name: "v1", sha: first },
    { says: "a full ref", name: "refs/heads/feature", sha: head },
    { says: "HEAD and its ancestors", name: "HEAD~1", sha: first },
    { says: "an expression", name: "feature^{/Commit}", sha: head },
  ])("$says", async ({ name, sha }) => {
    expect((await resolve(repository, { head: name })).head).toEqual({ name, sha });
  });

  test.each([
    { says: "40: an unknown name", name: "nowhere" },
    { says: "40: a name that begins with a hyphen", name: "--all" },
    { says: "40: a flag that would write", name: "--output=/tmp/x" },
    { says: "40: a hyphen alone", name: "-" },
    { says: "an object id that is not here", name: "9".repeat(40) },
    { says: "a tree", name: "HEAD^{tree}" },
    { says: "a blob", name: "HEAD:a.ts" },
    { says: "two names", name: "main feature" },
    { says: "a range", name: "main..feature" },
    { says: "nothing", name: "" },
    { says: "a NUL", name: "main\0" },
    { says: "a line break and a workflow command", name: "x\n::error::y" },
  ])("$says is refused, inert and with a fix", async ({ name }) => {
    for (const [request, flag] of [
      [{ head: name }, "--head"],
      [{ base: name }, "--base"],
    ] as const) {
      const problem = await rejection(resolve(repository, request));
      expect(problem).toBeInstanceOf(Problem);
      expect(String(problem)).toContain(`(${flag})`);
      expect(String(problem)).not.toMatch(/^::/m);
    }
  });
});

describe("40: ranges", () => {
  test("an empty range says so, and how to go on", async () => {
    const { repository, root } = branched();
    const problem = await rejection(resolve(repository, { head: root }));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toMatch(
      /There is nothing to judge: [0-9a-f]{40} has no commits that main lacks\.\n.*--worktree/,
    );
  });

  test("the head is behind the base: nothing to judge either", async () => {
    const { repository, first } = branched();
    await expect(resolve(repository, { base: "feature", head: first })).rejects.toThrow("nothing to judge");
  });

  test("histories that share nothing", async () => {
    const { repository } = branched();
    repository.commit({ branch: "other", parents: [], files: { z: "z\n" } });
    await expect(resolve(repository, { head: "other" })).rejects.toThrow("other and main share no history");
  });

  test("an unrelated history merged into the head is part of the change", async () => {
    const { repository, head } = branched();
    const other = repository.commit({ branch: "other", parents: [], files: { "z.ts": "z\n" } });
    repository.commit({ parents: [head, other], files: { "z.ts": "z\n" } });
    const change = await readRange(repository.path);
    expect(change.commits).toHaveLength(4);
    expect(change.commits.find(({ sha }) => sha === other)?.diffs).toMatchObject([
      { parent: null, files: [{ to: "z.ts" }] },
    ]);
    expect(lineOrigins(change).get("z.ts")).toEqual([{ start: 1, end: 1, commit: other, path: "z.ts", line: 1 }]);
  });

  test("the base merged into the head: its commits and lines are not the change's", async () => {
    const { repository, head, base } = branched();
    repository.commit({ parents: [head, base], files: { "c.ts": "c\n" } });
    const change = await readRange(repository.path);
    expect(change.mergeBase).toBe(base);
    expect(change.files.map(({ path }) => path)).toEqual(["a.ts", "b.ts"]);
    expect(change.commits).toHaveLength(3);
    expect(lineOrigins(change).get("a.ts")).toEqual([{ start: 3, end: 3, commit: head, path: "a.ts", line: 3 }]);
  });

  test("an octopus merge", async () => {
    const { repository, root, head } = branched();
    const [one, two] = repository.commitAll([
      { branch: "one", parents: [root], files: { "a.ts": withLine(6, "one") } },
      { branch: "two", parents: [root], files: { "a.ts": withLine(10, "two") } },
    ]);
    const merged = twelve.with(2, "feature\n").with(6, "one\n").with(10, "two\n").join("");
    repository.commit({ parents: [head, one!, two!], files: { "a.ts": merged } });
    const change = await readRange(repository.path);
    expect(change.commits.at(-1)?.diffs).toHaveLength(3);
    expect(lineOrigins(change).get("a.ts")).toEqual([
      { start: 3, end: 3, commit: head, path: "a.ts", line: 3 },
      { start: 7, end: 7, commit: one, path: "a.ts", line: 7 },
      { start: 11, end: 11, commit: two, path: "a.ts", line: 11 },
    ]);
  });

  describe("criss-cross merges have several merge bases", () => {
    const undecided = (count: number) =>
      `main and HEAD have ${count} merge bases, so what the merge would change cannot be told from one of them; merge main into the branch, or rebase it, and it is judged`;

    /** `feature` merged the first commits of pull requests that `main` then merged too, and takes back the fix of one. */
    function crissCross(fixes: readonly Record<string, string>[]) {
      const repository = createRepository();
      const root = repository.commit({ files: { "src/auth/login.ts": "unsafe\n" } });
      const tips = fixes.map((files, index) => repository.commit({ branch: `fix-${index}`, parents: [root], files }));
      const merged = Object.assign({}, ...fixes) as Record<string, string>;
      repository.commit({ branch: "main", parents: tips, files: merged });
      repository.switchTo("feature", tips[0]);
      repository.commit({ parents: tips, files: merged });
      return repository;
    }

    test.each([
      {
        says: "two, of which git names the one that hides the revert of the other's fix",
        fixes: [{ "docs.md": "docs\n" }, { "src/auth/login.ts": "safe\n" }],
        incomplete: [undecided(2)],
      },
      {
        says: "three",
        fixes: [{ "docs.md": "docs\n" }, { "src/auth/login.ts": "safe\n" }, { "c.ts": "c\n" }],
        incomplete: [undecided(3)],
      },
      {
        says: "two of the same content: any of them says what changes",
        fixes: [{ "src/auth/login.ts": "safe\n" }, { "src/auth/login.ts": "safe\n" }],
        incomplete: [],
      },
      { says: "one", fixes: [{ "src/auth/login.ts": "safe\n" }], incomplete: [] },
    ])("$says", async ({ fixes, incomplete }) => {
      const repository = crissCross(fixes);
      repository.commit({ files: { "src/auth/login.ts": "unsafe\n" }, message: "Revert\n" });
      const bases = repository.text(["merge-base", "--all", "main", "feature"]).split("\n");
      expect(bases).toHaveLength(fixes.length);
      const change = await readRange(repository.path);
      expect(change.incomplete).toEqual(incomplete);
      expect(change.mergeBase).toBe(bases.toSorted()[0]);
    });

    test("the base merged into the head, as the sentence says, leaves one", async () => {
      const repository = crissCross([{ "docs.md": "docs\n" }, { "src/auth/login.ts": "safe\n" }]);
      const main = repository.text(["rev-parse", "main"]);
      const feature = repository.commit({ files: { "src/auth/login.ts": "unsafe\n" } });
      repository.commit({ parents: [feature, main] });
      const change = await readRange(repository.path);
      expect(change).toMatchObject({ incomplete: [], mergeBase: main, files: [{ path: "src/auth/login.ts" }] });
    });
  });

  test("criss-cross merges: one of git's merge bases, and exactly the commits that the base lacks", async () => {
    const { repository, head, base } = branched();
    const files = { "a.ts": withLine(2, "feature"), "b.ts": "b\n", "c.ts": "c\n" };
    const ours = repository.commit({ parents: [head, base], files });
    const theirs = repository.commit({ branch: "main", parents: [base, head], files });
    repository.commit({ parents: [ours], files: { "d.ts": "d\n" } });
    const change = await readRange(repository.path);
    const bases = repository.text(["merge-base", "--all", "feature", theirs]).split("\n");
    expect(bases).toHaveLength(2);
    expect(bases).toContain(change.mergeBase);
    expect(change.commits.map(({ sha }) => sha).sort()).toEqual(
      repository.text(["rev-list", "feature", "^main"]).split("\n").sort(),
    );
    expect(lineOrigins(change).get("d.ts")).toEqual([
      { start: 1, end: 1, commit: repository.text(["rev-parse", "feature"]), path: "d.ts", line: 1 },
    ]);
  });

  test("a revert of a revert brings the line back to who wrote it", async () => {
    const { repository, head } = branched();
    repository.commit({ files: { "a.ts": twelve.join("") }, message: "Revert\n" });
    repository.commit({ files: { "a.ts": withLine(2, "feature") }, message: "Revert the revert\n" });
    const change = await readRange(repository.path);
    expect(change.commits.map(({ sha }) => sha)).toContain(head);
    expect(lineOrigins(change).get("a.ts")).toEqual([{ start: 3, end: 3, commit: head, path: "a.ts", line: 3 }]);
  });

  test("a commit that names its parent twice", async () => {
    const { repository, head } = branched();
    const tree = repository.text(["rev-parse", "HEAD^{tree}"]);
    const person = "Ann <ann@example.com> 1750000000 +0000";
    const odd = repository.rawCommit(
      `tree ${tree}\nparent ${head}\nparent ${head}\nauthor ${person}\ncommitter ${person}\n\nodd\n`,
    );
    const { commits, files } = await readRange(repository.path, { head: odd });
    expect(commits).toHaveLength(3);
    expect(files).toHaveLength(2);
  });

  test("a line in a commit's header that git does not take for a parent hides nothing", async () => {
    const { repository, first, head } = branched();
    const tree = repository.text(["rev-parse", "HEAD^{tree}"]);
    const person = "Ann <ann@example.com> 1750000000 +0000";
    const odd = repository.rawCommit(
      `tree ${tree}\nparent ${first}\nauthor ${person}\ncommitter ${person}\nparent ${head}\n\nodd\n`,
    );
    const change = await readRange(repository.path, { head: odd });
    expect(change.commits.at(-1)?.parents).toEqual([first]);
    expect(lineOrigins(change).get("a.ts")).toEqual([{ start: 3, end: 3, commit: odd, path: "a.ts", line: 3 }]);
  });
});

describe("40: clones that lack something", () => {
  const { repository, root, head, base } = branched();
  repository.git(["config", "uploadpack.allowFilter", "true"]);
  repository.git(["config", "uploadpack.allowAnySHA1InWant", "true"]);
  repository.commit({ branch: "main", files: { "a.ts": withLine(9, "main") } });

  test.each([
    {
      says: "depth 1",
      flags: ["--depth=1", "--branch=feature", "--no-single-branch"],
      base: "origin/main",
      what: "too shallow",
    },
    {
      says: "depth 1 and no base at all",
      flags: ["--depth=1", "--branch=feature"],
      base: "9".repeat(40),
      what: "does not hold the commit",
    },
    {
      says: "a cut on the head's side",
      flags: ["--depth=2", "--branch=feature", "--no-single-branch"],
      base: "origin/main",
      what: "too shallow",
    },
  ])("$says: one error with the exact fix", async ({ flags, base, what }) => {
    const problem = await rejection(resolve(repository.clone(...flags), { base }));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain(what);
    expect(String(problem)).toContain("git fetch --unshallow");
    expect(String(problem)).toContain("fetch-depth: 0");
  });

  test("a cut inside the range, behind a merge", async () => {
    const deep = createRepository();
    const start = deep.commit({ files: { a: "1\n" } });
    const side = deep.commitAll(
      Array.from({ length: 5 }, (_, index) => ({
        branch: "side",
        parents: [index === 0 ? start : `:${index}`],
        files: { s: `${index}\n` },
      })),
    );
    deep.switchTo("feature");
    deep.commit({ parents: [start, side.at(-1)!], files: { s: "4\n" } });
    const shallow = deep.clone("--depth=2", "--branch=feature", "--no-single-branch");
    const range = { base: start };
    await expect(resolve(shallow, range)).rejects.toThrow("the history between");
    expect((await resolve(deep, range)).mergeBase).toBe(start);
  });

  test("a shallow clone that is deep enough is read in full", async () => {
    const deep = createRepository();
    deep.commitAll(Array.from({ length: 20 }, (_, index) => ({ files: { a: `${index}\n` } })));
    deep.switchTo("feature");
    deep.commit({ files: { b: "b\n" } });
    const shallow = deep.clone("--depth=3", "--branch=feature", "--no-single-branch");
    expect((await readRange(shallow.path, { base: "origin/main" })).commits).toHaveLength(1);
  });

  test.each([
    { says: "without contents", filter: "--filter=blob:none" },
    { says: "without contents and folders", filter: "--filter=tree:0" },
  ])("a partial clone $says is never filled by reading", async ({ filter }) => {
    const partial = repository.clone(filter, "--no-checkout", "--branch=feature");
    const before = objectsOf(partial);
    const problem = await rejection(readRange(partial.path, { base: "origin/main" }));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain("git fetch --refetch --no-filter origin");
    expect(objectsOf(partial)).toEqual(before);
    partial.git(["fetch", "--quiet", "--refetch", "--no-filter", "origin"]);
    expect((await readRange(partial.path, { base: "origin/main" })).files).toHaveLength(2);
  });

  test("a partial clone does not ask its remote for a commit that is not there", async () => {
    const canary = plantCanary();
    const partial = repository.clone("--filter=blob:none", "--no-checkout", "--branch=feature");
    partial.git(["config", "remote.origin.uploadpack", `${canary.program} < /dev/null #`]);
    await expect(resolve(partial, { base: "8".repeat(40) })).rejects.toThrow("is no commit in this repository");
    expect(await hasCommit(await openRepository(partial.path), "8".repeat(40))).toBe(false);
    expect(canary.wasRun()).toBe(false);
    partial.tryText(["cat-file", "-e", "8".repeat(40)]);
    expect(canary.wasRun()).toBe(true);
  });

  test.each([
    { says: "a missing head", request: { base: root, head: "8".repeat(40) } },
    { says: "a missing base", request: { base: "8".repeat(40), head } },
  ])("a whole clone with $says", async ({ request }) => {
    await expect(resolve(repository, request)).rejects.toThrow("is no commit in this repository");
  });

  test("the base's own commits are no part of the range", async () => {
    expect((await resolve(repository, { base, head })).mergeBase).toBe(root);
  });
});

/** Every object that the clone holds itself. */
function objectsOf(repository: TestRepository): string[] {
  const args = ["cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered"];
  return repository.text(args).split("\n").sort();
}

describe("40: places", () => {
  test("a detached HEAD has no branch", async () => {
    const { repository, head } = branched();
    repository.git(["checkout", "--quiet", "--detach", head]);
    expect(await resolve(repository)).toMatchObject({ head: { name: "HEAD", sha: head }, branch: null });
  });

  test("a linked working tree", async () => {
    const { repository, first } = branched();
    const linked = join(newFolder(), "linked");
    repository.git(["worktree", "add", "--quiet", "-b", "other", linked, first]);
    const change = await readRange(linked);
    expect(change).toMatchObject({ head: { sha: first }, files: [{ path: "b.ts" }] });
    expect((await openRepository(linked)).workTree).toBe(linked);
  });

  test("a bare repository, when it is named", async () => {
    const { repository, head } = branched();
    const bare = repository.clone("--bare");
    const opened = await openRepository(bare.path);
    expect(opened).toMatchObject({ gitDir: bare.path, workTree: null });
    expect((await readRange(bare.path, { base: "main", head: "feature" })).head.sha).toBe(head);
  });

  test("a .git folder, when it is named", async () => {
    const { repository, head } = branched();
    expect((await readRange(join(repository.path, ".git"))).head.sha).toBe(head);
  });

  test("a submodule's checkout, whose git directory names another working tree", async () => {
    const { repository: library, head } = branched();
    const outer = createRepository();
    outer.commit({ files: { "a.ts": "outer\n" } });
    outer.checkOut("main");
    outer.git(["submodule", "--quiet", "add", "-b", "feature", library.path, "lib"]);
    const path = join(outer.path, "lib");
    expect(await openRepository(path)).toMatchObject({ gitDir: join(outer.path, ".git/modules/lib"), workTree: path });
    expect(await readRange(path, { base: "origin/main" })).toMatchObject({ head: { sha: head } });
  });

  test("a folder inside the working tree, and one behind a link", async () => {
    const { repository } = branched();
    repository.write("deep/er/file.ts", "x\n");
    const link = join(newFolder(), "link");
    symlinkSync(join(repository.path, "deep"), link);
    for (const path of [join(repository.path, "deep/er"), link])
      expect((await openRepository(path)).workTree).toBe(repository.path);
  });

  test.each([
    { says: "spaces and quotes", folder: `a "b' c` },
    { says: "a colon", folder: "a:b" },
    { says: "a hyphen in front", folder: "-a" },
    { says: "other scripts", folder: "\u0434\u043e\u043c-caf\u00e9" },
  ])("a folder's name with $says", async ({ folder }) => {
    const repository = createRepository({ folder });
    repository.commit({ files: { a: "a\n" } });
    repository.switchTo("feature");
    repository.commit({ files: { b: "b\n" } });
    repository.checkOut("feature");
    repository.write("c", "c\n");
    expect((await readRange(repository.path, { workTree: true })).files.map(({ path }) => path)).toEqual(["b", "c"]);
  });

  test.each([
    { says: "no folder", path: () => join(newFolder(), "none"), what: "There is no folder" },
    { says: "a folder outside any repository", path: () => newFolder(), what: "is not in a git repository" },
  ])("$says", async ({ path, what }) => {
    const problem = await rejection(openRepository(path()));
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain(what);
  });

  test("a repository without a commit", async () => {
    const path = newFolder();
    runGit(path, ["init", "--quiet", "."]);
    await expect(readRange(path)).rejects.toThrow("HEAD is no commit in this repository");
  });
});
