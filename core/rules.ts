import { coverageRules } from "./coverage/index.ts";
import type { LintRule } from "./findings/finding.ts";
import { lintRules } from "./lint/index.ts";
import { provenanceRules, tools } from "./provenance/index.ts";
import { secretRules } from "./secrets/index.ts";

/** The one list of every lint rule there is, composed from the rooms. The docs index and the policy's names derive from it. */
export const allLintRules: readonly LintRule[] = [...provenanceRules, ...coverageRules, ...lintRules, ...secretRules];

/** Ids and names of every tool that is known: what a policy may name as a tool or an agent. */
export const allToolNames: readonly string[] = tools.flatMap(({ id, names = [] }) => [id, ...names]);
