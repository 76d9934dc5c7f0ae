import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { agentNames, agentSettings, withHooks, withoutHooks, type AgentName } from "../../core/capture/index.ts";
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
    const found = statSync(path, { throwIfNoEntry: false });
    const empty = `${JSON.stringify(frame, null, 2)}\n`;
    const before = found === undefined ? empty : found.isFile() ? readText(readFileSync(path)) : null;
    const ours = hooks(command(agent));
    // Ours may be there from an installation whose record is lost.
    const theirs = before === null ? null : withoutHooks(before, ours, before);
    const text = theirs === null ? null : withHooks(theirs, ours);
    if (theirs !== null && text !== null) {
      const laidOut = found === undefined ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text;
      const step = writing("settings", path, Buffer.from(laidOut));
      const was = step.before === null ? null : Buffer.from(theirs).toString("base64");
      return [...foldersFor(path), { ...step, before: was }];
    }
    throw new Problem(
      `${showPath(relative(places.workTree, path))} is not plain JSON with a list of hooks for each event, so nothing was installed.`,
      `Mend the file, or leave this agent out: name the others with \`--agent\`. Found: ${agents.join(", ")}.`,
    );
  });
}

/** A file's text; null where it is not UTF-8, and would not come out again as it went in. */
export function readText(bytes: Buffer): string | null {
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) ? text : null;
}
