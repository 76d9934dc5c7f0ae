import { showValue, type FoundProblem, type KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { nodeAt } from "./schema-problems.ts";
import { closest, isNegated } from "./suggest.ts";
import { plainTool } from "./written/tool-names.ts";

/**
 * Names of tools in a policy that no known tool has. Evidence names tools only out of the same list, so a boundary around
 * a misspelt agent would bind nobody. Spelled in any case, and with `-`, `_` or spaces.
 * @param tools ids and names of all known tools; null where they are not known, and nothing is told
 */
export function toolReferenceProblems(root: YamlNode, tools: readonly string[] | null): FoundProblem[] {
  if (tools === null) return [];
  const known = new Set(["any", ...tools].map(plainTool));
  return placesIn(root)
    .flatMap((path) => textsAt(root, path))
    .filter(({ text, node }) => !node.reported && !known.has(plainTool(text)))
    .map(({ path, node, text }) => {
      const what = `there is no tool ${showValue(text)}`;
      return { offset: node.offset, code: "CS051", path, what, fix: suggestion(text, tools) };
    });
}

function placesIn(root: YamlNode): KeyPath[] {
  const rules = childrenOf(root, ["rules"]);
  const tools = rules.flatMap((rule) => ["when", "require"].map((part) => [...rule, part, "tools"]));
  const boundaries = [
    ["forbid"],
    ...rules.flatMap((rule) => [
      [...rule, "forbid"],
      [...rule, "require", "forbid"],
    ]),
  ];
  return [
    ...tools,
    ...boundaries.flatMap((path) => [path, ...childrenOf(root, path)].map((each) => [...each, "agents"])),
  ];
}

function childrenOf(root: YamlNode, path: KeyPath): KeyPath[] {
  return [...(nodeAt(root, path)?.entries.keys() ?? [])].map((key) => [...path, key]);
}

/** One text, or those of a list. */
function textsAt(root: YamlNode, path: KeyPath): { path: KeyPath; node: YamlNode; text: string }[] {
  const node = nodeAt(root, path);
  if (node === null) return [];
  if (typeof node.value === "string") return [{ path, node, text: node.value }];
  return [...node.entries].flatMap(([index, item]) =>
    typeof item.value === "string" ? [{ path: [...path, index], node: item, text: item.value }] : [],
  );
}

function suggestion(name: string, tools: readonly string[]): string {
  if (isNegated(name))
    return "A `!` negates nothing here: list the tools that are meant; `countersign tools` lists all.";
  const meant = closest(name, tools);
  return meant === null ? "`countersign tools` lists the tools that are known." : `Did you mean \`${meant}\`?`;
}
