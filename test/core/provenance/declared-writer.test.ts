import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { changeProvenance, type ProvenanceInput } from "../../../core/provenance/change-provenance.ts";
import { declaredWriter } from "../../../core/provenance/declared-writer.ts";
import { sampleAttribution, sampleSha } from "../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const commit = sampleSha("a");
const line = { start: 1, end: 3, by: "ai" as const, agent: "cursor", model: "gpt-5", session: null };
const noted = { attributions: present([sampleAttribution({ commit, path: "a", lines: [line] })]) };
const ruling = { commit, verdict: "human" as const, by: "ann", reason: "seen", at: "2026-01-01T00:00:00Z" };

function writer(message: string, beside: Partial<ProvenanceInput> = {}) {
  const commits = [{ sha: commit, author: ann, committer: ann, message }];
  const input = { commits, branch: absent("not read"), pullRequest: absent("not read"), ...beside };
  const provenance = changeProvenance(input);
  const [found] = provenance.commits;
  return {
    ...(found && declaredWriter(found, provenance.signals)),
    commit: found?.verdict,
  };
}

describe("what counts for a line that no record names", () => {
  test.each([
    {
      says: "not the record",
      message: "Fix\n",
      beside: noted,
      verdict: "undeclared",
      agent: null,
      commit: "agent-assisted",
    },
    {
      says: "the trailers",
      message: "Fix\n\nAssisted-by: Crush:glm-5.2\n",
      beside: noted,
      verdict: "agent-assisted",
      agent: "crush",
      commit: "agent-assisted",
    },
    {
      says: "what stands on the whole change",
      message: "Fix\n",
      beside: { ...noted, branch: present("codex/x") },
      verdict: "agent-assisted",
      agent: "codex",
      commit: "agent-assisted",
    },
    {
      says: "an earlier verdict",
      message: "Fix\n",
      beside: { earlier: present([{ commit, verdict: "agent-authored" as const, agent: "codex", model: null }]) },
      verdict: "agent-authored",
      agent: "codex",
      commit: "agent-authored",
    },
    {
      says: "a ruling before all",
      message: "Fix\n\nAssisted-by: Crush:glm-5.2\n",
      beside: { ...noted, rulings: present([ruling]) },
      verdict: "human",
      agent: null,
      commit: "human",
    },
  ])("$says: $verdict", ({ message, beside, verdict, agent, commit: whole }) => {
    const found = writer(message, beside);
    expect(found).toMatchObject({ verdict, agent, commit: whole });
  });
});
