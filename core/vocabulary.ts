import type { AiJudgement } from "./change/ai-judgement.ts";
import type { Writer } from "./change/authorship.ts";
import { countsByGroup } from "./coverage/index.ts";
import { weighFindings } from "./findings/index.ts";
import type { Subject, Vocabulary } from "./policy/index.ts";
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
function weighedBy(subject: Subject, ai: AiJudgement): Subject {
  const { findings, authorship, provenance, coverage, coverageByWriter } = subject;
  const scales = { rules: allLintRules, authorship, ai, writerOfCommit: writersOfCommits(provenance) };
  const raw = findings.map(({ rule, place, message, identity }) => ({ rule, place, message, identity }));
  return {
    ...subject,
    findings: weighFindings(raw, scales),
    coverage: { ...coverage, byGroup: countsByGroup(coverageByWriter, ai) },
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
