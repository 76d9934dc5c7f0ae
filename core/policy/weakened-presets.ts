import { comparePolicies } from "./compare-policies.ts";
import type { Warning } from "./dated-warnings.ts";
import type { Policy } from "./policy.ts";
import { presetNamed } from "./presets.ts";
import type { YamlNode } from "./read-yaml.ts";
import { resolvePolicy } from "./resolve-policy.ts";
import { nodeAt } from "./schema-problems.ts";

/**
 * Presets that the file builds on and takes something from: a rule of the same id replaces theirs whole, and an area of the
 * same name has its own paths. A file may; whoever reads `extends` alone would think otherwise. What it writes for all of
 * itself (its mode, its lists of exceptions) is plain to see, and not told.
 */
export function weakenedPresets(policy: Policy, root: YamlNode): Warning[] {
  const entries = nodeAt(root, ["extends"])?.entries ?? new Map<string, YamlNode>();
  return Array.from({ length: entries.size }, (_, index) => index).flatMap((index): Warning[] => {
    const path = ["extends", index, "preset"];
    const name = nodeAt(root, path)?.value;
    const written = typeof name === "string" ? presetNamed(name) : null;
    if (typeof name !== "string" || written === null) return [];
    const preset = resolvePolicy({ ...written, mode: policy.mode });
    const found = comparePolicies(preset, { ...preset, rules: policy.rules, areas: policy.areas });
    const less = found.filter(({ effect }) => effect === "loosens").map(({ says }) => says);
    if (less.length === 0) return [];
    const more = less.length > mostTold ? `; and ${less.length - mostTold} more` : "";
    const what = `this policy asks less than ${name}: it would ${less.slice(0, mostTold).join("; ")}${more}`;
    return [{ code: "CS116", path, what, fix: "Take that back, or leave it where it is meant." }];
  });
}

const mostTold = 5;
