import type { AgentName } from "./agents.ts";
import type { Payload } from "./events.ts";
import { isPayload } from "./payload.ts";

/** Where one agent keeps its hooks in a working tree, and what it needs there to call `command`. */
export interface AgentSettings {
  /** Relative to the working tree. */
  file: string;
  /** Whoever has one of these uses the agent here. */
  signs: readonly string[];
  /** What a new file begins with. */
  frame: Payload;
  hooks: (command: string) => Readonly<Record<string, readonly Payload[]>>;
}

/** How each agent is configured; docs/capture.md names the documentation of each. */
export const agentSettings: Readonly<Record<AgentName, AgentSettings>> = {
  claude: {
    // The person's own file, which Claude Code keeps out of commits.
    file: ".claude/settings.local.json",
    signs: [".claude", "CLAUDE.md"],
    frame: {},
    hooks: (command) => ({
      UserPromptSubmit: [group(command, secondsToWait)],
      PostToolUse: [group(command, secondsToWait, "Write|Edit|MultiEdit|NotebookEdit|Bash")],
      PostToolUseFailure: [group(command, secondsToWait, "Bash")],
    }),
  },
  cursor: {
    file: ".cursor/hooks.json",
    signs: [".cursor", ".cursorrules"],
    frame: { version: 1 },
    hooks: (command) => ({
      beforeSubmitPrompt: [{ command }],
      afterFileEdit: [{ command }],
      postToolUse: [{ command, matcher: "Shell|Delete|ApplyPatch" }],
      postToolUseFailure: [{ command, matcher: "Shell" }],
    }),
  },
  codex: {
    file: ".codex/hooks.json",
    signs: [".codex"],
    frame: {},
    hooks: (command) => ({
      UserPromptSubmit: [group(command, secondsToWait)],
      PostToolUse: [group(command, secondsToWait, "Bash|apply_patch")],
    }),
  },
  gemini: {
    file: ".gemini/settings.json",
    signs: [".gemini", "GEMINI.md"],
    frame: {},
    hooks: (command) => ({
      // Gemini counts in milliseconds.
      BeforeAgent: [group(command, secondsToWait * 1_000)],
      AfterTool: [group(command, secondsToWait * 1_000, "write_file|replace|run_shell_command")],
    }),
  },
  copilot: {
    file: ".github/hooks/countersign.json",
    signs: [".github/hooks", ".github/copilot-instructions.md"],
    frame: { version: 1 },
    hooks: (command) => ({
      userPromptSubmitted: [{ type: "command", bash: command, timeoutSec: secondsToWait }],
      postToolUse: [{ type: "command", bash: command, timeoutSec: secondsToWait }],
    }),
  },
};

const secondsToWait = 10;

function group(command: string, timeout: number, matcher?: string): Payload {
  const hooks = [{ type: "command", command, timeout }];
  return matcher === undefined ? { hooks } : { matcher, hooks };
}

/**
 * The settings with our hooks behind those that are there. Null where `hooks` holds something else than lists: then
 * nobody but its owner should touch it.
 */
export function withHooks(settings: Payload, added: Readonly<Record<string, readonly Payload[]>>): Payload | null {
  const hooks = settings["hooks"] ?? {};
  if (!isPayload(hooks)) return null;
  const merged: Record<string, unknown> = { ...hooks };
  for (const [event, entries] of Object.entries(added)) {
    const there = merged[event] ?? [];
    if (!Array.isArray(there)) return null;
    merged[event] = [...(there as unknown[]), ...entries];
  }
  return { ...settings, hooks: merged };
}

/** The settings without our hooks, and without the lists and objects that they leave empty. */
export function withoutHooks(settings: Payload, added: Readonly<Record<string, readonly Payload[]>>): Payload {
  const { hooks, ...others } = settings;
  if (!isPayload(hooks)) return settings;
  const ours = new Set(Object.values(added).flatMap((entries) => entries.map((entry) => JSON.stringify(entry))));
  const kept = Object.entries(hooks).flatMap(([event, entries]) => {
    if (!Array.isArray(entries)) return [[event, entries] as const];
    const left = (entries as unknown[]).filter((entry) => !ours.has(JSON.stringify(entry)));
    return left.length === 0 && entries.length > 0 ? [] : [[event, left] as const];
  });
  return kept.length === 0 ? others : { ...settings, hooks: Object.fromEntries(kept) };
}

/** The settings as text, indented as `before` is: by its first indented line, two blanks where there is none. */
export function settingsText(settings: Payload, before: string | null): string {
  const line = before?.split("\n").find((each) => each.startsWith(" ") || each.startsWith("\t"));
  const indent = line === undefined ? "  " : line.slice(0, line.length - line.trimStart().length);
  const end = before === null || before.endsWith("\n") ? "\n" : "";
  return JSON.stringify(settings, null, indent) + end;
}
