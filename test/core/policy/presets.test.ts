import { describe, expect, test } from "vitest";
import { overPresets, presetNamed, presetNames } from "../../../core/policy/presets.ts";
import { WrittenPolicy } from "../../../core/policy/written-policy.ts";

const written = (rest: object) => WrittenPolicy.parse({ version: 1, ...rest });
const rule = (id: string, more: object = {}) => ({ id, require: { secrets: "none" }, ...more });

describe("a preset by its name", () => {
  test.each([
    { name: "observe@1", mode: "observe" },
    { name: "warn@1", mode: "warn" },
    { name: "enforce@1", mode: "enforce" },
  ])("$name", ({ name, mode }) => {
    expect(presetNames).toContain(name);
    expect(presetNamed(name)).toMatchObject({ version: 1, mode });
  });

  test.each(["observe", "observe@2", "", "toString", "constructor"])("there is no %s", (name) =>
    expect(presetNamed(name)).toBeNull(),
  );
});

describe("a policy over its presets", () => {
  test.each<{ says: string; own: object; presets: object[]; is: object }>([
    { says: "stands alone without any", own: { mode: "warn" }, presets: [], is: { version: 1, mode: "warn" } },
    { says: "keeps its own mode", own: { mode: "warn" }, presets: [{ mode: "enforce" }], is: { mode: "warn" } },
    {
      says: "takes what it does not write",
      own: {},
      presets: [{ mode: "warn", comment: "off" }],
      is: { mode: "warn", comment: "off" },
    },
    {
      says: "takes it from the last that has it",
      own: {},
      presets: [{ mode: "warn", comment: "off" }, { mode: "observe" }],
      is: { mode: "observe", comment: "off" },
    },
    {
      says: "merges provenance by its keys",
      own: { provenance: { exclude: ["a"] } },
      presets: [{ provenance: { exclude: ["b"], counts_as_ai: ["suggestion"] } }],
      is: { provenance: { exclude: ["a"], counts_as_ai: ["suggestion"] } },
    },
    {
      says: "merges areas by name and key",
      own: { areas: { a: { tier: 1 }, c: { paths: ["c"] } } },
      presets: [{ areas: { a: { paths: ["a"], tier: 3 }, b: { paths: ["b"] } } }],
      is: { areas: { a: { paths: ["a"], tier: 1 }, b: { paths: ["b"] }, c: { paths: ["c"] } } },
    },
    {
      says: "has areas with the names of Object's own",
      own: { areas: { constructor: { tier: 1 } } },
      presets: [{ areas: { "to-string": { paths: ["a"] } } }],
      is: { areas: { constructor: { tier: 1 }, "to-string": { paths: ["a"] } } },
    },
    {
      says: "replaces rules of the same id in their place, and adds its own behind them",
      own: { rules: [rule("new"), rule("b", { mode: "warn" })] },
      presets: [{ rules: [rule("a"), rule("b", { title: "B" }), rule("c")] }],
      is: { rules: [rule("a"), rule("b", { mode: "warn" }), rule("c"), rule("new")] },
    },
    {
      says: "has none where neither has any",
      own: {},
      presets: [{}],
      is: { areas: {}, rules: [], provenance: {} },
    },
  ])("$says", ({ own, presets, is }) => expect(overPresets(written(own), presets.map(written))).toMatchObject(is));
});
