export { findAtBase, type BaseFinding } from "./at-base.ts";
export { rawFinding } from "./raw-finding.ts";
export { largestReport, readToolReport } from "./read-tool-report.ts";
export { isOtherToolRule } from "./rule-id.ts";
export { ourRulesFor } from "./same-rules.ts";
export type { Gap, ReadReport, Refusal, ToolFinding, ToolReport } from "./tool-report.ts";
export { withoutRepeats } from "./without-repeats.ts";
