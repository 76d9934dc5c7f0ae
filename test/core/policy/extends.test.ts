import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import type { WrittenFloor } from "../../../core/facts.ts";
import { digestOf, formatProblem, loadPolicy, usePolicy, type Policy } from "../../../core/policy/index.ts";
import { Problem } from "../../../core/problem.ts";
import { sampleLintRules } from "../../subjects.ts";

const ref = "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e";
const floorOf = (text: string, path = "ai.yml"): WrittenFloor => ({ repo: "acme/policies", path, ref, text });
const floorText = "version: 1\nrules: [{ id: floor, require: { secrets: none } }]";

function load(text: string, floors: readonly WrittenFloor[] = []): Policy {
  const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules, floors: present(floors) });
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join("\n"));
  return loaded.policy;
}

describe("a preset's parts are defaults", () => {
  const extending = (more: string) => load(`version: 1\nextends: [{ preset: warn@1 }]\n${more}`);
  const preset = extending("");

  test("everything that the file does not write is the preset's", () => {
    expect(preset.mode).toBe("warn");
    expect(preset.areas.map(({ name }) => name)).toContain("auth");
    expect(preset.provenance.exclude).toEqual(["docs/**", "**/*.md", "**/*.snap"]);
  });

  test("an area takes the keys that it does not write", () => {
    const { areas } = extending("areas: { auth: { paths: [login/**] }, own: { paths: [x] } }");
    expect(areas.find(({ name }) => name === "auth")).toMatchObject({ paths: ["login/**"], tier: 1 });
    expect(areas.find(({ name }) => name === "own")).toMatchObject({ paths: ["x"], tier: 2 });
    expect(areas).toHaveLength(preset.areas.length + 1);
  });

  test("a rule of the same id is replaced whole, where the preset has it; another one comes last", () => {
    const { rules } = extending(
      "rules:\n  - { id: new, require: { secrets: none } }\n  - { id: ai-code-is-tested, require: { secrets: none } }",
    );
    const at = preset.rules.findIndex(({ id }) => id === "ai-code-is-tested");
    expect(rules.map(({ id }) => id)).toEqual([...preset.rules.map(({ id }) => id), "new"]);
    expect(rules[at]).toMatchObject({ when: null, require: { secrets: "none", coverage: null } });
  });

  test("the file's mode is that of the preset's rules, unless they have their own", () => {
    const { rules } = extending("mode: observe");
    const modes = Object.fromEntries(rules.map(({ id, mode }) => [id, mode]));
    expect(modes).toMatchObject({ "ai-code-is-tested": "observe", "nobody-commits-a-secret": "enforce" });
  });

  test("of two presets the later one wins", () => {
    const { mode } = load("version: 1\nextends: [{ preset: enforce@1 }, { preset: observe@1 }]");
    expect(mode).toBe("observe");
  });

  test("`provenance` is merged by its keys", () => {
    const { provenance } = extending("provenance: { counts_as_ai: [suggestion] }");
    expect(provenance).toMatchObject({ countsAsAi: ["suggestion"], exclude: preset.provenance.exclude });
  });

  test("rules and waivers may name the preset's areas and rules, and nothing is warned of that the file did not write", () => {
    const loaded = loadPolicy(
      [
        "version: 1",
        "extends: [{ preset: enforce@1 }]",
        "rules: [{ id: own, when: { area: crypto }, require: { secrets: none } }]",
        'waivers: [{ id: W1, rule: ai-code-is-tested, reason: x, owner: ann, expires: "2027-01-15" }]',
      ].join("\n"),
      { file: "p.yml", lintRules: sampleLintRules },
    );
    expect(loaded).toMatchObject({ ok: true, warnings: [] });
  });

  test("a warning about a rule stands where the file has it, not where the preset puts it", () => {
    const loaded = loadPolicy(
      "version: 1\nextends: [{ preset: enforce@1 }]\nrules:\n  - { id: own, when: { ai: false }, require: { trailers: [X] } }",
      { file: "p.yml", lintRules: sampleLintRules },
    );
    expect(loaded.ok && loaded.warnings.map(({ code, line, path }) => `${code} ${line} ${path}`)).toEqual([
      "CS101 4 rules[0].when",
    ]);
  });
});

