import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { runCommand } from "../../command-line.ts";
import { newFolder, removeRepositories } from "../../git-repository.ts";
import { hookRepository, HookRepository, insideClaude } from "./hook-repository.ts";

/** Beside every way in which people already use hooks, and gone without a trace afterwards. */
afterAll(removeRepositories);

const agents = ["claude", "cursor", "codex", "gemini", "copilot"];
const marker = (name: string): string => `#!/bin/sh\necho "${name} $# $2" >> ran\n`;

interface Setting {
  says: string;
  before: (repository: HookRepository) => void;
  /** The lines in `ran` after one commit. */
  ran: readonly string[];
}

const settings: readonly Setting[] = [
  { says: "a repository with nothing", before: () => undefined, ran: [] },
  {
    says: "no folder for hooks at all",
    before: (r) => rmSync(join(r.path, ".git/hooks"), { recursive: true }),
    ran: [],
  },
  {
    says: "hooks that are there, with their arguments",
    before: (r) => {
      hook(r, ".git/hooks/prepare-commit-msg", marker("prepare"));
      hook(r, ".git/hooks/commit-msg", marker("check"));
    },
    ran: ["prepare 2 message", "check 1 "],
  },
  {
    says: "a hook that git would not run",
    before: (r) => hook(r, ".git/hooks/prepare-commit-msg", marker("prepare"), 0o644),
    ran: [],
  },
  {
    says: "a hook that is no shell script",
    before: (r) =>
      hook(
        r,
        ".git/hooks/prepare-commit-msg",
        `#!${process.execPath}\nimport { appendFileSync } from "node:fs";\nappendFileSync("ran", "node\\n");\n`,
      ),
    ran: ["node"],
  },
  {
    says: "the pre-commit framework's hook with the one that it keeps",
    before: (r) => {
      hook(
        r,
        ".git/hooks/prepare-commit-msg",
        '#!/bin/sh\necho framework >> ran\n"${0%/*}/prepare-commit-msg.legacy" "$@"\n',
      );
      hook(r, ".git/hooks/prepare-commit-msg.legacy", marker("legacy"));
    },
    ran: ["framework", "legacy 2 message"],
  },
  {
    says: "husky, with and without a hook of that name",
    before: (r) => {
      hook(r, ".husky/_/prepare-commit-msg", huskyRunner);
      hook(r, ".husky/_/commit-msg", huskyRunner);
      r.write(".husky/_/.gitignore", "*");
      hook(r, ".husky/commit-msg", 'echo "check $#" >> ran\nexit 0\n', 0o644);
      r.git("config", "core.hooksPath", ".husky/_");
    },
    ran: ["check 1"],
  },
  {
    says: "hooks among the repository's own files",
    before: (r) => {
      hook(
        r,
        ".githooks/prepare-commit-msg",
        `#!/usr/bin/env bash\nset -euo pipefail\n${marker("prepare").split("\n")[1] ?? ""}\nexit 0\n`,
      );
      hook(r, ".githooks/pre-commit", marker("pre"));
      r.git("config", "core.hooksPath", ".githooks");
    },
    ran: ["pre 0 ", "prepare 2 message"],
  },
  {
    says: "hooks that a person has for all repositories",
    before: (r) => {
      const folder = join(dirname(r.path), "hooks of all");
      hook(r, "../hooks of all/pre-commit", marker("pre"));
      hook(r, "../hooks of all/commit-msg", marker("check"));
      r.git("config", "core.hooksPath", folder);
    },
    ran: ["pre 0 ", "check 1 "],
  },
  {
    says: "settings of agents, in their owner's style",
    before: (r) => {
      r.write(
        ".claude/settings.local.json",
        '{\n\t"permissions": {"allow": ["Bash(ls)"]},\n\t"hooks": {"PostToolUse": [{"hooks": []}]}\n}',
      );
      r.write(".gemini/settings.json", '{ "theme": "dark" }\n');
    },
    ran: [],
  },
];

