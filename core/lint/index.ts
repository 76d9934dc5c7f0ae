import type { LintRule } from "../findings/finding.ts";
import { indirectFileRule, oddPathRule } from "./odd-path.ts";
import { patterns } from "./patterns.ts";

export { allMoved } from "./all-moved.ts";
export { eslintParts, type Engines, type Eslint, type EslintAnswer, type EslintRequest } from "./eslint-engine.ts";
export { lintFile, type Parse } from "./lint-file.ts";
export { lintAcross, type AcrossAnswer, type AcrossRequest, type OtherFile } from "./lint-across.ts";
export { FileToLint, LintedFile, NotAnalysed } from "./linted-file.ts";
export { findOddPaths } from "./odd-path.ts";
export type { Pattern } from "./pattern.ts";
export { patterns } from "./patterns.ts";
export { unreadFiles } from "./unread-files.ts";

export const lintRules: readonly LintRule[] = [oddPathRule, indirectFileRule, ...patterns.map(({ rule }) => rule)];
