import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Problem } from "../../core/problem.ts";

/** Writes files into a folder, making it when it is not there; files of the same name are replaced. Returns their paths. */
export async function applyReport(folder: string, files: readonly { name: string; text: string }[]): Promise<string[]> {
  const paths = files.map((file) => resolve(join(folder, file.name)));
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all(files.map((file, index) => writeFile(paths[index]!, file.text)));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  return paths;
}

/** Writes one file, making its folder when it is not there. */
export async function applyFile(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(resolve(path)), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, cause: unknown): Problem {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
  return new Problem(`${path} could not be written (${code}).`, "Name a folder that you may write to.", { cause });
}
