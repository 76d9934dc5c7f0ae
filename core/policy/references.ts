import type { LintRule } from "../findings/finding.ts";
import { isOtherToolRule } from "../findings/index.ts";
import { formatPath, showValue, type FoundProblem, type KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { isName, nameLike } from "./schemas.ts";
import { nodeAt } from "./schema-problems.ts";
import { closest, isNegated, othersThan } from "./suggest.ts";
import { isMeantAs } from "./suggest-key.ts";
import type { WrittenPolicy } from "./written-policy.ts";

/**
 * What is wrong between the parts of a policy: names of areas, rules and lint rules that do not exist, ids that stand
 * twice. Looks at the document, not at the checked policy, so that it finds what it can beside other problems.
 * @param presets whose areas and rules may be named too
 */
export function referenceProblems(
  root: YamlNode,
  lintRules: readonly LintRule[],
  presets: readonly WrittenPolicy[],
): FoundProblem[] {
  const areas = nodeAt(root, ["areas"])?.entries ?? new Map<string, YamlNode>();
  // A list in their place was told already, and its positions are no names.
  const named = [...areas].flatMap(([name, node]) => (typeof name === "string" ? [[name, node] as const] : []));
  const fromPresets = presets.flatMap((preset) => Object.keys(preset.areas ?? {}));
  const areaNames = named.length < areas.size ? null : [...named.map(([name]) => name), ...fromPresets];
  const lintIds = lintRules.map(({ id }) => id);
  return [
    ...named.flatMap(([name, node]) => [...nameProblem(name, node, areas), ...lacksPaths(name, node, fromPresets)]),
    ...["rules", "waivers"].flatMap((list) => duplicateIds(root, list)),
    ...itemsOf(root, "rules").flatMap((path) => [
      ...unknownAreas(root, [...path, "when", "area"], areaNames),
      ...unknownAreas(root, [...path, "require", "owner_approval", "area"], areaNames),
      ...unknownLintRules(root, path, lintIds),
    ]),
    ...lintSeverities(root, lintRules),
    ...itemsOf(root, "waivers").flatMap((path) => [
      ...unknownFinding(root, path, lintIds),
      ...waivedSecret(root, path, lintRules),
    ]),
  ];
}

/**
 * What a policy may not name because a floor has it: a rule of the same id would look as if it replaced the
 * floor's. And waivers for rules that there are not, which can be told only when the floors' rules are known.
 */
export function floorReferences(
  root: YamlNode,
  presets: readonly WrittenPolicy[],
  floors: readonly { name: string; root: YamlNode | null }[],
): FoundProblem[] {
  const taken = new Map(
    floors.flatMap(({ name, root: floor }) => (floor === null ? [] : idsIn(floor)).map((id) => [id, name])),
  );
  const own = [...idsIn(root), ...presets.flatMap((preset) => (preset.rules ?? []).map(({ id }) => id))];
  return [
    ...itemsOf(root, "rules").flatMap((path) => takenId(root, [...path, "id"], taken)),
    ...itemsOf(root, "waivers").flatMap((path) => unknownRule(root, [...path, "rule"], own, taken)),
  ];
}

function itemsOf(root: YamlNode, list: string): KeyPath[] {
  return [...(nodeAt(root, [list])?.entries.keys() ?? [])].map((index) => [list, index]);
}

function idsIn(root: YamlNode): string[] {
  return itemsOf(root, "rules").flatMap((path) => {
    const id = nodeAt(root, [...path, "id"])?.value;
    return typeof id === "string" ? [id] : [];
  });
}

function nameProblem(name: string, node: YamlNode, areas: ReadonlyMap<unknown, unknown>): FoundProblem[] {
  if (isName(name)) return [];
  const meant = nameLike(name);
  const fix = meant === null || areas.has(meant) ? "Write a name such as `billing-api`." : `Write \`${meant}\`.`;
  const what = `expected a name of lower-case letters, digits and hyphens, got ${showValue(name)}`;
  return [{ offset: node.keyOffset, code: "CS027", path: ["areas", name], what, fix }];
}

/** An area takes from a preset's what it does not write itself; without one, it says where it is. */
function lacksPaths(name: string, node: YamlNode, fromPresets: readonly string[]): FoundProblem[] {
  const isMapping = typeof node.value === "object" && node.value !== null && !Array.isArray(node.value);
  if (!isMapping || node.reported || node.entries.has("paths") || fromPresets.includes(name)) return [];
  if ([...node.entries.keys()].some((key) => isMeantAs(String(key), "paths"))) return [];
  const path = ["areas", name];
  return [
    { offset: node.offset, code: "CS011", path, what: "`paths` is missing", fix: "Write `paths: [src/auth/**]`." },
  ];
}

function duplicateIds(root: YamlNode, list: string): FoundProblem[] {
  const seen = new Map<unknown, number>();
  return itemsOf(root, list).flatMap((path, index): FoundProblem[] => {
    const node = nodeAt(root, [...path, "id"]);
    if (node === null || typeof node.value !== "string") return [];
    if (list === "rules" && node.value === topForbid) return [takenByForbid(node, [...path, "id"])];
    const first = seen.get(node.value);
    if (first === undefined) {
      seen.set(node.value, index);
      return [];
    }
    const what = `the id ${showValue(node.value)} is taken by ${list}[${first}]`;
    const fix = `Give each ${list === "rules" ? "rule" : "waiver"} an id of its own.`;
    return [{ offset: node.offset, code: "CS022", path: [...path, "id"], what, fix }];
  });
}

/** The boundaries at the top are judged as a built-in rule of this id. */
const topForbid = "forbid";

function takenByForbid({ offset }: YamlNode, path: KeyPath): FoundProblem {
  const what = 'the id "forbid" is that of the boundaries at the top of the file';
  return { offset, code: "CS022", path, what, fix: "Give each rule an id of its own." };
}

/** @param names null when the areas cannot be read */
function unknownAreas(root: YamlNode, path: KeyPath, names: readonly string[] | null): FoundProblem[] {
  const node = nodeAt(root, path);
  if (node === null || names === null) return [];
  const asked =
    node.entries.size === 0
      ? [{ path, node }]
      : [...node.entries].map(([index, item]) => ({ path: [...path, index], node: item }));
  return asked.flatMap(({ path: at, node: item }) => {
    if (typeof item.value !== "string" || item.reported || names.includes(item.value)) return [];
    const fix = suggest(item.value, names, "Areas", "Name it under `areas` first.");
    return [{ offset: item.offset, code: "CS020", path: at, what: `there is no area ${showValue(item.value)}`, fix }];
  });
}

/** What another tool may report is not known, so any name that is written as one of its rules may stand. */
function unknownLintRules(root: YamlNode, rule: KeyPath, known: readonly string[]): FoundProblem[] {
  return ["rules", "escalate"].flatMap((key) => {
    const path = [...rule, "require", "findings", key];
    return [...(nodeAt(root, path)?.entries ?? [])].flatMap(([name, node]) =>
      known.includes(String(name)) || isOtherToolRule(String(name))
        ? []
        : [noLintRule(String(name), node.keyOffset, [...path, name], known)],
    );
  });
}

/** Severities are given to rules that there are, and to none that finds credentials. */
function lintSeverities(root: YamlNode, lintRules: readonly LintRule[]): FoundProblem[] {
  const at = ["lint", "severity"];
  return [...(nodeAt(root, at)?.entries ?? [])].flatMap(([name, node]): FoundProblem[] => {
    const rule = lintRules.find(({ id }) => id === name);
    const path = [...at, name];
    if (isOtherToolRule(String(name))) return [];
    if (rule === undefined)
      return [
        noLintRule(
          String(name),
          node.keyOffset,
          path,
          lintRules.map(({ id }) => id),
        ),
      ];
    if (rule.secret !== true) return [];
    const what = `findings of ${rule.id} keep their severity, because credentials are not to be merged`;
    return [{ offset: node.keyOffset, code: "CS042", path, what, fix: "Remove the line." }];
  });
}

function unknownFinding(root: YamlNode, waiver: KeyPath, known: readonly string[]): FoundProblem[] {
  const path = [...waiver, "finding"];
  const node = nodeAt(root, path);
  if (node === null || typeof node.value !== "string" || node.reported || known.includes(node.value)) return [];
  if (isOtherToolRule(node.value)) return [];
  return [noLintRule(node.value, node.offset, path, known)];
}

/** Nothing exempts a credential, so such a waiver would only look as if it did. */
function waivedSecret(root: YamlNode, waiver: KeyPath, lintRules: readonly LintRule[]): FoundProblem[] {
  const path = [...waiver, "finding"];
  const node = nodeAt(root, path);
  if (node === null || !lintRules.some(({ id, secret }) => id === node.value && secret === true)) return [];
  const what = `${showValue(node.value)} reports credentials, and no waiver reaches one`;
  const fix = "Remove the waiver: withdraw the credential, and take it out of the code.";
  return [{ offset: node.offset, code: "CS039", path, what, fix }];
}

function noLintRule(name: string, offset: number, path: KeyPath, known: readonly string[]): FoundProblem {
  const what = `there is no lint rule \`${formatPath([name])}\``;
  return { offset, code: "CS021", path, what, fix: suggest(name, known, "Lint rules", "Remove it.") };
}

function takenId(root: YamlNode, path: KeyPath, taken: ReadonlyMap<string, string>): FoundProblem[] {
  const node = nodeAt(root, path);
  const floor = typeof node?.value === "string" ? taken.get(node.value) : undefined;
  if (node === null || floor === undefined) return [];
  const what = `the id ${showValue(node.value)} is that of a rule of ${floor}, which this policy cannot replace`;
  return [{ offset: node.offset, code: "CS037", path, what, fix: "Give the rule another id; both will judge." }];
}

function unknownRule(
  root: YamlNode,
  path: KeyPath,
  own: readonly string[],
  taken: ReadonlyMap<string, string>,
): FoundProblem[] {
  const node = nodeAt(root, path);
  if (node === null || typeof node.value !== "string" || node.reported || own.includes(node.value)) return [];
  const floor = taken.get(node.value);
  const problem = { offset: node.offset, code: "CS038" as const, path };
  if (floor !== undefined) {
    const what = `${showValue(node.value)} is a rule of ${floor}, and no waiver of this policy reaches it`;
    return [{ ...problem, what, fix: "Ask for the waiver there." }];
  }
  const fix = suggest(node.value, own, "Rules", "Remove the waiver.");
  return [{ ...problem, what: `there is no rule ${showValue(node.value)}`, fix }];
}

function suggest(name: string, known: readonly string[], what: string, otherwise: string): string {
  const meant = closest(name, known);
  if (meant !== null) return `Did you mean \`${meant}\`?`;
  if (isNegated(name) && known.length > 0) return othersThan(name, known, "");
  return known.length === 0 ? otherwise : `${what}: ${known.slice(0, 40).join(", ")}.`;
}
