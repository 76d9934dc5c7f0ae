import type { AuditEntry, Delivery, Effects, Memo, SubjectMark, VerdictRow } from "../../../adapters/store/store.ts";

/** The instant `seconds` after the tests' midnight. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 5) + seconds * 1000).toISOString();
}

export function delivery(id: string, given: Partial<Delivery> = {}): Delivery {
  return { id, event: "pull_request", bodyHash: `hash of ${id}`, body: `{"of":"${id}"}`, receivedAt: at(0), ...given };
}

export function mark(key: string, given: Partial<SubjectMark> = {}): SubjectMark {
  return { key, installation: 1, repository: 10, about: `{"key":"${key}"}`, dueAt: at(0), ...given };
}

export function memo(subject: string, id: string, given: Partial<Memo> = {}): Memo {
  return { subject, kind: "ruling", id, value: `"${id}"`, at: at(0), ...given };
}

export function verdict(subject: string, evaluation: string, given: Partial<VerdictRow> = {}): VerdictRow {
  return {
    ...{ subject, installation: 1, repository: 10, head: "a".repeat(40), number: 7, evaluation, decision: "pass" },
    ...{ conclusion: "success", title: "May merge", policyDigest: "p", engine: "0.1.0", review: "{}", at: at(0) },
    ...given,
  };
}

export function entry(detail: string, given: Partial<AuditEntry> = {}): AuditEntry {
  return { at: at(0), tenant: "app", kind: "test", change: null, detail, keepUntil: "2026-02-01", ...given };
}

export function effects(given: Partial<Effects> = {}): Effects {
  return { subjects: [], memories: [], audit: [], ...given };
}
