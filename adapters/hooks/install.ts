import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { AgentName } from "../../core/capture/index.ts";
import { isLinked, foldersFor, writing, applyStep, type Step } from "./steps.ts";
import { rootOf, type Places } from "./places.ts";
import { planAgents } from "./plan-agents.ts";
import { planGitHooks } from "./plan-git-hooks.ts";
import { writeRecord, type Installation } from "./record.ts";
import { captureCommand, excludeMark, refuseForeignHooks, uninstall } from "./uninstall.ts";

/** What an installation is asked for. */
export interface InstallRequest {
  agents: readonly AgentName[];
  /** How the agents' hooks start Countersign, without `capture --agent …`. */
  program: string;
  /** As for `captureScript`. */
  toolMails: readonly string[];
}

/** What an installation would do; nothing is changed. Only where none is. */
export function planInstall(places: Places, { agents, program, toolMails }: InstallRequest): Step[] {
  const steps = [
    ...planGitHooks(places, toolMails),
    ...planAgents(places, agents, (agent) => captureCommand(program, agent)),
  ];
  return [...steps, ...planExclude(places, steps)];
}

/**
 * Installs, in place of an installation that is there. All or nothing: when a step fails, the others are undone. Throws a
 * `Problem` where hooks cannot be put in place without harm to those that are there.
 */
export function install(places: Places, request: InstallRequest): Installation {
  refuseForeignHooks(places);
  uninstall(places, { keepState: true });
  const { agents, program } = request;
  const plan = planInstall(places, request);
  const done: Step[] = [];
  try {
    for (const step of plan) {
      done.push(step);
      // Written down first: what is half done has to be known to be undone.
      writeRecord(places, { agents, program, steps: done });
      applyStep(step);
    }
  } catch (error) {
    uninstall(places, { keepState: true });
    throw error;
  }
  return { agents, program, steps: done, workTree: places.workTree, outOfReach: [] };
}

/** New files of ours in the working tree would otherwise show in `git status`, and one day be committed. */
function planExclude(places: Places, steps: readonly Step[]): Step[] {
  const created = steps
    .flatMap((step) => (step.kind === "write" && step.before === null ? [step.path] : []))
    .filter((path) => rootOf(path, places) === "tree")
    .map((path) => `/${relative(places.workTree, path).split(sep).join("/")}`);
  const file = join(places.commonDir, "info", "exclude");
  // A link is a list for other repositories too.
  if (created.length === 0 || isLinked(file, places.commonDir)) return [];
  const before = existsSync(file) && lstatSync(file).isFile() ? readFileSync(file) : Buffer.alloc(0);
  const start = before.length === 0 || before.at(-1) === 0x0a ? "" : "\n";
  const lines = Buffer.from(`${start}${excludeMark}\n${created.join("\n")}\n`);
  return [...foldersFor(file), writing("exclude", file, Buffer.concat([before, lines]))];
}
