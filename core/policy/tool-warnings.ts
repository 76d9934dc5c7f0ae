import { inertText } from "../untrusted/index.ts";
import type { Warning } from "./dated-warnings.ts";
import type { KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { nodeAt } from "./schema-problems.ts";
import { closest } from "./suggest.ts";

/** The tools that the engine can recognise: what a policy may name of them. */
export interface KnownTools {
  ids: readonly string[];
  /** Whether a tool goes by this name, whatever its spelling. */
  knows: (name: string) => boolean;
}

/** Names of tools that nothing can ever match: a boundary around a misspelt agent binds nobody. */
export function toolWarnings(root: YamlNode, { ids, knows }: KnownTools): Warning[] {
  return namesIn(root).flatMap(({ name, path }): Warning[] => {
    if (name === "any" || knows(name)) return [];
    const meant = closest(name, ids);
    const what = `no tool that the engine knows is called \`${inertText(name, { maxGraphemes: 60 })}\``;
    const fix =
      meant === null ? "Correct the name, or keep it for trailers that say it." : `Did you mean \`${meant}\`?`;
    return [{ code: "CS110", path, what, fix }];
  });
}

function namesIn(root: YamlNode): { name: string; path: KeyPath }[] {
  const rules = [...(nodeAt(root, ["rules"])?.entries.keys() ?? [])].map((index): KeyPath => ["rules", index]);
  const lists = [
    ...agentLists(root, ["forbid"]),
    ...rules.flatMap((rule) => [
      [...rule, "when", "tools"],
      [...rule, "require", "tools"],
      ...agentLists(root, [...rule, "forbid"]),
      ...agentLists(root, [...rule, "require", "forbid"]),
    ]),
  ];
  return lists.flatMap((path) => textsAt(root, path));
}

/** `forbid` is one boundary or a list of them. */
function agentLists(root: YamlNode, path: KeyPath): KeyPath[] {
  const positions = [...(nodeAt(root, path)?.entries.keys() ?? [])].filter((key) => typeof key === "number");
  return [[...path, "agents"], ...positions.map((index) => [...path, index, "agents"])];
}

function textsAt(root: YamlNode, path: KeyPath): { name: string; path: KeyPath }[] {
  const node = nodeAt(root, path);
  if (typeof node?.value === "string") return [{ name: node.value, path }];
  return [...(node?.entries ?? [])].flatMap(([key, { value }]) =>
    typeof value === "string" ? [{ name: value, path: [...path, key] }] : [],
  );
}
