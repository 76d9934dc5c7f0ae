import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { agentNames, agentSettings } from "../../core/capture/index.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { hookNames } from "./hook-texts.ts";
import { readHooksPath } from "./hooks-path.ts";
import { stateFolder, type Places } from "./places.ts";
import { agentsInUse } from "./plan-agents.ts";
import { readInstallation } from "./record.ts";
import { countSessions } from "./session-files.ts";
import { captureCommand } from "./uninstall.ts";

/** What is in place and what is not, a line each: the hooks of git, each agent, and the sessions that are remembered. */
export function readStatus(places: Places): string[] {
  const installation = readInstallation(places);
  if (installation === null) return ["Not installed. `countersign hooks install` puts the hooks in place."];
  const { folder } = readHooksPath(places);
  const sessions = countSessions(stateFolder(places.gitDir));
  return [
    ...hookNames.map((name) => `${name.padEnd(20)}${hookState(folder, name, places)}`),
    ...agentNames.map((agent) => `${agent.padEnd(20)}${agentState(agent)}`),
    `${"sessions".padEnd(20)}${sessions} remembered in this working tree`,
  ];

  function agentState(agent: (typeof agentNames)[number]): string {
    const { file } = agentSettings[agent];
    const path = join(places.workTree, file);
    const command = JSON.stringify(captureCommand(installation?.program ?? "", agent)).slice(1, -1);
    if (existsSync(path) && readFileSync(path, "utf8").includes(command)) return `calls Countersign (${file})`;
    if (installation?.agents.includes(agent) === true)
      return `was set up, but ${file} no longer calls Countersign; install again`;
    return agentsInUse(places).includes(agent) ? "has files here, but is not set up" : "not set up";
  }
}

function hookState(folder: string, name: string, places: Places): string {
  const candidates = [name, join("..", name), `${name}.legacy`].map((path) => join(folder, path));
  const found = candidates.find((path) => isFile(path) && readFileSync(path, "utf8").includes("countersign_hook="));
  if (found === undefined) return `missing from ${showPath(relative(places.workTree, folder))}; install again`;
  return `in place (${showPath(relative(places.workTree, found))})`;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
