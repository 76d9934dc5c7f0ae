import { codeownersPlaces } from "../../core/ownership/index.ts";
import { recordSplitter } from "../../core/change/split-records.ts";
import { Problem } from "../../core/problem.ts";
import { commitsAhead, mergeBases } from "./histories.ts";
import { readTree } from "./read-tree.ts";
import { git, type GitRepository } from "./run-git.ts";

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
  const { base, head } = wanted;
  const needed = new Set<string>();
  const take = (id: string): void => {
    needed.add(id);
    if (needed.size > most) throw tooMany(most);
  };
  for (const { mode, id, path } of (await readTree(repository, base)).all()) if (isReadAnyway(mode, path)) take(id);
  // The head's rules and links are the base's, but for what differs between the two.
  await eachDifference(repository, [base, head], "", ({ path, sides: [, { mode, id }] }) => {
    if (isReadAnyway(mode, path)) take(id);
  });
  const compared = await ofTheChange(repository, wanted);
  await eachDifference(repository, ["--stdin", "--root", "-m"], `${compared.join("\n")}\n`, ({ sides }) => {
    for (const { mode, id } of sides) if (isFile(mode)) take(id);
  });
  return lacking(repository, [...needed]);
}

/** What is compared: each commit with all its parents, and the change as a whole with where it began. */
async function ofTheChange(repository: GitRepository, { base, head, reviewed }: Wanted): Promise<string[]> {
  const { commits } = await commitsAhead(repository, base, head);
  const whole: string[] = [];
  for (const commit of [head, ...reviewed])
    for (const from of await mergeBases(repository, base, commit)) whole.push(`${commit} ${from}`);
  // In this order: to git, what is given with a commit is its parent from then on.
  return [...commits, ...whole];
}

/** What stood at a path, and what stands there. */
interface Difference {
  path: Buffer;
  sides: readonly [from: Side, to: Side];
}

interface Side {
  mode: string;
  id: string;
}

/** Tells of each path that differs, by trees alone. */
async function eachDifference(
  repository: GitRepository,
  compared: readonly string[],
  input: string,
  take: (difference: Difference) => void,
): Promise<void> {
  let sides: Difference["sides"] | null = null;
  const splitter = recordSplitter(
    () => "nul",
    (record) => {
      if (sides === null) {
        // Else it is the id of the commit that is compared.
        if (record[0] === colon) sides = sidesOf(record.toString("latin1", 1));
      } else {
        take({ path: record, sides });
        sides = null;
      }
    },
  );
  const flags = ["-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv"];
  await git(repository, ["diff-tree", ...flags, ...compared], {
    objectsOnly: true,
    input,
    onOutput: (chunk) => splitter.write(chunk),
  });
  splitter.end();
}

const colon = 0x3a;

/** `<mode> <mode> <id> <id> <letter>`; the path follows. */
function sidesOf(record: string): Difference["sides"] {
  const [oldMode = "", newMode = "", oldId = "", newId = ""] = record.split(" ");
  return [
    { mode: oldMode, id: oldId },
    { mode: newMode, id: newId },
  ];
}

/** Of whole trees, only rules and links are read. */
function isReadAnyway(mode: string, path: Buffer): boolean {
  return mode === "120000" || (isFile(mode) && isRule(path.toString("latin1")));
}

function isRule(path: string): boolean {
  return folders.some((folder) => path.startsWith(folder)) || codeownersPlaces.some((place) => place === path);
}

/** Policies and workflows, and records of agents. */
const folders = [".github/", ".agent-trace/"];

/** Not a submodule's commit, a folder, or nothing. */
function isFile(mode: string): boolean {
  return mode.startsWith("1") && mode !== "160000";
}

async function lacking(repository: GitRepository, ids: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  if (ids.length === 0) return missing;
  const splitter = recordSplitter(
    () => "newline",
    (record) => {
      const line = record.toString("latin1");
      if (line.endsWith(" missing")) missing.push(line.slice(0, line.indexOf(" ")));
    },
  );
  await git(repository, ["cat-file", "--batch-check=%(objectname)"], {
    objectsOnly: true,
    input: `${ids.join("\n")}\n`,
    onOutput: (chunk) => splitter.write(chunk),
  });
  splitter.end();
  return missing;
}

function tooMany(most: number): Problem {
  return new Problem(
    `The change is larger than is read: it needs the contents of more than ${most} files.`,
    "Split the change, so that each part can be judged.",
  );
}
