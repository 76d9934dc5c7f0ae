import { readFile, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { fileKind } from "../../core/syntax/index.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { Problem } from "../../core/problem.ts";

/** A file that somebody named, with its text; null where it holds none. */
export interface NamedSource {
  /** From the working folder, with `/`. */
  path: string;
  text: string | null;
  /** Why there is no text. */
  reason: string | null;
}

/**
 * The files that are meant, in the order named: a file is itself, a folder every source file in it, a pattern what it
 * matches. What git and package managers keep for themselves is left out of folders.
 * @throws {Problem} for what does not exist or matches nothing
 */
export async function findSourceFiles(names: readonly string[], cwd: string): Promise<string[]> {
  const found = new Set<string>();
  for (const name of names) for (const file of await filesOf(name, cwd)) found.add(file);
  return [...found];
}

async function filesOf(name: string, cwd: string): Promise<string[]> {
  const entry = await stat(resolve(cwd, name)).catch(() => null);
  if (entry?.isDirectory() === true) {
    const all = await glob("**/*", { cwd: resolve(cwd, name), dot: true, ignore: leftOut, absolute: true });
    return all
      .map((path) => nameIn(cwd, path))
      .filter((path) => fileKind(path) !== null)
      .sort();
  }
  if (entry !== null) return [nameIn(cwd, resolve(cwd, name))];
  if (!isDynamicPattern(name))
    throw new Problem(`${showPath(name)} does not exist.`, "Name a file or a folder from the working folder.");
  const matched = await glob(name, { cwd, ignore: leftOut, absolute: true });
  if (matched.length === 0)
    throw new Problem(`${showPath(name)} matches no file.`, "Quote the pattern, and try it with `ls`.");
  return matched.map((path) => nameIn(cwd, path)).sort();
}

const leftOut = ["**/.git/**", "**/node_modules/**", "**/.venv/**", "**/vendor/**", "**/__pycache__/**"];

function nameIn(cwd: string, path: string): string {
  const name = relative(cwd, path);
  return (name.startsWith("..") ? path : name).split(sep).join("/");
}

/** A larger file is not read: no line of it is looked at. */
const mostBytes = 16_000_000;

/** Reads one of them. A file that cannot be read says why, and the others go on. */
export async function readSourceFile(path: string, cwd: string): Promise<NamedSource> {
  try {
    const { size } = await stat(resolve(cwd, path));
    if (size > mostBytes)
      return { path, text: null, reason: `it has ${size} bytes, and no more than ${mostBytes} are read` };
    return { path, text: await readFile(resolve(cwd, path), "utf8"), reason: null };
  } catch (error) {
    return { path, text: null, reason: `it could not be read: ${codeOf(error)}` };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "for an unknown reason";
}
