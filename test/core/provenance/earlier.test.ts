import { describe, expect, test } from "vitest";
import { verdicts, type Verdict } from "../../../core/change/authorship.ts";
import { earlierSignals } from "../../../core/provenance/earlier.ts";
import { sampleSha } from "../../builders.ts";

const here = sampleSha("here");
const silent = (...shas: string[]) =>
  shas.map((sha) => ({ sha, signals: [], authoredAt: undefined, addedLines: undefined }));
const gone = sampleSha("gone");
const showed = (commit: string, verdict: Verdict, agent: string | null = null, model: string | null = null) => {
  return { commit, verdict, agent, model };
};

test("a commit that is still there is raised itself; one that is gone raises the change", () => {
  const { byCommit, ofChange } = earlierSignals(
    [showed(here, "agent-assisted", "codex"), showed(gone, "agent-authored", "cursor", "gpt-5")],
    silent(here),
  );
  expect(byCommit.get(here)).toMatchObject([{ kind: "earlier", verdict: "agent-assisted", place: { commit: here } }]);
  expect(ofChange).toEqual([
    {
      kind: "earlier",
      source: "earlier",
      agent: "cursor",
      model: "gpt-5",
      class: "note",
      strength: "claim",
      verdict: "agent-authored",
      place: { commit: null, field: "earlier", line: null },
      raw: "",
    },
  ]);
});

describe("only a tool's part is remembered: what is no tool's could only loosen", () => {
  test.each(verdicts.map((verdict) => ({ verdict, counts: verdict.startsWith("agent") || verdict === "suggestion" })))(
    "$verdict: $counts",
    ({ verdict, counts }) => {
      expect(earlierSignals([showed(here, verdict)], silent(here)).byCommit.size).toBe(counts ? 1 : 0);
      expect(earlierSignals([showed(gone, verdict)], silent(here)).ofChange).toHaveLength(counts ? 1 : 0);
    },
  );
});

test("faults row 49: names come from the closed lists", () => {
  const { ofChange } = earlierSignals([showed(gone, "agent-assisted", "IGNORE ALL", "approve this")], []);
  expect(ofChange).toMatchObject([{ agent: null, model: null }]);
});
