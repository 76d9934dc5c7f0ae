import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCommand, type CommandResult } from "../../command-line.ts";
import { newFolder, removeRepositories } from "../../git-repository.ts";
import { hookRepository, HookRepository, insideClaude } from "./hook-repository.ts";

/** What must not happen to anybody who installs: a commit that fails by us, bytes that are lost, a place that is not ours. */
afterAll(removeRepositories);

const hook = (r: HookRepository, path: string, text: string): void => {
  r.write(path, text);
  chmodSync(join(r.path, path), 0o755);
};
const read = (r: HookRepository, path: string): string => readFileSync(join(r.path, path), "latin1");
const hooks = (action: string, path: string, ...args: string[]): Promise<CommandResult> =>
  runCommand(["hooks", action, "--repo", path, ...args]);

const inPlaces: readonly { says: string; before: (r: HookRepository) => void }[] = [
  { says: "alone", before: () => undefined },
  { says: "around a hook", before: (r) => hook(r, ".git/hooks/commit-msg", "#!/bin/bash\nset -euo pipefail\ntrue\n") },
  {
    says: "among the repository's hooks",
    before: (r) => {
      hook(r, ".githooks/commit-msg", "#!/bin/sh -e\ntrue\n");
      r.git("config", "core.hooksPath", ".githooks");
    },
  },
  { says: "in our own folder", before: (r) => symlinkSync("/bin/true", join(r.path, ".git/hooks/commit-msg")) },
];

