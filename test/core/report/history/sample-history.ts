import type { Verdict } from "../../../../core/change/authorship.ts";
import { historyTally, promptFamilies } from "../../../../core/provenance/index.ts";
import { historyDocument, type HistoryDocument } from "../../../../core/report/index.ts";
import { recorded, sampleAttribution, sampleSha } from "../../../builders.ts";
import { judged, type SampleCommit } from "../../provenance/history-commits.ts";

export const noneOfEach: Record<Verdict, number> = {
  "agent-authored": 0,
  "agent-assisted": 0,
  suggestion: 0,
  automation: 0,
  human: 0,
  undeclared: 0,
};

/** A history of these commits as the command would have it. */
export function sampleHistory(
  commits: readonly SampleCommit[],
  options: { lines?: boolean; records?: boolean; families?: boolean; shallow?: boolean; asked?: string } = {},
): HistoryDocument {
  const { lines = true, records = false, families = false, shallow = false, asked = "HEAD" } = options;
  const tally = historyTally({ lines, records });
  const prompts = families ? promptFamilies() : null;
  for (const commit of judged(...commits)) {
    tally.add(commit);
    prompts?.add(commit);
  }
  const range = { asked, head: sampleSha("head"), excluded: null, since: null, until: null, shallow };
  return historyDocument({ ...tally.result(), promptFamilies: prompts?.result() ?? null }, range, []);
}

/** A few months of a project that has everything. */
export function wholeHistory(): HistoryDocument {
  const prompt = `AI-Prompt: sha256:${"9f2c1e7b4d0a6c5e".repeat(4)}\n`;
  const codex = `Retry\n\nAssisted-by: codex:gpt-5\n${prompt}`;
  const note = (by: "ai" | "human") => [sampleAttribution({ path: "a.ts", lines: [recorded(by, 1, 60)] })];
  return sampleHistory(
    [
      { message: `Revert "Retry"\n\nThis reverts commit ${sampleSha("history 2")}.\n`, lines: 12 },
      { message: "Merge branch 'a'\n", parents: ["a", "b"], lines: null },
      { message: codex, lines: 140, committedAt: "2026-03-02T10:00:00Z" },
      { message: codex, lines: 1_234, committedAt: "2026-02-02T10:00:00Z", records: note("ai") },
      { message: "Fix\n", lines: 100, committedAt: "2026-02-01T10:00:00Z", records: note("ai") },
      { message: codex.replace(prompt, ""), lines: 60, committedAt: "2026-01-15T10:00:00Z", records: note("human") },
      {
        message: "Bump\n",
        author: { name: "renovate[bot]", email: "29139614+renovate[bot]@users.noreply.github.com" },
      },
      { message: "Own\n\nAI-Assisted: no\n", lines: 33, committedAt: "2025-12-24T10:00:00Z" },
    ],
    { records: true, families: true, shallow: true },
  );
}
