import { describe, expect, test } from "vitest";
import { digestOf, loadPolicy, originsOf, printablePolicy } from "../../../core/policy/index.ts";
import { sampleLintRules } from "../../subjects.ts";

const text = `version: 1
extends: [{ preset: warn@1 }, { preset: enforce@1 }]
areas:
  auth: { paths: [login/**] }
  shop: { paths: [shop/**] }
rules:
  - { id: own, require: { secrets: none } }
  - { id: ai-code-is-tested, when: { ai: true }, require: { coverage: { patch_lines: 50 } } }
`;

describe("where each part was written", () => {
  test.each<{ says: string; of: readonly ["areas" | "rules", string]; is: string }>([
    {
      says: "an area of the file and of both presets",
      of: ["areas", "auth"],
      is: "this file over preset enforce@1 over preset warn@1",
    },
    { says: "an area of the file alone", of: ["areas", "shop"], is: "this file" },
    { says: "an area of the presets", of: ["areas", "billing"], is: "preset enforce@1 over preset warn@1" },
    { says: "a rule of the file", of: ["rules", "own"], is: "this file" },
    { says: "a rule of the file in place of the presets'", of: ["rules", "ai-code-is-tested"], is: "this file" },
    { says: "a rule of the later preset", of: ["rules", "agents-do-not-sign"], is: "preset enforce@1" },
  ])("$says", ({ of: [part, name], is }) => expect(originsOf(text)[part][name]).toBe(is));

  test("what is no policy has none", () => {
    for (const empty of ["", "[", "- a", "extends: ~\nareas: ~\nrules: ~"])
      expect(originsOf(empty)).toEqual({ areas: {}, rules: {} });
    expect(originsOf("extends: [{ preset: nowhere@1 }, { preset: 3 }, 3]\nareas: [a]\nrules: { id: r }")).toEqual({
      areas: {},
      rules: {},
    });
  });
});

describe("a policy made whole", () => {
  const options = { file: "policy.yml", lintRules: sampleLintRules };
  const ref = "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e";
  const floor = `{ repo: acme/policies, path: floor.yml, ref: ${ref} }`;
  const rules = "rules: [{ id: r, require: { secrets: none } }]";

  test("over its presets, with the digest of what decides", () => {
    const printing = printablePolicy(`version: 1\nextends: [{ preset: observe@1 }]\n${rules}`, options);
    const loaded = loadPolicy(`version: 1\nextends: [{ preset: observe@1 }]\n${rules}`, options);
    if (!printing.ok || !loaded.ok) throw new Error("it does not load");
    const { written, digest, unread, resolved, origins } = printing.printed;
    expect({ digest, unread, resolved }).toEqual({
      digest: digestOf(loaded.policy),
      unread: [],
      resolved: loaded.policy,
    });
    expect(written.extends).toBeUndefined();
    expect(written.rules?.map(({ id }) => id)).toEqual(resolved?.rules.map(({ id }) => id));
    expect(origins.rules.r).toBe("this file");
  });

  test("a floor that was not read leaves open what decides, and stays named", () => {
    const printing = printablePolicy(`version: 1\nextends: [{ preset: observe@1 }, ${floor}]\n${rules}`, options);
    if (!printing.ok) throw new Error("it does not load");
    const { written, digest, unread, resolved } = printing.printed;
    expect({ digest, unread, resolved, extends: written.extends }).toEqual({
      digest: null,
      unread: ["acme/policies:floor.yml@9f2c1e7b4d was not read"],
      resolved: null,
      extends: [{ repo: "acme/policies", path: "floor.yml", ref }],
    });
  });

  test.each([
    { says: "a mistake", text: "version: 1\nrules: [{ id: r, require: { secret: none } }]", is: ["CS010"] },
    {
      says: "a mistake beside a floor that was not read",
      text: `version: 1\nextends: [${floor}]\nrules: [{ id: r, require: { secret: none } }]`,
      is: ["CS010", "CS034"],
    },
  ])("$says is told", ({ text, is }) => {
    const printing = printablePolicy(text, options);
    expect(printing.ok ? [] : printing.problems.map(({ code }) => code).sort()).toEqual(is);
  });
});
