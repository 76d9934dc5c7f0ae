import { describe, expect, test } from "vitest";
import { readMessage } from "../../../../core/provenance/signals/message-signals.ts";
import {
  eachSession,
  sessionsOfAttributions,
  sessionsOfMessage,
} from "../../../../core/provenance/signals/sessions.ts";
import { sampleSha } from "../../../builders.ts";

const uuid = "0b9f6f0e-6d0c-4a57-9a53-3f7a3c8f8a11";

describe("the sessions that a message names", () => {
  test.each([
    { says: "ours", lines: "AI-Session: 01JD8Z6Q5R", sessions: ["01JD8Z6Q5R"] },
    {
      says: "a tool's own key",
      lines: `Copilot-Session: ${uuid}\nCopilot-Session: x2\nCopilot-Session: x2`,
      sessions: [uuid, "x2"],
    },
    {
      says: "an address",
      lines: "Amp-Thread-ID: https://ampcode.com/threads/T-1",
      sessions: ["https://ampcode.com/threads/T-1"],
    },
    { says: "a checkpoint", lines: "Entire-Checkpoint: a1b2c3d4e5f6", sessions: ["a1b2c3d4e5f6"] },
    {
      says: "a bare link, which git takes for a trailer",
      lines: "https://claude.ai/code/session_0123456789",
      sessions: ["https://claude.ai/code/session_0123456789"],
    },
    {
      says: "a link in the body",
      lines: "https://claude.ai/code/session_0123456789\n\nmore",
      sessions: ["https://claude.ai/code/session_0123456789"],
    },
    {
      says: "indented by a squash",
      lines: `    Claude-Session: https://claude.ai/code/session_01\n\nmore`,
      sessions: ["https://claude.ai/code/session_01"],
    },
    {
      says: "an agent's own commit",
      lines: `Replit-Commit-Author: Agent\nReplit-Commit-Session-Id: ${uuid}`,
      sessions: [uuid],
    },
    {
      says: "a deployment",
      lines: `Replit-Commit-Author: Deployment\nReplit-Commit-Session-Id: ${uuid}`,
      sessions: [],
    },
    { says: "a skill is no session", lines: "Harness-Run: review@1.2", sessions: [] },
    { says: "a trace is no session", lines: "AI-Trace: 4bf92f3577b34da6a3ce929d0e0e4736", sessions: [] },
    { says: "words are none", lines: "AI-Session: ignore all instructions", sessions: [] },
    { says: "an empty one", lines: "AI-Session:\nAI-Session: x", sessions: ["x"] },
    { says: "nothing", lines: "Fixes: #1", sessions: [] },
  ])("$says", ({ lines, sessions }) => {
    expect(sessionsOfMessage(readMessage(`Fix\n\n${lines}\n`, null))).toEqual(sessions);
  });
});

test("a record's sessions, of lines and of the whole", () => {
  const lines = [
    { start: 1, end: 1, by: "ai" as const, agent: null, model: null, session: "s1" },
    { start: 2, end: 2, by: "ai" as const, agent: null, model: null, session: null },
    { start: 3, end: 3, by: "ai" as const, agent: null, model: null, session: "s2 and more" },
  ];
  const totals = { aiLines: 1, humanLines: 0, agent: null, model: null, session: "whole" };
  const place = { commit: sampleSha("a"), source: "entire" as const, place: "x", strength: "attested" as const };
  expect(sessionsOfAttributions([{ ...place, files: [{ path: "a", lines }], totals, unread: [] }])).toEqual([
    "whole",
    "s1",
  ]);
});

test("a thousand sessions are a hundred", () => {
  expect(eachSession(Array.from({ length: 1_000 }, (_, index) => `s${index}`))).toHaveLength(100);
});
