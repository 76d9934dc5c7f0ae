import type { WrittenFloor } from "../facts.ts";
import type { FoundProblem } from "./problem.ts";
import type { ProblemCode } from "./problem-codes.ts";
import type { YamlNode } from "./read-yaml.ts";
import { nodeAt } from "./schema-problems.ts";
import { mostExtended } from "./written/extends.ts";
import { yamlLimits } from "./yaml-text.ts";

/**
 * What keeps floors from being read beside a policy: with all of them it may be as large as one policy without any, so that
 * what it costs does not grow with their number. Null when they may be read.
 */
export function tooMuchToRead(
  text: string,
  floors: readonly WrittenFloor[],
  root: YamlNode | null,
): FoundProblem | null {
  if (floors.length === 0) return null;
  if (floors.length > mostExtended)
    return at(root, "CS040", `there are more than ${mostExtended} floors`, "Put their rules into fewer of them.");
  const bytes = [text, ...floors.map((floor) => floor.text)].reduce((sum, each) => sum + bytesOf(each), 0);
  if (bytes <= yamlLimits.bytes) return null;
  return at(root, "CS041", "the policy and its floors together are larger than 256 kB", shorten);
}

/** The same of what was read: how many values all of it holds. */
export function tooManyTogether(own: YamlNode | null, floors: readonly (YamlNode | null)[]): FoundProblem | null {
  if (floors.length === 0) return null;
  const values = [own, ...floors].reduce((sum, root) => sum + (root === null ? 0 : valuesIn(root)), 0);
  if (values <= yamlLimits.nodes) return null;
  return at(own, "CS041", "the policy and its floors together hold more than 5,000 values", shorten);
}

const shorten = "Shorten the largest of them: use fewer, wider patterns.";

function at(root: YamlNode | null, code: ProblemCode, what: string, fix: string): FoundProblem {
  const named = root === null ? null : nodeAt(root, ["extends"]);
  // Floors that an organisation sets stand nowhere in the file.
  return { offset: named?.offset ?? 0, code, path: named === null ? [] : ["extends"], what, fix };
}

function bytesOf(text: string): number {
  // No text has fewer bytes than UTF-16 code units, and one that is far too long need not be encoded to be told.
  return text.length > yamlLimits.bytes ? text.length : new TextEncoder().encode(text).length;
}

/** With the keys of mappings, as one file's values are counted. */
function valuesIn({ entries }: YamlNode): number {
  return [...entries].reduce((sum, [key, node]) => sum + (typeof key === "string" ? 1 : 0) + valuesIn(node), 1);
}
