import { existsSync, lstatSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { aloneText, amongText, aroundText, captureScript, hookNames, newHook, withoutBlock } from "./hook-texts.ts";
import { readHooksPath, type HooksPath } from "./hooks-path.ts";
import { installFolder, rootOf, type Places } from "./places.ts";
import { planPassOn } from "./plan-pass-on.ts";
import { withBlock } from "./shell-hook.ts";
import { foldersFor, refuseLinks, writing, type Step } from "./steps.ts";

/**
 * What puts our hooks in place, least in the way of those that are there: in `.git/hooks`, inside the folder that a
 * repository keeps for its own hooks (husky and the like), or before a folder that stays as it is. No hook is ever moved
 * or renamed: many find their neighbours, or what they are to do, by their own path.
 */
export function planGitHooks(places: Places, toolMails: readonly string[]): Step[] {
  const script = writing("own", scriptFile(places), Buffer.from(captureScript(toolMails)), 0o644);
  return [script, ...planHooks(readHooksPath(places), places)];
}

function scriptFile(places: Places): string {
  return join(installFolder(places), "capture.sh");
}

function planHooks(path: HooksPath, places: Places): Step[] {
  const root = rootOf(path.real, places);
  if (root === "tree") return among(path.real, places);
  const inPlace = root === "git" ? inGitFolder(path.real, places) : null;
  return inPlace ?? planPassOn(path, places);
}

/** `.git/hooks`: ours alone, or around a hook that is there. Null where one is nothing that lines can be added to. */
function inGitFolder(folder: string, places: Places): Step[] | null {
  const script = relative(folder, scriptFile(places)).split(sep).join("/");
  const steps = hookNames.map((name): Step | null => {
    const file = join(folder, name);
    const found = lstatSync(file, { throwIfNoEntry: false });
    // A link is a file of another place, and one that cannot be run must not run by us.
    const isPlain = found?.isFile() === true && found.nlink === 1 && (found.mode & 0o111) !== 0;
    if (found !== undefined && !isPlain) return null;
    return addTo(file, { alone: aloneText(name, script), beside: aroundText(name, script) });
  });
  const whole = steps.filter((step) => step !== null);
  return whole.length < steps.length ? null : [...foldersFor(join(folder, "hook")), ...whole];
}

/** Our lines in a new hook, or in one that is there. Null where they cannot be. */
function addTo(file: string, lines: { alone: string; beside: string }): Step | null {
  const before = existsSync(file) ? readFileSync(file, "latin1") : null;
  const theirs = before === null ? null : withoutBlock(before);
  if (theirs === null || (theirs === newHook && theirs !== before))
    return { ...writing("hook", file, Buffer.from(newHook + lines.alone), 0o755), before: null };
  const text = withBlock(theirs, lines.beside);
  if (text === null) return null;
  return {
    ...writing("hook", file, Buffer.from(text, "latin1")),
    before: Buffer.from(theirs, "latin1").toString("base64"),
  };
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
    const isFile = !existsSync(file) || statSync(file).isFile();
    const step = isFile ? addTo(file, { alone: amongText(name), beside: amongText(name) }) : null;
    if (step !== null) return step;
    throw new Problem(
      `${showPath(relative(places.workTree, file))} is no shell script, or reads its own text, so it has no place for our lines.`,
      `Let it run \`sh "$(git rev-parse --git-common-dir)/countersign/capture.sh"\` with its arguments and countersign_hook=${name}.`,
    );
  });
  return [...foldersFor(join(home, "hook")), ...steps];
}
