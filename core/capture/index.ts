export { agentNames, payloadReaders, type AgentName } from "./agents.ts";
export type { CaptureEvent, Payload, PromptReader, Reading } from "./events.ts";
export { checksOf } from "./checks.ts";
export { patchedPaths } from "./edited-paths.ts";
export { parsePayload } from "./payload.ts";
export { quotedPath } from "./quoted-path.ts";
export {
  newSession,
  parseState,
  renderState,
  traceOf,
  withContent,
  withEvent,
  withFile,
  type EditedFile,
  type SessionState,
} from "./session-state.ts";
export { modelInTranscript } from "./transcript.ts";
export { longestModel, machineWord } from "./words.ts";
export { agentSettings, type AgentSettings } from "./settings.ts";
export { withHooks, withoutHooks } from "./settings-text.ts";