describe("a floor is a floor beside the policy", () => {
  const extending = `version: 1\nextends: [{ repo: ACME/policies, path: ai.yml, ref: ${ref} }]\nrules: [{ id: own, require: { secrets: none } }]`;

  test("a policy that has no rules but the floor's is not called empty", () => {
    const text = extending.split("\nrules")[0] ?? "";
    const loaded = loadPolicy(text, {
      file: "p.yml",
      lintRules: sampleLintRules,
      floors: present([floorOf(floorText)]),
    });
    expect(loaded).toMatchObject({ ok: true, warnings: [] });
  });

  test("its rules stand apart, with its own settings", () => {
    const { rules, mode, floors } = load(`${extending}\nmode: observe`, [floorOf(`${floorText}\nmode: enforce`)]);
    expect({ mode, ids: rules.map(({ id }) => id) }).toEqual({ mode: "observe", ids: ["own"] });
    expect(floors.map((floor) => `${floor.repo} ${floor.path} ${floor.ref} ${floor.policy.mode}`)).toEqual([
      `acme/policies ai.yml ${ref} enforce`,
    ]);
    expect(floors[0]?.policy.rules.map(({ id }) => id)).toEqual(["floor"]);
  });

  test("one that the policy does not name holds all the same, and the built-in policy has it too", () => {
    expect(load("version: 1\nrules: []", [floorOf(floorText)]).floors).toHaveLength(1);
    const used = usePolicy(
      {
        policy: absent("the base has no policy"),
        floors: present([floorOf(floorText)]),
        change: { repository: null },
      },
      sampleLintRules,
      [],
    );
    expect(used.source.source).toBe("default");
    expect(used.policy.floors).toHaveLength(1);
  });

  test("it may build on presets", () => {
    const { floors } = load("version: 1", [floorOf("version: 1\nextends: [{ preset: recommended@1 }]")]);
    expect(floors[0]?.policy.rules.map(({ id }) => id)).toContain("sensitive-ai-needs-owner");
  });

  test("its bare teams are its own organisation's, the policy's the repository's", () => {
    const owners = "default_owners: { teams: [all] }";
    const loaded = loadPolicy(`version: 1\n${owners}`, {
      file: "p.yml",
      lintRules: sampleLintRules,
      organisation: "shop",
      floors: present([floorOf(`version: 1\n${owners}`)]),
    });
    expect(loaded).toMatchObject({
      ok: true,
      policy: {
        defaultOwners: { teams: ["shop/all"] },
        floors: [{ policy: { defaultOwners: { teams: ["acme/all"] } } }],
      },
    });
  });

  test("a digest that is right lets it through", () => {
    const digest = createHash("sha256").update(floorText).digest("hex");
    const policy = load(extending.replace("ai.yml", `ai.yml, digest: "sha256:${digest}"`), [floorOf(floorText)]);
    expect(policy.floors).toHaveLength(1);
  });

  test("the digest of the resolved policy covers it, and no order of reading", () => {
    const [one, two] = [floorOf(floorText), floorOf(floorText.replace("floor", "more"), "b.yml")];
    expect(digestOf(load(extending, [one]))).not.toBe(digestOf(load(extending, [one, two])));
    expect(digestOf(load(extending, [one, two]))).toBe(digestOf(load(extending, [two, one])));
  });

  test("one that is named and was not read stops the decision", () => {
    const facts = {
      policy: present({ path: "p.yml", commit: null, text: extending }),
      floors: absent("the server did not answer"),
      change: { repository: null },
    };
    expect(() => usePolicy(facts, sampleLintRules, [])).toThrow(Problem);
  });
});

describe("what is said of an entry is short and inert", () => {
  const told = (text: string, options: { floors?: ReturnType<typeof absent> } = {}) => {
    const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules, ...options });
    return loaded.ok ? [] : loaded.problems.map(({ code, path, what }) => `${code} ${path}: ${what}`);
  };
  const long = "x".repeat(300);
  test.each([
    {
      says: "a preset's name",
      text: `version: 1\nextends: [{ preset: ${"x".repeat(70)} }]`,
      are: [`CS033 extends[0].preset: there is no preset \`${"x".repeat(59)}…\``],
    },
    {
      says: "a preset's name that YAML readers disagree about, once",
      text: "version: 1\nextends: [{ preset: yes }]",
      are: ["CS014 extends[0].preset: `yes` means different things to different YAML readers"],
    },
    {
      says: "a preset that is no text, once",
      text: "version: 1\nextends: [{ preset: 5 }]",
      are: ["CS012 extends[0].preset: expected a preset with its version, got 5"],
    },
    {
      says: "the second of two entries",
      text: "version: 1\nextends: [{ preset: warn@1 }, { preset: house@1 }]",
      are: ["CS033 extends[1].preset: there is no preset `house@1`"],
    },
    {
      says: "a floor's name",
      text: `version: 1\nextends: [{ repo: acme/x, path: ${long}.yml, ref: ${ref} }]`,
      are: [`CS034 extends[0]: ${`acme/x:${long}`.slice(0, 199)}… was not read`],
    },
  ])("$says", ({ text, are }) => expect(told(text)).toEqual(are));

  test("why a floor was not read", () => {
    const text = `version: 1\nextends: [{ repo: acme/x, path: a.yml, ref: ${ref} }]`;
    expect(told(text, { floors: absent(long) })).toEqual([
      `CS034 extends[0]: acme/x:a.yml@9f2c1e7b4d was not read: ${long.slice(0, 199)}…`,
    ]);
  });
});
