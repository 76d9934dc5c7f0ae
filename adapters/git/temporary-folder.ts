import { AsyncLocalStorage } from "node:async_hooks";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes an empty folder for git's own use, outside every repository. It is removed when the process ends, if not before. */
export async function temporaryFolder(purpose: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `countersign-${purpose}-`));
  if (folders.size === 0) process.once("exit", removeFolders);
  folders.add(folder);
  ofRun.getStore()?.push(folder);
  return folder;
}

/** The same for what the whole process shares, whoever needs it first. */
export function lastingFolder(purpose: string): Promise<string> {
  return ofRun.exit(() => temporaryFolder(purpose));
}

/** Runs something and removes the folders that were made for it: for a process that goes on for months. */
export async function removingFolders<T>(run: () => Promise<T>): Promise<T> {
  const made: string[] = [];
  try {
    return await ofRun.run(made, run);
  } finally {
    for (const folder of made) {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      folders.delete(folder);
    }
  }
}

const folders = new Set<string>();
const ofRun = new AsyncLocalStorage<string[]>();

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
