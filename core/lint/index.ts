import type { LintRule } from "../findings/finding.ts";
import { indirectFileRule, oddPathRule } from "./odd-path.ts";
import { patterns } from "./patterns.ts";

export { allMoved } from "./all-moved.ts";
export { contextLines, filterFindings, filterModes, type FilterMode } from "./filter-findings.ts";
export { lintFile, type Parse } from "./lint-file.ts";
export { FileToLint, FunctionSpan, LintedFile, NotAnalysed } from "./linted-file.ts";
export { findOddPaths } from "./odd-path.ts";
export type { Pattern } from "./pattern.ts";
export { patterns } from "./patterns.ts";
export { touches } from "./touched-lines.ts";
export { unreadFiles } from "./unread-files.ts";

export const lintRules: readonly LintRule[] = [oddPathRule, indirectFileRule, ...patterns.map(({ rule }) => rule)];
