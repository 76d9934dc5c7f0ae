import { checksOf } from "../checks.ts";
import { editedPaths } from "../edited-paths.ts";
import type { CaptureEvent, Payload, PromptReader, Reading } from "../events.ts";
import { objectField, textField } from "../payload.ts";

/**
 * GitHub Copilot's hooks (https://docs.github.com/en/copilot/reference/hooks-configuration). The documented payloads
 * name neither the event nor the session, so the event is told by the fields that only it has.
 */
export function readCopilot(payload: Payload, readPrompt: PromptReader): Reading | null {
  return {
    agent: "copilot",
    session: textField(payload, "sessionId", "session_id"),
    folder: textField(payload, "cwd"),
    model: textField(payload, "model"),
    transcript: null,
    events: eventsOf(payload, readPrompt),
  };
}

function eventsOf(payload: Payload, readPrompt: PromptReader): CaptureEvent[] {
  const tool = textField(payload, "toolName", "tool_name");
  if (tool !== null) return afterTool(payload, tool);
  const prompt = textField(payload, "prompt", "initialPrompt");
  return prompt === null ? [] : [{ kind: "prompt", ...readPrompt(prompt) }];
}

function afterTool(payload: Payload, tool: string): CaptureEvent[] {
  const succeeded =
    textField(objectField(payload, "toolResult", "tool_result"), "resultType", "result_type") === "success";
  const input = objectField(payload, "toolArgs", "tool_input");
  if (editTools.has(tool)) return succeeded ? [{ kind: "edit", paths: editedPaths(input) }] : [];
  if (tool !== "bash") return [];
  const checks = checksOf(textField(input, "command") ?? "");
  const passed =
    succeeded && endedWell(textField(objectField(payload, "toolResult", "tool_result"), "textResultForLlm"));
  return checks.length === 0 ? [] : [{ kind: "command", checks, passed }];
}

const editTools = new Set(["create", "edit", "str_replace", "str_replace_editor", "apply_patch", "write"]);

/** The tool itself succeeds when the command it ran did not; its text then ends with the code. */
function endedWell(text: string | null): boolean {
  if (text === null) return true;
  const at = text.lastIndexOf(exitMark);
  return (
    at === -1 ||
    text
      .slice(at + exitMark.length, at + exitMark.length + 2)
      .trim()
      .startsWith("0")
  );
}

const exitMark = "exited with exit code ";
