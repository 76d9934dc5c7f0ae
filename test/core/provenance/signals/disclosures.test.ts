import { describe, expect, test } from "vitest";
import { disclosureMark } from "../../../../core/provenance/signals/disclosures.ts";
import { trailerReport } from "../../../../core/provenance/trailers/trailer-report.ts";
import { cpuTime } from "../../../cpu-time.ts";

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
      "AI disclosure: this change was made by hand, without any tool",
      "AI disclosure: only humans were involved",
      "AI usage: all code is mine",
      "AI disclosure: I wrote it all by hand",
    ],
    ...["AI usage: show tokens per month", "LLM usage: count cached tokens once", "AI usage: group by the tokens used"],
    ...["## AI usage", "AI disclosure: please describe how AI was used", "AI disclosure: did you use a tool?"],
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
  const spent = cpuTime();
  expect(disclosureMark(`AI disclosure: ${"word ".repeat(1_000_000)}`)).not.toBeNull();
  expect(disclosureMark("AI usage:", () => "I used it ".repeat(1_000_000))).not.toBeNull();
  expect(disclosureMark(`${"*".repeat(1_000_000)}AI usage: x`)).toBeNull();
  expect(spent()).toBeLessThan(1_000);
});

describe("a heading with its text below", () => {
  const verdictOf = (text: string) => trailerReport({ message: `Fix\n\n${text}\n\nMore text.\n` }).verdict;

  test.each([
    { says: "on the next line", text: "AI usage:\nI used Claude Code for the tests." },
    { says: "behind a blank line", text: "AI usage:\n\nI used Claude Code for the tests." },
    { says: "of Markdown", text: "## AI Disclosure\n\nI used Claude Code for the tests." },
    { says: "of Markdown, with a colon", text: "### AI usage disclosure:\nWritten with an LLM." },
    { says: "in bold letters", text: "**AI Disclosure**\n\nThe tests were generated." },
    { says: "with a box that is ticked", text: "## AI Disclosure\n- [ ] No AI was used\n- [x] I used AI" },
  ])("$says", ({ text }) => expect(verdictOf(text)).toBe("agent-assisted"));

  test.each([
    { says: "a denial", text: "## AI Disclosure\n\nNo AI was used." },
    { says: "a denial that is ticked", text: "## AI Disclosure\n\n- [x] No AI was used" },
    { says: "by hand", text: "## AI Disclosure\n\nWritten by hand." },
    { says: "a template", text: "## AI Disclosure\n\nPlease describe how Claude Code was used" },
    { says: "a feature", text: "## AI usage\n\nThe page shows the tokens of a month." },
    { says: "no heading", text: "AI usage\nis what Claude Code counts" },
    { says: "another trailer", text: "AI usage:\nReviewed-by: Claude Example <claude@example.fr>" },
    { says: "nothing", text: "AI usage:\n\n\n\n\n\n\nI used Claude Code" },
  ])("$says discloses nothing", ({ text }) => expect(verdictOf(text)).toBe("undeclared"));
});

test.each([
  "AI disclosure: I used AI for the tests, the rest is by hand",
  "AI disclosure: generated, then reviewed by humans",
  "AI disclosure: it wrote the draft, I rewrote it by hand",
  "AI usage: the tests were generated",
  "AI usage: used for the tests",
])("%s: a person's part takes nothing away", (line) => expect(disclosureMark(line)).not.toBeNull());
