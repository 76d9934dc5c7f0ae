import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPlaceholder, readAssistedBy } from "../../../../core/provenance/tools/assisted-by.ts";

describe("the grammars in use", () => {
  test.each([
    { value: "Claude Sonnet 4.6 <noreply@anthropic.com>", agent: "claude-code", model: "Claude Sonnet 4.6" },
    { value: "OpenAI Codex GPT-5 <noreply@openai.com>", agent: "codex", model: "GPT-5" },
    { value: "Claude Opus 4.6 (1M context) <noreply@anthropic.com>", agent: "claude-code", model: "Claude Opus 4.6" },
    { value: "Claude Sonnet 4.6 via GitHub Copilot", agent: "copilot", model: "Claude Sonnet 4.6" },
    { value: "Claude Sonnet 4.6 via pi", agent: "pi", model: "Claude Sonnet 4.6" },
    { value: "Claude Sonnet 4.6 via some-harness", agent: null, model: "Claude Sonnet 4.6" },
    { value: "Crush via Model", agent: "crush", model: null },
    { value: "Claude Opus 4.7", agent: "claude-code", model: "Claude Opus 4.7" },
    { value: "Opus 4.7", agent: null, model: "Opus 4.7" },
    { value: "OpenAI GPT-5.4", agent: null, model: "GPT-5.4" },
    { value: "pi gpt-5.5", agent: "pi", model: "gpt-5.5" },
    { value: "Gemini 2.5 Pro", agent: "gemini-cli", model: "Gemini 2.5 Pro" },
    { value: "Claude claude-opus-4-6 claude-code-2.1.92", agent: "claude-code", model: "claude-opus-4-6" },
    { value: "Claude", agent: "claude-code", model: null },
    { value: "Crush:glm-5.2", agent: "crush", model: "glm-5.2" },
    { value: "Crush:AWS Claude Opus 4.6", agent: "crush", model: "AWS Claude Opus 4.6" },
    { value: "Anthropic: Claude Opus 4 via Crush <crush@charm.land>", agent: "crush", model: "Claude Opus 4" },
    { value: "Z.ai: GLM 5.1 via Crush <crush@charm.land>", agent: "crush", model: "GLM 5.1" },
    { value: "Maker: Unknown Thing <ann@example.com>", agent: null, model: null },
    { value: "OpenHands-GPT-5 openhands@all-hands.dev", agent: "openhands", model: "GPT-5" },
    { value: "Claude:opus-4.8", agent: "claude-code", model: "opus-4.8" },
    { value: "Claude:unspecified", agent: "claude-code", model: null },
    { value: "claude-code:claude-opus-4-5", agent: "claude-code", model: "claude-opus-4-5" },
    { value: "GLM-5.1 via Crush <crush@charm.land>", agent: "crush", model: "GLM-5.1" },
    { value: "Claude Opus 4.7 <noreply@opencode.ai>", agent: "opencode", model: "Claude Opus 4.7" },
    { value: "Claude Opus 4.7 via Zed <noreply@anthropic.com>", agent: "zed", model: "Claude Opus 4.7" },
    { value: "Claude Code (Claude Opus 5)", agent: "claude-code", model: "Claude Opus 5" },
    { value: "pi (claude-opus-5)", agent: "pi", model: "claude-opus-5" },
    { value: "GitHub Copilot CLI (GPT-5.6 Sol)", agent: "copilot", model: "GPT-5.6 Sol" },
    { value: "AI (Pi/GPT-5.5) <noreply@pi.dev>", agent: "pi", model: "GPT-5.5" },
    { value: "Claude Opus 4.5 <me@corp.example>", agent: "claude-code", model: "Claude Opus 4.5" },
    { value: "SomeNewAgent 3", agent: null, model: null },
    { value: "SomeNewAgent:foo-1", agent: null, model: null },
    { value: "Some New Agent <noreply@new.example>", agent: null, model: null },
    { value: "https://example.com/session", agent: null, model: null },
    // Tool and model in parts, behind a maker or an editor, in quotes.
    { value: "Claude Code, Opus 4.6", agent: "claude-code", model: "Opus 4.6" },
    { value: "Claude Code with Opus 4.6", agent: "claude-code", model: "Opus 4.6" },
    { value: "Claude Code / Claude Opus 4.6", agent: "claude-code", model: "Claude Opus 4.6" },
    { value: "Claude Opus 4.6 and GPT-5.2", agent: "claude-code", model: "Claude Opus 4.6" },
    { value: "GitHub Copilot / VS Code", agent: "copilot", model: null },
    { value: "GitHub Copilot in VS Code", agent: "copilot", model: null },
    { value: "Anthropic Claude Code", agent: "claude-code", model: null },
    { value: "VS Code Copilot", agent: "copilot", model: null },
    { value: "github-copilot:gpt-5.2", agent: "copilot", model: "gpt-5.2" },
    { value: "`Claude Code`", agent: "claude-code", model: null },
    { value: '"Claude Code (Opus 4.6)"', agent: "claude-code", model: "Opus 4.6" },
    { value: "**Claude Code**", agent: "claude-code", model: null },
    { value: "`claude-code`:`claude-opus-4-6`", agent: "claude-code", model: "claude-opus-4-6" },
    { value: "claude-code (v2.1.92, claude-opus-4-6)", agent: "claude-code", model: "claude-opus-4-6" },
    { value: "Opus 4.6 (Claude Code)", agent: "claude-code", model: "Opus 4.6" },
    { value: "aider (deepseek/deepseek-chat)", agent: "aider", model: "deepseek/deepseek-chat" },
    { value: "Claude Code <https://claude.ai>", agent: "claude-code", model: null },
    // A person's mailbox, and a name that no person bears.
    { value: "ChatGPT <ann@example.com>", agent: "chatgpt", model: null },
    { value: "OpenCode <ann@example.com>", agent: "opencode", model: null },
    { value: "claude-code <ann@example.com>", agent: "claude-code", model: null },
    { value: "Claude Code 2.1 <ann@example.com>", agent: "claude-code", model: null },
    { value: "Ann with Claude Code <ann@example.com>", agent: "claude-code", model: null },
    { value: "Frobnicator AI <frob@example.com>", agent: null, model: null },
    { value: "Frobnicator Assistant <frob@example.com>", agent: null, model: null },
  ])("$value", ({ value, agent, model }) => {
    expect(readAssistedBy(value)).toMatchObject({ agent, model, person: false, raw: value });
  });

  test("the kernel's analysis tools", () => {
    const { tools } = readAssistedBy("Claude:claude-3-opus coccinelle sparse `id` clang-tidy");
    expect(tools).toEqual(["coccinelle", "sparse", "clang-tidy"]);
  });
});

