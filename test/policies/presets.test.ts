import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  defaultPolicy,
  defaultPolicyText,
  evaluate,
  formatProblem,
  loadPolicy,
  policyJsonSchema,
  policyKeys,
} from "../../core/policy/index.ts";
import { treeFileOf } from "../../core/change/tree-file.ts";
import { absent, present } from "../../core/evidence.ts";
import { approvalsOf } from "../../core/ownership/index.ts";
import { allLintRules } from "../../core/rules.ts";
import { outdated, outputs } from "../../scripts/generate.ts";
import { sampleFinding } from "../builders.ts";
import { buildSubject, sampleVocabulary, type SubjectSketch } from "../subjects.ts";

const presets = ["observe", "warn", "enforce", "recommended"] as const;
const read = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8");
const preset = (name: string) => {
  const loaded = loadPolicy(read(`policies/${name}.yml`), { file: name, lintRules: allLintRules });
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join("\n"));
  return loaded;
};

describe("the presets", () => {
  const validate = new Ajv().compile(policyJsonSchema());

  test.each(presets)("%s loads without a warning, and an editor finds nothing wrong", (name) => {
    expect(preset(name).warnings).toEqual([]);
    expect(validate(parse(read(`policies/${name}.yml`)))).toBe(true);
    expect(preset(name).policy.mode).toBe(name === "recommended" ? "enforce" : name);
  });

  test("name the usual sensitive areas, all of tier 1", () => {
    for (const name of presets) {
      expect(preset(name).policy.areas.map((area) => `${area.name} ${area.tier}`)).toEqual(
        [
          "auth",
          "billing",
          "crypto",
          "data-retention",
          "iac",
          "incident-hooks",
          "migrations",
          "pipeline",
          "provisioning",
        ].map((area) => `${area} 1`),
      );
    }
  });

  const careless: SubjectSketch = {
    commits: [{ name: "c", verdict: "agent-assisted" }],
    files: [{ path: "src/auth/session.ts", addedLines: 2_000 }],
  };
  const secret = sampleFinding({ rule: "secret-shaped-text", place: { kind: "file", path: "src/auth/session.ts" } });
  test.each([
    { name: "observe", sketch: careless, is: "warn block" },
    { name: "warn", sketch: careless, is: "warn block" },
    { name: "enforce", sketch: careless, is: "block block" },
    { name: "observe", sketch: { ...careless, findings: [secret] }, is: "warn block" },
    { name: "warn", sketch: { ...careless, findings: [secret] }, is: "block block" },
  ])("$name says $is of an undisclosed, untested change to auth", ({ name, sketch, is }) => {
    const { state, enforced } = evaluate(preset(name).policy, buildSubject(sketch), sampleVocabulary);
    expect(`${state} ${enforced}`).toBe(is);
  });

  test.each(presets)("%s lets a plain change outside of the areas pass, but for what no report can say", (name) => {
    const { rules } = evaluate(
      preset(name).policy,
      buildSubject({ commits: [{ name: "c", verdict: "human" }] }),
      sampleVocabulary,
    );
    expect(rules.filter(({ enforced }) => enforced === "block")).toEqual([]);
  });
});

