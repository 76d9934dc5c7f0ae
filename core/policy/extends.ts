import { createHash } from "node:crypto";
import type { WrittenFloor } from "../facts.ts";
import { inertText } from "../untrusted/index.ts";
import { floorNamedBy, isSameFloor, type NamedFloor } from "./floor-name.ts";
import { presetNamed, presetNames } from "./presets.ts";
import type { FoundProblem } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { nodeAt } from "./schema-problems.ts";
import { closest } from "./suggest.ts";
import type { WrittenPolicy } from "./written-policy.ts";

/** The presets that a document extends, those that exist, in its order. */
export function presetsOf(root: YamlNode): WrittenPolicy[] {
  return entriesOf(root).flatMap(({ node }) => {
    const preset = nodeAt(node, ["preset"])?.value;
    const found = typeof preset === "string" ? presetNamed(preset) : null;
    return found === null ? [] : [found];
  });
}

/** Presets that the engine does not have. */
export function presetProblems(root: YamlNode): FoundProblem[] {
  return entriesOf(root).flatMap(({ node, index }): FoundProblem[] => {
    const at = nodeAt(node, ["preset"]);
    if (at === null || typeof at.value !== "string" || at.reported || presetNamed(at.value) !== null) return [];
    const meant = closest(at.value, presetNames);
    return [
      {
        offset: at.offset,
        code: "CS033",
        path: ["extends", index, "preset"],
        what: `there is no preset \`${inertText(at.value, { maxGraphemes: 60 })}\``,
        fix: meant === null ? `Presets: ${presetNames.join(", ")}.` : `Did you mean \`${meant}\`?`,
      },
    ];
  });
}

/** What a floor's name for people is, and its file in problems: `acme/policies:ai.yml@9f2c1e7b4d`. */
export function floorName({ repo, path, ref }: Pick<WrittenFloor, "repo" | "path" | "ref">): string {
  return inertText(`${repo}:${path}@${ref.slice(0, 10)}`, { maxGraphemes: 200 });
}

/** Floors that the document names and that were not read, or whose text is another than it says. */
export function floorProblems(
  root: YamlNode,
  floors: readonly WrittenFloor[],
  whyAbsent: string | null,
): FoundProblem[] {
  return entriesOf(root).flatMap(({ named, node, index }): FoundProblem[] => {
    if (named === null) return [];
    const found = floors.find((floor) => isSameFloor(floor, named));
    if (found === undefined) return [notRead(named, node, index, whyAbsent)];
    const digest = `sha256:${createHash("sha256").update(found.text).digest("hex")}`;
    if (named.digest === null || named.digest === digest) return [];
    const what = `${floorName(named)} is another text: its digest is ${digest}`;
    const fix = "Look at what changed, and then write this digest.";
    const offset = nodeAt(node, ["digest"])?.offset ?? node.offset;
    return [{ offset, code: "CS035", path: ["extends", index, "digest"], what, fix }];
  });
}

/** A floor builds on nothing but presets: otherwise nobody could tell what decides without reading a chain of repositories. */
export function chainProblems(root: YamlNode): FoundProblem[] {
  return entriesOf(root).flatMap(({ named, node, index }): FoundProblem[] => {
    if (named === null) return [];
    const what = "a floor cannot build on another repository's policy";
    const fix = "Name that repository in the policy itself, or copy its rules here.";
    return [{ offset: node.offset, code: "CS036", path: ["extends", index], what, fix }];
  });
}

function notRead(named: NamedFloor, node: YamlNode, index: number, whyAbsent: string | null): FoundProblem {
  const why = whyAbsent === null ? "" : `: ${inertText(whyAbsent, { maxGraphemes: 200 })}`;
  return {
    offset: nodeAt(node, ["repo"])?.offset ?? node.offset,
    code: "CS034",
    path: ["extends", index],
    what: `${floorName(named)} was not read${why}`,
    fix: "Give access to that repository, or to a clone of it that has the commit; nothing is decided without it.",
  };
}

interface Entry {
  index: number;
  node: YamlNode;
  /** Null for a preset, and for an entry that names no commit of a repository. */
  named: NamedFloor | null;
}

function entriesOf(root: YamlNode): Entry[] {
  const entries = [...(nodeAt(root, ["extends"])?.entries.values() ?? [])];
  return entries.map((node, index) => ({ index, node, named: floorNamedBy(node.value) }));
}
