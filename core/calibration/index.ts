/** How often lint rules find something, by who wrote it, and whether the numbers tell a difference. */
export { calibrate, type Calibration, type RuleComparison } from "./calibrate.ts";
export { least, type Answer, type Comparison, type Rate, type RuleMeasured } from "./comparison.ts";
export type { Interval } from "./intervals.ts";
export { groupOf, groups, isAiGroup, type Group, type MeasuredCommit } from "./measured-commit.ts";
export type { Suggestion } from "./suggestions.ts";
