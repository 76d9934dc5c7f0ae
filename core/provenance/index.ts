/** The door of the room that says who or what wrote a change. */
export { readAssistedBy, type AssistedBy } from "./tools/assisted-by.ts";
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
export { worksAtRequest } from "./known-bot.ts";
export { acceptanceOfChange, changeProvenance, type ProvenanceInput } from "./change-provenance.ts";
export { AttributedLines, Attribution } from "./attribution/attribution.ts";
export { attributedCounts, attributionSignals, type AttributedCounts } from "./attribution/attribution-signals.ts";
export { changeSignals, type ChangeMarks, type PullRequestMarks } from "./signals/change-signals.ts";
export {
  commitProvenance,
  nothingBeside,
  strongestVerdict,
  type CommitEvidence,
  type CommitWords,
} from "./commit-provenance.ts";
export { declaredWriter } from "./declared-writer.ts";
export { disagreements, isContradiction, type KnownLines } from "./attribution/disagreements.ts";
export { findProvenance, type ChangeWords } from "./find-provenance.ts";
export { normalisedPrompt, promptFingerprint, promptSummary, type PromptKey } from "./record/prompt-fingerprint.ts";
export { historyJudge, type HistoryCommit } from "./history/history-commit.ts";
export {
  historyTally,
  type History,
  type HistoryTally,
  type MonthTotal,
  type RecordTotals,
  type Total,
} from "./history/history.ts";
export { parseIdentity, toolOfAccount, toolOfIdentity, type IdentityMatch } from "./tools/identities.ts";
export { authorship } from "./line-authorship.ts";
export { recordedLines, type LineShare } from "./attribution/line-shares.ts";
export { nearMisses, type NearMiss } from "./trailers/near-misses.ts";
export { promptFamilies, type PromptFamilies, type PromptFamily } from "./history/prompt-families.ts";
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
export { promptsOf } from "./record/prompts.ts";
export {
  blockLimit,
  readRecord,
  readRecordBlocks,
  writeRecordBlock,
  type RecordBlocks,
} from "./record/record-block.ts";
export { blockSignals, noteSignals, verdictsOfNote, type RecordSignals } from "./record/record-signals.ts";
export { CiRun, ProvenanceRecord, RecordedCommit, RecordedFile, recordVersion } from "./record/record.ts";
export { provenanceRules } from "./rules.ts";
export { provenanceTotals } from "./totals.ts";
export { toolNamed } from "./tools/tool-names.ts";
export { tools, type Tool, type ToolIdentity, type ToolTrailer } from "./tools/tools.ts";
export { trailerReport, type TrailerReport, type TrailerReportInput } from "./trailers/trailer-report.ts";
export { renderTrailers } from "./trailers/trailer-text.ts";
export { readTrailers, type TrailerLine, type TrailerReading } from "./trailers/trailers.ts";
export {
  acceptanceOf,
  checkTrailer,
  trailerProblem,
  vocabulary,
  vocabularyKey,
  type TrailerCheck,
} from "./trailers/vocabulary.ts";
export { agentOfIdentity } from "./signals/signers.ts";