describe("a repository without CODEOWNERS is not stuck without a word", () => {
  const sketch: SubjectSketch = {
    commits: [{ name: "c", verdict: "agent-assisted" }],
    files: [{ path: "src/auth/session.ts", addedLines: 3 }],
    pullRequest: { author: "dev" },
  };
  const ownerRule = (name: string, more = "") => {
    const subject = buildSubject(sketch);
    const approvals = approvalsOf({
      change: { ...subject.change, files: subject.change.files.map(treeFileOf) },
      commitsOfFile: new Map(subject.files.map(({ file, commits }) => [file.path, commits])),
      pullRequest: present({ author: "dev", authorType: "User", agentRequesters: [], draft: false }),
      reviews: present([]),
      retargetedAt: null,
      reviewedTrees: [],
      signatures: absent("signatures were not read"),
      people: present({
        writers: [{ login: "ann", canPush: true }],
        teams: [],
        accounts: present(
          subject.change.commits.flatMap(({ author, committer }) =>
            [author, committer].map(({ email }) => ({ email, login: "dev" })),
          ),
        ),
        load: [],
      }),
      codeowners: absent("the base has no CODEOWNERS"),
      mergeGroup: absent("no merge group"),
    });
    const text = `${read(`policies/${name}.yml`)}\n${more}`;
    const loaded = loadPolicy(text, { file: name, lintRules: allLintRules });
    if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join("\n"));
    const { rules } = evaluate(loaded.policy, { ...subject, approvals }, sampleVocabulary);
    const rule = rules.find(({ id }) => id === "sensitive-ai-needs-owner");
    return rule === undefined ? null : { state: rule.state, decision: rule.decision, ...rule.approvals[0] };
  };

  test.each([
    { name: "warn", decision: "warn" },
    { name: "enforce", decision: "needs-approval" },
    { name: "recommended", decision: "needs-approval" },
  ])("$name: $decision, with the reason and what to write", ({ name, decision }) => {
    expect(ownerRule(name)).toMatchObject({
      decision,
      says: "auth cannot be approved: nobody owns it: neither CODEOWNERS nor the policy names anybody",
      fix: "Name owners of auth: in CODEOWNERS, or in the policy as the area's `owners` or as `default_owners`. They count from the base branch on.",
    });
  });

  test("the line that the presets show as a comment is enough", () => {
    expect(ownerRule("enforce", "default_owners: { users: [ann] }")).toMatchObject({
      decision: "needs-approval",
      fix: "Ask ann to approve auth.",
    });
  });

  test("observe asks nobody for an approval, so that it holds nothing up", () => {
    expect(ownerRule("observe")).toBeNull();
    const asks = preset("observe").policy.rules.filter(
      ({ require }) => require.owner_approval !== null || require.second_human !== null,
    );
    expect(asks).toEqual([]);
  });
});

describe("what is generated is up to date", () => {
  const old = outdated();
  test.each(outputs.map(({ path }) => path))("%s", async (path) => expect(await old).not.toContain(path));

  test("without a policy file, observe.yml is what applies", () => {
    expect(defaultPolicyText).toBe(read("policies/observe.yml"));
    expect(defaultPolicy(allLintRules)).toEqual(preset("observe").policy);
  });
});

describe("policies/README.md", () => {
  const page = read("policies/README.md");
  const policies = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const [short = "", , example = ""] = policies; // the second is a few keys for a person alone
  const floor = {
    repo: "acme/policies",
    path: "ai-floor.yml",
    ref: "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e",
    text: "version: 1\nrules: [{ id: no-secrets-anywhere, require: { secrets: none } }]\n",
  };

  test("its policies load without a warning, but that they draw areas of their preset anew, and ask a rule of fewer", () => {
    const options = { file: "README.md", lintRules: allLintRules };
    const loaded = [loadPolicy(short, options), loadPolicy(example, { ...options, floors: present([floor]) })];
    const told = loaded.map((each) => (each.ok ? each.warnings : each.problems).map(formatProblem));
    const anew = (at: string) =>
      expect.stringContaining(`CS116 ${at}: this policy asks less than recommended@1`) as string;
    expect(told).toEqual([[anew("areas.auth")], [anew("areas.auth"), anew("areas.billing"), anew("rules[0]")]]);
  });

  test("its policy has every key, each with a comment on its line or above it", () => {
    const written: unknown = parse(example);
    for (const { path } of policyKeys()) expect(has(written, path.split(".")), path).toBe(true);
    const lines = example.split("\n");
    const keys = [...new Set(policyKeys().map(({ path }) => path.split(".").at(-1)!.replace("[]", "")))];
    const silent = keys.filter((key) => {
      const first = lines.findIndex((line) => line.includes(`${key}:`));
      return key !== "<name>" && !lines[first]?.includes("#") && lines[first - 1]?.includes("# ") !== true;
    });
    expect(silent).toEqual([]);
  });
});

describe("docs/policy.md", () => {
  test("its example loads", () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(read("docs/policy.md"))?.[1] ?? "";
    expect(loadPolicy(example, { file: "policy.md", lintRules: allLintRules })).toMatchObject({
      ok: true,
      warnings: [],
    });
  });
});

/** Whether some value stands at the path; `[]` is any item, `<name>` any key. */
function has(value: unknown, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  if (key === "<name>") return Object.values(value).some((inner) => has(inner, rest));
  const inner = (value as Record<string, unknown>)[key.replace("[]", "")];
  return key.endsWith("[]") ? Array.isArray(inner) && inner.some((item) => has(item, rest)) : has(inner, rest);
}
