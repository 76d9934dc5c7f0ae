import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { hookNames } from "../../../adapters/hooks/hook-texts.ts";
import { runCommand } from "../../command-line.ts";
import { newFolder } from "../../git-repository.ts";

export interface HookRepositoryOptions {
  objectFormat?: "sha1" | "sha256";
  /** The program that both hooks run in. */
  shell?: string;
  agents?: readonly string[];
  /** What to do to the repository before the hooks are installed. */
  before?: (repository: HookRepository) => void;
}

/** A real repository with the hooks in place, where commits are made as people and agents make them. */
export async function hookRepository(options: HookRepositoryOptions = {}): Promise<HookRepository> {
  const repository = new HookRepository(newFolder("a repository"));
  repository.git("init", "--quiet", "-b", "main", `--object-format=${options.objectFormat ?? "sha1"}`, ".");
  options.before?.(repository);
  await repository.install(options.agents ?? ["claude"]);
  if (options.shell !== undefined) repository.runHooksIn(options.shell);
  return repository;
}

export class HookRepository {
  readonly path: string;
  environment: Record<string, string> = {};

  constructor(path: string) {
    this.path = path;
  }

  async install(agents: readonly string[]): Promise<void> {
    const flags = agents.length === 0 ? [] : ["--agent", ...agents];
    const { code, stderr } = await runCommand([
      "hooks",
      "install",
      "--repo",
      this.path,
      "--command",
      "countersign",
      ...flags,
    ]);
    if (code !== 0) throw new Error(stderr);
  }

  runHooksIn(shell: string): void {
    for (const name of hookNames) {
      const file = join(this.path, ".git/hooks", name);
      writeFileSync(file, readFileSync(file, "utf8").replace("#!/bin/sh", `#!${shell}`));
    }
  }

  write(path: string, content: string, folder = this.path): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }

  /** What the agent does: it writes a file, and its hook says so. */
  async agentWrites(path: string, content: string, payload: object = {}, folder = this.path): Promise<void> {
    this.write(path, content, folder);
    await this.hook({
      hook_event_name: "PostToolUse",
      tool_name: "Write",
      tool_input: { file_path: join(folder, path), content },
      cwd: folder,
      ...payload,
    });
  }

  async prompt(prompt: string, payload: object = {}, environment: Record<string, string> = {}): Promise<void> {
    await this.hook({ hook_event_name: "UserPromptSubmit", prompt, ...payload }, environment);
  }

  async runs(command: string, payload: object = {}): Promise<void> {
    const tool = { hook_event_name: "PostToolUse", tool_name: "Bash", tool_input: { command } };
    await this.hook({ ...tool, tool_response: { stdout: "", interrupted: false }, ...payload });
  }

  /** What lies in the folder where sessions are remembered. */
  state(folder: string): string[] {
    return readdirSync(join(this.path, ".git/ai-provenance", folder)).toSorted();
  }

  /** Calls the command that Claude Code's hook calls. */
  async hook(payload: object, environment: Record<string, string> = {}, agent = "claude"): Promise<void> {
    const whole = { session_id: "s-1", cwd: this.path, model: "claude-opus-4-5", ...payload };
    const { code, stdout, stderr } = await runCommand(["capture", "--agent", agent], {
      cwd: this.path,
      stdin: JSON.stringify(whole),
      environment: { COUNTERSIGN_CAPTURE_DEBUG: "1", ...environment },
      now: new Date().toISOString(),
    });
    if (code !== 0 || stdout !== "" || stderr !== "") throw new Error(`capture: ${code} ${stdout}${stderr}`);
  }

  /** Runs git as a person would; what it says comes back, and it has to succeed. */
  git(...args: string[]): string {
    const { code, stdout, stderr } = this.tryGit(args);
    if (code !== 0) throw new Error(`git ${args.join(" ")}: ${code} ${stderr}`);
    return stdout.replace(/\n$/, "");
  }

  tryGit(
    args: readonly string[],
    options: { environment?: Record<string, string>; cwd?: string; input?: string } = {},
  ): { code: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync("git", args, {
      cwd: options.cwd ?? this.path,
      input: options.input ?? "",
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        HOME: devNull,
        LC_ALL: "C",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_GLOBAL: devNull,
        GIT_EDITOR: "true",
        GIT_AUTHOR_NAME: "Ann Example",
        GIT_AUTHOR_EMAIL: "ann@example.com",
        GIT_COMMITTER_NAME: "Ann Example",
        GIT_COMMITTER_EMAIL: "ann@example.com",
        ...this.environment,
        ...options.environment,
      },
    });
    return { code: status, stdout, stderr };
  }

  /** Stages everything and commits it; the message of the commit comes back. */
  commit(...args: string[]): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", ...args);
    return this.message();
  }

  message(commit = "HEAD"): string {
    return this.git("log", "-1", "--format=%B", commit);
  }

  /** The trailers that git itself finds. */
  trailers(commit = "HEAD"): string[] {
    return this.git("log", "-1", "--format=%(trailers:only,unfold)", commit)
      .split("\n")
      .filter((line) => line !== "");
  }
}

/** The environment in which Claude Code runs commands. */
export const insideClaude = { CLAUDECODE: "1", CLAUDE_CODE_SESSION_ID: "s-1" };
