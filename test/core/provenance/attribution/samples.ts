import type { AttributedLines, Attribution } from "../../../../core/provenance/attribution/attribution.ts";
import type { RecordPlace, TracedCommit } from "../../../../core/provenance/index.ts";

/** The commit that sample records are about, and where they stand. */
export const commit = "a1".repeat(20);
export const at: RecordPlace = { commit, place: "refs/notes/ai", strength: "attested" };

/** A commit that added every line of some files. */
export function adding(sha: string, ...paths: string[]): TracedCommit {
  const all = paths.length === 0 ? ["src/a.ts"] : paths;
  return { sha, parents: [], added: all.map((path) => ({ path, start: 1, end: 1_000_000 })) };
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function jsonBytes(value: unknown): Uint8Array {
  return bytesOf(JSON.stringify(value));
}

/** `path:start-end by agent model session`, a row for each stretch, as tests compare them. */
export function rowsOf({ files }: Pick<Attribution, "files">): string[] {
  return files.flatMap(({ path, lines }) => lines.map((stretch) => `${path}:${rowOf(stretch)}`));
}

export function rowOf({ start, end, by, agent, model, session }: AttributedLines): string {
  return [`${start}-${end}`, by, agent, model, session].map((part) => part ?? "?").join(" ");
}

/** What was not read, as `reason: count`. */
export function unreadOf({ unread }: Pick<Attribution, "unread">): string[] {
  return unread.map(({ reason, count }) => `${reason}: ${count}`);
}

/** One conversation of a git-ai note, under the key form that the note writes. */
export interface Session {
  key: string;
  tool: string;
  id: string;
  model: string;
}

/** A git-ai note: paths with their entries, and the metadata that explains the keys. */
export function gitAiNote(
  entries: readonly (readonly [path: string, lines: readonly string[]])[],
  metadata: object,
): string {
  const attestations = entries.flatMap(([path, lines]) => [path, ...lines.map((line) => `  ${line}`)]);
  const json = JSON.stringify(
    { schema_version: "authorship/3.0.0", base_commit_sha: commit, prompts: {}, ...metadata },
    null,
    2,
  );
  return [...attestations, "---", json].join("\n");
}

/** The metadata of sessions, as `sessions` and as the older `prompts`. */
export function describedBy(sessions: readonly Session[]): Record<string, unknown> {
  return Object.fromEntries(
    sessions.map(({ key, tool, id, model }) => [
      key,
      { agent_id: { tool, id, model }, human_author: "Ann Example <ann@example.com>", messages: [] },
    ]),
  );
}
