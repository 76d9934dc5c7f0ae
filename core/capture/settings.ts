import type { AgentName } from "./agents.ts";
import type { Payload } from "./events.ts";

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
