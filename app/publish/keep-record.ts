import type { Memo } from "../../adapters/store/store.ts";
import { treeFileOf } from "../../core/change/tree-file.ts";
import { fingerprint } from "../../core/ownership/index.ts";
import { provenanceRecord, renderRecord } from "../../core/report/index.ts";
import type { Evaluation } from "../evaluation.ts";
import { subjectKey } from "../subject.ts";

/**
 * What is kept of a change before it is merged, from its own commits: the provenance record, because a squash leaves
 * neither the commits nor their trailers, and a fingerprint of its content, to know it again where it lands.
 */
export function recordMemos(
  { subject, head, facts, review }: Extract<Evaluation, { state: "judged" }>,
  at: string,
): Memo[] {
  const record = renderRecord(provenanceRecord(review, { createdAt: facts.asOf, ci: null }));
  const content = { head, fingerprint: fingerprint(facts.change.files.map(treeFileOf)) };
  const about = { subject: subjectKey(subject), kind: "published" as const, at };
  return [
    { ...about, id: recordId, value: record },
    { ...about, id: contentId, value: JSON.stringify(content) },
  ];
}

/** Under which id the record of a change is remembered, as the text of record.json. */
export const recordId = "record";

/** Under which id the content of a change is remembered. */
export const contentId = "content";
