import type { SubjectMark } from "../adapters/store/store.ts";
import { subjectKey, type Subject } from "./subject.ts";

/** The mark by which a subject is judged again, not before an instant. */
export function markOf(subject: Subject, dueAt: Date): SubjectMark {
  return {
    key: subjectKey(subject),
    installation: subject.installation,
    repository: "repository" in subject ? subject.repository : 0,
    about: JSON.stringify(subject),
    dueAt: dueAt.toISOString(),
  };
}
