import { checksOf } from "../checks.ts";
import { editedPaths } from "../edited-paths.ts";
import type { CaptureEvent, Payload, PromptReader, Reading } from "../events.ts";
import { objectField, textField } from "../payload.ts";

/**
 * Claude Code's hooks (https://code.claude.com/docs/en/hooks): `PostToolUse` comes after a tool that succeeded, a
 * failed one gives `PostToolUseFailure`. Null for a payload with `cursor_version`: Cursor runs Claude's hook files too.
 */
export function readClaude(payload: Payload, readPrompt: PromptReader): Reading | null {
  if (Object.hasOwn(payload, "cursor_version")) return null;
  return {
    agent: "claude-code",
    session: textField(payload, "session_id"),
    folder: textField(payload, "cwd"),
    model: textField(payload, "model"),
    transcript: textField(payload, "transcript_path"),
    events: eventsOf(payload, readPrompt),
  };
}

function eventsOf(payload: Payload, readPrompt: PromptReader): CaptureEvent[] {
  const event = textField(payload, "hook_event_name");
  if (event === "UserPromptSubmit") {
    const prompt = textField(payload, "prompt");
    return prompt === null ? [] : [{ kind: "prompt", ...readPrompt(prompt) }];
  }
  if (event !== "PostToolUse" && event !== "PostToolUseFailure") return [];
  const tool = textField(payload, "tool_name") ?? "";
  const input = objectField(payload, "tool_input");
  if (editTools.has(tool)) return event === "PostToolUse" ? [{ kind: "edit", paths: editedPaths(input) }] : [];
  if (tool !== "Bash" || input["run_in_background"] === true) return [];
  const checks = checksOf(textField(input, "command") ?? "");
  const passed = event === "PostToolUse" && objectField(payload, "tool_response")["interrupted"] !== true;
  return checks.length === 0 ? [] : [{ kind: "command", checks, passed }];
}

const editTools = new Set(["Write", "Edit", "MultiEdit", "NotebookEdit"]);
