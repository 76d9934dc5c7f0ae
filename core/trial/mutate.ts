import { formatPath, nodeAt, offsetInScalar, readYaml, type KeyPath, type YamlNode } from "../policy/index.ts";
import { ordinal } from "./ordinal.ts";
import { editsOf } from "./policy-edits.ts";

/** A policy that differs from the tested one in one place. */
export interface Mutant {
  /** `rules.sensitive-ai-needs-owner.when.ai: true → false`; the same for the same change of the same policy. */
  name: string;
  /** Where the policy writes what is changed, from 1. */
  line: number;
  column: number;
  /** The mutant as a policy's text. */
  text: string;
  /** What a case would look like that tells it apart. */
  hint: string;
}

/**
 * Every mutant of a policy's text, in the order of the file: something left out, an item less, the other value of a switch, a limit one
 * step on, another operator in an expression, a waiver wider or longer. Not all of them are policies that can be used, and
 * some mean the same as the original: that is for the loader to say. Pure and deterministic.
 */
export function mutantsOf(policyText: string): Mutant[] {
  const { root, place } = readYaml(policyText);
  if (root === null) return [];
  const seen = new Map<string, number>();
  return editsOf(root, [], root).map(({ at, says, hint, value, index }) => {
    const name = `${nameOf(at, root)}: ${says}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const node = writtenAt(root, at);
    const offset = index === undefined ? node.keyOffset : offsetInScalar(node, index);
    const text = JSON.stringify(edited(root.value, at, value));
    return { name: count === 1 ? name : `${name} (${ordinal(count)})`, ...place(offset), text, hint };
  });
}

/** The node, or the innermost one around where nothing is written. */
function writtenAt(root: YamlNode, at: KeyPath): YamlNode {
  return nodeAt(root, at) ?? (at.length === 0 ? root : writtenAt(root, at.slice(0, -1)));
}

/** Rules and waivers are named by their ids; items of a list by the list. */
function nameOf(at: KeyPath, root: YamlNode): string {
  const named = at.map((part, index) => {
    const id = typeof part === "number" ? nodeAt(root, [...at.slice(0, index + 1), "id"])?.value : undefined;
    return typeof id === "string" ? id : part;
  });
  const isScalarItem = typeof named.at(-1) === "number" && typeof nodeAt(root, at)?.value !== "object";
  return formatPath(isScalarItem ? named.slice(0, -1) : named);
}

/** A copy of the document with one value in another's place, or away. */
function edited(value: unknown, at: KeyPath, other: unknown): unknown {
  const [part, ...rest] = at;
  if (part === undefined) return other;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) => {
      if (index !== part) return [item];
      return rest.length === 0 && other === undefined ? [] : [edited(item, rest, other)];
    });
  }
  if (typeof value !== "object" || value === null) return value;
  if (rest.length === 0 && !Object.hasOwn(value, part)) return { ...value, [part]: other };
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
      if (key !== part) return [[key, item]];
      return rest.length === 0 && other === undefined ? [] : [[key, edited(item, rest, other)]];
    }),
  );
}
