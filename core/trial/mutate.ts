import * as z from "zod";
import {
  formatPath,
  nodeAt,
  offsetInScalar,
  readYaml,
  schemaAt,
  WrittenPolicy,
  type KeyPath,
  type YamlNode,
} from "../policy/index.ts";
import { ordinal } from "./ordinal.ts";
import { mutateExpression } from "./mutate-expression.ts";

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

/** One change of the document; a value of undefined takes the key or item away. */
interface Edit {
  at: KeyPath;
  value: unknown;
  says: string;
  hint: string;
  /** Where within a text it is changed; left out for the text as a whole. */
  index?: number;
}

/** What people read, and what decides nothing. */
const silent = ["title", "reason", "owner", "id", "version", "comment", "$schema"];

function editsOf(node: YamlNode, at: KeyPath, root: YamlNode): Edit[] {
  const key = at.at(-1);
  if (typeof key === "string" && silent.includes(key) && !isName(at)) return [];
  if (at.length === 1 && key === "labels") return [];
  const inner = [...node.entries].flatMap(([part, child]) => editsOf(child, [...at, part], root));
  return [...removals(at, root), ...otherValues(node, at), ...weakerDefaults(node, at, root), ...inner];
}

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

/** `observe` and `warn` decide the same, and differ in what reports call it. */
function isMild(mode: unknown): boolean {
  return mode === "observe" || mode === "warn";
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
  const [first, , part] = at;
  if (first === "rules" && part === "when")
    return "a case that fits everything else in `when`, and expects the rule not to apply";
  if (first === "rules" && part === "require") return "a case that meets everything that the rule asks for but this";
  if (first === "waivers") return "a case just outside of the waiver";
  return "a case that comes out as it does only because of this key";
}

function otherValues(node: YamlNode, at: KeyPath): Edit[] {
  const { value } = node;
  const edit = (other: unknown, hint: string): Edit => ({
    at,
    value: other,
    says: `${shown(value)} → ${shown(other)}`,
    hint,
  });
  if (typeof value === "boolean") return [edit(!value, hintForOther)];
  if (typeof value === "number")
    return steps(value, at).map((other) => edit(other, at.at(-1) === "tier" ? hintForOther : hintForLimit));
  if (typeof value !== "string") return [];
  if (at.at(-1) === "if")
    return mutateExpression(value).map(({ text, says, at: index }) => ({
      ...{ at, value: text, says, index },
      hint: "two cases between which only this part of the expression differs",
    }));
  if (at[0] === "extends" && at.at(-1) === "preset")
    return weakerPresets(value).map((other) => edit(other, hintForOther));
  const later = laterThan(value, at);
  if (later !== null) return [edit(later, "a case on the day after, or after that time")];
  return otherOptions(value, at).map((other) => edit(other, hintForOther));
}

/** Of the strictest first. */
const presetStrength = ["enforce", "recommended", "warn", "observe"];

/** The presets of the same version that ask for less. */
function weakerPresets(preset: string): string[] {
  const [name = "", version = ""] = preset.split("@");
  const index = presetStrength.indexOf(name);
  return index === -1 ? [] : presetStrength.slice(index + 1).map((weaker) => `${weaker}@${version}`);
}

const hintForOther = "a case that comes out otherwise under the other value";
const hintForLimit = "a case exactly at the limit, and one just beyond it";

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function steps(value: number, at: KeyPath): number[] {
  // Percentage points are written in tenths.
  const step = at.at(-1) === "project_delta" || !Number.isInteger(value) ? 0.1 : 1;
  return [value - step, value + step].map((other) => Math.round(other * 1000) / 1000);
}

/** A year later for a day, twice as long for a time. */
function laterThan(value: string, at: KeyPath): string | null {
  const key = at.at(-1);
  if ((key === "expires" || key === "enforce_after") && /^[0-9]{4}-/.test(value))
    return `${Number(value.slice(0, 4)) + 1}${value.slice(4)}`;
  if (key !== "max_age") return null;
  const number = Number.parseInt(value, 10);
  return Number.isNaN(number) ? null : `${number * 2}${value.slice(String(number).length)}`;
}

const mostOptions = 4;

/** The other words that could stand here; of many, the next. */
function otherOptions(value: string, at: KeyPath): string[] {
  const options = optionsOf(schemaAt(WrittenPolicy, at));
  const index = options.indexOf(value);
  if (index === -1) return [];
  if (at.at(-1) === "mode") return [isMild(value) ? "enforce" : "observe"];
  if (options.length <= mostOptions) return options.filter((option) => option !== value);
  return [options[(index + 1) % options.length] ?? value];
}

function optionsOf(schema: z.ZodType | null): string[] {
  if (schema instanceof z.ZodOptional) {
    const inner = schema.unwrap();
    return inner instanceof z.ZodType ? optionsOf(inner) : [];
  }
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option) => (option instanceof z.ZodType ? optionsOf(option) : []));
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
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
