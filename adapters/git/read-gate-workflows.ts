import { actionFiles, gateWorkflows, usedPaths } from "../../core/ownership/index.ts";
import { readPath } from "../../core/change/path-name.ts";
import { readObjects } from "./read-blobs.ts";
import { isFile } from "./read-text.ts";
import { readTree } from "./read-tree.ts";
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
  const files = await listFiles(repository, commit);
  const actions = files.filter(({ path }) => isAction(path));
  const texts = new Map<string, string>();
  let waiting = files.filter(({ path }) => isWorkflow(path));
  while (waiting.length > 0) {
    const used = new Set<string>();
    await readTexts(repository, waiting, (path, text) => {
      texts.set(path, text);
      for (const each of usedPaths(text, name)) used.add(each);
    });
    waiting = actions.filter(({ path }) => used.has(folderOf(path)) && !texts.has(path));
  }
  return gateWorkflows(texts, name);
}

interface WorkflowFile {
  path: string;
  blob: string;
}

async function listFiles(repository: GitRepository, commit: string): Promise<WorkflowFile[]> {
  const files: WorkflowFile[] = [];
  for (const entry of (await readTree(repository, commit)).all()) {
    const { path, validUtf8 } = readPath(entry.path);
    if (validUtf8 && isFile(entry) && (isWorkflow(path) || isAction(path))) files.push({ path, blob: entry.id });
  }
  return files;
}

async function readTexts(
  repository: GitRepository,
  files: readonly WorkflowFile[],
  take: (path: string, text: string) => void,
): Promise<void> {
  let next = 0;
  const blobs = files.map(({ blob }) => blob);
  const takeBytes = (_id: string, bytes: Buffer | null) =>
    take(files[next++]!.path, bytes?.toString("utf8") ?? "countersign");
  await readObjects(repository, blobs, takeBytes, limitBytes);
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
