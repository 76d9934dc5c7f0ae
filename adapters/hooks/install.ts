import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import {
  agentNames,
  agentSettings,
  parsePayload,
  settingsText,
  withoutHooks,
  type AgentName,
} from "../../core/capture/index.ts";
import { Problem } from "../../core/problem.ts";
import { askGit } from "./git.ts";
import { hookNames, stubMark, withoutBlock } from "./hook-texts.ts";
import { installFolder, stateFolder, type Places } from "./places.ts";
import { planAgents } from "./plan-agents.ts";
import { planGitHooks } from "./plan-git-hooks.ts";
import { applyStep, foldersFor, undoFolder, undoWrite, writing, type Step } from "./steps.ts";

/** What was asked for, and everything that was done, so that it can be undone. Lies in `.git/countersign/install.json`. */
export interface Installation {
  version: 1;
  agents: readonly AgentName[];
  /** How the agents' hooks start Countersign, without `capture --agent …`. */
  program: string;
  steps: readonly Step[];
}

export interface InstallRequest {
  agents: readonly AgentName[];
  program: string;
  toolMails: readonly string[];
}

/** The command line that an agent's hook runs. */
export function captureCommand(program: string, agent: AgentName): string {
  return `${program} capture --agent ${agent}`;
}

/** What an installation would do; nothing is changed. Only where none is. */
export function planInstall(places: Places, { agents, program, toolMails }: InstallRequest): Step[] {
  const steps = [
    ...planGitHooks(places, toolMails),
    ...planAgents(places, agents, (agent) => captureCommand(program, agent)),
  ];
  return [...steps, ...planExclude(places, steps)];
}

/** Installs, in place of an installation that is there. All or nothing: when a step fails, the others are undone. */
export function install(places: Places, request: InstallRequest): Installation {
  uninstall(places, { keepState: true });
  const done: Step[] = [];
  const installation = (): Installation => ({
    version: 1,
    agents: request.agents,
    program: request.program,
    steps: done,
  });
  try {
    for (const step of planInstall(places, request)) {
      done.push(carryOut(step, places));
      remember(places, installation());
    }
  } catch (error) {
    if (done.length > 0) uninstall(places, { keepState: true });
    throw error;
  }
  return installation();
}

function carryOut(step: Step, places: Places): Step {
  if (step.kind !== "config") {
    if (step.kind === "write")
      for (const folder of foldersFor(step.path)) if (folder.kind === "folder") applyStep(folder);
    applyStep(step);
    return step;
  }
  if (askGit(places.workTree, ["config", "--local", step.name, step.after]) === null)
    throw new Problem(`git could not set ${step.name} in this repository.`, "Check that .git/config can be written.");
  return { ...step, fileAfter: readFileSync(join(places.commonDir, "config")).toString("base64") };
}

/** New files of ours in the working tree would otherwise show in `git status`, and one day be committed. */
function planExclude(places: Places, steps: readonly Step[]): Step[] {
  const created = steps
    .flatMap((step) => (step.kind === "write" && step.before === null ? [relative(places.workTree, step.path)] : []))
    .filter((path) => ![".git", ".."].includes(path.split(sep)[0] ?? ""))
    .filter((path) => !join(places.workTree, path).startsWith(places.commonDir + sep))
    .map((path) => `/${path.split(sep).join("/")}`);
  if (created.length === 0) return [];
  const file = join(places.commonDir, "info", "exclude");
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const start = before === "" || before.endsWith("\n") ? "" : "\n";
  return [...foldersFor(file), writing("exclude", file, `${before}${start}${excludeMark}\n${created.join("\n")}\n`)];
}

const excludeMark = "# countersign hooks";

/**
 * Takes an installation back, and what sessions left in the git directories. True when there was one. Files that
 * somebody changed since lose our entries only; all others have the bytes of before.
 */
export function uninstall(places: Places, options: { keepState: boolean }): boolean {
  const installation = readInstallation(places);
  if (!options.keepState) forgetSessions(places);
  if (installation === null) return false;
  for (const step of installation.steps.toReversed()) undo(step, installation, places);
  rmSync(installFolder(places), { recursive: true, force: true });
  return true;
}

