import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import * as z from "zod";
import { agentNames, parsePayload, type AgentName } from "../../core/capture/index.ts";
import { Problem } from "../../core/problem.ts";
import { findPlaces, installFolder, rootOf, type Places } from "./places.ts";
import { put, type Step } from "./steps.ts";

/** What was asked for, and everything that was done, so that it can be undone. Lies in `.git/countersign/install.json`. */
export interface Installation {
  agents: readonly AgentName[];
  /** How the agents' hooks start Countersign, without `capture --agent …`. */
  program: string;
  steps: readonly Step[];
  /** The working tree that was installed in; null where it is not where git says it is. */
  workTree: string | null;
  /** What was written in that one then, and cannot be undone from here. */
  outOfReach: readonly string[];
}

/** Paths are kept relative to where they belong: a clone may be moved or copied, and then means its own files. */
const record = z.object({
  version: z.literal(2),
  agents: z.array(z.enum(agentNames)),
  program: z.string(),
  /** The working tree, from the shared git directory; and its own git directory, empty where it is the shared one. */
  workTree: z.string(),
  gitDir: z.string(),
  steps: z.array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("folder"), root: z.enum(["git", "tree"]), path: z.string() }),
      z.object({
        kind: z.literal("write"),
        what: z.enum(["own", "hook", "settings", "exclude", "config"]),
        root: z.enum(["git", "tree"]),
        path: z.string(),
        before: z.string().nullable(),
        after: z.string(),
        mode: z.number(),
      }),
    ]),
  ),
});

type Record = z.infer<typeof record>;

/** Where the record lies. */
export function recordFile(places: Places): string {
  return join(installFolder(places), "install.json");
}

/** Writes down what is done, or about to be. Only for places that the steps were planned for. */
export function writeRecord(
  places: Places,
  { agents, program, steps }: Pick<Installation, "agents" | "program" | "steps">,
): void {
  const written: Record = {
    version: 2,
    agents: [...agents],
    program,
    workTree: relative(places.commonDir, places.workTree),
    gitDir: relative(places.commonDir, places.gitDir),
    steps: steps.map((step) => {
      const root = rootOf(step.path, places) ?? "tree";
      return { ...step, root, path: relative(root === "git" ? places.commonDir : places.workTree, step.path) };
    }),
  };
  mkdirSync(installFolder(places), { recursive: true });
  put(recordFile(places), Buffer.from(`${JSON.stringify(written, null, 2)}\n`), 0o600);
}

/** The installation of a repository, or null. Throws a `Problem` where its record cannot be read. */
export function readInstallation(places: Places): Installation | null {
  const file = recordFile(places);
  if (!existsSync(file)) return null;
  const { success, data } = record.safeParse(parsePayload(readFileSync(file, "utf8")));
  if (!success || data.steps.some(({ path }) => leaves(path))) throw unreadable();
  const tree = treeOf(data, places);
  const steps = data.steps.flatMap(({ root, ...step }): Step[] => {
    const folder = root === "git" ? places.commonDir : tree;
    return folder === null ? [] : [{ ...step, path: join(folder, step.path) }];
  });
  const lost = tree === null ? data.steps.filter(({ root, kind }) => root === "tree" && kind === "write") : [];
  const outOfReach = lost
    .map(({ path }) => join(resolve(places.commonDir, data.workTree), path))
    .filter((path) => existsSync(path));
  return { agents: data.agents, program: data.program, steps, workTree: tree, outOfReach };
}

function unreadable(): Problem {
  return new Problem(
    "The record of the installed hooks (.git/countersign/install.json) cannot be read, or is of another version of Countersign. Nothing was changed.",
    "Uninstall with the version that installed. Or take our lines out of the hooks by hand; if there is a .git/countersign/kept, move the hooks in it back to .git/hooks first; then remove .git/countersign.",
  );
}

function leaves(path: string): boolean {
  return isAbsolute(path) || path.split(sep).includes("..");
}

/** The working tree that was installed in, wherever it is by now. Null where what is there is not of this repository. */
function treeOf(data: Record, places: Places): string | null {
  const gitDir = join(places.commonDir, data.gitDir);
  if (resolve(places.gitDir) === gitDir) return places.workTree;
  const pointer = join(gitDir, "gitdir");
  const named = existsSync(pointer) ? [dirname(readFileSync(pointer, "utf8").trimEnd())] : [];
  for (const folder of [resolve(places.commonDir, data.workTree), ...named]) {
    const found = findPlaces(folder);
    if (found !== null && found.commonDir === places.commonDir && resolve(found.gitDir) === gitDir)
      return found.workTree;
  }
  return null;
}
