import { actionFiles, gateWorkflows, usedPaths } from "../../core/ownership/index.ts";
import { readPath } from "../../core/change/path-name.ts";
import { Problem } from "../../core/problem.ts";
import { listPaths, readTextFile } from "./read-blobs.ts";
import type { GitRepository } from "./run-git.ts";

/** GitHub reads workflows from here alone. */
const folder = ".github/workflows/";
const limitBytes = 1024 * 1024;

/**
 * The workflow files at a commit that run the gate, and the actions of the repository through which they do, sorted. One
 * that is too large to be read counts as one of them.
 * @param name `owner/name`, or null
 */
export async function readGateWorkflows(
  repository: GitRepository,
  commit: string,
  name: string | null,
): Promise<string[]> {
  const paths = await listPaths(repository, commit, (bytes) => readPath(bytes).path);
  const actions = new Map(paths.filter(isAction).map((path) => [path, folderOf(path)]));
  const texts = new Map<string, string>();
  let waiting = paths.filter(isWorkflow);
  while (waiting.length > 0) {
    const used = new Set<string>();
    for (const path of waiting) {
      const text = await readText(repository, commit, path);
      if (text === null) continue;
      texts.set(path, text);
      for (const each of usedPaths(text, name)) used.add(each);
    }
    waiting = [...actions].filter(([path, at]) => used.has(at) && !texts.has(path)).map(([path]) => path);
  }
  return gateWorkflows(texts, name);
}

async function readText(repository: GitRepository, commit: string, path: string): Promise<string | null> {
  return readTextFile(repository, commit, path, limitBytes).catch((error: unknown) => {
    if (error instanceof Problem) return "countersign";
    throw error;
  });
}

function isWorkflow(path: string): boolean {
  const inFolder = path.startsWith(folder) && !path.includes("/", folder.length);
  return inFolder && (path.endsWith(".yml") || path.endsWith(".yaml"));
}

function isAction(path: string): boolean {
  return actionFiles.some((file) => path === file || path.endsWith(`/${file}`));
}

/** In lower case, as `usedPaths` gives it; empty for the root. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/"))).toLowerCase();
}
