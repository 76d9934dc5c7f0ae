/** The door of the room that says who or what wrote a change. */
export { readAssistedBy, type AssistedBy } from "./assisted-by.ts";
export {
  entireCheckpoints,
  readAgentTrace,
  readEntire,
  readEntireSession,
  readGitAi,
  readQwenCode,
  readWhogitit,
  saysNothing,
  tracedCommit,
  tracedRevisions,
  unreadRecord,
  type EntireReading,
  type PathLines,
  type RecordPlace,
  type TracedCommit,
} from "./attribution/index.ts";
export { acceptanceOfChange, changeProvenance, type ProvenanceInput } from "./change-provenance.ts";
export { AttributedLines, Attribution } from "./attribution.ts";
export { attributedCounts, attributionSignals, type AttributedCounts } from "./attribution-signals.ts";
export { changeSignals, type ChangeMarks, type PullRequestMarks } from "./change-signals.ts";
export {
  commitProvenance,
  nothingBeside,
  strongestVerdict,
  type CommitEvidence,
  type CommitWords,
} from "./commit-provenance.ts";
export { declaredWriter } from "./declared-writer.ts";
export { disagreements, isContradiction, type KnownLines } from "./disagreements.ts";
export { findProvenance, type ChangeWords } from "./find-provenance.ts";
export { normalisedPrompt, promptFingerprint, promptSummary, type PromptKey } from "./fingerprint.ts";
export { historyJudge, type HistoryCommit } from "./history-commit.ts";
export {
  historyTally,
  type History,
  type HistoryTally,
  type MonthTotal,
  type RecordTotals,
  type Total,
} from "./history.ts";
export { parseIdentity, toolOfAccount, toolOfIdentity, type IdentityMatch } from "./identities.ts";
export { authorship } from "./line-authorship.ts";
export { recordedLines, type LineShare } from "./line-shares.ts";
export { nearMisses, type NearMiss } from "./near-misses.ts";
export { promptFamilies, type PromptFamilies, type PromptFamily } from "./prompt-families.ts";
export {
  ChangeProvenance,
  CommitProvenance,
  Disagreement,
  EarlierVerdict,
  type JudgedChange,
  Ruling,
  Signal,
  SignalPlace,
  strengths,
  Trailer,
} from "./provenance.ts";
export { promptsOf } from "./prompts.ts";
export { blockLimit, readRecord, readRecordBlocks, writeRecordBlock, type RecordBlocks } from "./record-block.ts";
export { blockSignals, noteSignals, verdictsOfNote, type RecordSignals } from "./record-signals.ts";
export { CiRun, ProvenanceRecord, RecordedCommit, RecordedFile, recordVersion } from "./record.ts";
export { provenanceRules } from "./rules.ts";
export { provenanceTotals } from "./totals.ts";
export { tools, type Tool, type ToolIdentity, type ToolTrailer } from "./tools.ts";
export { trailerReport, type TrailerReport, type TrailerReportInput } from "./trailer-report.ts";
export { renderTrailers } from "./trailer-text.ts";
export { readTrailers, type TrailerLine, type TrailerReading } from "./trailers.ts";
export {
  acceptanceOf,
  checkTrailer,
  trailerProblem,
  vocabulary,
  vocabularyKey,
  type TrailerCheck,
} from "./vocabulary.ts";
export { agentOfIdentity } from "./signers.ts";