describe("people", () => {
  test.each([
    "Junio C Hamano <gitster@pobox.com>",
    "Waldek Maleska <w@example.org>",
    "Claude Dioudonnat <claude@example.fr>",
    "Claude <claude@example.fr>",
    "Devin <devin@example.com>",
    "Boris <boris@anthropic.com>",
    "Tanaka Ai <tanaka@example.com>",
    "Ann Example, Claude <ann@example.com>",
    "Aider <aider@example.org>",
    "AI <ann@example.com>",
  ])("%s", (value) => {
    expect(readAssistedBy(value)).toMatchObject({ agent: null, model: null, person: true });
  });
});

test.each([
  { value: "<agent>:<model>", placeholder: true },
  { value: "AGENT_NAME:MODEL_VERSION", placeholder: true },
  { value: "none", placeholder: true },
  { value: " N/A ", placeholder: true },
  { value: "", placeholder: true },
  { value: "Claude <noreply@anthropic.com>", placeholder: false },
  { value: "a < b", placeholder: false },
  { value: "Claude Code <https://claude.ai>", placeholder: false },
])("'$value' is a placeholder: $placeholder", ({ value, placeholder }) => {
  expect(isPlaceholder(value)).toBe(placeholder);
});

describe("a denial is nothing", () => {
  test.each([
    ...["none.", "(none)", "no one.", "no tools", "No AI used", "NONE (no AI used)", "not applicable", "nil", "null"],
    ...["human only", "Humans", "by hand", "nobody!", "`none`", "...", "without any AI assistance", "n/a (none)"],
  ])("%s", (value) => expect(isPlaceholder(value)).toBe(true));

  test.each([
    ...[
      "none (Claude Code)",
      "no, Claude",
      "human and Claude",
      "human + AI",
      "human, AI",
      "not only GPT-5.2",
      "nilsson",
    ],
    ...["by AI", "AI", "no comment", "AI, not human", `none ${"none ".repeat(30)}`],
  ])("%s is none", (value) => expect(isPlaceholder(value)).toBe(false));
});

test("any value is read; a name comes only from a closed list", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (value) => {
      const { agent, model, tools } = readAssistedBy(value);
      for (const word of [agent ?? "", model ?? "", ...tools]) expect(word).toMatch(/^[\w .:/@[\]+-]*$/);
    }),
  );
});
