import { comparePolicies } from "./compare-policies.ts";
import type { Warning } from "./dated-warnings.ts";
import type { Policy } from "./policy.ts";
import type { PolicyDifference } from "./policy-difference.ts";
import { overPresets, presetNamed } from "./presets.ts";
import type { KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { resolvePolicy } from "./resolve-policy.ts";
import { nodeAt } from "./schema-problems.ts";
import type { WrittenPolicy } from "./written-policy.ts";

/**
 * Presets that something is taken from: a rule of the same id replaces theirs whole, and an area of the same name has its own
 * paths. The file may, and so may a preset behind another; whoever reads `extends` alone would think otherwise. What the file
 * writes for all of itself (its mode, its lists of exceptions) is plain to see, and not told.
 */
export function weakenedPresets(policy: Policy, root: YamlNode): Warning[] {
  const presets = presetsIn(root);
  const below = presets.map((_preset, index) => together(presets.slice(0, index + 1), policy));
  const byPresets = presets.flatMap((preset, index) => {
    const [lower, upper] = [below[index - 1], below[index]];
    if (lower === undefined || upper === undefined) return [];
    const found = less(lower, upper);
    return warnings(found, () => preset.path, presets.slice(0, index), `${preset.name}, which stands behind it,`);
  });
  const whole = below.at(-1);
  const found = whole === undefined ? [] : less(whole, policy);
  return [...byPresets, ...warnings(found, (one) => placeOf(one, root), presets, "this policy")];
}

interface ExtendedPreset {
  name: string;
  written: WrittenPolicy;
  path: KeyPath;
}

function presetsIn(root: YamlNode): ExtendedPreset[] {
  const entries = [...(nodeAt(root, ["extends"])?.entries.keys() ?? [])];
  return entries.flatMap((index) => {
    const path = ["extends", index, "preset"];
    const name = nodeAt(root, path)?.value;
    const written = typeof name === "string" ? presetNamed(name) : null;
    return typeof name !== "string" || written === null ? [] : [{ name, written, path }];
  });
}

/** What these presets come to, in the mode of the policy. */
function together(presets: readonly ExtendedPreset[], { mode }: Policy): Policy {
  const written = presets.map((preset) => preset.written);
  return resolvePolicy({ ...overPresets({ version: 1 }, written), mode });
}

/** By rules and areas alone. */
function less(lower: Policy, { rules, areas }: Policy): PolicyDifference[] {
  return comparePolicies(lower, { ...lower, rules, areas }).filter(({ effect }) => effect === "loosens");
}

/** Where the file takes it: the rule or the area, else what it says of silence in every area. */
function placeOf({ rule, area }: PolicyDifference, root: YamlNode): KeyPath {
  const rules = [...(nodeAt(root, ["rules"])?.entries.keys() ?? [])].map((index): KeyPath => ["rules", index]);
  const ofRule = rules.filter((path) => nodeAt(root, [...path, "id"])?.value === rule);
  const ofArea: KeyPath[] = area === null ? [] : [["areas", area]];
  const places = [...ofRule, ...ofArea, ["provenance", "sensitive_undeclared"]];
  return places.find((path) => nodeAt(root, path) !== null) ?? ["extends"];
}

/** One for each place, of the preset that has the last word on what is found there. */
function warnings(
  found: readonly PolicyDifference[],
  placed: (one: PolicyDifference) => KeyPath,
  presets: readonly ExtendedPreset[],
  who: string,
): Warning[] {
  const byPlace = Map.groupBy(found, (one) => JSON.stringify([placed(one), presetOf(one, presets)]));
  return [...byPlace.values()].flatMap((these): Warning[] => {
    const [first] = these;
    if (first === undefined) return [];
    const says = these.map((one) => one.says);
    const more = says.length > mostTold ? `; and ${says.length - mostTold} more` : "";
    const what = `${who} asks less than ${presetOf(first, presets)}: it would ${says.slice(0, mostTold).join("; ")}${more}`;
    return [{ code: "CS116", path: placed(first), what, fix: "Take that back, or leave it where it is meant." }];
  });
}

const mostTold = 5;

function presetOf({ rule, area }: PolicyDifference, presets: readonly ExtendedPreset[]): string {
  const has = ({ written }: ExtendedPreset) =>
    written.rules?.some(({ id }) => id === rule) === true ||
    (area !== null && Object.hasOwn(written.areas ?? {}, area));
  return presets.findLast(has)?.name ?? "its presets";
}
