import type { SubjectMark, VerdictRow } from "../../adapters/store/store.ts";
import { holdsFor } from "../publish/index.ts";
import type { Subject } from "../subject.ts";
import { aboutOf, type WideSubject } from "./expand.ts";
import type { Work } from "./work.ts";

/** A subject that a wide one stands for, and the head that its last verdict is shown on. */
export interface StoodFor {
  subject: Subject;
  mark: SubjectMark;
  head: string;
}

/**
 * What a wide subject stands for, as far as the store alone knows: what was last judged before an instant, by which its
 * verdict may be an old one.
 */
export async function standsFor(wide: WideSubject, before: string, { ports: { store } }: Work): Promise<StoodFor[]> {
  const { installation } = wide;
  const where = wide.kind === "installation" ? { installation } : { installation, repository: wide.repository };
  const found: StoodFor[] = [];
  for (const mark of await store.subjects.of(where)) {
    const subject = aboutOf(mark);
    if (subject.kind !== "pull-request" && subject.kind !== "merge-group") continue;
    const last = await store.verdicts.latest(mark.key);
    if (last === null || last.decision === "over" || last.at >= before || !isMeant(last, wide)) continue;
    found.push({ subject, mark, head: last.head });
  }
  return found;
}

/** A merge group is judged once, by the branch as it was: only its own checks make its verdict an old one. */
function isMeant(last: VerdictRow, wide: WideSubject): boolean {
  if (wide.kind === "head") return last.head === wide.head;
  return last.number !== null && (wide.kind !== "base" || holdsFor(last, wide.branch));
}
