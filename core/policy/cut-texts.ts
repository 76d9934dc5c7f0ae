import type { Warning } from "./dated-warnings.ts";
import { inertText } from "../untrusted/index.ts";
import type { KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { quoted } from "./yaml-traps.ts";

/** Texts for people that end at a ` #12`, which YAML takes for a comment: the number was most probably part of the text. */
export function cutTexts(root: YamlNode): Warning[] {
  return textsIn(root, []).flatMap(({ path, node }) => {
    if (typeof node.value !== "string" || !/^[A-Za-z0-9]/.test(node.comment ?? "")) return [];
    const whole = inertText(`${node.value} #${node.comment ?? ""}`.trim(), { maxGraphemes: 100 });
    const what = "the text ends before ` #`, which begins a comment";
    return [{ code: "CS111", path, what, fix: `Quote the whole text: \`${quoted(whole)}\`.` }];
  });
}

const textKeys = new Set<string | number>(["title", "reason"]);

function textsIn(node: YamlNode, path: KeyPath): { path: KeyPath; node: YamlNode }[] {
  return [...node.entries].flatMap(([key, value]) => {
    const at = [...path, key];
    return textKeys.has(key) ? [{ path: at, node: value }] : textsIn(value, at);
  });
}
