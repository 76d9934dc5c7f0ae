import { inertText } from "../untrusted/index.ts";
import type { Warning } from "./dated-warnings.ts";
import type { KeyPath } from "./problem.ts";
import type { YamlNode } from "./read-yaml.ts";
import { nodeAt } from "./schema-problems.ts";

/** Names with a `*` where none is a pattern: a label or a check may be called so, and hardly ever is. */
export function literalStars(root: YamlNode): Warning[] {
  const rules = [...(nodeAt(root, ["rules"])?.entries.keys() ?? [])];
  return rules.flatMap((rule) =>
    places.flatMap(({ at, of, fix }) =>
      textsIn(nodeAt(root, ["rules", rule, ...at]), ["rules", rule, ...at])
        .filter(({ text }) => text.includes("*"))
        .map(({ path, text }): Warning => {
          const shown = inertText(text, { maxGraphemes: 60 });
          const what = `\`${shown}\` is read letter by letter: names of ${of} are no patterns`;
          return { code: "CS115", path, what, fix: fix(shown) };
        }),
    ),
  );
}

const places: readonly { at: KeyPath; of: string; fix: (name: string) => string }[] = [
  {
    at: ["when", "labels"],
    of: "labels",
    fix: (name) => `Name each label, or ask by \`if\`: \`pull_request.labels.exists(label, glob(label, "${name}"))\`.`,
  },
  { at: ["require", "labels"], of: "labels", fix: () => "Name each label." },
  { at: ["require", "checks"], of: "checks", fix: () => "Name each check." },
];

/** One text, those of a list, and the names of mappings. */
function textsIn(node: YamlNode | null, path: KeyPath): { path: KeyPath; text: string }[] {
  if (node === null) return [];
  if (typeof node.value === "string") return [{ path, text: node.value }];
  return [...node.entries].flatMap(([key, inner]) => (key === "app" ? [] : textsIn(inner, [...path, key])));
}
