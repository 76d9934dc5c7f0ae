import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join, resolve } from "node:path";

/**
 * What the hooks add to a commit, beside hooks that do nothing: `git commit` in turns, medians. One session is
 * remembered that edited the 20 files that every commit brings, or 30, of which the others have 20 open files each.
 * Aim: less than 50 ms. `node bench/hooks.ts [--commits N]`.
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

const otherSessions = 29;

interface Cost {
  wallMs: number;
  cpuMs: number;
}

const kinds = [
  "none",
  "empty",
  "a person's commit",
  "a person's, beside 30 sessions",
  "as the agent left it",
  "as left, beside 30 sessions",
  "edited since",
  "edited since, beside 30 sessions",
] as const;

type Hooks = (typeof kinds)[number];

try {
  const times = new Map<Hooks, Cost[]>();
  const repositories = new Map<Hooks, string>();
  for (const hooks of kinds) repositories.set(hooks, prepare(hooks));
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
  if (isAgents(hooks)) captureEdits(path);
  if (hooks.includes("30")) {
    for (let other = 0; other < otherSessions + (isAgents(hooks) ? 0 : 1); other += 1) captureOther(path, other);
  }
  const state = join(path, ".git/ai-provenance");
  if (existsSync(state)) cpSync(state, `${state}-kept`, { recursive: true });
  return path;
}

function isAgents(hooks: Hooks): boolean {
  return hooks.startsWith("as") || hooks.startsWith("edited");
}

/** One commit of 20 files, from the same parent each time; only `git commit` is timed. */
function commitOnce(hooks: Hooks, path: string): Cost {
  run("git", ["reset", "--quiet", "--hard", "main"], path);
  const state = join(path, ".git/ai-provenance");
  // As before the first commit, which took the edits.
  rmSync(state, { recursive: true, force: true });
  if (existsSync(`${state}-kept`)) cpSync(`${state}-kept`, state, { recursive: true });
  rmSync(join(path, ".git/ORIG_HEAD"), { force: true });
  for (const file of files) writeFileSync(join(path, file), lines(1));
  if (hooks.startsWith("edited")) for (const file of files) writeFileSync(join(path, file), `${lines(1)}by hand\n`);
  run("git", ["add", "src"], path);
  const took = timedCommit(path);
  const message = run("git", ["log", "-1", "--format=%B"], path);
  const accepted = hooks.startsWith("as") ? "AI-Accepted: as-is" : isAgents(hooks) ? "AI-Accepted: edited" : "Change";
  if (!message.includes(accepted)) throw new Error(`${hooks}: the commit says\n${message}`);
  run("git", ["reset", "--quiet", "--hard", "HEAD~1"], path);
  return took;
}

/** Patches of 20 files in one call. */
function captureEdits(path: string): void {
  for (const file of files) writeFileSync(join(path, file), lines(1));
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

/** Another session, with open files of its own, which no commit brings. */
function captureOther(path: string, other: number): void {
  const paths = files.map((file) => file.replace("src/", `other/${other}-`));
  mkdirSync(join(path, "other"), { recursive: true });
  for (const file of paths) writeFileSync(join(path, file), lines(2));
  const command = ["*** Begin Patch", ...paths.map((file) => `*** Update File: ${file}`), "*** End Patch"].join("\n");
  const tool = { tool_name: "apply_patch", tool_input: { command }, tool_response: "" };
  const payload = { session_id: `other-${other}`, cwd: path, hook_event_name: "PostToolUse", ...tool };
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
