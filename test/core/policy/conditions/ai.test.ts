import { describe, expect, test } from "vitest";
import { firstRule, sentences, type SubjectSketch } from "../../../subjects.ts";

const areas = "areas: { auth: { paths: [src/auth/**], tier: 1 }, web: { paths: [web/**] } }\n";
const rule = (when: string) => `rules: [{ id: r, when: ${when}, require: { secrets: none } }]`;
const by = (
  verdict: "agent-authored" | "agent-assisted" | "suggestion" | "automation" | "human" | "undeclared",
  path = "src/a.ts",
): SubjectSketch => ({
  commits: [{ name: "c", verdict }],
  files: [{ path }],
});

describe("which files count as AI-assisted", () => {
  test.each([
    { says: "an agent's", policy: rule("{ ai: true }"), sketch: by("agent-authored"), is: "satisfied" },
    { says: "an assisted person's", policy: rule("{ ai: true }"), sketch: by("agent-assisted"), is: "satisfied" },
    { says: "not a suggestion", policy: rule("{ ai: true }"), sketch: by("suggestion"), is: "not-applicable" },
    { says: "not a release bot's", policy: rule("{ ai: true }"), sketch: by("automation"), is: "not-applicable" },
    { says: "not a person's", policy: rule("{ ai: true }"), sketch: by("human"), is: "not-applicable" },
    { says: "not silence", policy: rule("{ ai: true }"), sketch: by("undeclared"), is: "not-applicable" },
    {
      says: "a suggestion, when the policy says so",
      policy: `provenance: { counts_as_ai: [suggestion] }\n${rule("{ ai: true }")}`,
      sketch: by("suggestion"),
      is: "satisfied",
    },
    {
      says: "silence, when the policy says so",
      policy: `provenance: { counts_as_ai: [undeclared] }\n${rule("{ ai: true }")}`,
      sketch: by("undeclared"),
      is: "satisfied",
    },
    {
      says: "silence on tier 1",
      policy: areas + rule("{ ai: true }"),
      sketch: by("undeclared", "src/auth/a.ts"),
      is: "satisfied",
    },
    {
      says: "not a declared person on tier 1",
      policy: areas + rule("{ ai: true }"),
      sketch: by("human", "src/auth/a.ts"),
      is: "not-applicable",
    },
    {
      says: "not silence on tier 2",
      policy: areas + rule("{ ai: true }"),
      sketch: by("undeclared", "web/a.ts"),
      is: "not-applicable",
    },
    {
      says: "silence on every area, when the policy says so",
      policy: `provenance: { sensitive_undeclared: ai }\n${areas}${rule("{ ai: true }")}`,
      sketch: by("undeclared", "web/a.ts"),
      is: "satisfied",
    },
    {
      says: "not silence outside of areas, whatever the policy says of areas",
      policy: `provenance: { sensitive_undeclared: ai }\n${areas}${rule("{ ai: true }")}`,
      sketch: by("undeclared"),
      is: "not-applicable",
    },
    {
      says: "not silence on tier 1, when the policy says so",
      policy: `provenance: { sensitive_undeclared: human }\n${areas}${rule("{ ai: true }")}`,
      sketch: by("undeclared", "src/auth/a.ts"),
      is: "not-applicable",
    },
    {
      says: "a file with one AI commit among others",
      policy: rule("{ ai: true }"),
      sketch: {
        commits: [
          { name: "a", verdict: "human" as const },
          { name: "b", verdict: "agent-assisted" as const },
        ],
      },
      is: "satisfied",
    },
    {
      says: "a file with an attested line",
      policy: rule("{ ai: true }"),
      sketch: {
        ...by("undeclared"),
        files: [{ path: "src/a.ts", verdicts: ["agent-assisted", "undeclared"] as const }],
      },
      is: "satisfied",
    },
    {
      says: "not a file that the policy excludes",
      policy: `provenance: { exclude: [docs/**] }\n${rule("{ ai: true }")}`,
      sketch: by("agent-authored", "docs/a.ts"),
      is: "not-applicable",
    },
    {
      says: "an excluded file that came from elsewhere",
      policy: `provenance: { exclude: [docs/**] }\n${rule("{ ai: true }")}`,
      sketch: {
        commits: [{ name: "c", verdict: "agent-authored" as const }],
        files: [{ path: "docs/a.ts", previousPath: "src/a.ts" }],
      },
      is: "satisfied",
    },
    {
      says: "`ai: false` is the opposite for a person",
      policy: rule("{ ai: false }"),
      sketch: by("human"),
      is: "satisfied",
    },
    {
      says: "`ai: false` is the opposite for an agent",
      policy: rule("{ ai: false }"),
      sketch: by("agent-authored"),
      is: "not-applicable",
    },
  ])("$says", ({ policy, sketch, is }) => expect(firstRule(policy, sketch).state).toBe(is));
});

test("a file that no commit is known to have touched may be AI's or not", () => {
  const untouched: SubjectSketch = { files: [{ path: "src/a.ts", commits: [], verdicts: [] }] };
  const met = firstRule("rules: [{ id: r, when: { ai: true }, require: { secrets: none } }]", untouched);
  expect(met.state).toBe("satisfied");
  const unmet = firstRule(
    "rules: [{ id: r, when: { ai: true }, require: { coverage: { patch_lines: 1 } } }]",
    untouched,
  );
  expect({ state: unmet.state, decision: unmet.decision }).toEqual({ state: "undecided", decision: "undecided" });
  expect(sentences(unmet).slice(0, 3)).toEqual([
    "unknown: the rule may apply to 1 of 1 files: src/a.ts",
    "unknown: 0 of 1 files: counts as AI-assisted",
    "unknown: no commit is known to have touched src/a.ts",
  ]);
});

test("the reason names the file and its verdict", () => {
  const result = firstRule(areas + rule("{ ai: true }"), {
    commits: [{ name: "a", verdict: "agent-assisted" }, { name: "b" }],
    files: [
      { path: "src/a.ts", commits: ["a"] },
      { path: "src/auth/b.ts", commits: ["b"] },
      { path: "web/c.ts", commits: ["b"] },
    ],
  });
  expect(result.files).toEqual(["src/a.ts", "src/auth/b.ts"]);
  expect(sentences(result).slice(0, 4)).toEqual([
    "yes: the rule applies to 2 of 3 files: src/a.ts, src/auth/b.ts",
    "yes: 2 of 3 files: counts as AI-assisted",
    "yes: src/a.ts is agent-assisted",
    "yes: src/auth/b.ts is undeclared, which counts as AI in this area",
  ]);
});
