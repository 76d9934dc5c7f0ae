import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { askGit } from "./git.ts";
import { blockText, captureScript, hookNames, passedOnHooks, passOnText, stubText, withBlock } from "./hook-texts.ts";
import { installFolder, type Places } from "./places.ts";
import { foldersFor, refuseLinks, writing, type Step } from "./steps.ts";

/**
 * What puts our hooks in place, least in the way of those that are there: beside `.git/hooks`, inside the folder
 * that a repository keeps for its own hooks (husky and the like), or before a folder of hooks outside of it.
 */
export function planGitHooks(places: Places, toolMails: readonly string[]): Step[] {
  const script = join(installFolder(places), "capture.sh");
  const own: Step[] = [
    ...foldersFor(script).filter((step) => step.kind === "folder" && step.path !== installFolder(places)),
    writing("own", script, captureScript(toolMails), 0o644),
  ];
  const set = askGit(places.workTree, ["config", "--type=path", "--get", "core.hooksPath"]);
  if (set === null || set === "") return [...own, ...beside(places)];
  const folder = resolve(places.workTree, set);
  if (folder === join(places.commonDir, "hooks")) return [...own, ...beside(places)];
  const path = relative(places.workTree, folder);
  const isInside = path !== "" && !isAbsolute(path) && path.split(sep)[0] !== ".." && path.split(sep)[0] !== ".git";
  return [...own, ...(isInside ? among(folder, places) : before(folder, places))];
}

/** `.git/hooks`: a hook that is there moves aside, with the one that pre-commit keeps beside its own. */
function beside(places: Places): Step[] {
  const hooks = join(places.commonDir, "hooks");
  const kept = join(installFolder(places), "kept");
  return hookNames.flatMap((name): Step[] => {
    const file = join(hooks, name);
    const moved = [name, `${name}.legacy`]
      .filter(() => existsSync(file))
      .filter((each) => existsSync(join(hooks, each)))
      .map((each): Step => ({ kind: "move", path: join(hooks, each), to: join(kept, each) }));
    // What moves aside is put back by its own step: for this one the file was never there.
    const stub = { ...writing("hook", file, stubText(name), 0o755), before: null };
    return [...moved, ...foldersFor(file), stub];
  });
}

/**
 * A folder of the working tree. husky writes `.husky/_` anew on every `npm install` and runs `.husky/<name>` from
 * there. What we add is kept out of commits by `.git/info/exclude`, as far as git lets it.
 */
function among(folder: string, places: Places): Step[] {
  const home = basename(folder) === "_" ? dirname(folder) : folder;
  const steps = hookNames.map((name): Step => {
    const file = join(home, name);
    refuseLinks(file, places.workTree);
    if (!existsSync(file)) return writing("hook", file, `#!/bin/sh\n${blockText(name)}`, 0o755);
    const text = withBlock(readFileSync(file, "utf8"), name);
    if (text !== null) return writing("hook", file, text);
    throw new Problem(
      `${showPath(relative(places.workTree, file))} is a hook that is no shell script, so it has no place for ours.`,
      `Let it run \`. "$(git rev-parse --git-common-dir)/countersign/capture.sh"\` in a shell with countersign_hook=${name}.`,
    );
  });
  return [...foldersFor(join(home, "hook")), ...steps];
}

/** A folder outside of the repository serves others too: it stays as it is, and ours passes every hook on to it. */
function before(folder: string, places: Places): Step[] {
  const ours = join(installFolder(places), "hooks");
  const there = existsSync(folder) ? readdirSync(folder).filter((name) => isHook(join(folder, name))) : [];
  const names = [...new Set([...hookNames, ...passedOnHooks, ...there])].sort();
  const config = join(places.commonDir, "config");
  return [
    ...names.map((name) => writing("own", join(ours, name), passOnText(name, folder), 0o755)),
    {
      kind: "config",
      name: "core.hooksPath",
      before: askGit(places.workTree, ["config", "--local", "--get", "core.hooksPath"]),
      after: ours,
      fileBefore: readFileSync(config).toString("base64"),
      fileAfter: null,
    },
  ];
}

function isHook(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && (found.mode & 0o111) !== 0 && !basename(file).includes(".");
}
