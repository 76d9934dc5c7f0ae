import { existsSync, lstatSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { agentNames, agentSettings, withoutHooks, type AgentName } from "../../core/capture/index.ts";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { newHook, withoutBlock } from "./hook-texts.ts";
import { installFolder, rootOf, stateFolder, type Places } from "./places.ts";
import { readText } from "./plan-agents.ts";
import { readInstallation, recordFile, type Installation } from "./record.ts";
import { isLinked, put, undoFolder, undoWrite, type WriteStep } from "./steps.ts";

/** The command line that an agent's hook runs. */
export function captureCommand(program: string, agent: AgentName): string {
  return `${program} capture --agent ${agent}`;
}

/** The line over our lines in `.git/info/exclude`. */
export const excludeMark = "# countersign hooks";

/**
 * Takes an installation back, and what sessions left in the git directories. Null when there was none, else the paths in
 * which something was left because it is not ours to take. Files that somebody changed since lose our entries only; all
 * others have the bytes of before.
 */
export function uninstall(places: Places, options: { keepState: boolean }): string[] | null {
  const installation = readInstallation(places);
  if (!options.keepState) forgetSessions(places);
  if (installation === null) return null;
  const left = [...installation.outOfReach];
  for (const step of installation.steps.toReversed()) {
    if (step.kind === "folder") undoFolder(step.path);
    else if (!undo(step, installation, places)) left.push(step.path);
  }
  rmSync(recordFile(places));
  const folder = installFolder(places);
  // Never all that is in it: another tool may have put a hook there.
  const rest = readdirSync(folder, { recursive: true, encoding: "utf8" });
  if (rest.length === 0) rmdirSync(folder);
  else left.push(...rest.map((path) => join(folder, path)).filter((path) => lstatSync(path).isFile()));
  return [...new Set(left)];
}

/** Throws a `Problem` where another tool has put its hooks into our folder of hooks: they would be lost with it. */
export function refuseForeignHooks(places: Places): void {
  const folder = join(installFolder(places), "hooks");
  const found = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const foreign = found.filter((file) => !lstatSync(file).isFile() || withoutBlock(readLatin(file)) !== newHook);
  if (foreign.length === 0) return;
  throw new Problem(
    `${foreign.map((file) => showPath(relative(places.workTree, file))).join(", ")}: put there by another tool, because core.hooksPath names that folder.`,
    "Move it to the folder of your own hooks, and install again.",
  );
}

/** False where something was left. */
function undo(step: WriteStep, installation: Installation, places: Places): boolean {
  const workTree = installation.workTree ?? places.workTree;
  const root = rootOf(step.path, { ...places, workTree }) === "tree" ? workTree : places.commonDir;
  if (step.what === "own") rmSync(step.path, { force: true });
  if (step.what === "own") return true;
  if (existsSync(dirname(step.path)) && isLinked(step.path, root)) return false;
  if (step.what === "hook") cleanCopies(step.path);
  let isClean = true;
  const clean = (text: string): string | null => {
    if (step.what === "exclude") return cleanedExclude(step, text);
    if (step.what === "settings") {
      const rest = cleanedSettings(step, text, installation);
      isClean = rest?.includes(" capture --agent ") !== true;
      return rest;
    }
    return cleanedHook(step, text);
  };
  return undoWrite(step, clean) && isClean;
}

/** Other tools keep the hook that they found beside their own, under a longer name. Ours goes from there too. */
function cleanCopies(hook: string): void {
  if (!existsSync(dirname(hook))) return;
  for (const name of readdirSync(dirname(hook))) {
    const file = join(dirname(hook), name);
    if (!name.startsWith(`${basename(hook)}.`) || !lstatSync(file).isFile()) continue;
    const text = readLatin(file);
    const rest = withoutBlock(text);
    if (rest === newHook && rest !== text) rmSync(file);
    else if (rest !== text) put(file, Buffer.from(rest, "latin1"), lstatSync(file).mode & 0o777);
  }
}

function cleanedHook({ before }: WriteStep, text: string): string | null {
  const rest = withoutBlock(text);
  return before === null && rest === newHook ? null : rest;
}

function cleanedSettings({ path, before }: WriteStep, latin: string, installation: Installation): string | null {
  const agent = agentNames.find((name) => path.endsWith(agentSettings[name].file.split("/").join(sep)));
  const text = readText(Buffer.from(latin, "latin1"));
  if (agent === undefined || text === null) return latin;
  const { hooks, frame } = agentSettings[agent];
  const was = before === null ? null : Buffer.from(before, "base64").toString("utf8");
  const rest = withoutHooks(text, hooks(captureCommand(installation.program, agent)), was);
  // No longer JSON: its owner is at work on it, and will find our entries.
  if (rest === null) return latin;
  const isEmpty = JSON.stringify(JSON.parse(rest)) === JSON.stringify(frame);
  return before === null && isEmpty ? null : Buffer.from(rest).toString("latin1");
}

function cleanedExclude({ after }: WriteStep, text: string): string {
  const written = Buffer.from(after, "base64").toString("latin1");
  const ours = written.slice(written.lastIndexOf(excludeMark));
  return text.replace(ours, () => "");
}

function readLatin(file: string): string {
  return readFileSync(file, "latin1");
}

function forgetSessions(places: Places): void {
  const worktrees = join(places.commonDir, "worktrees");
  const others = existsSync(worktrees) ? readdirSync(worktrees).map((name) => join(worktrees, name)) : [];
  for (const gitDir of [places.commonDir, places.gitDir, ...others])
    rmSync(stateFolder(gitDir), { recursive: true, force: true });
}
