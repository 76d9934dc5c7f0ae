import type { LintRule } from "../findings/finding.ts";
import { formatPath, showValue, type FoundProblem, type KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { isName } from "./schemas.ts";
import { nodeAt } from "./schema-problems.ts";
import { closest } from "./suggest.ts";

/**
 * What is wrong between the parts of a policy: names of areas and lint rules that do not exist, ids that stand twice.
 * Looks at the document, not at the checked policy, so that it finds what it can beside other problems.
 */
export function referenceProblems(root: YamlNode, lintRules: readonly LintRule[]): FoundProblem[] {
  const areas = nodeAt(root, ["areas"])?.entries ?? new Map<string, YamlNode>();
  const areaNames = [...areas.keys()].map(String);
  return [
    ...[...areas].flatMap(([name, node]) => nameProblem(String(name), node)),
    ...duplicateIds(root),
    ...rulesOf(root).flatMap((path) => [
      ...unknownAreas(root, path, areaNames),
      ...unknownLintRules(
        root,
        path,
        lintRules.map(({ id }) => id),
      ),
    ]),
  ];
}

function rulesOf(root: YamlNode): KeyPath[] {
  return [...(nodeAt(root, ["rules"])?.entries.keys() ?? [])].map((index) => ["rules", index]);
}

function nameProblem(name: string, node: YamlNode): FoundProblem[] {
  if (isName(name)) return [];
  const what = `expected a name of lower-case letters, digits and hyphens, got ${showValue(name)}`;
  return [
    { offset: node.keyOffset, code: "CS027", path: ["areas", name], what, fix: "Write a name such as `billing-api`." },
  ];
}

function duplicateIds(root: YamlNode): FoundProblem[] {
  const seen = new Map<unknown, number>();
  return rulesOf(root).flatMap((path, index): FoundProblem[] => {
    const node = nodeAt(root, [...path, "id"]);
    if (node === null || typeof node.value !== "string") return [];
    const first = seen.get(node.value);
    if (first === undefined) {
      seen.set(node.value, index);
      return [];
    }
    const what = `the id ${showValue(node.value)} is taken by rules[${first}]`;
    return [
      { offset: node.offset, code: "CS022", path: [...path, "id"], what, fix: "Give each rule an id of its own." },
    ];
  });
}

function unknownAreas(root: YamlNode, rule: KeyPath, names: readonly string[]): FoundProblem[] {
  const path = [...rule, "when", "area"];
  const node = nodeAt(root, path);
  if (node === null) return [];
  const asked =
    node.entries.size === 0
      ? [{ path, node }]
      : [...node.entries].map(([index, item]) => ({ path: [...path, index], node: item }));
  return asked.flatMap(({ path: at, node: item }): FoundProblem[] => {
    if (typeof item.value !== "string" || item.reported || names.includes(item.value)) return [];
    const what = `there is no area ${showValue(item.value)}`;
    return [
      {
        offset: item.offset,
        code: "CS020",
        path: at,
        what,
        fix: suggest(item.value, names, "Areas", "Name it under `areas` first."),
      },
    ];
  });
}

function unknownLintRules(root: YamlNode, rule: KeyPath, known: readonly string[]): FoundProblem[] {
  const path = [...rule, "require", "findings", "escalate"];
  return [...(nodeAt(root, path)?.entries ?? [])].flatMap(([name, node]): FoundProblem[] => {
    if (known.includes(String(name))) return [];
    const what = `there is no lint rule \`${formatPath([String(name)])}\``;
    return [
      {
        offset: node.keyOffset,
        code: "CS021",
        path: [...path, name],
        what,
        fix: suggest(String(name), known, "Lint rules", "Remove it."),
      },
    ];
  });
}

function suggest(name: string, known: readonly string[], what: string, otherwise: string): string {
  const meant = closest(name, known);
  if (meant !== null) return `Did you mean \`${meant}\`?`;
  return known.length === 0 ? otherwise : `${what}: ${known.slice(0, 40).join(", ")}.`;
}