describe.each(settings)("$says", ({ before, ran }) => {
  test("still runs, and ours too", async () => {
    const repository = await hookRepository({ before, agents });
    repository.environment = insideClaude;
    repository.git("commit", "--quiet", "--allow-empty", "-m", "One");
    const log = join(repository.path, "ran");
    expect(
      existsSync(log)
        ? readFileSync(log, "utf8")
            .trimEnd()
            .split("\n")
            .map((line) => line.trimEnd())
        : [],
    ).toEqual(ran.map((line) => line.trimEnd()));
    expect(repository.trailers()).toEqual(["Assisted-by: claude-code:unknown", "AI-Session: s-1"]);
  });

  test("installing twice is installing once", async () => {
    const repository = await hookRepository({ before, agents });
    const once = snapshot(repository);
    await repository.install(agents);
    expect(snapshot(repository)).toEqual(once);
  });

  test("uninstalled, every byte is as it was", async () => {
    let was: Record<string, string> = {};
    const repository = await hookRepository({
      agents,
      before: (r) => {
        before(r);
        was = snapshot(r);
      },
    });
    expect(snapshot(repository)).not.toEqual(was);
    await repository.agentWrites("a.ts", "1\n");
    rmSync(join(repository.path, "a.ts"));
    await uninstall(repository);
    // What git stored for the agent's file is git's, as after `git add`.
    const isNew = (path: string): boolean => path.startsWith(".git/objects/") && !(path in was);
    const now = Object.fromEntries(Object.entries(snapshot(repository)).filter(([path]) => !isNew(path)));
    expect(now).toEqual(was);
  });

  test("nothing new shows in git status but hooks that had to be added to", async () => {
    const repository = await hookRepository({ agents, before });
    const changed = repository.git("status", "--porcelain", "--untracked-files=all").split("\n").filter(Boolean);
    expect(changed.filter((line) => line.includes("countersign"))).toEqual([]);
  });
});

interface Kept {
  says: string;
  before: (repository: HookRepository) => void;
  /** What it wrote into `ran` at one commit; the lines that name a folder are left out where git's own says it. */
  ran: string;
}

const check = '#!/bin/sh\ngrep -q BAD "$1" && exit 1\necho "${0##*/}" >> ran\n';

const kept: readonly Kept[] = [
  {
    says: "a link into the repository",
    before: (r) => {
      hook(r, "scripts/check", check);
      symlinkSync("../../scripts/check", join(r.path, ".git/hooks/commit-msg"));
    },
    ran: "commit-msg",
  },
  {
    says: "one that reads its neighbour",
    before: (r) => {
      r.write(".git/hooks/_check.sh", 'grep -q BAD "$1" && exit 1\necho read >> ran\n');
      hook(r, ".git/hooks/commit-msg", '#!/bin/sh -e\n. "$(dirname "$0")/_check.sh"\n');
    },
    ran: "read",
  },
  {
    says: "one that asks for its own name",
    before: (r) => {
      hook(r, ".git/hooks/_dispatch", check);
      hook(
        r,
        ".git/hooks/commit-msg",
        '#!/usr/bin/env bash\nset -eu\n"$(dirname "$0")/_dispatch" "$@"\nbasename "$0" >> ran\n',
      );
    },
    ran: "_dispatch\ncommit-msg",
  },
  {
    says: "one that is read by another",
    before: (r) => {
      hook(r, ".git/hooks/commit-msg", 'grep -q BAD "$1" && exit 1\necho check >> ran\n');
      hook(r, ".git/hooks/prepare-commit-msg", '#!/bin/sh\n. "${0%/*}/commit-msg"\n');
    },
    ran: "check\ncheck",
  },
  {
    says: "one that starts itself anew",
    before: (r) =>
      hook(r, ".git/hooks/commit-msg", `#!/bin/sh\n[ "\${AGAIN:-}" ] || AGAIN=1 exec sh "$0" "$@"\n${check.slice(10)}`),
    ran: "commit-msg",
  },
  {
    says: "one that another program reads after the shell",
    before: (r) =>
      hook(
        r,
        ".git/hooks/commit-msg",
        `#!/bin/sh\n":" //; exec "${process.execPath}" "$0" "$@"\nconst { appendFileSync, readFileSync } = process.getBuiltinModule("fs");\n` +
          'if (readFileSync(process.argv[2], "utf8").includes("BAD")) process.exit(1);\nappendFileSync("ran", "node\\n");\n',
      ),
    ran: "node",
  },
  {
    says: "one that counts its own lines",
    before: (r) =>
      hook(
        r,
        ".git/hooks/commit-msg",
        '#!/bin/sh\ngrep -q BAD "$1" && exit 1\ntail -n +5 "$0" >> ran\nexit 0\nits end\n',
      ),
    ran: "its end",
  },
  {
    says: "a program with a name of two files",
    before: (r) => {
      hook(r, "check", check);
      linkSync(join(r.path, "check"), join(r.path, ".git/hooks/commit-msg"));
    },
    ran: "commit-msg",
  },
  {
    says: "bytes of no text",
    before: (r) => hook(r, ".git/hooks/commit-msg", Buffer.from(`${check}# \xe9\xff\necho '\xe9' >> ran\n`, "latin1")),
    ran: "commit-msg\n\xe9",
  },
  {
    says: "a folder of hooks that is a link",
    before: (r) => {
      hook(r, "../shared/commit-msg", check);
      rmSync(join(r.path, ".git/hooks"), { recursive: true });
      symlinkSync("../../shared", join(r.path, ".git/hooks"));
    },
    ran: "commit-msg",
  },
  {
    says: "a person's hooks for all repositories",
    before: (r) => {
      hook(r, "../mine/commit-msg", check);
      const settings = join(dirname(r.path), "settings");
      process.env.GIT_CONFIG_GLOBAL = settings;
      r.environment.GIT_CONFIG_GLOBAL = settings;
      r.git("config", "--global", "core.hooksPath", join(dirname(r.path), "mine"));
    },
    ran: "commit-msg",
  },
  {
    says: "such a folder in the repository's settings",
    before: (r) => {
      hook(r, "../mine/commit-msg", check);
      r.git("config", "core.hooksPath", join(dirname(r.path), "mine"));
    },
    ran: "commit-msg",
  },
];

