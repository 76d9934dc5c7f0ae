import { execFileSync } from "node:child_process";
import { devNull } from "node:os";

/** One git command in a directory. */
export interface GitCall {
  directory: string;
  args: readonly string[];
  /** Added to the clean environment: names, mails and dates of a commit. */
  env?: Record<string, string>;
}

/**
 * Runs git away from the settings of the person and the machine, so that the same input gives the same commits
 * everywhere. Returns what it printed, without the last newline; throws with git's own words.
 */
export function runGit(call: GitCall): string {
  const settings = ["core.autocrlf=false", "core.fileMode=false", "core.quotePath=false", "commit.gpgSign=false"];
  const args = [...settings.flatMap((setting) => ["-c", setting]), ...call.args];
  const env = { ...cleanEnvironment(process.env), ...gitEnvironment, ...call.env };
  return execFileSync("git", args, {
    cwd: call.directory,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).replace(/\n$/, "");
}

/** The environment without what would steer git, Node or the test runner: the example may itself run inside a test. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:GIT_|NODE_|VITE|npm_)/.test(name)));
}

const gitEnvironment = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_ATTR_NOSYSTEM: "1",
  // Without a configuration git still looks here for ignore and attribute files.
  XDG_CONFIG_HOME: devNull,
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
  TZ: "UTC",
};
