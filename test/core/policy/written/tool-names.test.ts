import { describe, expect, test } from "vitest";
import { isSameTool, plainTool } from "../../../../core/policy/written/tool-names.ts";

describe("names of tools", () => {
  test.each([
    { one: "claude-code", other: "Claude Code", is: true },
    { one: "claude-code", other: "CLAUDE_CODE", is: true },
    { one: "claude-code", other: " claude code ", is: true },
    { one: "claude-code", other: "claudecode", is: false },
    { one: "claude-code", other: "claude-codex", is: false },
    { one: "claude-code", other: "claude.code", is: false },
  ])("$one and $other are one: $is", ({ one, other, is }) => expect(isSameTool(one, other)).toBe(is));

  test.each([
    { name: "Claude-Code_2", plain: "claude code 2" },
    { name: "  Kilo--Code ", plain: "kilo  code" },
    { name: "aider", plain: "aider" },
  ])("$name is plainly `$plain`", ({ name, plain }) => expect(plainTool(name)).toBe(plain));
});
