import * as z from "zod";
import { schemaAt, WrittenPolicy, type KeyPath, type YamlNode } from "../policy/index.ts";
import { mutateExpression } from "./mutate-expression.ts";

/** Another value for one that the policy writes. */
export interface OtherValue {
  value: unknown;
  says: string;
  hint: string;
  /** Where within a text it is changed; left out for the text as a whole. */
  index?: number;
}

/** What could stand in a value's place: the other of a switch, a limit one step on, another word, operator or day. */
export function otherValues(node: YamlNode, at: KeyPath): OtherValue[] {
  const { value } = node;
  const edit = (other: unknown, hint: string): OtherValue => ({
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
      ...{ value: text, says, index },
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

/** `observe` and `warn` decide the same, and differ in what reports call it. */
export function isMild(mode: unknown): boolean {
  return mode === "observe" || mode === "warn";
}
