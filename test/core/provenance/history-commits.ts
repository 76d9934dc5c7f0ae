import type { LogEntry } from "../../../core/change/read-log.ts";
import type { Attribution } from "../../../core/provenance/attribution/attribution.ts";
import { historyJudge, type HistoryCommit } from "../../../core/provenance/history/history-commit.ts";
import { sampleSha } from "../../builders.ts";

/** One commit of a made-up history; what is left out is ordinary. */
export interface SampleCommit extends Partial<Omit<LogEntry, "lines">> {
  lines?: number | null;
  records?: readonly Attribution[];
}

/** The commits judged, newest first as git gives them; records are made to be theirs. */
export function judged(...commits: readonly SampleCommit[]): HistoryCommit[] {
  const judge = historyJudge();
  return commits.map(({ records = [], lines = 10, ...rest }, index) => {
    const entry = logEntry({ ...rest, lines }, index);
    return judge(
      entry,
      records.map((record) => ({ ...record, commit: entry.sha })),
    );
  });
}

function logEntry({ lines, ...rest }: SampleCommit, index: number): LogEntry {
  return {
    sha: sampleSha(`history ${index}`),
    parents: [sampleSha(`history ${index + 1}`)],
    author: { name: "Ann Example", email: "ann@example.com" },
    committer: { name: "Ann Example", email: "ann@example.com" },
    committedAt: "2026-01-15T12:00:00+00:00",
    message: "Fix\n",
    ...rest,
    lines: lines === null || lines === undefined ? null : { added: lines, deleted: 1 },
  };
}
