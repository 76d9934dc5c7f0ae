import { nodeAt, type KeyPath, type YamlNode } from "../policy/index.ts";
import { isMild, otherValues } from "./other-values.ts";

/** One change of a policy's document; a value of undefined takes the key or item away. */
export interface Edit {
  at: KeyPath;
  value: unknown;
  says: string;
  hint: string;
  /** Where within a text it is changed; left out for the text as a whole. */
  index?: number;
}

/** Every edit of a node and of what it holds, in the order of the file. */
export function editsOf(node: YamlNode, at: KeyPath, root: YamlNode): Edit[] {
  const key = at.at(-1);
  if (typeof key === "string" && silent.includes(key) && !isName(at)) return [];
  if (at.length === 1 && key === "labels") return [];
  const inner = [...node.entries].flatMap(([part, child]) => editsOf(child, [...at, part], root));
  return [
    ...removals(at, root),
    ...otherValues(node, at).map((other) => ({ at, ...other })),
    ...weakerDefaults(node, at, root),
    ...inner,
  ];
}

/** What people read, and what decides nothing. */
const silent = ["title", "reason", "owner", "id", "version", "comment", "$schema"];

/** The weakest value where the policy writes none: what is left to a default must matter to some case too. */
function weakerDefaults({ entries }: YamlNode, at: KeyPath, root: YamlNode): Edit[] {
  const unwritten = (key: string, value: string, hint: string): Edit[] =>
    entries.has(key) ? [] : [{ at: [...at, key], value, says: `unwritten → ${value}`, hint }];
  if (at.length === 2 && at[0] === "rules")
    return isMild(nodeAt(root, ["mode"])?.value)
      ? []
      : unwritten("mode", "observe", "a case that does not meet this rule, and expects the decision that follows");
  if (at.at(-1) === "owner_approval")
    return unwritten("stale_when", "never", "a case in which a push ends an approval");
  return [];
}

/** A name that people choose may read as any key does. */
function isName(at: KeyPath): boolean {
  return at.length === 2 && at[0] === "areas";
}

function removals(at: KeyPath, root: YamlNode): Edit[] {
  const key = at.at(-1);
  if (key === undefined) return [];
  const siblings = nodeAt(root, at.slice(0, -1))?.entries.size ?? 0;
  if (typeof key === "number") {
    const value = nodeAt(root, at)?.value;
    const isWhole = typeof value === "object";
    // The last item of a list is the list: that is a mutant of its own, one level up.
    if (siblings === 1 && !isWhole) return [];
    const says = isWhole ? "left out" : `without ${JSON.stringify(value)}`;
    return [{ at, value: undefined, says, hint: hintForItem(at) }];
  }
  return [{ at, value: undefined, says: "left out", hint: hintForKey(at) }];
}

function hintForItem(at: KeyPath): string {
  const [first, , ...rest] = at;
  if (first === "rules" && rest.length === 0)
    return "a case that does not meet this rule, and expects what it then comes to";
  if (first === "waivers" && rest.length === 0) return "a case that only this waiver lets through";
  return "a case that comes out as it does only because of this item";
}

function hintForKey(at: KeyPath): string {
  const [first, , part, condition] = at;
  if (first === "rules" && part === "when" && condition === undefined)
    return "a case for which `when` does not hold, and that expects the rule not to apply";
  if (first === "rules" && part === "when")
    return "a case that fits everything in `when` but this, and expects the rule not to apply";
  if (first === "rules" && part === "require") return "a case that meets everything that the rule asks for but this";
  if (first === "waivers") return "a case just outside of the waiver";
  return "a case that comes out as it does only because of this key";
}