describe.each(kept)("a person's hook is never lost: $says", ({ before, ran }) => {
  const global = process.env.GIT_CONFIG_GLOBAL;
  afterEach(() => {
    if (global === undefined) delete process.env.GIT_CONFIG_GLOBAL;
    else process.env.GIT_CONFIG_GLOBAL = global;
  });

  /** Refuses what it refuses, does what it does; and says whether ours wrote. */
  function commits(r: HookRepository): boolean {
    const options = { environment: insideClaude, cwd: r.path };
    const log = join(r.path, "ran");
    rmSync(log, { force: true });
    expect(r.tryGit(["commit", "--quiet", "--allow-empty", "-m", "BAD"], options).code).toBe(1);
    rmSync(log, { force: true });
    expect(r.tryGit(["commit", "--quiet", "--allow-empty", "-m", "One"], options)).toMatchObject({ code: 0 });
    expect(readFileSync(log, "latin1").trimEnd()).toBe(ran);
    return r.trailers().length > 0;
  }

  async function installed(): Promise<{ repository: HookRepository; was: Record<string, string> }> {
    let was: Record<string, string> = {};
    const repository = await hookRepository({
      before: (r) => {
        before(r);
        was = hooksOf(r);
      },
    });
    return { repository, was };
  }

  test("beside ours, and after them", async () => {
    const { repository, was } = await installed();
    expect(commits(repository)).toBe(true);
    await repository.install(["claude"]);
    expect(commits(repository)).toBe(true);
    await uninstall(repository);
    expect(hooksOf(repository)).toEqual(was);
    expect(commits(repository)).toBe(false);
  });

  test("in a clone that was moved", async () => {
    const { repository, was } = await installed();
    const moved = moveTo(repository, "moved");
    commits(moved);
    await moved.install(["claude"]);
    expect(commits(moved)).toBe(true);
    await uninstall(moved);
    expect(hooksOf(moved)).toEqual(was);
    expect(existsSync(join(moved.path, ".claude"))).toBe(false);
    expect(commits(moved)).toBe(false);
  });

  test("in a copy, whose end is not that of the first", async () => {
    const { repository, was } = await installed();
    const copy = new HookRepository(join(dirname(repository.path), "copy"));
    copy.environment = repository.environment;
    cpSync(repository.path, copy.path, { recursive: true, verbatimSymlinks: true });
    const first = snapshot(repository);
    await uninstall(copy);
    expect(snapshot(repository)).toEqual(first);
    expect(hooksOf(copy)).toEqual(was);
    expect(commits(copy)).toBe(false);
    expect(commits(repository)).toBe(true);
  });
});

