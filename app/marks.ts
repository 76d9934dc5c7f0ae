import type { SubjectMark } from "../adapters/store/store.ts";
import { subjectKey, type Subject } from "./subject.ts";

/** The mark by which a subject is judged again, not before an instant. */
export function markOf(subject: Subject, dueAt: Date): SubjectMark {
  return {
    key: subjectKey(subject),
    installation: subject.installation,
    repository: subject.kind === "installation" ? 0 : subject.repository,
    about: JSON.stringify(subject),
    dueAt: dueAt.toISOString(),
  };
}
