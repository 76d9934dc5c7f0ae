import type { ProvenanceRecord } from "../core/provenance/record/record.ts";
import { sampleSha } from "./builders.ts";

/** A small record: two commits of a tool and one by nobody knows whom. */
export function sampleRecord(change: Partial<ProvenanceRecord> = {}): ProvenanceRecord {
  const commit = (name: string, verdict: ProvenanceRecord["commits"][number]["verdict"], agent: string | null) => ({
    sha: sampleSha(name),
    verdict,
    declared: verdict,
    strength: agent === null ? null : ("claim" as const),
    acceptance: agent === null ? ("unstated" as const) : ("edited" as const),
    agent,
    model: agent === null ? null : "claude-opus-4-5",
    prompts: agent === null ? [] : [fingerprint],
    sessions: agent === null ? [] : ["01JD8Z6Q5R"],
    conflict: false,
    lines: 3,
  });
  return {
    version: 1,
    changeId: "github.com/acme/orders#41",
    evaluationId: "e".repeat(64),
    repository: { host: "github.com", owner: "acme", name: "orders" },
    branch: "feature/refunds",
    base: { name: "main", sha: sampleSha("base") },
    head: { name: "feature/refunds", sha: sampleSha("three") },
    mergeBase: sampleSha("base"),
    complete: true,
    commits: [
      commit("one", "agent-assisted", "claude-code"),
      commit("two", "agent-authored", "claude-code"),
      commit("three", "undeclared", null),
    ],
    files: [
      {
        path: "src/a.ts",
        addedLines: 9,
        deletedLines: 1,
        lines: { "agent-authored": "4-6", "agent-assisted": "1-3", undeclared: "7,9,12" },
      },
    ],
    leftOut: { commits: 0, files: 0, prompts: 0 },
    totals: {
      commits: { ...none, "agent-assisted": 1, "agent-authored": 1, undeclared: 1 },
      lines: { ...none, "agent-assisted": 3, "agent-authored": 3, undeclared: 3 },
      countsAsAi: ["agent-authored", "agent-assisted"],
      aiLines: 6,
    },
    tools: [{ agent: "claude-code", model: "claude-opus-4-5", commits: 2, lines: 6, version: "4-5" }],
    prompts: [{ fingerprint, commits: 2 }],
    acceptance: "edited",
    acceptanceRate: { aiLines: 6, stated: 6, accepted: 6, rate: 1 },
    disagreements: [],
    diff: {
      files: 1,
      addedLines: 9,
      deletedLines: 1,
      folders: [{ path: "src", files: 1, addedLines: 9, deletedLines: 1 }],
    },
    validated: ["tests"],
    reviewers: ["bob@example.com"],
    ci: null,
    policy: { source: "repository", mode: "enforce", digest: "d".repeat(64) },
    decision: {
      state: "warn",
      enforced: "block",
      rules: [{ id: "tests-for-ai", mode: "enforce", state: "satisfied" }],
    },
    coverage: {
      patch: { state: "absent", reason: "no coverage report was given" },
      aiLines: { state: "absent", reason: "no coverage report was given" },
    },
    findings: [{ rule: "secret-literal", severity: "error", count: 1 }],
    engine: { name: "countersign", version: "0.1.0" },
    createdAt: "2026-11-21T08:00:00.000Z",
    ...change,
  };
}

export const fingerprint = `sha256:${"9f2c1e7b4d0a6c5e".repeat(4)}`;

const none = { "agent-authored": 0, "agent-assisted": 0, suggestion: 0, automation: 0, human: 0, undeclared: 0 };
