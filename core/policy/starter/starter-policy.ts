import type { TreeFile } from "../../change/tree-file.ts";
import { belongsToArea } from "../area-files.ts";
import { presetNamed } from "../presets.ts";
import { presetTexts } from "../preset-texts.ts";

/** The presets that a repository can start from, by the names that people say. */
export const starterPresets = ["observe", "warn", "enforce", "recommended"] as const;
/** One of these names. */
export type StarterPreset = (typeof starterPresets)[number];

/** A policy file to start with. */
export interface StarterPolicy {
  text: string;
  /** The areas of the preset that have files here, and those that do not. */
  areas: string[];
  withoutFiles: string[];
}

/**
 * The text of a preset for a repository with these files: areas without files, and rules that only speak of such, are
 * comments with the reason, so that they are there when the files come.
 * @param schema where editors find the schema, from the policy's own folder
 */
export function starterPolicy(preset: StarterPreset, paths: readonly string[], schema: string): StarterPolicy {
  const written = presetNamed(`${preset}@1`);
  const files = paths.map(plainFile);
  const all = Object.entries(written?.areas ?? {});
  const areas = all
    .filter(([, { paths: own = [] }]) => files.some(belongsToArea({ paths: own })))
    .map(([name]) => name);
  const withoutFiles = all.map(([name]) => name).filter((name) => !areas.includes(name));
  const [head = "", ...blocks] = presetTexts[`${preset}@1`].replace("./policy.schema.json", schema).split("\nareas:");
  const [areaLines = "", ruleLines = ""] = blocks.join("\nareas:").split("\nrules:\n");
  const text = [head, narrowAreas(areaLines, areas), "rules:", narrowRules(ruleLines, areas)].join("\n");
  return { text: `${text}\n`, areas, withoutFiles };
}

function plainFile(path: string): TreeFile {
  return {
    ...{ path, previousPath: null, kind: "text", oldMode: "100644", newMode: "100644" },
    ...{ oldBlob: null, newBlob: null, symlinkTarget: null, validUtf8: true },
  };
}

/** The lines from behind `areas:` on: the comment beside it, one area after the other, and what stands between them and the rules. */
function narrowAreas(text: string, kept: readonly string[]): string {
  const [beside = "", ...lines] = text.split("\n");
  let isKept = true;
  const narrowed = lines.flatMap((line) => {
    const name = areaNameOf(line);
    const begins = name !== null;
    if (begins) isKept = kept.includes(name);
    else if (!line.startsWith("   ")) isKept = true;
    if (isKept) return [line];
    return [...(begins ? ["  # No file here matches:"] : []), `  # ${line.slice(2)}`];
  });
  const key = kept.length === 0 ? "# areas:" : "areas:";
  return [`${key}${beside}`, ...narrowed].join("\n");
}

/** `auth` of `  auth:` or `  auth: { … }`. */
function areaNameOf(line: string): string | null {
  const colon = line.indexOf(":");
  const name = line.slice(2, colon);
  return line.startsWith("  ") && colon > 2 && /^[a-z]/.test(name) && !name.includes(" ") ? name : null;
}

/** Rules stand in paragraphs. One whose areas all lack files becomes a comment. */
function narrowRules(text: string, kept: readonly string[]): string {
  return text
    .trimEnd()
    .split("\n\n")
    .map((rule) => narrowRule(rule, kept))
    .join("\n\n");
}

const listStart = "area: [";

function narrowRule(rule: string, kept: readonly string[]): string {
  const start = rule.indexOf(listStart);
  if (start === -1) return rule;
  const from = start + listStart.length;
  const to = rule.indexOf("]", from);
  const named = rule.slice(from, to).split(", ");
  const left = named.filter((name) => kept.includes(name));
  if (left.length > 0) return `${rule.slice(0, from)}${left.join(", ")}${rule.slice(to)}`;
  const lines = rule.split("\n").map((line) => `  # ${line.slice(2)}`);
  return ["  # No file here lies in an area of this rule:", ...lines].join("\n");
}
