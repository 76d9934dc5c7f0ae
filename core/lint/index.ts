import type { LintRule } from "../findings/finding.ts";
import { indirectFileRule, oddPathRule } from "./odd-path.ts";

export { findOddPaths } from "./odd-path.ts";
export { unreadFiles } from "./unread-files.ts";

export const lintRules: readonly LintRule[] = [oddPathRule, indirectFileRule];
