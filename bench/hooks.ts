import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join, resolve } from "node:path";

/**
 * What the hooks add to a commit, beside hooks that do nothing: `git commit` in turns, medians. One session
 * is remembered that edited 20 files, all of which every commit brings. Aim: less than 50 ms. `node bench/hooks.ts [--commits N]`.
 */
const at = process.argv.indexOf("--commits");
const commits = at === -1 ? 31 : Number(process.argv[at + 1]);
const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "countersign-bench-hooks-"));
const files = Array.from({ length: 20 }, (_, index) => `src/file-${index}.ts`);
const environment = {
  ...{ PATH: process.env["PATH"], HOME: devNull, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull },
  ...{ GIT_AUTHOR_NAME: "A", GIT_AUTHOR_EMAIL: "a@b.c", GIT_COMMITTER_NAME: "A", GIT_COMMITTER_EMAIL: "a@b.c" },
};

const captured = new Set<string>();

interface Cost {
  wallMs: number;
  cpuMs: number;
}

type Hooks = "none" | "empty" | "a person's commit" | "as the agent left it" | "edited since";

try {
  const times = new Map<Hooks, Cost[]>();
  const repositories = new Map<Hooks, string>();
  for (const hooks of ["none", "empty", "a person's commit", "as the agent left it", "edited since"] as const)
    repositories.set(hooks, prepare(hooks));
  for (let run = 0; run < commits; run += 1)
    for (const [hooks, path] of repositories) times.set(hooks, [...(times.get(hooks) ?? []), commitOnce(hooks, path)]);
  report(times);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function prepare(hooks: Hooks): string {
  const path = join(folder, hooks.replaceAll(/\W/g, "-"));
  run("git", ["init", "--quiet", "-b", "main", path], folder);
  mkdirSync(join(path, "src"));
  for (const file of files) writeFileSync(join(path, file), lines(0));
  run("git", ["add", "--all"], path);
  run("git", ["commit", "--quiet", "-m", "Base"], path);
  if (hooks === "empty")
    for (const name of ["prepare-commit-msg", "commit-msg", "post-commit"]) {
      writeFileSync(join(path, ".git/hooks", name), "#!/bin/sh\nexit 0\n");
      chmodSync(join(path, ".git/hooks", name), 0o755);
    }
  else if (hooks !== "none") run(process.execPath, [join(root, "cli/main.ts"), "hooks", "install"], path);
  return path;
}

/** One commit of 20 files, from the same parent each time; only `git commit` is timed. */
function commitOnce(hooks: Hooks, path: string): Cost {
  run("git", ["reset", "--quiet", "--hard", "main"], path);
  for (const file of files) writeFileSync(join(path, file), lines(1));
  if (hooks === "as the agent left it" || hooks === "edited since") captureEdits(path);
  if (hooks === "edited since") for (const file of files) writeFileSync(join(path, file), `${lines(1)}by hand\n`);
  run("git", ["add", "--all"], path);
  const took = timedCommit(path);
  const message = run("git", ["log", "-1", "--format=%B"], path);
  const expected = { "as the agent left it": "AI-Accepted: as-is", "edited since": "AI-Accepted: edited" };
  const accepted = hooks in expected ? expected[hooks as keyof typeof expected] : "Change";
  if (!message.includes(accepted)) throw new Error(`${hooks}: the commit says\n${message}`);
  run("git", ["reset", "--quiet", "--hard", "HEAD~1"], path);
  return took;
}

/** Patches of 20 files in one call; once is enough, since every commit has the same parent. */
function captureEdits(path: string): void {
  if (captured.has(path)) return;
  captured.add(path);
  const command = ["*** Begin Patch", ...files.map((file) => `*** Update File: ${file}`), "*** End Patch"].join("\n");
  const common = { session_id: "bench", cwd: path, model: "gpt-5.3-codex" };
  for (const payload of [
    { ...common, hook_event_name: "UserPromptSubmit", prompt: "Change the files" },
    { ...common, hook_event_name: "PostToolUse", tool_name: "apply_patch", tool_input: { command }, tool_response: "" },
    {
      ...common,
      ...{ hook_event_name: "PostToolUse", tool_name: "Bash", tool_input: { command: "npm test" } },
      tool_response: "Exit code: 0",
    },
  ])
    run(process.execPath, [join(root, "cli/main.ts"), "capture", "--agent", "codex"], path, JSON.stringify(payload));
}

function lines(turn: number): string {
  return Array.from({ length: 100 }, (_, line) => `line ${line}${line % 10 === 0 ? ` of turn ${turn}` : ""}\n`).join(
    "",
  );
}

function run(program: string, args: readonly string[], cwd: string, input = ""): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, input, encoding: "utf8", env: environment });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** By bash's own `time`: processor time of git and of all that it starts says the same on a busy machine. */
function timedCommit(cwd: string): Cost {
  const command = "TIMEFORMAT='%R %U %S'; time git commit --quiet -m Change";
  const { status, stderr } = spawnSync("bash", ["-c", command], { cwd, encoding: "utf8", env: environment });
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = (stderr.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  if (status !== 0 || Number.isNaN(system)) throw new Error(`git commit: ${stderr}`);
  return { wallMs: wall * 1_000, cpuMs: (user + system) * 1_000 };
}

function report(times: ReadonlyMap<Hooks, readonly Cost[]>): void {
  const middle = (hooks: Hooks, figure: keyof Cost): number =>
    median((times.get(hooks) ?? []).map((cost) => cost[figure]));
  console.log(`\n### git commit with hooks: 20 files, medians of ${commits} commits\n`);
  console.log("| Hooks | wall ms | more than empty hooks | CPU ms | more than empty hooks |\n|---|---|---|---|---|");
  for (const hooks of times.keys()) {
    const figures = (["wallMs", "cpuMs"] as const).flatMap((figure) => {
      const own = middle(hooks, figure);
      return [own, own - middle("empty", figure)];
    });
    console.log(`| ${hooks} | ${figures.map((figure) => figure.toFixed(0)).join(" | ")} |`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}
