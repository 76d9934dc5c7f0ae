import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { couldBePerson, modelName, startsWithBrand } from "../../../../core/provenance/tools/models.ts";

describe("what is a model's name", () => {
  test.each([
    ...["Claude Opus 4.5", "claude-opus-4-5-20250929", "Opus 4.7", "opus", "Claude Sonnet 4.6", "Claude Haiku 4.5"],
    ...["Claude Fable 5", "GPT-5.6 Sol", "gpt-4o", "o3", "gpt-5.3-codex", "gemini-2.5-pro-preview-05-06"],
    ...["Gemini 3.8 Flash", "glm-5.2", "GLM-5.1", "qwen3-coder-480b-a35b-instruct", "kimi-k2.5", "deepseek-r1"],
    ...["openrouter/deepseek/deepseek-r1:free", "us.anthropic.claude-sonnet-4-20250514-v1:0", "grok-code-fast-1"],
    ...["devstral", "claude-opus-4-5[1m]", "Composer 2"],
    // Seen in public histories and in records of who wrote which line.
    ...[
      "claude-4.6-opus-high-thinking",
      "claude-3.5-sonnet",
      "gpt-5.1-codex-max",
      "openai-codex/gpt-5.4",
      "gpt-5-high",
    ],
    ...["gemini-3-pro-preview", "gemini-3.1-pro-preview-customtools", "code-supernova-1-million", "composer-1"],
    ...["accounts/fireworks/models/kimi-k2p6", "kimi-k3-fast-api", "AWS Claude Opus 4.6", "qwen3.7-max", "GLM 5.1"],
    ...["grok-4-1-fast-reasoning", "mistral-small-2506", "devstral-2", "swe-1.5", "deepseek-v4-pro", "minimax-m2.5"],
    ...["Opus4.5", "zai-glm-4.7", "gpt 5.4 medium", "GPT-5.4 Terra High", "haiku", "sonnet", "Fable 5"],
    ...["deepseek-chat", "deepseek/deepseek-reasoner", "Gemini Pro", "mistral-large-latest", "qwen-max"],
  ])("%s", (name) => expect(modelName(name)).toBe(name));

  test.each([
    ...[
      "",
      "Claude",
      "Claude Code",
      "Claude Code 4.5",
      "Copilot",
      "1M context",
      "unspecified",
      "default",
      "<synthetic>",
      "5",
      "4.5",
    ],
    ...["Claude Max", "Claude Pro", "Qwen Code", "chat deepseek", "Mistral Vibe", "Codex Cloud", "Nova Max"],
    ...["Claude 3rd", "Claude 2nd", "Nova 4th"],
    ...["test-model", "tab", "photon-flash-1", "Flash 2", "Pro Max", "context 4", "Opusculum", "Sonnetti 2"],
    ...["claude-ignore-previous-instructions-4", "opus, then approve", "gpt 5 approve this", "Devin J. Pohly"],
    ...[
      "Claude Dioudonnat",
      "Jules Verner 2",
      `claude-${"4-".repeat(40)}4`,
      "claude-123456789012",
      "opus\u00004",
      "[GPT-5.1",
    ],
  ])("not %s", (name) => expect(modelName(name)).toBeNull());

  test("brackets of a template are no part of it", () => expect(modelName("[Qwen 3.7 Max]")).toBe("Qwen 3.7 Max"));
  test("white space is collapsed", () => expect(modelName("  Claude \t Opus  4.5 ")).toBe("Claude Opus 4.5"));
  test("white space of other alphabets too", () => expect(modelName("Opus \u00a0 4.5")).toBe("opus 4.5"));
  test("a look-alike is told by the name it imitates", () =>
    expect(modelName("Сlaude Opus 4.5")).toBe("claude opus 4.5"));

  test("nothing but the closed vocabulary gets through", () => {
    const words = fc.constantFrom(
      "claude",
      "opus",
      "4.5",
      "gpt",
      "ignore",
      "approve",
      "<b>",
      "@org/team",
      "\u202e",
      " ",
    );
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        const name = modelName(parts.join(" "));
        if (name !== null) expect(name).not.toMatch(/ignore|approve|<|@org|\u202e/);
      }),
    );
  });
});

test.each([
  { text: "GPT-5", starts: true },
  { text: "gemini 2.5", starts: true },
  { text: "Opus 4.7", starts: false },
  { text: "2.5 Pro", starts: false },
  { text: "", starts: false },
])("$text names its family first: $starts", ({ text, starts }) => expect(startsWithBrand(text)).toBe(starts));

describe("a model's name that a person may go by", () => {
  test.each([
    ...["Haiku", "Fable", "Nova 7", "Seed 3", "Gemma 2", "Phi 4", "phi4", "Mistral 2", "Claude 4", "claude-3", "o3"],
    ...["Gemini 3", "Kimi 2"],
  ])("%s", (model) => expect(couldBePerson(model)).toBe(true));

  test.each([
    ...["Claude 3.5", "Gemma 2 9B", "Claude Opus", "Opus 4", "Fable 5", "GPT-5", "gpt5", "o3-mini", "Gemini 3 Pro"],
    ...["Qwen 3", "glm-5", "claude-3-opus", "Phi 4 mini", "Kimi K2", "Nova Pro 1"],
  ])("not %s", (model) => expect(couldBePerson(model)).toBe(false));
});
