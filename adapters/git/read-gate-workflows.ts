import { gateWorkflows } from "../../core/ownership/index.ts";
import { Problem } from "../../core/problem.ts";
import { presentPaths, readTextFile } from "./read-blobs.ts";
import type { GitRepository } from "./run-git.ts";

/** GitHub reads workflows from here alone. */
const folder = ".github/workflows/";
const limitBytes = 1024 * 1024;

/** The workflow files at a commit that run the gate, sorted. One that is too large to be read counts as one of them. */
export async function readGateWorkflows(repository: GitRepository, commit: string): Promise<string[]> {
  const paths = (await presentPaths(repository, commit, [folder])).filter(isWorkflow);
  const texts = new Map<string, string>();
  for (const path of paths) {
    const text = await readTextFile(repository, commit, path, limitBytes).catch((error: unknown) => {
      if (error instanceof Problem) return "countersign";
      throw error;
    });
    if (text !== null) texts.set(path, text);
  }
  return gateWorkflows(texts);
}

function isWorkflow(path: string): boolean {
  return path.endsWith(".yml") || path.endsWith(".yaml");
}
