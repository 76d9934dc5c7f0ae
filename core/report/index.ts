export type { Annotation } from "./annotation.ts";
export {
  annotationLimits,
  annotations,
  limitAnnotations,
  lintAnnotations,
  type AnnotationLimits,
} from "./annotations.ts";
export { blamedLines, renderBlame, renderBlameJson, type Blame, type BlamedLines } from "./blame.ts";
export {
  calibrationDocument,
  renderCalibration,
  renderCalibrationJson,
  type CalibrationDocument,
} from "./calibration.ts";
export {
  historyDocument,
  historyLine,
  historyVersion,
  renderHistory,
  renderHistoryJson,
  type HistoryDocument,
} from "./history.ts";
export { ciRun } from "./ci-run.ts";
export { factsJsonSchema, renderJson, reviewJsonSchema } from "./json.ts";
export { buttonLimits, buttons, type Button } from "./buttons.ts";
export { headPlaces } from "./head-places.ts";
export { labelKinds, labelsWanted, type LabelKind } from "./labels.ts";
export { renderComment, renderSummary, summaryLimits, type SummaryOptions } from "./markdown.ts";
export { aiLineNumbers } from "./ai-counts.ts";
export {
  approvalRows,
  approvalWords,
  candidateWords,
  reviewerWords,
  waiverWords,
  type ApprovalRow,
} from "./approval-rows.ts";
export { atAGlance } from "./glance.ts";
export { whoCanUnblock } from "./held-up.ts";
export { count, grouped, lineRanges, ofTotal, percent } from "./numbers.ts";
export { sortedRules } from "./order.ts";
export { reasonTree } from "./reason-tree.ts";
export { aiLines, verdictRows } from "./rows.ts";
export { parseReview } from "./parse-review.ts";
export { publishFault } from "./fault.ts";
export { longestTitle, publish, publishVerdict, type Publication } from "./publication.ts";
export { reviewRequests, type ReviewRequest } from "./review-requests.ts";
export { unreviewed } from "./unreviewed.ts";
export { provenanceRecord, recordJsonSchema, renderRecord, type RecordSource } from "./record.ts";
export { Review, ReviewedCommit, ReviewedFile, reviewVersion } from "./review.ts";
export { lintTotal, renderLintJson, renderLintMarkdown, renderLintTerminal, type LintReport } from "./lint-report.ts";
export { renderLintSarif, renderSarif, sarifLimits } from "./sarif.ts";
export { agreesWithItself, payloadType, predicateType, Statement, statementOf, statementPayload } from "./statement.ts";
export { renderTerminal, type TerminalOptions } from "./terminal.ts";
export { cutToLength, plain, plainPath, shortId, shortSha } from "./text.ts";
export { renderTools, renderWholeTools } from "./tools.ts";
export { consequence, decisionWords, verdictMeanings } from "./words.ts";
export { renderReplay, type ReplayReport } from "./policy/replay.ts";
export { renderSimulation, type Simulation } from "./policy/simulation.ts";
export { renderWaivers } from "./policy/waivers.ts";
export { checkedProblems, type CheckedPolicy, type CheckedProblem } from "./policy/checked-policy.ts";
export { renderPolicySarif } from "./policy/policy-sarif.ts";
export { policyAnnotations, renderCheckedPolicy } from "./policy/problem-list.ts";
export { renderExplanation, type Explanation } from "./policy/explanation.ts";
export { renderPrintedPolicy } from "./policy/printed-policy.ts";
export { publishPolicyChange, type ReportedPolicyChange, type ReportedRecent } from "./policy/policy-change.ts";
