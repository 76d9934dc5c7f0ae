import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { block, hookNames, passedOnHooks, passOnText, withoutBlock, type SettingScope } from "./hook-texts.ts";
import type { HooksPath } from "./hooks-path.ts";
import { installFolder, type Places } from "./places.ts";
import { foldersFor, writing, type Step } from "./steps.ts";

/**
 * For a folder of hooks that has to stay as it is, because it serves other repositories too or holds what no line can be
 * added to: git is sent to a folder of ours, whose hooks call the one of the same name there, and then ours. Throws a
 * `Problem` where that could not work.
 */
export function planPassOn(path: HooksPath, places: Places): Step[] {
  const { scope } = path;
  if (scope !== null && !isShared(scope)) throw settingInTheWay(path, scope);
  const ours = join(installFolder(places), "hooks");
  const names = [...new Set([...hookNames, ...passedOnHooks, ...hooksIn(path.folder)])].sort();
  return [
    ...foldersFor(join(ours, "hook")).filter((step) => step.path !== installFolder(places)),
    ...names.map((name) => writing("hook", join(ours, name), Buffer.from(passOnText(name, path.folder, scope)), 0o755)),
    writing("own", join(installFolder(places), "hooks.config"), Buffer.from(hooksConfig(ours)), 0o644),
    planConfig(places, scope === "local" ? "end" : "start"),
  ];
}

function isShared(scope: string): scope is SettingScope {
  return ["system", "global", "local"].includes(scope);
}

/** What a working tree says for itself goes before everything that we could say for all of them. */
function settingInTheWay({ folder }: HooksPath, scope: string): Problem {
  const where = scope === "worktree" ? "the settings of this working tree alone" : "the environment";
  return new Problem(
    `git takes its hooks from ${showPath(folder)}, as core.hooksPath in ${where} says. Ours would not run there, so nothing was installed.`,
    `Say it for the person (\`git config --global core.hooksPath …\`) or the repository (\`--local\`) instead, and install again.`,
  );
}

function hooksIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => isHook(join(folder, name))) : [];
}

function isHook(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && (found.mode & 0o111) !== 0 && !basename(file).includes(".");
}

function hooksConfig(folder: string): string {
  return `[core]\n\thooksPath = "${escaped(folder)}"\n`;
}

/**
 * At the beginning of the repository's settings, so that whoever sets core.hooksPath there later (husky does) has the
 * last word; behind one that is there already, which is asked again at every commit. Only while the git directory is where it is now: in a clone that was moved or copied, the path of ours names
 * nothing or another clone, and git has to find the person's own hooks again.
 */
function planConfig(places: Places, where: "start" | "end"): Step {
  const file = join(places.commonDir, "config");
  if (places.commonDir.includes("\n") || lstatSync(file).isSymbolicLink())
    throw new Problem(
      `${showPath(file)} is a link, or has a line break in its path, so no folder of hooks can be named in it.`,
      "Install in a clone without that.",
    );
  // https://git-scm.com/docs/git-config#_conditional_includes: the rest of the path is a glob pattern.
  const pattern = places.commonDir
    .split(sep)
    .join("/")
    .replace(/[\\*?[]/g, "\\$&");
  const sections = ["", "/worktrees/"].map(
    (end) => `[includeIf "gitdir:${escaped(pattern + end)}"]\n\tpath = countersign/hooks.config\n`,
  );
  const ours = Buffer.from(block(sections.join("")));
  const theirs = Buffer.from(withoutBlock(readFileSync(file, "latin1")), "latin1");
  const gap = Buffer.from(theirs.at(-1) === 0x0a ? "" : "\n");
  const whole = Buffer.concat(where === "start" ? [ours, theirs] : [theirs, gap, ours]);
  return { ...writing("config", file, whole), before: theirs.toString("base64") };
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