function undo(step: Step, installation: Installation, places: Places): void {
  if (step.kind === "folder") undoFolder(step.path);
  else if (step.kind === "write") undoWrite(step, (text) => cleaned(step, text, installation));
  else if (step.kind === "move") putBack(step);
  else undoConfig(step, places);
}

function cleaned(step: Extract<Step, { kind: "write" }>, text: string, installation: Installation): string | null {
  switch (step.what) {
    case "settings":
      return cleanedSettings(step, text, installation);
    case "exclude":
      return cleanedExclude(step, text);
    case "hook":
      return cleanedHook(step, text);
    case "own":
      return null;
  }
}

function cleanedHook({ before, path }: Extract<Step, { kind: "write" }>, text: string): string | null {
  if (text.includes(stubMark)) return null;
  // Another tool's hook stands here now, and has put ours beside its own.
  const legacy = `${path}.legacy`;
  if (existsSync(legacy) && readFileSync(legacy, "utf8").includes(stubMark)) rmSync(legacy);
  const rest = withoutBlock(text);
  return before === null && rest.trim() === "#!/bin/sh" ? null : rest;
}

function cleanedSettings(
  { path, before }: Extract<Step, { kind: "write" }>,
  text: string,
  installation: Installation,
): string | null {
  const agent = agentNames.find((name) => path.endsWith(agentSettings[name].file.split("/").join(sep)));
  const settings = parsePayload(text);
  // No longer JSON: its owner is at work on it, and will find our entries.
  if (agent === undefined || settings === null) return text;
  const { hooks, frame } = agentSettings[agent];
  const rest = withoutHooks(settings, hooks(captureCommand(installation.program, agent)));
  const isEmpty = JSON.stringify(rest) === JSON.stringify(frame);
  return before === null && isEmpty ? null : settingsText(rest, text);
}

function cleanedExclude({ after }: Extract<Step, { kind: "write" }>, text: string): string {
  const written = Buffer.from(after, "base64").toString("utf8");
  const ours = written.slice(written.lastIndexOf(excludeMark));
  return text.replace(ours, "");
}

function putBack({ path, to }: Extract<Step, { kind: "move" }>): void {
  if (!existsSync(to)) return;
  // Where another hook stands by now, the kept one becomes what that hook knows as the one before it.
  applyStep({ kind: "move", path: to, to: existsSync(path) ? `${path}.legacy` : path });
}

function undoConfig(step: Extract<Step, { kind: "config" }>, places: Places): void {
  const file = join(places.commonDir, "config");
  if (readFileSync(file).toString("base64") === step.fileAfter) {
    writeFileSync(file, Buffer.from(step.fileBefore, "base64"));
    return;
  }
  if (askGit(places.workTree, ["config", "--local", "--get", step.name]) !== step.after) return;
  const args = step.before === null ? ["--unset", step.name] : [step.name, step.before];
  askGit(places.workTree, ["config", "--local", ...args]);
}

function forgetSessions(places: Places): void {
  const worktrees = join(places.commonDir, "worktrees");
  const others = existsSync(worktrees) ? readdirSync(worktrees).map((name) => join(worktrees, name)) : [];
  for (const gitDir of [places.commonDir, places.gitDir, ...others])
    rmSync(stateFolder(gitDir), { recursive: true, force: true });
}

function remember(places: Places, installation: Installation): void {
  writeFileSync(join(installFolder(places), "install.json"), `${JSON.stringify(installation, null, 2)}\n`, {
    mode: 0o600,
  });
}

/** The installation of a repository, or null. Throws a `Problem` where its record cannot be read. */
export function readInstallation(places: Places): Installation | null {
  const file = join(installFolder(places), "install.json");
  if (!existsSync(file)) return null;
  const found = parsePayload(readFileSync(file, "utf8"));
  if (found?.["version"] === 1 && Array.isArray(found["steps"])) return found as unknown as Installation;
  throw new Problem(
    "The record of the installed hooks (.git/countersign/install.json) cannot be read.",
    `Take ${hookNames.join(" and ")} out of the hooks by hand, remove .git/countersign, and install again.`,
  );
}
