import { coverageRules } from "./coverage/index.ts";
import type { LintRule } from "./findings/finding.ts";
import { lintRules } from "./lint/index.ts";
import { provenanceRules } from "./provenance/index.ts";
import { secretRules } from "./secrets/index.ts";

/** The one list of every lint rule there is, composed from the rooms. The docs index and the policy's names derive from it. */
export const allLintRules: readonly LintRule[] = [...provenanceRules, ...coverageRules, ...lintRules, ...secretRules];