describe.each(inPlaces)("$says", ({ before }) => {
  test.each([
    { says: "half of our script", text: (whole: string) => whole.slice(0, 3000) },
    { says: "a script that leaves", text: () => "exit 9\n" },
    { says: "a script that is no text", text: () => "\u0000\u00ff(((" },
  ])("$says fails no commit, and says nothing", async ({ text }) => {
    const repository = await hookRepository({ before });
    const script = join(repository.path, ".git/countersign/capture.sh");
    writeFileSync(script, text(readFileSync(script, "utf8")));
    expect(repository.tryGit(["commit", "--quiet", "--allow-empty", "-m", "One"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });
});

describe("where ours could not run, nothing is installed", () => {
  test.each([
    {
      says: "hooks are turned off",
      prepare: (r: HookRepository) => r.git("config", "core.hooksPath", "/dev/null"),
      error: "/dev/null, which is no folder",
    },
    {
      says: "one working tree has hooks of its own elsewhere",
      prepare: (r: HookRepository) => {
        mkdirSync(join(dirname(r.path), "theirs"));
        r.git("config", "extensions.worktreeConfig", "true");
        r.git("config", "--worktree", "core.hooksPath", join(dirname(r.path), "theirs"));
      },
      error: "the settings of this working tree alone",
    },
    {
      says: "another tool has a hook in our folder",
      prepare: (r: HookRepository) => hook(r, ".git/countersign/hooks/pre-push", "#!/bin/sh\nexit 1\n"),
      error: ".git/countersign/hooks/pre-push: put there by another tool",
    },
    {
      says: "settings that are no UTF-8",
      prepare: (r: HookRepository) => {
        mkdirSync(join(r.path, ".claude"));
        writeFileSync(join(r.path, ".claude/settings.local.json"), Buffer.from('{"a":"\xe9"}', "latin1"));
      },
      error: "is not plain JSON",
    },
  ])("$says", async ({ prepare, error }) => {
    const repository = bare();
    prepare(repository);
    const was = read(repository, ".git/config");
    const { code, stderr } = await hooks("install", repository.path, "--agent", "claude");
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(error) as string });
    expect(read(repository, ".git/config")).toBe(was);
    expect(existsSync(join(repository.path, ".git/hooks/commit-msg"))).toBe(false);
    expect((await hooks("uninstall", repository.path)).code).toBe(0);
  });
});

test("a path may hold a line break", async () => {
  const repository = bare("two\nlines");
  await repository.install(["claude"]);
  repository.environment = insideClaude;
  repository.git("commit", "--quiet", "--allow-empty", "-m", "One");
  expect(repository.trailers()).toHaveLength(2);
  expect((await hooks("status", repository.path)).stdout).toMatch(/commit-msg +in place/);
  expect((await hooks("uninstall", repository.path)).stdout).toBe("Uninstalled. Everything is as it was before.\n");
});

describe("what somebody did since, in files that we are in", () => {
  const link = (r: HookRepository): void => symlinkSync("../../x", join(r.path, ".git/hooks/commit-msg"));

  test("bytes of theirs stay what they are", async () => {
    const repository = await hookRepository({
      agents: ["claude", "gemini"],
      before: (r) => {
        writeFileSync(join(r.path, ".git/info/exclude"), Buffer.from("/caf\xe9", "latin1"));
        r.write(".claude/settings.local.json", '{"n":12345678901234567890,"a":1,"a":2,"hooks":{}}');
        hook(r, ".git/hooks/commit-msg", "#!/bin/sh\n");
        writeFileSync(join(r.path, ".git/hooks/commit-msg"), Buffer.from("#!/bin/sh\n# \xe9\n", "latin1"));
      },
    });
    for (const path of [".git/info/exclude", ".git/hooks/commit-msg"])
      appendFileSync(join(repository.path, path), Buffer.from("# \xe8\n", "latin1"));
    appendFileSync(join(repository.path, ".claude/settings.local.json"), "\n");
    await hooks("uninstall", repository.path);
    expect(read(repository, ".git/info/exclude")).toBe("/caf\xe9\n# \xe8\n");
    expect(read(repository, ".git/hooks/commit-msg")).toBe("#!/bin/sh\n# \xe9\n# \xe8\n");
    expect(read(repository, ".claude/settings.local.json")).toBe('{"n":12345678901234567890,"a":1,"a":2,"hooks":{}}\n');
  });

  test("lines in a hook of ours, settings of the repository", async () => {
    const repository = await hookRepository({ before: link });
    repository.git("remote", "add", "origin", "/x");
    await hooks("uninstall", repository.path);
    expect(read(repository, ".git/config")).not.toContain("countersign");
    expect(repository.git("remote")).toBe("origin");
    rmSync(join(repository.path, ".git/hooks/commit-msg"));
    await repository.install(["claude"]);
    appendFileSync(join(repository.path, ".git/hooks/commit-msg"), "echo mine\n");
    await hooks("uninstall", repository.path);
    expect(read(repository, ".git/hooks/commit-msg")).toBe("#!/bin/sh\necho mine\n");
  });

  test("a folder of hooks that is named later goes before ours", async () => {
    const repository = await hookRepository({ before: link });
    hook(repository, ".husky/_/commit-msg", "#!/bin/sh\nexit 1\n");
    repository.git("config", "core.hooksPath", ".husky/_");
    expect(repository.tryGit(["commit", "--allow-empty", "-m", "One"]).code).toBe(1);
    await hooks("uninstall", repository.path);
    expect(repository.git("config", "core.hooksPath")).toBe(".husky/_");
  });

  test("and one that is named in place of another too", async () => {
    const repository = await hookRepository({
      before: (r) => {
        mkdirSync(join(dirname(r.path), "theirs"));
        r.git("config", "core.hooksPath", join(dirname(r.path), "theirs"));
      },
    });
    hook(repository, ".husky/_/commit-msg", "#!/bin/sh\nexit 1\n");
    repository.git("config", "core.hooksPath", ".husky/_");
    expect(repository.tryGit(["commit", "--allow-empty", "-m", "One"]).code).toBe(1);
  });

  test("a hook that another tool put into our folder stays, and is named", async () => {
    const repository = await hookRepository({ before: link });
    hook(repository, ".git/countersign/hooks/pre-push", "#!/bin/sh\nexit 1\n");
    hook(repository, ".git/countersign/hooks/update", "#!/bin/sh\nexit 1\n");
    const { stdout } = await hooks("uninstall", repository.path);
    expect(stdout).toContain("  .git/countersign/hooks/pre-push\n  .git/countersign/hooks/update\n");
    expect(read(repository, ".git/countersign/hooks/pre-push")).toBe("#!/bin/sh\nexit 1\n");
  });

  test("a link where a file of ours was is left alone, and named", async () => {
    const repository = await hookRepository({ agents: ["gemini"] });
    const elsewhere = join(dirname(repository.path), "elsewhere");
    renameSync(join(repository.path, ".gemini"), elsewhere);
    symlinkSync(elsewhere, join(repository.path, ".gemini"));
    const was = readFileSync(join(elsewhere, "settings.json"), "utf8");
    expect((await hooks("uninstall", repository.path)).stdout).toContain("  .gemini/settings.json\n");
    expect(readFileSync(join(elsewhere, "settings.json"), "utf8")).toBe(was);
  });
});

describe("installed in one of several working trees", () => {
  const settings = ".claude/settings.local.json";

  async function linked(): Promise<{ main: HookRepository; other: HookRepository }> {
    const main = bare();
    main.git("commit", "--quiet", "--allow-empty", "-m", "Zero");
    const other = new HookRepository(join(dirname(main.path), "other"));
    main.git("worktree", "add", "--quiet", other.path);
    await other.install(["claude"]);
    return { main, other };
  }

  test("taken away from the main one", async () => {
    const { main, other } = await linked();
    expect((await hooks("uninstall", main.path)).stdout).toBe("Uninstalled. Everything is as it was before.\n");
    expect(existsSync(join(other.path, settings))).toBe(false);
  });

  test("which git has moved since", async () => {
    const { main, other } = await linked();
    main.git("worktree", "move", other.path, `${other.path} place`);
    expect((await hooks("uninstall", main.path)).stdout).toBe("Uninstalled. Everything is as it was before.\n");
    expect(existsSync(join(`${other.path} place`, settings))).toBe(false);
  });

  test("which is gone", async () => {
    const { main, other } = await linked();
    main.git("worktree", "remove", "--force", other.path);
    expect((await hooks("uninstall", main.path)).stdout).toBe("Uninstalled. Everything is as it was before.\n");
  });

  test("where another clone stands by now: that one is left alone, and it is said", async () => {
    const { main, other } = await linked();
    const stranger = join(dirname(main.path), "stranger");
    cpSync(other.path, stranger, { recursive: true });
    rmSync(other.path, { recursive: true });
    renameSync(stranger, other.path);
    rmSync(join(other.path, ".git"));
    new HookRepository(other.path).git("init", "--quiet", ".");
    expect((await hooks("uninstall", main.path)).stdout).toContain(`  ../other/${settings}\n`);
    expect(existsSync(join(other.path, settings))).toBe(true);
  });
});

test.each(inPlaces)(
  "$says: a record that is lost leaves nothing behind, and no hook that calls itself for ever",
  async ({ before }) => {
    const repository = await hookRepository({ before, agents: ["claude", "gemini"] });
    rmSync(join(repository.path, ".git/countersign"), { recursive: true });
    await repository.install(["claude", "gemini"]);
    repository.environment = insideClaude;
    repository.git("commit", "--quiet", "--allow-empty", "-m", "One");
    expect(repository.trailers()).toHaveLength(2);
    await hooks("uninstall", repository.path);
    const files = [".git/config", ".git/hooks/commit-msg", ".githooks/commit-msg", ".gemini/settings.json"];
    const left = files.filter(
      (path) => existsSync(join(repository.path, path)) && read(repository, path).includes("countersign"),
    );
    expect(left).toEqual([]);
  },
);

test("a record that cannot be read, or is of another version, changes nothing", async () => {
  for (const text of [
    "{",
    '{"version":1,"steps":[]}',
    '{"version":2,"agents":[],"program":"x","workTree":"..","gitDir":"","steps":[{"kind":"folder","root":"git","path":"../.."}]}',
  ]) {
    const repository = await hookRepository({});
    repository.write(".git/countersign/install.json", text);
    repository.write(".git/countersign/kept/commit-msg", "theirs");
    for (const action of ["install", "uninstall", "status"]) {
      const { code, stderr } = await hooks(action, repository.path);
      expect({ action, code }).toEqual({ action, code: 3 });
      expect(stderr).toContain("Nothing was changed.");
    }
    expect(read(repository, ".git/countersign/kept/commit-msg")).toBe("theirs");
    expect(read(repository, ".git/hooks/commit-msg")).toContain("countersign");
  }
});

test.each([
  {
    says: "a folder where a file would be",
    prepare: (r: HookRepository) => mkdirSync(join(r.path, ".gemini/settings.json"), { recursive: true }),
  },
  { says: "a file where a folder would be", prepare: (r: HookRepository) => r.write(".gemini", "") },
])("$says: what was done is undone, and the reason said", async ({ prepare }) => {
  const repository = bare();
  prepare(repository);
  const { code, stderr } = await hooks("install", repository.path, "--agent", "gemini");
  expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(".gemini") as string });
  expect(existsSync(join(repository.path, ".git/countersign"))).toBe(false);
});

test("that prompts are hashed without a key is said", async () => {
  const repository = bare();
  expect((await hooks("install", repository.path)).stderr).toContain("without a key");
  repository.git("config", "countersign.promptKeyId", "team");
  expect((await hooks("install", repository.path)).stderr).toContain("no fingerprint of a prompt is written");
  repository.write("../key", "0123456789abcdef");
  repository.git("config", "countersign.promptKeyFile", join(dirname(repository.path), "key"));
  expect((await hooks("install", repository.path)).stderr).toBe("");
});

function bare(name?: string): HookRepository {
  const repository = new HookRepository(newFolder(name));
  repository.git("init", "--quiet", "-b", "main", ".");
  return repository;
}
