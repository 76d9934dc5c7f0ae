import type { AuditEntry, VerdictRow } from "../../adapters/store/store.ts";
import type { Review } from "../../core/report/index.ts";
import { auditEntry } from "../audit-kinds.ts";
import type { Evaluation } from "../evaluation.ts";

/**
 * What the audit table keeps of a verdict: the change and its commits, the tools and their sessions, the checks, which
 * approvals were looked at and why each counts or not, and the digests of what decided. Ids and logins, no text of the change.
 */
export function verdictEntry(
  { facts, review }: Extract<Evaluation, { state: "judged" }>,
  row: VerdictRow,
  at: Date,
): AuditEntry {
  const { decision, change, provenance } = review;
  const sessions = provenance.commits.flatMap((commit) => commit.sessions);
  const checks = facts.checks.state === "present" ? facts.checks.value : [];
  const detail = {
    ...{ subject: row.subject, head: row.head, base: change.base.sha, mergeBase: change.mergeBase },
    ...{ evaluation: row.evaluation, decision: row.decision, conclusion: row.conclusion, engine: row.engine },
    ...{ policy: row.policyDigest, facts: decision.factsDigest, inForce: list(decision.inForce) },
    commits: list(provenance.commits.map(({ sha, verdict }) => `${sha}:${verdict}`)),
    tools: list(provenance.totals.tools.map(({ agent, model }) => `${agent ?? "unknown"}:${model ?? "unknown"}`)),
    sessions: list(sessions),
    checks: list(checks.map(({ name, conclusion, status }) => `${name}:${conclusion ?? status}`)),
    approvals: list(approvalWords(review)),
    override: decision.override === null ? null : `${decision.override.by} until ${decision.override.until}`,
  };
  return { ...auditEntry({ kind: "verdict", at, installation: row.installation, detail }), change: change.id };
}

/** `auth: ann counts`, `auth: bob stale`, each once. */
function approvalWords({ decision }: Review): string[] {
  const all = decision.rules.flatMap(({ approvals }) => approvals);
  return all.flatMap(({ area, considered }) => considered.map(({ user, reason }) => `${area}: ${user} ${reason}`));
}

/** A list that somebody makes long must not fill the table. */
const mostListed = 500;

function list(items: readonly string[]): string {
  const all = [...new Set(items)];
  const left = all.length - mostListed;
  return JSON.stringify(left > 0 ? [...all.slice(0, mostListed), `… ${left} more`] : all);
}
