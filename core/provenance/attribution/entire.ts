import type { Attribution } from "./attribution.ts";
import { hexDigits, isMadeOf } from "../signals/characters.ts";
import { countIn, fieldOf, objectOf, parseJson } from "./json-record.ts";
import { agentOf, modelOf, sessionOf } from "./names.ts";
import { openRecord, recordLimits, type RecordPlace } from "./record.ts";
import { largerThanRead, linesOf } from "./text-record.ts";

/** What one session of a checkpoint says of the commit: counts of lines, without naming them. */
export interface EntireSession {
  aiLines: number;
  /** Lines of the whole commit, when it says so. */
  committedLines: number | null;
  humanLines: number;
  agent: string | null;
  model: string | null;
  session: string | null;
}

/** One session's metadata as read, or why it could not be. */
export type EntireReading = EntireSession | { unread: string };

/** A checkpoint that a commit's message names: its sessions' metadata, as read. */
export interface EntireCheckpoint {
  sessions: readonly EntireReading[];
}

/** Reads one `<id[:2]>/<id[2:]>/<n>/metadata.json` of the branch `entire/checkpoints/v1`. Never throws. */
export function readEntireSession(bytes: Uint8Array): EntireReading {
  if (bytes.length > recordLimits.bytes) return { unread: largerThanRead };
  const metadata = objectOf(parseJson(bytes));
  if (metadata === null) return { unread: "metadata that is not JSON" };
  const counts = fieldOf(metadata, "initial_attribution");
  const aiLines = countIn(counts, "agent_lines");
  if (aiLines === null) return { unread: "a session without counts of lines" };
  return {
    aiLines,
    committedLines: countIn(counts, "total_committed"),
    humanLines: (countIn(counts, "human_added") ?? 0) + (countIn(counts, "human_modified") ?? 0),
    agent: agentOf(fieldOf(metadata, "agent")),
    model: modelOf(fieldOf(metadata, "model")),
    session: sessionOf(fieldOf(metadata, "session_id")),
  };
}

/**
 * What the checkpoints of one commit say together. A squashed commit names several: they are summed. The sessions of one
 * checkpoint all count the same commit: their lines add up to no more than it has, and to each of them the others' lines
 * are a person's, so a person's are what is left.
 */
export function readEntire(checkpoints: readonly EntireCheckpoint[], at: RecordPlace): Attribution {
  const record = openRecord(at, "entire");
  for (const { sessions } of checkpoints) {
    if (sessions.length === 0) record.unread("a checkpoint that is not on the branch");
    for (const session of sessions) if ("unread" in session) record.unread(session.unread);
  }
  const counted = checkpoints.map(({ sessions }) => sessions.filter(isRead));
  const sessions = counted.flat();
  if (sessions.length === 0) return record.close();
  const sums = counted.filter((list) => list.length > 0).map(sumOf);
  const most = sessions.reduce((best, session) => (session.aiLines > best.aiLines ? session : best));
  return record.close({
    aiLines: sums.reduce((sum, { aiLines }) => sum + aiLines, 0),
    humanLines: sums.reduce((sum, { humanLines }) => sum + humanLines, 0),
    agent: most.agent,
    model: most.model,
    session: most.session,
  });
}

function isRead(reading: EntireReading): reading is EntireSession {
  return !("unread" in reading);
}

function sumOf(sessions: readonly EntireSession[]): { aiLines: number; humanLines: number } {
  const claimed = sessions.reduce((sum, { aiLines }) => sum + aiLines, 0);
  const committed = sessions.flatMap(({ committedLines }) => (committedLines === null ? [] : [committedLines]));
  if (committed.length === 0)
    return { aiLines: claimed, humanLines: Math.max(...sessions.map(({ humanLines }) => humanLines)) };
  const total = committed.reduce((most, lines) => Math.max(most, lines));
  const aiLines = Math.min(claimed, total);
  return { aiLines, humanLines: total - aiLines };
}

/** The checkpoints that a message names, wherever the lines stand: squashing moves them out of git's own block. */
export function entireCheckpoints(message: string): string[] {
  const ids = new Set<string>();
  for (const line of linesOf(message)) {
    const text = line.trim();
    if (text.slice(0, key.length).toLowerCase() !== key) continue;
    const id = text.slice(key.length).trim();
    if (id.length === idLength && isMadeOf(id, hexDigits)) ids.add(id);
  }
  return [...ids].slice(0, mostCheckpoints);
}

const key = "entire-checkpoint:";
const idLength = 12;
/** Of one commit; no squash is known that has more than a few. */
const mostCheckpoints = 200;
