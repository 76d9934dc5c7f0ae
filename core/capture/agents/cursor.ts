import { checksOf } from "../checks.ts";
import { editedPaths } from "../edited-paths.ts";
import type { CaptureEvent, Payload, PromptReader, Reading } from "../events.ts";
import { objectField, textField } from "../payload.ts";

/**
 * Cursor's hooks (https://cursor.com/docs/agent/hooks). `afterShellExecution` carries no exit code, so what a command
 * came to is read from `postToolUse`, which comes after a tool that succeeded and says `exitCode` in its output.
 */
export function readCursor(payload: Payload, readPrompt: PromptReader): Reading | null {
  const roots = payload["workspace_roots"];
  const root: unknown = Array.isArray(roots) ? roots[0] : undefined;
  return {
    agent: "cursor",
    session: textField(payload, "conversation_id", "session_id"),
    folder: textField(payload, "cwd") ?? (typeof root === "string" ? root : null),
    model: textField(payload, "model"),
    transcript: null,
    events: eventsOf(payload, readPrompt),
  };
}

function eventsOf(payload: Payload, readPrompt: PromptReader): CaptureEvent[] {
  switch (textField(payload, "hook_event_name")) {
    case "beforeSubmitPrompt": {
      const prompt = textField(payload, "prompt");
      return prompt === null ? [] : [{ kind: "prompt", ...readPrompt(prompt) }];
    }
    case "afterFileEdit":
      return [{ kind: "edit", paths: editedPaths(payload) }];
    case "postToolUse":
      return afterTool(payload, true);
    case "postToolUseFailure":
      return afterTool(payload, false);
    default:
      return [];
  }
}

function afterTool(payload: Payload, succeeded: boolean): CaptureEvent[] {
  const tool = textField(payload, "tool_name") ?? "";
  const input = objectField(payload, "tool_input");
  if (editTools.has(tool)) return succeeded ? [{ kind: "edit", paths: editedPaths(input) }] : [];
  if (tool !== "Shell") return [];
  const checks = checksOf(textField(input, "command") ?? "");
  const code = objectField(payload, "tool_output")["exitCode"];
  // Without a code nothing is known, and what is not known did not pass.
  return checks.length === 0 ? [] : [{ kind: "command", checks, passed: succeeded && code === 0 }];
}

const editTools = new Set(["Write", "Edit", "StrReplace", "MultiEdit", "Delete", "ApplyPatch"]);
