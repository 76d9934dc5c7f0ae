/** One reader for each format in which tools record who wrote which lines. Bytes in, `Attribution` out; none throws. */
export { readAgentTrace, saysNothing, tracedRevisions, type TraceScope } from "./agent-trace.ts";
export { tracedCommit, type PathLines, type TracedCommit } from "./traced-lines.ts";
export {
  entireCheckpoints,
  readEntire,
  readEntireSession,
  type EntireCheckpoint,
  type EntireReading,
  type EntireSession,
} from "./entire.ts";
export { readGitAi } from "./git-ai.ts";
export { readQwenCode } from "./qwen-code.ts";
export { recordLimits, unreadRecord, type RecordPlace } from "./record.ts";
export { readWhogitit } from "./whogitit.ts";
