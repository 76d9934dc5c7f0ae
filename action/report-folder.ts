import { lstat, rm } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { isWithin } from "../adapters/workspace/is-within.ts";
import { Problem } from "../core/problem.ts";
import { inertText } from "../core/untrusted/index.ts";

/**
 * The folder for the report, made safe to write: the working directory holds what the change brought, and that may be a
 * symbolic link of the folder's name, or of a report's, to a place outside. Throws a `Problem` for a linked folder;
 * removes old files of the given names. A folder outside the working directory is the workflow's own choice.
 */
export async function prepareReportFolder(
  workingDirectory: string,
  folder: string,
  names: readonly string[],
): Promise<string> {
  const path = resolve(workingDirectory, folder);
  if (isWithin(path, workingDirectory)) await refuseLinks(workingDirectory, relative(workingDirectory, path));
  await Promise.all(names.map((name) => rm(join(path, name), { force: true })));
  return path;
}

async function refuseLinks(workingDirectory: string, inside: string): Promise<void> {
  let path = workingDirectory;
  for (const part of inside.split(sep)) {
    path = join(path, part);
    const found = await lstat(path).catch(() => null);
    if (found === null) return;
    if (found.isDirectory()) continue;
    throw new Problem(
      `The report cannot be written to ${inertText(inside)}: the checked-out tree has a file or a symbolic link there.`,
      "Name another folder: `report-dir: ${{ runner.temp }}/countersign-report`.",
    );
  }
}
