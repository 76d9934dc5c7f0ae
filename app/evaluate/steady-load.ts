import * as z from "zod";
import type { Memo, Store } from "../../adapters/store/store.ts";
import { Sha } from "../../core/change/change.ts";
import { mapEvidence } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { People } from "../../core/ownership/index.ts";
import { memoValue } from "../memo-value.ts";
import { subjectKey, type Subject } from "../subject.ts";

/**
 * The facts with the open reviews of people as they were when the head was first judged under a policy. They decide nothing
 * and only order who is suggested; read anew, each request for a review anywhere in the repository would make another
 * evaluation of every open pull request, each with a check to be written and perhaps somebody else to be asked.
 */
export async function withSteadyLoad(
  store: Store,
  subject: Subject,
  facts: Facts,
  memos: readonly Memo[],
): Promise<Facts> {
  const { people, policy, change } = facts;
  if (subject.kind !== "pull-request" || people.state === "absent" || policy.state === "absent") return facts;
  const known = memos.find(({ kind, id }) => kind === "published" && id === loadId);
  const before = known === undefined ? null : memoValue(Load, known);
  if (before?.head === change.head.sha)
    return { ...facts, people: mapEvidence(people, (value) => ({ ...value, load: before.load })) };
  const value = JSON.stringify({ head: change.head.sha, load: people.value.load } satisfies Load);
  const about = { subject: subjectKey(subject), kind: "published" as const, id: loadId };
  await store.memory.remember([{ ...about, value, at: facts.asOf }]);
  return facts;
}

const loadId = "load";

const Load = z.strictObject({ head: Sha, load: People.shape.load });
type Load = z.infer<typeof Load>;