/** The folder of hooks and the settings of the repository: every byte, mode and link. */
function hooksOf(repository: HookRepository): Record<string, string> {
  const all = Object.entries(snapshot(repository));
  return Object.fromEntries(all.filter(([path]) => /^\.git\/(hooks|config|countersign|info)/.test(path)));
}

function moveTo({ path, environment }: HookRepository, name: string): HookRepository {
  const moved = new HookRepository(join(dirname(path), name));
  moved.environment = environment;
  renameSync(path, moved.path);
  return moved;
}

test("a hook that fails still fails the commit", async () => {
  const repository = await hookRepository({
    before: (r) => hook(r, ".git/hooks/prepare-commit-msg", "#!/bin/sh\nexit 7\n"),
  });
  expect(repository.tryGit(["commit", "--allow-empty", "-m", "One"]).code).not.toBe(0);
});

test("what a person changed since stays, and only ours goes", async () => {
  const repository = await hookRepository({ agents });
  const file = join(repository.path, ".claude/settings.local.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as { hooks: { PostToolUse: unknown[] } };
  settings.hooks.PostToolUse.push({ matcher: "Write", hooks: [{ type: "command", command: "mine" }] });
  writeFileSync(file, JSON.stringify(settings, null, 4));
  writeFileSync(
    join(repository.path, ".git/info/exclude"),
    `${readFileSync(join(repository.path, ".git/info/exclude"), "utf8")}/mine\n`,
  );
  await uninstall(repository);
  expect(readFileSync(file, "utf8")).toBe(
    JSON.stringify(
      { hooks: { PostToolUse: [{ matcher: "Write", hooks: [{ type: "command", command: "mine" }] }] } },
      null,
      4,
    ),
  );
  expect(readFileSync(join(repository.path, ".git/info/exclude"), "utf8")).toMatch(/\/mine\n$/);
  expect(existsSync(join(repository.path, ".cursor"))).toBe(false);
});

test("another tool that installed itself over ours keeps its place", async () => {
  const repository = await hookRepository({ before: (r) => hook(r, ".git/hooks/prepare-commit-msg", marker("first")) });
  const hooks = join(repository.path, ".git/hooks");
  writeFileSync(join(hooks, "prepare-commit-msg.legacy"), readFileSync(join(hooks, "prepare-commit-msg")), {
    mode: 0o755,
  });
  writeFileSync(join(hooks, "prepare-commit-msg"), '#!/bin/sh\n"${0%/*}/prepare-commit-msg.legacy" "$@"\n');
  repository.environment = insideClaude;
  repository.git("commit", "--quiet", "--allow-empty", "-m", "One");
  expect(repository.trailers()).toHaveLength(2);
  await uninstall(repository);
  expect(readFileSync(join(hooks, "prepare-commit-msg"), "utf8")).toContain("prepare-commit-msg.legacy");
  expect(readFileSync(join(hooks, "prepare-commit-msg.legacy"), "utf8")).toBe(marker("first"));
});

test("--dry-run changes nothing", async () => {
  const repository = bare();
  repository.write(".claude/x", "");
  const was = snapshot(repository);
  const { stdout } = await runCommand(["hooks", "install", "--repo", repository.path, "--dry-run"]);
  expect(stdout).toContain("write .git/hooks/prepare-commit-msg");
  expect(stdout).toContain("write .claude/settings.local.json");
  expect(snapshot(repository)).toEqual(was);
});

test("agents are those that have files here, unless told", async () => {
  const repository = bare();
  repository.write("GEMINI.md", "");
  repository.write(".codex/config.toml", "");
  const { stdout } = await runCommand(["hooks", "install", "--repo", repository.path]);
  expect(stdout).toContain("Installed for git and codex (.codex/hooks.json), gemini (.gemini/settings.json).");
});

test("status says what is where", async () => {
  const repository = bare();
  const status = async (): Promise<string> => (await runCommand(["hooks", "status", "--repo", repository.path])).stdout;
  expect(await status()).toContain("Not installed");
  await repository.install(["claude"]);
  expect(await status()).toMatch(/prepare-commit-msg +in place \(\.git\/hooks\/prepare-commit-msg\)\n/);
  expect(await status()).toMatch(/claude +calls Countersign/);
  rmSync(join(repository.path, ".git/hooks/commit-msg"));
  rmSync(join(repository.path, ".claude/settings.local.json"));
  expect(await status()).toMatch(/commit-msg +missing from \.git\/hooks; install again/);
  expect(await status()).toMatch(/claude +was set up, but .* no longer/);
});

test.each([
  { says: "no such action", args: ["hooks", "remove"], error: "`remove` is nothing that can be done with hooks." },
  { says: "no repository", args: ["hooks", "status", "--repo", "/"], error: "is not in a working tree of git." },
  { says: "no such agent", args: ["hooks", "install", "--agent", "clyde"], error: "Allowed choices are claude" },
])("$says", async ({ args, error }) => {
  const { code, stderr } = await runCommand(args, { cwd: bare().path });
  expect(code).toBe(3);
  expect(stderr).toContain(error);
});

test.each([
  {
    says: "settings that are no JSON",
    prepare: (r: HookRepository) => r.write(".gemini/settings.json", "{ // mine\n}"),
    error: "is not plain JSON",
  },
  {
    says: "hooks that are no lists",
    prepare: (r: HookRepository) => r.write(".gemini/settings.json", '{"hooks":{"AfterTool":{}}}'),
    error: "is not plain JSON",
  },
  {
    says: "settings behind a link that leads out of the repository",
    prepare: (r: HookRepository) => symlinkSync("/etc", join(r.path, ".gemini")),
    error: "symbolic link",
  },
  {
    says: "settings that are a link",
    prepare: (r: HookRepository) => {
      mkdirSync(join(r.path, ".gemini"));
      symlinkSync("../x", join(r.path, ".gemini/settings.json"));
    },
    error: "symbolic link",
  },
])("$says: nothing is installed", async ({ prepare, error }) => {
  const repository = bare();
  prepare(repository);
  const was = snapshot(repository);
  const { code, stderr } = await runCommand(["hooks", "install", "--repo", repository.path, "--agent", "gemini"]);
  expect(code).toBe(3);
  expect(stderr).toContain(error);
  expect(snapshot(repository)).toEqual(was);
});

test("a hook among the repository's files that is no shell script is left alone", async () => {
  const repository = bare();
  hook(repository, ".githooks/commit-msg", "#!/usr/bin/python3\n");
  repository.git("config", "core.hooksPath", ".githooks");
  const { stderr } = await runCommand(["hooks", "install", "--repo", repository.path]);
  expect(stderr).toContain("no shell script");
});

const huskyRunner = `#!/usr/bin/env sh
s="$(dirname "$(dirname "$0")")/$(basename "$0")"
[ ! -f "$s" ] && exit 0
sh -e "$s" "$@"
exit $?
`;

function bare(): HookRepository {
  const repository = new HookRepository(newFolder());
  repository.git("init", "--quiet", "-b", "main", ".");
  return repository;
}

async function uninstall(repository: HookRepository): Promise<void> {
  expect((await runCommand(["hooks", "uninstall", "--repo", repository.path])).code).toBe(0);
}

function hook(repository: HookRepository, path: string, text: string | Buffer, mode = 0o755): void {
  repository.write(path, "");
  writeFileSync(join(repository.path, path), text);
  chmodSync(join(repository.path, path), mode);
}

/** Every file and folder below the repository, with its mode and bytes. */
function snapshot({ path: root }: HookRepository): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    entries
      // git refreshes its own index when it is asked for the status.
      .filter((path) => path !== ".git/index")
      .map((path) => {
        const found = lstatSync(join(root, path));
        const link = found.isSymbolicLink() ? readlinkSync(join(root, path)) : "";
        const content = found.isFile() ? readFileSync(join(root, path)).toString("base64") : link;
        return [path, `${found.mode.toString(8)} ${content}`];
      }),
  );
}
