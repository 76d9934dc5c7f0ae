import { realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { showPath } from "../../core/untrusted/index.ts";
import { isWithin } from "./is-within.ts";

/** Where the report files are looked for. */
export interface CoveragePlaces {
  /** Paths and globs as the user gave them, relative to `cwd`. */
  patterns: readonly string[];
  cwd: string;
  repositoryRoot: string;
}

export interface FoundFiles {
  /** Relative to `cwd`, with `/`; absolute where the user wrote it so. Each once, sorted. */
  files: string[];
  /** Patterns that match no file. */
  missing: string[];
  /** Files that lead out of their folder, as sentences. */
  refused: string[];
}

/**
 * Finds report files. A path that exists is that file, whatever its characters mean in a glob. Symbolic links are not
 * followed out of the working folder and the repository: a pull request can commit `coverage/lcov.info` as a link to any
 * file of the machine. What the user names outside them is read there.
 */
export async function findCoverageFiles({ patterns, cwd, repositoryRoot }: CoveragePlaces): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], missing: [], refused: [] };
  const files = new Set<string>();
  const homes = await Promise.all([cwd, repositoryRoot].map((folder) => realpath(folder)));
  for (const pattern of patterns) {
    const matches = await match(pattern, cwd);
    if (matches.length === 0) found.missing.push(pattern);
    for (const file of matches) {
      const inside = [cwd, repositoryRoot].some((folder) => isWithin(file, resolve(folder)));
      const allowed = inside ? homes : [await realpath(startOf(pattern, cwd))];
      const real = await realpath(file);
      if (allowed.some((folder) => isWithin(real, folder))) files.add(nameAs(pattern, cwd, file));
      else
        found.refused.push(
          `${showPath(nameAs(pattern, cwd, file))} is a symbolic link that leads out of the repository`,
        );
    }
  }
  found.files = [...files].sort();
  return found;
}

/** Places where coverage tools write by default; the first that exists is the report of the whole repository. */
export const defaultCoveragePatterns: readonly string[] = [
  "coverage/coverage-final.json",
  "coverage/lcov.info",
  "coverage/coverage.lcov",
  "coverage-final.json",
  "lcov.info",
  "coverage.lcov",
];

/** The same files in the folders of packages. */
const packagePatterns = ["**/coverage-final.json", "**/lcov.info", "**/coverage.lcov"];

/**
 * The report files of a workspace when the user names none: that of the whole repository, or else one of each package.
 * Of one folder only one file is taken, since lcov and istanbul JSON there are the same run twice; the JSON has more.
 * Reports that git tracks are no product of this run (`treePaths`: relative to the repository's root).
 */
export async function findDefaultCoverage(
  { cwd, repositoryRoot }: Omit<CoveragePlaces, "patterns">,
  treePaths: readonly string[],
): Promise<string[]> {
  const tracked = new Set(treePaths);
  const isProduct = (file: string) => !tracked.has(nameIn(repositoryRoot, resolve(cwd, file)));
  for (const file of defaultCoveragePatterns) {
    if (isProduct(file) && (await isFile(resolve(cwd, file)))) return [file];
  }
  const files = (await glob(packagePatterns, { ...globOptions, cwd, deep: 8 })).filter(isProduct);
  const byFolder = Map.groupBy(files.sort(), (file) => dirname(file));
  const json = [...byFolder.values()].flatMap((list) => list.filter((file) => file.endsWith(".json")).slice(0, 1));
  const lcov = [...byFolder.values()].flatMap((list) => list.filter((file) => !file.endsWith(".json")).slice(0, 1));
  // One format for all packages, where one is to be had: reports of two cannot be united.
  if (json.length === byFolder.size) return json;
  if (lcov.length === byFolder.size) return lcov;
  return [...byFolder.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
}

/**
 * Those of the files (names in `cwd`) that git tracks: the change itself brought or changed them, so they tell of no
 * run. So is a file that a tracked link leads to, or one behind a tracked link, for the change chose where that leads.
 */
export async function findTracked(
  files: readonly string[],
  { cwd, repositoryRoot }: Omit<CoveragePlaces, "patterns">,
  treePaths: readonly string[],
): Promise<string[]> {
  const tracked = new Set(treePaths);
  const root = await realpath(repositoryRoot);
  const folder = await realpath(cwd);
  const judged = files.map(async (file) => {
    const path = resolve(folder, file);
    const real = await realpath(path);
    const names = [nameIn(root, path), nameIn(root, real)];
    // A submodule is tracked too, and what its tests leave in it is a product: only a link makes a folder suspicious.
    const above = path === real ? [] : foldersAbove(nameIn(root, path));
    return [...names, ...above].some((name) => tracked.has(name)) ? [file] : [];
  });
  return (await Promise.all(judged)).flat();
}

function foldersAbove(name: string): string[] {
  const parts = name.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

const globOptions = {
  dot: true,
  expandDirectories: false,
  followSymbolicLinks: false,
  ignore: ["**/node_modules/**", "**/.git/**"],
};

/** Absolute paths. */
async function match(pattern: string, cwd: string): Promise<string[]> {
  const literal = resolve(cwd, pattern);
  if (await isFile(literal)) return [literal];
  if (!isDynamicPattern(pattern)) return [];
  const matches = await glob([forGlob(pattern)], { ...globOptions, cwd, absolute: true });
  return matches.map((file) => resolve(file)).sort();
}

/** The folder in which a pattern begins: what stands before its first wildcard. */
function startOf(pattern: string, cwd: string): string {
  const segments = forGlob(pattern).split("/");
  const wild = segments.findIndex((segment) => isDynamicPattern(segment));
  const fixed = segments.slice(0, wild === -1 ? -1 : wild).join("/");
  return resolve(cwd, fixed === "" && isAbsolute(pattern) ? "/" : fixed);
}

/** Globs have `/` on every system; only on Windows is a backslash a separator. */
function forGlob(pattern: string): string {
  return sep === "\\" ? pattern.replaceAll("\\", "/") : pattern;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Relative to `cwd` unless the user wrote an absolute path: facts must not tell one machine from another. */
function nameAs(pattern: string, cwd: string, file: string): string {
  const name = isAbsolute(pattern) && !isWithin(file, resolve(cwd)) ? file : relative(resolve(cwd), file);
  return sep === "\\" ? name.replaceAll("\\", "/") : name;
}

function nameIn(folder: string, file: string): string {
  const name = isWithin(file, resolve(folder)) ? relative(resolve(folder), file) : file;
  return sep === "\\" ? name.replaceAll("\\", "/") : name;
}
