import type { Memo } from "../../adapters/store/store.ts";
import { isByTool, verdicts } from "../../core/change/authorship.ts";
import { EarlierVerdict } from "../../core/provenance/provenance.ts";
import type { Evaluation } from "../evaluation.ts";
import { subjectKey } from "../subject.ts";

/**
 * What the commits of a change showed: remembered, so that an amended commit or a force-push does not take a verdict away.
 * What was remembered of a commit is only ever raised.
 */
export function earlierMemos(
  { subject, review }: Extract<Evaluation, { state: "judged" }>,
  known: readonly Memo[],
  at: string,
): Memo[] {
  const before = new Map(known.filter(({ kind }) => kind === "earlier").map(({ id, value }) => [id, rankOf(value)]));
  const shown = new Map(review.change.commits.map((commit) => [commit.sha, commit]));
  return review.provenance.commits.flatMap(({ sha, verdict, agent, model }): Memo[] => {
    if (!isByTool(verdict) || verdicts.indexOf(verdict) >= (before.get(sha) ?? verdicts.length)) return [];
    const { authoredAt, addedLines } = shown.get(sha) ?? {};
    const value: EarlierVerdict = {
      ...{ commit: sha, verdict, agent, model },
      ...(authoredAt === undefined ? {} : { authoredAt }),
      ...(addedLines === undefined ? {} : { addedLines }),
    };
    return [{ subject: subjectKey(subject), kind: "earlier", id: sha, value: JSON.stringify(value), at }];
  });
}

/** The stronger a verdict, the smaller; what cannot be read is weaker than any. */
function rankOf(value: string): number {
  try {
    const read = EarlierVerdict.safeParse(JSON.parse(value));
    return read.success ? verdicts.indexOf(read.data.verdict) : verdicts.length;
  } catch {
    return verdicts.length;
  }
}
