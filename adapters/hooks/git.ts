import { spawnSync } from "node:child_process";

/**
 * Runs git where an agent or a person works, with their own settings, and returns what it printed without the last
 * newline; null when it fails. Hooks of agents may not complain, so what git says goes nowhere.
 */
export function askGit(folder: string, args: readonly string[], input = ""): string | null {
  const { status, stdout } = spawnSync("git", args, {
    cwd: folder,
    input,
    encoding: "utf8",
    timeout: 10_000,
    maxBuffer: 16 * 1024 * 1024,
    env: environment(),
  });
  return status === 0 ? stdout.replace(/\n$/, "") : null;
}

/** Without what git set for a hook that we may run inside of: the folder alone says which repository is meant. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !placeNames.has(name));
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", GIT_OPTIONAL_LOCKS: "0" };
}

const placeNames = new Set([
  ...["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"],
]);
