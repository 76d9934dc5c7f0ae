import { checksOf } from "../checks.ts";
import { patchedPaths } from "../edited-paths.ts";
import type { CaptureEvent, Payload, PromptReader, Reading } from "../events.ts";
import { isPayload, objectField, textField } from "../payload.ts";

/**
 * Codex's hooks (https://developers.openai.com/codex/hooks). `apply_patch` sends its patch as `tool_input.command`.
 * `PostToolUse` also comes after a command that failed, so a command passed only where the answer holds its exit code.
 */
export function readCodex(payload: Payload, readPrompt: PromptReader): Reading | null {
  return {
    agent: "codex",
    session: textField(payload, "session_id", "thread_id"),
    folder: textField(payload, "cwd"),
    model: textField(payload, "model"),
    transcript: null,
    events: eventsOf(payload, readPrompt),
  };
}

function eventsOf(payload: Payload, readPrompt: PromptReader): CaptureEvent[] {
  const event = textField(payload, "hook_event_name");
  if (event === "UserPromptSubmit") {
    const prompt = textField(payload, "prompt");
    return prompt === null ? [] : [{ kind: "prompt", ...readPrompt(prompt) }];
  }
  if (event !== "PostToolUse") return [];
  const command = textField(objectField(payload, "tool_input"), "command", "patch", "input") ?? "";
  const tool = textField(payload, "tool_name");
  if (tool === "apply_patch") return [{ kind: "edit", paths: patchedPaths(command) }];
  const checks = tool === "Bash" ? checksOf(command) : [];
  return checks.length === 0 ? [] : [{ kind: "command", checks, passed: exitCode(payload["tool_response"]) === 0 }];
}

/** A number in the answer, or the line that Codex puts above a command's output for its model. Null when unknown. */
function exitCode(response: unknown): number | null {
  if (isPayload(response)) {
    const metadata = objectField(response, "metadata");
    const code = response["exit_code"] ?? metadata["exit_code"];
    if (typeof code === "number") return code;
    return exitCode(response["output"]);
  }
  if (typeof response !== "string") return null;
  const head = response.slice(0, 400).split("\n", 8);
  for (const line of head) {
    const at = exitMarks.find((mark) => line.startsWith(mark));
    const digits = at === undefined ? "" : line.slice(at.length).trim();
    if (digits !== "" && digits.length < 6) return Number.isInteger(Number(digits)) ? Number(digits) : null;
  }
  return null;
}

const exitMarks = ["Exit code: ", "Process exited with code "];
