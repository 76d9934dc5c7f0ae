import { codeownersPlaces } from "../../core/ownership/index.ts";
import { Problem } from "../../core/problem.ts";
import { git, tryGit, type GitRepository } from "./run-git.ts";

/** The commits that are judged, and those that somebody reviewed. */
export interface Wanted {
  base: string;
  head: string;
  reviewed: readonly string[];
}

/**
 * The ids of the files' contents that judging a range needs and the repository lacks: both sides of whatever its commits
 * change, or the change as a whole does, now and at the reviewed commits; the rules at its base, and where links lead.
 * Throws a `Problem` when there are more than `most`. Reads folders alone, and fetches nothing.
 */
export async function missingBlobs(repository: GitRepository, wanted: Wanted, most: number): Promise<string[]> {
  const { base, head, reviewed } = wanted;
  const needed = new Set<string>();
  const take = (ids: readonly string[]): void => {
    for (const id of ids) needed.add(id);
    if (needed.size > most) throw tooMany(most);
  };
  await eachLine(
    repository,
    ["log", "--raw", "-m", "--root", ...rawFlags, "--format=", `${base}..${head}`, "--"],
    (line) => take(sidesOf(line)),
  );
  for (const commit of [head, ...reviewed])
    for (const from of await mergeBases(repository, base, commit))
      await eachLine(repository, ["diff-tree", "-r", ...rawFlags, from, commit], (line) => take(sidesOf(line)));
  for (const tree of [base, head])
    await eachLine(repository, ["ls-tree", "-r", "--full-tree", tree], (line) => take(entryOf(line)));
  return lacking(repository, [...needed]);
}

const rawFlags = ["--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv"];

async function mergeBases(repository: GitRepository, base: string, commit: string): Promise<string[]> {
  const found = await tryGit(repository, ["merge-base", "--all", base, commit], { objectsOnly: true });
  return found.stdout.toString("utf8").split("\n").filter(Boolean);
}

/** `:<mode> <mode> <id> <id> <letter>` and a tab; git quotes what would break the line. A submodule's commit is no blob. */
function sidesOf(line: string): string[] {
  if (!line.startsWith(":")) return [];
  const [oldMode, newMode, oldId = "", newId = ""] = line.slice(1, line.indexOf("\t")).split(" ");
  return [...(isFile(oldMode) ? [oldId] : []), ...(isFile(newMode) ? [newId] : [])];
}

/** `<mode> <type> <id>`, a tab and the path: of whole trees, only rules and links are read. */
function entryOf(line: string): string[] {
  const tab = line.indexOf("\t");
  const [mode, , id = ""] = line.slice(0, tab).split(" ");
  const path = line.slice(tab + 1);
  return mode === "120000" || (isFile(mode) && isRule(path)) ? [id] : [];
}

function isRule(path: string): boolean {
  return folders.some((folder) => path.startsWith(folder)) || codeownersPlaces.some((place) => place === path);
}

/** Policies and workflows, and records of agents. */
const folders = [".github/", ".agent-trace/"];

function isFile(mode: string | undefined): boolean {
  return mode !== undefined && mode !== "000000" && mode !== "160000";
}

async function lacking(repository: GitRepository, ids: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  if (ids.length === 0) return missing;
  await eachLine(
    repository,
    ["cat-file", "--batch-check=%(objectname)"],
    (line) => {
      if (line.endsWith(" missing")) missing.push(line.slice(0, line.indexOf(" ")));
    },
    `${ids.join("\n")}\n`,
  );
  return missing;
}

async function eachLine(
  repository: GitRepository,
  args: readonly string[],
  take: (line: string) => void,
  input = "",
): Promise<void> {
  let rest = "";
  await git(repository, args, {
    objectsOnly: true,
    input,
    // Ids and modes are ASCII; of paths only plain ones matter, and git quotes the others.
    onOutput: (chunk) => {
      const lines = (rest + chunk.toString("latin1")).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line);
    },
  });
  if (rest !== "") take(rest);
}

function tooMany(most: number): Problem {
  return new Problem(
    `The change is larger than is read: it needs the contents of more than ${most} files.`,
    "Split the change, so that each part can be judged.",
  );
}
