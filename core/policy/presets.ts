import { presetTexts } from "./preset-texts.ts";
import { readYaml } from "./read-yaml.ts";
import { WrittenPolicy } from "./written-policy.ts";

/** The presets of this engine, `name@version`. A version never changes what it asks for; a stricter one is the next version. */
export const presetNames: readonly string[] = Object.keys(presetTexts);

/** What a preset's file says, or null where the engine has none of that name. */
export function presetNamed(name: string): WrittenPolicy | null {
  const text = Object.entries(presetTexts).find(([known]) => known === name)?.[1];
  return text === undefined ? null : WrittenPolicy.parse(readYaml(text).root?.value);
}

/**
 * A policy over its presets. What the file writes wins, key by key under `provenance` and `lint`, and in an area of the same name; a
 * rule of the same id is replaced whole, where the preset has it. Lists of exceptions are the file's own alone.
 * @param presets in the order of the file: a later one wins over an earlier one
 */
export function overPresets(own: WrittenPolicy, presets: readonly WrittenPolicy[]): WrittenPolicy {
  return presets.reduceRight((upper, lower) => merge(lower, upper), own);
}

function merge(lower: WrittenPolicy, upper: WrittenPolicy): WrittenPolicy {
  return {
    ...lower,
    ...upper,
    provenance: { ...lower.provenance, ...upper.provenance },
    ...((lower.lint ?? upper.lint) === undefined ? {} : { lint: { ...lower.lint, ...upper.lint } }),
    areas: mergeAreas(lower.areas ?? {}, upper.areas ?? {}),
    rules: mergeRules(lower.rules ?? [], upper.rules ?? []),
  };
}

type Areas = NonNullable<WrittenPolicy["areas"]>;

function mergeAreas(lower: Areas, upper: Areas): Areas {
  const names = new Set([...Object.keys(lower), ...Object.keys(upper)]);
  // Object.fromEntries defines properties: an area may be called `constructor`.
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const [below, above] = [ownValue(lower, name), ownValue(upper, name)];
      const area = above === undefined ? below : { ...below, ...above };
      return area === undefined ? [] : [[name, area]];
    }),
  );
}

function ownValue(areas: Areas, name: string): Areas[string] | undefined {
  return Object.hasOwn(areas, name) ? areas[name] : undefined;
}

type Rules = NonNullable<WrittenPolicy["rules"]>;

function mergeRules(lower: Rules, upper: Rules): Rules {
  const known = new Set(lower.map(({ id }) => id));
  const replaced = lower.map((rule) => upper.find(({ id }) => id === rule.id) ?? rule);
  return [...replaced, ...upper.filter(({ id }) => !known.has(id))];
}
