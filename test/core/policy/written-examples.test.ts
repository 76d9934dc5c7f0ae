import { expect, test } from "vitest";
import { present } from "../../../core/evidence.ts";
import { formatProblem, loadPolicy } from "../../../core/policy/index.ts";
import { allLintRules, allToolNames } from "../../../core/rules.ts";
import { documentWith, listedKeys } from "../../key-documents.ts";

/** Whoever copies an example of docs/policy.md into a policy has a policy that loads. */

const ref = "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e";
const floor = { repo: "acme/policies", path: "ai-floor.yml", ref, text: "version: 1\n" };
const areas = ["auth", "billing", "dependencies"].map((name) => `${name}: { paths: ["${name}/**"] }`).join(", ");
const pinned = ["repo: acme/policies", "path: ai-floor.yml", `ref: ${ref}`];
const beside: Readonly<Record<string, readonly string[]>> = {
  "": ["version: 1", `areas: { ${areas} }`, "rules: [{ id: no-risky-patterns, require: { secrets: none } }]"],
  "areas.<name>": ['paths: ["src/**"]'],
  "rules[]": ["id: no-risky-patterns", "require: { secrets: none }"],
  "rules[].require.coverage": ["patch_lines: 80"],
  "rules[].require.findings": ["max_errors: 0"],
  "rules[].require.attestation": ["predicate_type: a", "signers: [release@example.org]"],
  "waivers[]": ["id: W-1", "reason: moves", "owner: ann", 'expires: "2026-12-31"'],
  break_glass: ["who: { users: [ann] }", "max_age: 4h"],
};
/** Of two keys one stands at a time: `preset` or `repo`, `finding` or `rule`. */
const unless: Readonly<Record<string, { key: string; lines: readonly string[] }>> = {
  "extends[]": { key: "extends[].preset", lines: pinned },
  "waivers[]": { key: "waivers[].finding", lines: ["rule: no-risky-patterns"] },
};
const neighbours = {
  names: { areas: "auth", "rules[].require.findings.escalate": "odd-message", "lint.severity": "odd-message" },
  beside: (parent: string, path: string) => {
    const other = unless[parent];
    return [...(beside[parent] ?? []), ...(other === undefined || path === other.key ? [] : other.lines)];
  },
};
const keys = listedKeys("docs/policy.md");

test.each(keys)("$path: $example", (key) => {
  const text = documentWith(key, neighbours);
  const loaded = loadPolicy(text, {
    ...{ file: "p.yml", lintRules: allLintRules, tools: allToolNames, asOf: "2026-11-21T00:00:00Z" },
    floors: present([floor]),
  });
  // No example can know the digest of another's text.
  const problems = loaded.ok ? [] : loaded.problems.filter(({ code }) => code !== "CS035");
  expect(problems.map(formatProblem), text).toEqual([]);
});

test("every key is tried", () => expect(keys.length).toBeGreaterThan(100));
