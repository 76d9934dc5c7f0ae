import { describe, expect, test } from "vitest";
import { isModelNamed, isModelWithin } from "../../../core/policy/model-names.ts";

describe("a model is named in whatever spelling", () => {
  test.each([
    { pattern: "claude-opus-4.6", name: "Claude Opus 4.6", is: true },
    { pattern: "Claude Opus 4.6", name: "claude_opus_4.6", is: true },
    { pattern: "claude_opus*", name: "claude-opus-4.6", is: true },
    { pattern: "anthropic/claude-*", name: "anthropic:claude-opus", is: true },
    { pattern: "anthropic:claude-*", name: "Anthropic/Claude Opus", is: true },
    { pattern: "*", name: "anthropic/claude-opus", is: true },
    { pattern: "gpt-5", name: "GPT-5", is: true },
    { pattern: "gpt5", name: "gpt-5", is: false },
    { pattern: "gpt-5", name: "gpt 5", is: true },
    { pattern: "gpt5", name: "gpt 5", is: false },
    { pattern: "gpt5", name: "gpt_5", is: false },
    { pattern: "vendorgpt", name: "vendor/gpt", is: false },
    { pattern: "gpt-5", name: "gpt-5.5", is: false },
    { pattern: "gpt-?", name: "gpt-5", is: true },
    { pattern: "GPT-ſ", name: "gpt-s", is: false },
  ])("$pattern means $name: $is", ({ pattern, name, is }) => expect(isModelNamed(pattern, name)).toBe(is));

  test.each([
    { pattern: "Claude Opus 4.6", other: "claude-opus-*", is: true },
    { pattern: "anthropic/claude*", other: "anthropic:*", is: true },
    { pattern: "claude-*", other: "claude-opus-*", is: false },
    { pattern: "gpt_5", other: "gpt-5", is: true },
  ])("whatever $pattern means, $other means too: $is", ({ pattern, other, is }) =>
    expect(isModelWithin(pattern, other)).toBe(is),
  );
});
