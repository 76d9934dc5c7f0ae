import { presetNamed } from "./presets.ts";
import { readYaml } from "./read-yaml.ts";

/** Where each area and each rule of a policy over its presets was written: `this file`, `preset enforce@1`, or both. */
export interface Origins {
  areas: Readonly<Record<string, string>>;
  rules: Readonly<Record<string, string>>;
}

/** Of a text that loads. An area takes keys from every place that has it, a rule stands in one. */
export function originsOf(text: string): Origins {
  const own = asRecord(readYaml(text).root?.value);
  const presets = asList(own.extends)
    .map((entry) => asRecord(entry).preset)
    .flatMap((name) => {
      const found = typeof name === "string" ? presetNamed(name) : null;
      return found === null ? [] : [{ name: `preset ${String(name)}`, written: asRecord(found) }];
    });
  // The strongest first: the file itself, then later presets before earlier ones.
  const places = [{ name: "this file", written: own }, ...presets.toReversed()];
  const areas = places.flatMap(({ name, written }) =>
    Object.keys(asRecord(written.areas)).map((area) => ({ name, area })),
  );
  const rules = places.flatMap(({ name, written }) =>
    asList(written.rules).map((rule) => ({ name, id: asRecord(rule).id })),
  );
  return {
    areas: byName(
      areas.map(({ name, area }) => [area, name]),
      (names) => names.join(" over "),
    ),
    rules: byName(
      rules.map(({ name, id }) => [String(id), name]),
      ([strongest = "this file"]) => strongest,
    ),
  };
}

function byName(
  found: readonly [string, string][],
  join: (names: readonly string[]) => string,
): Record<string, string> {
  const places = new Map<string, string[]>();
  for (const [key, name] of found) places.set(key, [...(places.get(key) ?? []), name]);
  return Object.fromEntries([...places].map(([key, names]) => [key, join(names)]));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
