import { checksOf } from "../checks.ts";
import { editedPaths } from "../edited-paths.ts";
import type { CaptureEvent, Payload, PromptReader, Reading } from "../events.ts";
import { objectField, textField } from "../payload.ts";

/**
 * Gemini CLI's hooks (https://geminicli.com/docs/hooks/reference). `AfterTool` comes whatever became of the tool: the
 * answer holds `error` when it failed, and a command's text for the model names its exit code when that is not 0.
 */
export function readGemini(payload: Payload, readPrompt: PromptReader): Reading | null {
  return {
    agent: "gemini-cli",
    session: textField(payload, "session_id"),
    folder: textField(payload, "cwd"),
    // Only the hooks around the model name it, and they bring the whole conversation along: not asked for.
    model: textField(payload, "model"),
    transcript: textField(payload, "transcript_path"),
    events: eventsOf(payload, readPrompt),
  };
}

function eventsOf(payload: Payload, readPrompt: PromptReader): CaptureEvent[] {
  const event = textField(payload, "hook_event_name");
  if (event === "BeforeAgent") {
    const prompt = textField(payload, "prompt");
    return prompt === null ? [] : [{ kind: "prompt", ...readPrompt(prompt) }];
  }
  if (event !== "AfterTool") return [];
  const tool = textField(payload, "tool_name") ?? "";
  const input = objectField(payload, "tool_input");
  const response = objectField(payload, "tool_response");
  const failed = response["error"] !== undefined && response["error"] !== null;
  if (tool === "write_file" || tool === "replace") return failed ? [] : [{ kind: "edit", paths: editedPaths(input) }];
  if (tool !== "run_shell_command" || input["is_background"] === true) return [];
  const checks = checksOf(textField(input, "command") ?? "");
  const passed = !failed && endedWell(response["llmContent"]);
  return checks.length === 0 ? [] : [{ kind: "command", checks, passed }];
}

/** Output of a command may hold any line, so one that names a code other than 0 anywhere counts as a failure. */
function endedWell(content: unknown): boolean {
  if (typeof content !== "string") return false;
  const codes = content.split("\n").filter((line) => line.startsWith(exitMark));
  const signals = content.split("\n").filter((line) => line.startsWith("Signal: "));
  return (
    codes.every((line) => ["0", "(none)"].includes(line.slice(exitMark.length).trim())) &&
    signals.every((line) => line.slice("Signal: ".length).trim() === "(none)")
  );
}

const exitMark = "Exit Code: ";
