import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  agentNames,
  agentSettings,
  parsePayload,
  settingsText,
  withHooks,
  type AgentName,
} from "../../core/capture/index.ts";
import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import type { Places } from "./places.ts";
import { foldersFor, refuseLinks, writing, type Step } from "./steps.ts";

/** The agents that somebody uses in this working tree, by the files that they leave there. */
export function agentsInUse({ workTree }: Places): AgentName[] {
  return agentNames.filter((name) => agentSettings[name].signs.some((sign) => existsSync(join(workTree, sign))));
}

/** What makes the agents call `command`, in the files where each keeps its hooks. */
export function planAgents(
  places: Places,
  agents: readonly AgentName[],
  command: (agent: AgentName) => string,
): Step[] {
  return agents.flatMap((agent) => {
    const { file, frame, hooks } = agentSettings[agent];
    const path = join(places.workTree, file);
    refuseLinks(path, places.workTree);
    const before = existsSync(path) ? readFileSync(path, "utf8") : null;
    const settings = before === null ? frame : parsePayload(before);
    const merged = settings === null ? null : withHooks(settings, hooks(command(agent)));
    if (merged !== null) return [...foldersFor(path), writing("settings", path, settingsText(merged, before))];
    throw new Problem(
      `${showPath(file)} is not plain JSON with a list of hooks for each event, so nothing was changed.`,
      `Mend the file, or leave this agent out: name the others with \`--agent\`. Found: ${agents.join(", ")}.`,
    );
  });
}
