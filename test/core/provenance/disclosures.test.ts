import { describe, expect, test } from "vitest";
import { disclosureMark } from "../../../core/provenance/disclosures.ts";
import { trailerReport } from "../../../core/provenance/trailer-report.ts";

describe("a sentence that discloses", () => {
  test.each([
    { line: "AI disclosure: I used Codex to find the cause.", agent: "codex", model: null },
    {
      line: "AI usage disclosure: developed with Claude Code (Claude Opus 4.7).",
      agent: "claude-code",
      model: "Claude Opus 4.7",
    },
    { line: "**AI usage:** Profiled, implemented and written by Fable.", agent: null, model: "Fable" },
    { line: "_AI Disclosure_: Claude Opus 4.8 found this in a review", agent: "claude-code", model: "Claude Opus 4.8" },
    { line: "> **LLM usage:** driven by Fable 5", agent: null, model: "Fable 5" },
    { line: "ai disclosure: i fully used claude code to write this", agent: "claude-code", model: null },
    { line: "AI Disclosure: Claude Code (Opus 4.6) used for exploration", agent: "claude-code", model: "Opus 4.6" },
    { line: "AI disclosure: written by Fable 5 (Claude Code), as asked", agent: "claude-code", model: "Fable 5" },
    {
      line: "AI usage: drafted with OpenCode + DeepSeek V4 Pro assistance;",
      agent: "opencode",
      model: "DeepSeek V4 Pro",
    },
    { line: "AI Disclosure: I used AI. Yes.", agent: null, model: null },
    { line: "AI usage: it wrote the tests and I did not touch them", agent: null, model: null },
    { line: "AI disclosure: used it to continue where I stopped", agent: null, model: null },
  ])("$line", ({ line, agent, model }) =>
    expect(disclosureMark(line)).toEqual({
      kind: "footer",
      source: "AI disclosure",
      verdict: "agent-assisted",
      agent,
      model,
    }),
  );
});

describe("what discloses nothing", () => {
  test.each([
    ...[
      "AI Disclosure: no AI was used.",
      "AI usage: None used except to judge.",
      "AI disclaimer: I didn't use AI for the code",
    ],
    ...[
      "AI disclosure: written without it",
      "AI disclosure: n/a",
      "AI disclosure:",
      "AI usage",
      "ai usage is asked for: see the page",
    ],
    ...[
      "The AI disclosure: I used it",
      "Usage: ai help me",
      "aid usage: more of it",
      "AI disclosure <!-- say what you used -->",
      "",
    ],
  ])("%s", (line) => expect(disclosureMark(line)).toBeNull());
});

test("it labels the commit and is no trailer", () => {
  const { verdict, trailers, signals, embedded } = trailerReport({
    message: "Fix\n\nAI disclosure: Claude Code helped.\n",
  });
  expect({ verdict, trailers, embedded }).toEqual({ verdict: "agent-assisted", trailers: [], embedded: [] });
  expect(signals).toMatchObject([{ class: "embedded", agent: "claude-code", place: { line: 3 } }]);
});

test("a line of any length is read at once", () => {
  const began = performance.now();
  expect(disclosureMark(`AI usage: ${"word ".repeat(1_000_000)}`)).not.toBeNull();
  expect(disclosureMark(`${"*".repeat(1_000_000)}AI usage: x`)).toBeNull();
  expect(performance.now() - began).toBeLessThan(1_000);
});
