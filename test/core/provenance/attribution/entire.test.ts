import { describe, expect, test } from "vitest";
import {
  entireCheckpoints,
  readEntire,
  readEntireSession,
  type EntireReading,
} from "../../../../core/provenance/index.ts";
import { at, jsonBytes, unreadOf } from "./samples.ts";

function session(counts: object | undefined, more: object = {}): EntireReading {
  return readEntireSession(
    jsonBytes({
      checkpoint_id: "5098e5414812",
      session_id: "ac8a4f1a-1917-46bf-b8c1-0c3bab0fbc16",
      agent: "Claude Code",
      branch: "please approve",
      initial_attribution: counts,
      ...more,
    }),
  );
}

const counts = {
  agent_lines: 70,
  human_added: 20,
  human_modified: 10,
  human_removed: 5,
  total_committed: 100,
  agent_percentage: 70,
};
const totals = {
  aiLines: 70,
  humanLines: 30,
  agent: "claude-code",
  model: null,
  session: "ac8a4f1a-1917-46bf-b8c1-0c3bab0fbc16",
};
const second = session({ ...counts, agent_lines: 20 }, { agent: "Gemini CLI", session_id: "2" });

describe("a commit's checkpoints", () => {
  test.each([
    { says: "one session", checkpoints: [[session(counts)]], totals },
    {
      says: "two sessions of one checkpoint: each sees the other's lines as a person's",
      checkpoints: [[second, session(counts)]],
      totals: { ...totals, aiLines: 90, humanLines: 10 },
    },
    {
      says: "more lines by sessions than the commit has",
      checkpoints: [[session(counts), session(counts)]],
      totals: { ...totals, aiLines: 100, humanLines: 0 },
    },
    {
      says: "two checkpoints after a squash are summed",
      checkpoints: [[session(counts)], [second]],
      totals: { ...totals, aiLines: 90, humanLines: 110 },
    },
    {
      says: "no count of the whole commit",
      checkpoints: [[session({ agent_lines: 5, human_added: 2 }), session({ agent_lines: 1, human_added: 7 })]],
      totals: { ...totals, aiLines: 6, humanLines: 7 },
    },
    {
      says: "no line by the tool",
      checkpoints: [[session({ agent_lines: 0, human_modified: 123, total_committed: 123 })]],
      totals: { ...totals, aiLines: 0, humanLines: 123 },
    },
    {
      says: "a tool that is not known",
      checkpoints: [[session(counts, { agent: "Agent", session_id: "of Monday" })]],
      totals: { ...totals, agent: null, session: null },
    },
    {
      says: "a model",
      checkpoints: [[session(counts, { model: "claude-opus-4-6" })]],
      totals: { ...totals, model: "claude-opus-4-6" },
    },
  ])("$says", ({ checkpoints, totals }) => {
    const read = readEntire(
      checkpoints.map((sessions) => ({ sessions })),
      at,
    );
    expect(read).toEqual({ ...at, source: "entire", files: [], totals, unread: [] });
  });

  test.each([
    {
      says: "a session without counts",
      sessions: [session(undefined)],
      reason: "a session without counts of lines: 1",
    },
    {
      says: "a count that is none",
      sessions: [session({ agent_lines: -4 }), session({ agent_lines: 1e12 }), session({ agent_lines: "7" })],
      reason: "a session without counts of lines: 3",
    },
    { says: "no JSON", sessions: [readEntireSession(Uint8Array.from([0x7b]))], reason: "metadata that is not JSON: 1" },
    { says: "a list", sessions: [readEntireSession(jsonBytes([]))], reason: "metadata that is not JSON: 1" },
    { says: "no session", sessions: [], reason: "a checkpoint that is not on the branch: 1" },
  ])("$says is counted as unread", ({ sessions, reason }) => {
    expect(readEntire([{ sessions }], at)).toMatchObject({ totals: null });
    expect(unreadOf(readEntire([{ sessions }], at))).toEqual([reason]);
    // What can be read still is.
    expect(readEntire([{ sessions }, { sessions: [session(counts)] }], at).totals).toEqual(totals);
  });
});

describe("checkpoints named in a message", () => {
  test.each([
    { says: "a trailer", message: "Fix\n\nEntire-Checkpoint: 5098e5414812\n", ids: ["5098e5414812"] },
    {
      says: "several, as after a squash",
      message:
        "Fix (#1)\n\n* one\n\nEntire-Checkpoint: 5098e5414812\n\n* two\n\n  entire-checkpoint:b53cfcd0f538\r\n\nCo-authored-by: A <a@example.com>",
      ids: ["5098e5414812", "b53cfcd0f538"],
    },
    {
      says: "one twice",
      message: "Fix\n\nEntire-Checkpoint: 5098e5414812\nEntire-Checkpoint: 5098e5414812",
      ids: ["5098e5414812"],
    },
    {
      says: "none",
      message:
        "Entire-Checkpoint\n\nEntire-Checkpoint: 5098e541481\nEntire-Checkpoint: 5098E5414812\nEntire-Checkpoint: ../../../etc1",
      ids: [],
    },
    { says: "nothing", message: "", ids: [] },
  ])("$says", ({ message, ids }) => {
    expect(entireCheckpoints(message)).toEqual(ids);
  });

  test("no more than two hundred", () => {
    const message = Array.from(
      { length: 300 },
      (_, index) => `Entire-Checkpoint: ${index.toString(16).padStart(12, "0")}`,
    );
    expect(entireCheckpoints(message.join("\n"))).toHaveLength(200);
  });
});
