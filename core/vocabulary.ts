import { isAi, type AiJudgement } from "./change/ai-judgement.ts";
import { writerOf, type Writer } from "./change/authorship.ts";
import { countsByGroup } from "./coverage/index.ts";
import {
  filterFindings,
  isOtherToolRule,
  weighFindings,
  withoutRepeats,
  type Finding,
  type LintRule,
} from "./findings/index.ts";
import { patterns } from "./lint/index.ts";
import type { Policy, Subject, Vocabulary } from "./policy/index.ts";
import { agentOfIdentity, toolNamed, trailerProblem, type ChangeProvenance } from "./provenance/index.ts";
import { allLintRules } from "./rules.ts";
import { secretRules } from "./secrets/index.ts";

/** What the policy must know of other rooms' grammars. */
export const vocabulary: Vocabulary = {
  trailerProblem,
  agentIdentity: agentOfIdentity,
  isSecretRule: (rule) => secretRules.some(({ id }) => id === rule),
  sameAgent: (name, other) => agentId(name) === agentId(other),
  weighedBy,
};

function agentId(name: string): string {
  return toolNamed(name)?.id ?? name.trim().toLowerCase();
}

/** What depends on what counts as AI is made from what does not, so that every policy can have its own. */
function weighedBy(subject: Subject, ai: AiJudgement, lint: Policy["lint"]): Subject {
  const { coverage, coverageByWriter } = subject;
  return {
    ...subject,
    findings: countedFindings(subject, ai, lint),
    coverage: { ...coverage, byGroup: countsByGroup(coverageByWriter, ai) },
  };
}

/**
 * Of everything that was seen what counts under a policy, weighed by its severities. What is seen in code is filtered; a
 * credential, an odd path, a hole in the tests always counts. What another tool repeats is not counted twice. Fingerprints are those of all, whichever count.
 */
export function countedFindings(
  subject: Pick<Subject, "seen" | "functions" | "change" | "authorship" | "provenance">,
  ai: AiJudgement,
  { filter, severity }: Policy["lint"],
): Finding[] {
  const { seen, functions, authorship, provenance } = subject;
  const off = new Set(severity.filter((rule) => rule.ignored).map(({ rule }) => rule));
  const rules = severity.length === 0 ? allLintRules : allLintRules.map((rule) => withSeverity(rule, severity));
  const given = (rule: LintRule) => withSeverity(rule, severity);
  const scales = { rules, given, authorship, ai, writerOfCommit: writersOfCommits(provenance) };
  // What a rule that is off would have said does not silence another tool.
  const weighed = withoutRepeats(weighFindings(seen, scales).filter(({ rule }) => !off.has(rule)));
  const isAiLine = (path: string, line: number) => {
    const writer = writerOf(authorship, path, line);
    return writer !== null && isAi(ai.ofLine(path, writer));
  };
  const scope = { files: subject.change.files, functions, isAi: isAiLine };
  const inCode = weighed.filter(({ rule }) => isCodeRule(rule));
  const kept = new Set(filterFindings(inCode, filter, scope));
  return weighed.filter((finding) => !isCodeRule(finding.rule) || kept.has(finding));
}

/** Whether what a lint rule finds stands in the text of files, so that a filter says which of it counts. */
export function isCodeRule(rule: string): boolean {
  return codeRules.has(rule) || isOtherToolRule(rule);
}

const codeRules = new Set(patterns.map(({ rule }) => rule.id));

function withSeverity(rule: LintRule, severities: Policy["lint"]["severity"]): LintRule {
  const given = severities.find(({ rule: id }) => id === rule.id);
  if (given === undefined) return rule;
  const { human, aiEdited, aiAsIs } = rule.severity;
  return {
    ...rule,
    severity: {
      human: given.human ?? human,
      aiEdited: given.aiEdited ?? aiEdited,
      aiAsIs: given.aiAsIs ?? aiAsIs,
    },
  };
}

/** Who a commit is by, for what stands in no line; null for a commit that is not of the change. */
export function writersOfCommits(provenance: ChangeProvenance): (sha: string) => Writer | null {
  const writers = new Map(
    provenance.commits.map(({ sha, verdict, acceptance, agent, model }) => [
      sha,
      { verdict, acceptance, agent, model, commit: sha, evidence: "commit" as const, session: null },
    ]),
  );
  return (sha) => writers.get(sha) ?? null;
}
