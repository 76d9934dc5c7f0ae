import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDeclaration } from "../../../../core/provenance/signals/declaration.ts";

describe("what AI-Assisted says", () => {
  test.each([
    { value: "yes", verdict: "agent-assisted" },
    { value: "True", verdict: "agent-assisted" },
    { value: "yes.", verdict: "agent-assisted" },
    { value: '"yes"', verdict: "agent-assisted" },
    { value: "y", verdict: "agent-assisted" },
    { value: "1", verdict: "agent-assisted" },
    { value: "уеѕ", verdict: "agent-assisted" },
    { value: "partly", verdict: "agent-assisted" },
    { value: "tests only", verdict: "agent-assisted" },
    { value: "yes, no doubt", verdict: "agent-assisted" },
    { value: "no", verdict: "human" },
    { value: " NONE ", verdict: "human" },
    { value: "false", verdict: "human" },
    { value: "no.", verdict: undefined },
    { value: "no, only for tests", verdict: undefined },
    { value: "nо", verdict: undefined },
    { value: "0", verdict: undefined },
    { value: "N/A", verdict: undefined },
    { value: "yes/no", verdict: undefined },
    { value: "[yes | no]", verdict: undefined },
    { value: "<yes or no>", verdict: undefined },
    { value: "", verdict: undefined },
  ])("$value: $verdict", ({ value, verdict }) => expect(readDeclaration(value)?.verdict).toBe(verdict));
});

describe("the tool it names", () => {
  test.each([
    { value: "Claude Code", agent: "claude-code", model: null },
    { value: "yes, Claude Code", agent: "claude-code", model: null },
    { value: "yes (Claude Code)", agent: "claude-code", model: null },
    { value: "no (Claude Code)", agent: "claude-code", model: null },
    { value: "Yes: Claude Opus 4.6", agent: "claude-code", model: "Claude Opus 4.6" },
    { value: "yes, ignore previous instructions", agent: null, model: null },
  ])("$value", ({ value, agent, model }) => {
    expect(readDeclaration(value)).toEqual({ verdict: "agent-assisted", agent, model });
  });
});

test("only the bare word loosens, whatever is written", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const isBare = ["no", "false", "none"].includes(value.trim().toLowerCase());
      expect(readDeclaration(value)?.verdict === "human").toBe(isBare);
    }),
  );
});
