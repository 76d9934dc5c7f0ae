import { Command, Option } from "commander";
import { resolve } from "node:path";
import { applyReading } from "../adapters/hooks/apply-reading.ts";
import { readPromptSettings } from "../adapters/hooks/prompt-key.ts";
import { agentNames, parsePayload, payloadReaders, type AgentName, type PromptReader } from "../core/capture/index.ts";
import { promptFingerprint, promptSummary } from "../core/provenance/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";

/** `countersign capture`: one call of an agent's hook. Says nothing and never fails, so that no agent is held up. */
export function captureCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("capture")
    .description("what the hooks of a coding agent call, with their payload on standard input (see `hooks install`)")
    .addOption(new Option("--agent <name>", "whose payload it is").choices(agentNames).makeOptionMandatory())
    .addHelpText("after", examples)
    .action(async ({ agent }: { agent: AgentName }) => {
      try {
        await capture(agent, io);
      } catch (error) {
        // The agent's work matters more than the record of it; whoever looks into a gap can ask for the reason.
        if (io.environment.COUNTERSIGN_CAPTURE_DEBUG === "1") throw error;
      }
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign capture --agent claude < payload.json
  COUNTERSIGN_CAPTURE_DEBUG=1 countersign capture --agent codex < payload.json`;

/** More is no call of a hook: it would be a file of this size written in one go. */
const longestPayload = 16 * 1024 * 1024;

async function capture(agent: AgentName, io: Io): Promise<void> {
  const input = await io.readStdin();
  const payload = input.length > longestPayload ? null : parsePayload(Buffer.from(input).toString("utf8"));
  if (payload === null) return;
  // Where a key is set and cannot be read, prompts stay out: a plain hash could be guessed.
  const unread: PromptReader = () => ({ fingerprint: "", summary: null });
  const folder = payloadReaders[agent](payload, unread)?.folder ?? ".";
  const reading = payloadReaders[agent](payload, promptReader(resolve(io.cwd, folder), io) ?? unread);
  if (reading === null) return;
  const events = reading.events.filter((event) => event.kind !== "prompt" || event.fingerprint !== "");
  applyReading({ ...reading, events }, { cwd: io.cwd, traceparent: io.environment.TRACEPARENT, now: io.now() });
}

function promptReader(folder: string, io: Io): PromptReader | null {
  const settings = readPromptSettings(folder, io.environment);
  if (settings === null) return null;
  const { key, summaries } = settings;
  return (prompt) => ({
    fingerprint: promptFingerprint(prompt, key ?? undefined),
    summary: summaries ? promptSummary(prompt) : null,
  });
}
