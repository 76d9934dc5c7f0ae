import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { runSmall } from "../small-process.ts";

/** What one step of a workflow left behind. */
export interface StepResult {
  code: number | null;
  stdout: string;
  stderr: string;
  outputs: Record<string, string>;
  summary: string;
}

export interface Step {
  /** The bundle: `dist/action.js`. */
  action: string;
  event: string;
  payload: unknown;
  sha: string;
  workspace: string;
  /** `http://github.localhost:<port>`. */
  server: string;
  inputs?: Record<string, string>;
  env?: Record<string, string>;
}

/** Runs the bundle as a runner does: a process whose environment holds the runner's variables and nothing else. */
export async function runStep(folder: string, step: Step): Promise<StepResult> {
  const place = mkdtempSync(join(folder, "step-"));
  const file = (name: string, text: string): string => {
    writeFileSync(join(place, name), text);
    return join(place, name);
  };
  const env = {
    PATH: process.env["PATH"],
    ...(process.platform === "win32" ? { SystemRoot: process.env["SystemRoot"] } : {}),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: step.event,
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(step.payload)),
    GITHUB_SHA: step.sha,
    GITHUB_REPOSITORY: "octo/orders",
    GITHUB_SERVER_URL: step.server,
    GITHUB_API_URL: `${step.server.replace("github.localhost", "127.0.0.1")}/api`,
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_WORKFLOW: "gate",
    GITHUB_JOB: "countersign",
    GITHUB_RUN_ID: "77",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_OUTPUT: file("output", ""),
    GITHUB_STEP_SUMMARY: file("summary.md", ""),
    GITHUB_STATE: file("state", ""),
    GITHUB_ENV: file("env", ""),
    GITHUB_PATH: file("path", ""),
    RUNNER_TEMP: place,
    ...Object.fromEntries(
      Object.entries(step.inputs ?? {}).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...step.env,
  };
  const child = spawn(process.execPath, [step.action], { env, cwd: step.workspace, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  const read = (name: string): string => readFileSync(join(place, name), "utf8");
  return { code, stdout, stderr, outputs: readOutputs(read("output")), summary: read("summary.md") };
}

/** What actions/checkout does by default: one commit, on no branch, with the server as `origin`. */
export async function checkOut(folder: string, server: string, ref: string, depth = 1): Promise<string> {
  const workspace = mkdtempSync(join(folder, "workspace-"));
  const run = (...args: string[]) =>
    promisify(execFile)("git", args, { cwd: workspace, env: gitEnvironment(), maxBuffer: 1e8 });
  await run("init", "--quiet");
  await run("remote", "add", "origin", `${server}/octo/orders`);
  const history = depth === 0 ? [] : [`--depth=${depth}`];
  await run("fetch", "--quiet", "--no-tags", ...history, "origin", ref);
  await run("checkout", "--quiet", "--detach", "FETCH_HEAD");
  return workspace;
}

/** Runs git in a folder and gives back what it printed. Not for what talks to a server of this process. */
export function git(cwd: string, args: string[], input = ""): string {
  const { status, stdout, stderr } = runSmall({ command: "git", args, cwd, env: gitEnvironment(), input });
  if (status !== 0) throw new Error(`git ${args.join(" ")} ended with ${status}: ${stderr.toString()}`);
  return stdout.toString().trim();
}

/** A bare repository that a server serves as `octo/orders`, empty. */
export function makeServedRepository(folder: string, name = "octo/orders"): string {
  const path = join(folder, `${name}.git`);
  mkdirSync(path, { recursive: true });
  git(folder, ["init", "--quiet", "--bare", "--initial-branch=main", path]);
  return path;
}

/** The commit that GitHub tests for a pull request: head merged into base. */
export function mergeCommit(repository: string, base: string, head: string): string {
  const [tree = ""] = git(repository, ["merge-tree", "--write-tree", base, head]).split("\n");
  return git(repository, ["commit-tree", tree, "-p", base, "-p", head, "-m", `Merge ${head} into ${base}`]);
}

/** The runner's format: `name<<DELIMITER`, lines, `DELIMITER`. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const [name = "", delimiter] = (lines[index] ?? "").split("<<");
    if (delimiter === undefined) continue;
    const end = lines.indexOf(delimiter, index + 1);
    outputs[name] = lines.slice(index + 1, end).join("\n");
    index = end;
  }
  return outputs;
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function gitEnvironment(): Record<string, string> {
  const person = { NAME: "Mona", EMAIL: "mona@example.com", DATE: "1700000000 +0000" };
  return {
    PATH: process.env["PATH"] ?? "",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: process.platform === "win32" ? "NUL" : "/dev/null",
    ...Object.fromEntries(
      Object.entries(person).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
  };
}
