import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { git, gitText, openRepository, tryGit } from "../../../adapters/git/run-git.ts";
import { Problem } from "../../../core/problem.ts";
import { createRepository, newFolder, removeRepositories } from "../../git-repository.ts";
import { rejection } from "./read-range.ts";

afterAll(removeRepositories);

const repository = createRepository();
repository.commit({ files: { a: "a\n" } });
const open = () => openRepository(repository.path);

describe("what a repository is found to be", () => {
  test.each([{ format: "sha1" as const }, { format: "sha256" as const }])("$format", async ({ format }) => {
    const made = createRepository({ objectFormat: format });
    expect(await openRepository(made.path)).toEqual({
      gitDir: join(made.path, ".git"),
      workTree: made.path,
      objects: { path: join(made.path, ".git/objects"), format },
      environment: {},
    });
  });

  test("a linked working tree has its objects in the first one", async () => {
    const linked = join(newFolder(), "linked");
    repository.git(["worktree", "add", "--quiet", "--detach", linked]);
    expect((await openRepository(linked)).objects.path).toBe(join(repository.path, ".git/objects"));
  });

  test("git is not installed", async () => {
    vi.stubEnv("PATH", newFolder());
    const problem = await rejection(open()).finally(() => vi.unstubAllEnvs());
    expect(problem).toBeInstanceOf(Problem);
    expect(String(problem)).toContain("git was not found");
  });
});

describe("running git", () => {
  test("what it prints comes back, and what it was given goes in", async () => {
    const input = Buffer.from([0, 1, 255]);
    const id = await gitText(await open(), ["hash-object", "--stdin"], { input });
    expect(id).toBe(repository.text(["hash-object", "--stdin"], { input }));
  });

  test("an exit code is an answer for one, an error for the other", async () => {
    const args = ["cat-file", "-e", "9".repeat(40)];
    expect((await tryGit(await open(), args)).code).not.toBe(0);
    await expect(git(await open(), args)).rejects.toThrow(/^git cat-file ended with/);
  });

  test("an error while its output is read comes through as it is, and git is ended", async () => {
    const error = new Error("no more");
    const options = {
      onOutput: () => {
        throw error;
      },
    };
    expect(await rejection(git(await open(), ["cat-file", "-p", "HEAD"], options))).toBe(error);
  });

  test("git may stop before it has read all of its input", async () => {
    const input = Buffer.alloc(10_000_000, "x");
    expect((await tryGit(await open(), ["rev-parse", "HEAD"], { input })).code).toBe(0);
  });

  test("on the objects alone there are no refs and no settings", async () => {
    repository.git(["config", "user.name", "Someone"]);
    const opened = await open();
    const alone = { objectsOnly: true };
    expect((await tryGit(opened, ["config", "user.name"])).code).toBe(0);
    expect((await tryGit(opened, ["config", "user.name"], alone)).code).not.toBe(0);
    expect((await tryGit(opened, ["rev-parse", "--verify", "--quiet", "main"], alone)).code).not.toBe(0);
    const commit = repository.text(["rev-parse", "main"]);
    expect((await git(opened, ["cat-file", "-t", commit], alone)).toString()).toBe("commit\n");
  });

  test("an argument is an argument, whatever a shell would make of it", async () => {
    const name = "$(touch x); `touch y` & | > z \n'\"";
    const result = await tryGit(await open(), ["rev-parse", "--verify", "--end-of-options", name]);
    expect(result.stderr).toContain("Needed a single revision");
  });
});
