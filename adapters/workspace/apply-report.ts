import { lstat, mkdir, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { errorCode, Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { isWithin } from "./is-within.ts";

export interface WriteOptions {
  /**
   * A folder that may hold what a change brought. Files in it are not written through a symbolic link that leads out
   * of it: a change can commit `report.json` as a link to any file of the machine.
   */
  linksStayIn?: string;
}

/** Writes files into a folder, making it when it is not there; files of the same name are replaced. Returns their paths. */
export async function applyReport(
  folder: string,
  files: readonly { name: string; text: string }[],
  options: WriteOptions = {},
): Promise<string[]> {
  const paths = files.map((file) => resolve(join(folder, file.name)));
  for (const path of paths) await refuseLinksOut(path, options);
  try {
    await makeFolder(resolve(folder));
    await Promise.all(files.map((file, index) => writeFile(paths[index]!, file.text)));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  return paths;
}

/** Writes one file, making its folder when it is not there. */
export async function applyFile(path: string, text: string, options: WriteOptions = {}): Promise<void> {
  await refuseLinksOut(resolve(path), options);
  try {
    await makeFolder(dirname(resolve(path)));
    await writeFile(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

async function refuseLinksOut(path: string, { linksStayIn }: WriteOptions): Promise<void> {
  if (linksStayIn === undefined || !isWithin(path, resolve(linksStayIn))) return;
  const home = await realpath(linksStayIn);
  const real = await realpathOfExisting(path);
  if (real !== null && isWithin(real, home)) return;
  throw new Problem(
    `${showPath(relative(linksStayIn, path))} would be written through a symbolic link, to a place outside the working folder.`,
    "Remove the link, or name the place itself.",
  );
}

/** Where the path leads as far as it exists; null when it is a link to nowhere, which writing would follow. */
async function realpathOfExisting(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    if (parent === path || (await isLink(path))) return null;
    return realpathOfExisting(parent);
  }
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

/** One folder after the other: Node's own `recursive` never ends where a new folder "does not exist", as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isThere) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    // Another run may have made it meanwhile.
    if (errorCode(error) !== "EEXIST") throw error;
  });
}

function cannotWrite(path: string, cause: unknown): Problem {
  return new Problem(`${path} could not be written (${errorCode(cause)}).`, "Name a place that you may write to.", {
    cause,
  });
}
