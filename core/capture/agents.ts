import { readClaude } from "./agents/claude.ts";
import { readCodex } from "./agents/codex.ts";
import { readCopilot } from "./agents/copilot.ts";
import { readCursor } from "./agents/cursor.ts";
import { readGemini } from "./agents/gemini.ts";
import type { PayloadReader } from "./events.ts";

/** The agents whose hooks are understood, by the names that `--agent` takes. */
export const agentNames = ["claude", "cursor", "codex", "gemini", "copilot"] as const;

export type AgentName = (typeof agentNames)[number];

/** How each agent's payloads are read. */
export const payloadReaders: Readonly<Record<AgentName, PayloadReader>> = {
  claude: readClaude,
  cursor: readCursor,
  codex: readCodex,
  gemini: readGemini,
  copilot: readCopilot,
};
